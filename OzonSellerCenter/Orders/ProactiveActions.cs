using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Changes what a store tells its buyers by itself.</summary>
public sealed class ProactiveActions(Databases databases, TimeProvider clock)
{
    /// <summary>Switches an event on or off and keeps its words. What happened before it was switched on is not told. Refused: <c>NotFound</c>,
    /// <c>OwnersOnly</c>, and as <see cref="ProactiveTemplate.WhatIsWrong"/> says.</summary>
    public Task<Outcome> SetAsync(CurrentUser user, int storeId, ProactiveEvent what, bool isOn, string template, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            if (db.RoleIn(storeId) is not { } role) return Outcome.NotFound;
            if (role != StoreRole.Owner) return Outcome.Refused("OwnersOnly");
            if (ProactiveTemplate.WhatIsWrong(template) is { } wrong) return Outcome.Refused(wrong.Key, wrong.Args);
            var row = await db.ProactiveSettings.SingleOrDefaultAsync(s => s.StoreId == storeId && s.Event == what, cancellation);
            if (row is null) db.ProactiveSettings.Add(row = new ProactiveSetting { StoreId = storeId, Event = what, Template = "" });
            row.OnSince = isOn ? row.OnSince ?? clock.GetUtcNow().UtcDateTime : null;
            row.Template = template.Trim();
            db.Audit(storeId, "store.proactive", what.ToString(), isOn ? "on" : "off");
            db.Announce(storeId, EventKind.Store, "");
            await db.CommitAsync(cancellation);
            return Outcome.Done;
        });
}

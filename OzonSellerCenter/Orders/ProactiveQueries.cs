using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>An event as the settings show it.</summary>
public sealed record ProactiveChoice(ProactiveEvent Event, bool IsOn, string Template);

/// <summary>A template filled in with an order of the shop.</summary>
/// <param name="Missing">Placeholders of which this order has no fact.</param>
public sealed record ProactivePreview(string PostingNumber, string Text, IReadOnlyList<string> Missing);

/// <summary>How many of the orders of the last <see cref="ProactiveQueries.RateDays"/> days were told something at least once; parcels are counted.</summary>
/// <param name="IsCapped">There were more; the newest <see cref="ProactiveQueries.MostCounted"/> were counted.</param>
public sealed record ProactiveRate(int Told, int Orders, bool IsCapped);

/// <summary>What became of an event lately.</summary>
public sealed record ProactiveLine(long Id, string PostingNumber, ProactiveEvent Event, ProactiveState State, string? Reason, DateTime At);

/// <summary>Telling buyers before they ask, as the owner of a store sees it.</summary>
public sealed record ProactiveSettings(IReadOnlyList<ProactiveChoice> Choices, ProactiveRate Rate, IReadOnlyList<ProactiveLine> Latest);

/// <summary>Reads what a store tells its buyers by itself.</summary>
public sealed class ProactiveQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Days over which the share of orders is counted.</summary>
    public const int RateDays = 30;

    /// <summary>Orders that are counted at most, so that the page costs the same in a shop of any size.</summary>
    public const int MostCounted = 20_000;

    private const int Latest = 20;

    /// <summary>The settings of a store; null for who does not own it.</summary>
    public async Task<ProactiveSettings?> OfAsync(CurrentUser user, int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) != StoreRole.Owner) return null;
        var kept = await db.ProactiveSettings.AsNoTracking().Where(s => s.StoreId == storeId).ToDictionaryAsync(s => s.Event, cancellation);
        var choices = Enum.GetValues<ProactiveEvent>().Select(e => kept.GetValueOrDefault(e) is { } row
            ? new ProactiveChoice(e, row.OnSince is not null, row.Template)
            : new ProactiveChoice(e, false, ProactiveTemplate.UsualOf(e)));
        var latest = await db.ProactiveMessages.AsNoTracking().Where(m => m.StoreId == storeId).OrderByDescending(m => m.Id).Take(Latest)
            .Select(m => new ProactiveLine(m.Id, m.PostingNumber, m.Event, m.State, m.Reason, m.CreatedAt)).ToListAsync(cancellation);
        return new ProactiveSettings([.. choices], await RateAsync(db, storeId, cancellation), latest);
    }

    /// <summary>A template with the facts of the newest order to which the event may have happened, else of the newest of all; null without any order,
    /// and for who does not own the store.</summary>
    public async Task<ProactivePreview?> PreviewAsync(CurrentUser user, int storeId, ProactiveEvent what, string template, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (db.RoleIn(storeId) != StoreRole.Owner) return null;
        var store = await db.Stores.AsNoTracking().SingleAsync(s => s.Id == storeId, cancellation);
        var status = what switch
        {
            ProactiveEvent.Delivered => "delivered",
            ProactiveEvent.ItemsTakenOut => "awaiting_packaging",
            _ => "delivering",
        };
        var newest = db.Postings.AsNoTracking().Where(p => p.StoreId == storeId && p.InProcessAt != null).OrderByDescending(p => p.InProcessAt).ThenByDescending(p => p.Id);
        var posting = await newest.Where(p => p.Status == status).FirstOrDefaultAsync(cancellation) ?? await newest.FirstOrDefaultAsync(cancellation);
        if (posting is null) return null;
        var filled = ProactiveTemplate.Fill(template, posting, store.Name, ShopTime.In(store.TimeZone));
        return new ProactivePreview(posting.PostingNumber, filled.Text, filled.Missing);
    }

    private async Task<ProactiveRate> RateAsync(SellerCenterDb db, int storeId, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-RateDays);

        // In the order of the index, so that the cap ends the walk.
        var counted = db.Postings.Where(p => p.StoreId == storeId && p.InProcessAt >= since).OrderByDescending(p => p.InProcessAt).ThenByDescending(p => p.Id).Take(MostCounted + 1);
        var orders = await counted.CountAsync(cancellation);
        var messages = db.ProactiveMessages;
        var told = await counted.CountAsync(
            p => messages.Any(m => m.StoreId == storeId && m.PostingNumber == p.PostingNumber && m.State == ProactiveState.Told), cancellation);
        return new ProactiveRate(told, Math.Min(orders, MostCounted), orders > MostCounted);
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Unpaid;

/// <summary>An unpaid order as the list shows it, and how far its reminder is.</summary>
/// <param name="Reminder">State of the newest command that reminds; null when none was wanted.</param>
/// <param name="Error">Why that failed or waits: a part of a key of the texts.</param>
/// <param name="ErrorDetail">Ozon's own words.</param>
public sealed record UnpaidRow(UnpaidOrder Order, CommandState? Reminder, string? Error, string? ErrorDetail)
{
    /// <summary>One is on its way.</summary>
    public bool IsUnderWay => Reminder is CommandState.Waiting or CommandState.Sending or CommandState.Unclear;
}

/// <summary>A store of the person.</summary>
/// <param name="IsOffered">Whether its Ozon tells of unpaid orders; null while it was not asked.</param>
/// <param name="Template">The shop's words.</param>
public sealed record UnpaidStore(int Id, string Name, string TimeZone, StoreRole Role, bool? IsOffered, string Template);

/// <summary>What the page of unpaid orders shows.</summary>
/// <param name="Stores">By name.</param>
/// <param name="Rows">What ends first comes first.</param>
/// <param name="HasMore">There are more than are shown.</param>
public sealed record UnpaidList(IReadOnlyList<UnpaidStore> Stores, IReadOnlyList<UnpaidRow> Rows, bool HasMore);

/// <summary>Reads unpaid orders of the stores a person may see.</summary>
public sealed class UnpaidQueries(Databases databases)
{
    /// <summary>Orders shown at most.</summary>
    public const int MaxRows = 200;

    public async Task<UnpaidList> OpenAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = await db.Stores.OrderBy(s => s.Name).ThenBy(s => s.Id).Select(s => new { s.Id, s.Name, s.TimeZone, s.PaymentReminder }).ToListAsync(cancellation);
        var offers = await db.SyncStates.Where(s => s.Kind == StoreExtension.Kind).ToDictionaryAsync(s => s.StoreId, s => s.Error != StoreExtension.NotOffered, cancellation);
        var orders = new List<UnpaidOrder>();
        foreach (var id in db.StoresInSight)
        {
            orders.AddRange(await db.UnpaidOrders.AsNoTracking().Where(o => o.StoreId == id && o.State == UnpaidState.Open)
                .OrderBy(o => o.ExpiresAt).ThenBy(o => o.Id).Take(MaxRows + 1).ToListAsync(cancellation));
        }

        var shown = orders.OrderBy(o => o.ExpiresAt).ThenBy(o => o.Id).Take(MaxRows).ToList();
        var ids = shown.ConvertAll(o => o.Id);
        var commands = await db.OutboundCommands.Where(c => c.Kind == CommandKind.RemindUnpaid && ids.Contains(c.TargetId))
            .Select(c => new { c.Id, c.TargetId, c.State, c.Error, c.ErrorDetail }).ToListAsync(cancellation);
        var newest = commands.GroupBy(c => c.TargetId).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Id)!);
        return new UnpaidList(
            stores.ConvertAll(s => new UnpaidStore(
                s.Id, s.Name, s.TimeZone, db.RoleIn(s.Id) ?? StoreRole.Support, offers.TryGetValue(s.Id, out var offered) ? offered : null, s.PaymentReminder ?? PaymentReminder.Usual)),
            shown.ConvertAll(o => newest.GetValueOrDefault(o.Id) is { } c ? new UnpaidRow(o, c.State, c.Error, c.ErrorDetail) : new UnpaidRow(o, null, null, null)),
            orders.Count > MaxRows);
    }
}

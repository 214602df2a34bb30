using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>A refund as the list shows it; amounts in minor units.</summary>
public sealed record RefundRow(
    long Id, int StoreId, string PostingNumber, string OrderNumber, RefundState State, RefundWay Way, OfferedAction? Action, long Amount, long Postage, string Currency, DateTime CreatedAt);

/// <summary>A page of the list.</summary>
/// <param name="Next">The next one begins behind this id; null when nothing follows.</param>
public sealed record RefundRows(IReadOnlyList<RefundRow> Rows, long? Next);

/// <summary>Reads the list of refunds, newest first. Pages go by key, never by offset.</summary>
public sealed class RefundListQueries(Databases databases)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>The rows behind <paramref name="after"/>, from the beginning when null.</summary>
    public async Task<RefundRows> ListAsync(CurrentUser user, RefundFilter filter, long? after, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var refunds = db.Refunds.AsNoTracking();
        if (filter.State is { } state) refunds = refunds.Where(r => r.State == state);
        if (filter.Way is { } way) refunds = refunds.Where(r => r.Way == way);
        if (filter.Store is { } store) refunds = refunds.Where(r => r.StoreId == store);
        if (filter.Mine) refunds = refunds.Where(r => r.CreatedBy == user.Id);
        if (filter.From is { } from)
        {
            var start = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            refunds = refunds.Where(r => r.CreatedAt >= start);
        }

        if (filter.To is { } to)
        {
            var end = to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            refunds = refunds.Where(r => r.CreatedAt < end);
        }

        if (filter.Text is { } text) refunds = refunds.Where(r => r.PostingNumber.StartsWith(text) || r.OrderNumber.StartsWith(text));
        if (after is { } id) refunds = refunds.Where(r => r.Id < id);

        // One row more than asked for tells whether there is more.
        var rows = await refunds.OrderByDescending(r => r.Id).Take(size + 1)
            .Select(r => new RefundRow(r.Id, r.StoreId, r.PostingNumber, r.OrderNumber, r.State, r.Way, r.Action, r.Amount, r.Postage, r.Currency, r.CreatedAt))
            .ToListAsync(cancellation);
        return new RefundRows([.. rows.Take(size)], rows.Count > size ? rows[size - 1].Id : null);
    }

    /// <summary>What stands on the page of an order: its refunds, and whether one can be begun.</summary>
    public async Task<(IReadOnlyList<RefundLine> Lines, bool MayStart)> OfOrderAsync(CurrentUser user, int storeId, string postingNumber, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var lines = await RefundFormQueries.LinesAsync(db.Refunds.Where(r => r.StoreId == storeId && r.PostingNumber == postingNumber), PageSize, cancellation);
        var basis = await RefundBasis.ReadAsync(db, storeId, postingNumber, null, cancellation);
        var mayWrite = db.RoleIn(storeId) is StoreRole.Owner or StoreRole.Agent;
        return (lines, mayWrite && (basis?.Usable.Count > 0 || lines.Any(l => l.State is RefundState.Draft)));
    }

    /// <summary>The stores a person may choose between.</summary>
    public async Task<IReadOnlyList<OrderStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Stores.OrderBy(s => s.Name).ThenBy(s => s.Id).Select(s => new OrderStore(s.Id, s.Name, s.TimeZone)).ToListAsync(cancellation);
    }
}

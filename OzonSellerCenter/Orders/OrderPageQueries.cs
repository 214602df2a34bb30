using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>Reads one posting. That of a store the person may not see is answered like one that does not exist: null.</summary>
public sealed class OrderPageQueries(Databases databases)
{
    /// <summary>Postings of the same order that are named at most.</summary>
    private const int MaxOthers = 20;

    /// <summary>Steps of its way that are shown at most, the newest.</summary>
    private const int MaxSteps = 40;

    /// <summary>Deeds of its history that are shown at most, the newest.</summary>
    private const int MaxDeeds = 50;

    /// <summary>The posting of a number.</summary>
    public async Task<OpenOrder?> OpenAsync(CurrentUser user, string postingNumber, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.StoresInSight;
        var order = await db.Postings.Where(p => stores.Contains(p.StoreId) && p.PostingNumber == postingNumber)
            .OrderBy(p => p.StoreId)
            .Join(db.Stores, p => p.StoreId, s => s.Id, (p, s) => new OpenOrder
            {
                StoreId = s.Id,
                StoreName = s.Name,
                TimeZone = s.TimeZone,
                ReturnPolicy = s.ReturnPolicy,
                Role = StoreRole.Support,
                OrderNumber = p.OrderNumber,
                AvailableActions = p.AvailableActions,
                DeliverFrom = p.DeliverFrom,
                DeliverBy = p.DeliverBy,
                CancelReason = p.CancelReason,
                CostsRating = p.CostsRating,
                Deeds = new List<ShownDeed>(),
                Steps = new List<SeenStep>(),
                Posting = new OrderBeside
                {
                    PostingNumber = p.PostingNumber,
                    Scheme = p.Scheme,
                    Status = p.Status,
                    InProcessAt = p.InProcessAt,
                    ShipBy = p.ShipBy,
                    Parcel = new ParcelDates(p.DeliverBy, p.MovedAt, p.LateAt),
                    DeliveringAt = p.DeliveringAt,
                    DeliveredAt = p.DeliveredAt,
                    CancelledAt = p.CancelledAt,
                    TrackingNumber = p.TrackingNumber,
                    Carrier = p.Carrier,
                    City = p.City,
                    Total = p.Total,
                    Currency = p.Currency,
                    Items = p.Items.OrderBy(i => i.Id).Select(i => new ItemBeside(i.Sku, i.OfferId, i.Name, i.Quantity, i.Price, i.Currency, i.Discount, i.Commission, i.Payout)).ToList(),
                },
                Warehouse = p.Warehouse,
                BuyerName = p.BuyerName,
                Others = new List<OrderSibling>(),
            })
            .AsSingleQuery()
            .FirstOrDefaultAsync(cancellation);
        if (order is null) return null;
        var deeds = await DeedsAsync(db, order, cancellation);
        return order with
        {
            Posting = order.Posting with { Items = await PicturedAsync(db, order, cancellation) },
            Role = db.RoleIn(order.StoreId) ?? StoreRole.Support,
            Others = await OthersAsync(db, order, cancellation),
            Deeds = deeds,
            Steps = await StepsAsync(db, order, cancellation),
            Readdressed = await ReaddressedAsync(db, order.StoreId, deeds, cancellation),
            Cancellation = await db.CancellationRequests.AsNoTracking()
                .Where(r => r.StoreId == order.StoreId && r.PostingNumber == order.Posting.PostingNumber)
                .OrderByDescending(r => r.CancellationId).FirstOrDefaultAsync(cancellation),
        };
    }

    private static async Task<IReadOnlyList<ItemBeside>> PicturedAsync(SellerCenterDb db, OpenOrder order, CancellationToken cancellation)
    {
        var (storeId, skus) = (order.StoreId, order.Posting.Items.Select(i => i.Sku).ToList());
        var pictures = await db.ProductFacts.Where(f => f.StoreId == storeId && skus.Contains(f.Sku) && f.PictureSha256 != null)
            .ToDictionaryAsync(f => f.Sku, f => f.Id, cancellation);
        return [.. order.Posting.Items.Select(i => pictures.TryGetValue(i.Sku, out var fact) ? i with { PictureOf = fact } : i)];
    }

    private static async Task<IReadOnlyList<SeenStep>> StepsAsync(SellerCenterDb db, OpenOrder order, CancellationToken cancellation)
    {
        var (storeId, number) = (order.StoreId, order.Posting.PostingNumber);
        return await (
            from posting in db.Postings
            join step in db.PostingSteps on posting.Id equals step.PostingId
            where posting.StoreId == storeId && posting.PostingNumber == number
            orderby step.Id descending
            select new SeenStep(step.Substatus, step.At)).Take(MaxSteps).ToListAsync(cancellation);
    }

    private static async Task<IReadOnlyList<ShownDeed>> DeedsAsync(SellerCenterDb db, OpenOrder order, CancellationToken cancellation)
    {
        var (storeId, number) = (order.StoreId, order.Posting.PostingNumber);
        var subject = ShipmentClock.SubjectOf(number);
        var deeds = await (
            from deed in db.PostingDeeds
            join posting in db.Postings on deed.PostingId equals posting.Id
            join command in db.OutboundCommands.Where(c => c.StoreId == storeId && c.Subject == subject && c.Kind == CommandKind.PostingDeed) on deed.Id equals command.TargetId
            join person in db.Users on deed.By equals person.Id into people
            from person in people.DefaultIfEmpty()
            where posting.StoreId == storeId && posting.PostingNumber == number
            orderby deed.Id descending
            select new { deed.Id, deed.Wish, deed.At, deed.By, Name = person == null ? null : person.DisplayName, command }).AsNoTracking().Take(MaxDeeds).ToListAsync(cancellation);
        return [.. deeds.Select(d => new ShownDeed(
            d.Id, d.Wish, d.At, d.By is null ? null : d.Name ?? "", d.command.State, d.command.DoneAt, d.command.Error, d.command.ErrorDetail, d.command.UnclearAt is not null))];
    }

    private static async Task<Readdressed?> ReaddressedAsync(SellerCenterDb db, int storeId, IReadOnlyList<ShownDeed> deeds, CancellationToken cancellation)
    {
        if (deeds.FirstOrDefault(d => d is { Wish: AddressWish, State: CommandState.Done }) is not { Wish: AddressWish wish, DoneAt: { } at } deed) return null;
        string[] keys = [AddressNotice.MessageKeyOf(deed.Id), AddressNotice.ChatKeyOf(deed.Id)];
        var notices = await db.OutboundCommands.Where(c => c.StoreId == storeId && keys.Contains(c.Key)).Select(c => new { c.Kind, c.State }).ToListAsync(cancellation);
        var told = notices.Count == 0 || notices.Exists(n => n.State is CommandState.Failed or CommandState.Cancelled) ? BuyerTold.No
            : notices.Exists(n => n is { Kind: CommandKind.SendMessage, State: CommandState.Done }) ? BuyerTold.Yes
            : BuyerTold.UnderWay;
        return new Readdressed(wish.Address, at, told);
    }

    private static async Task<IReadOnlyList<OrderSibling>> OthersAsync(SellerCenterDb db, OpenOrder order, CancellationToken cancellation)
    {
        if (order.OrderNumber.Length == 0) return [];
        return await db.Postings
            .Where(p => p.StoreId == order.StoreId && p.OrderNumber == order.OrderNumber && p.PostingNumber != order.Posting.PostingNumber)

            // In the order of the index on the order's number: by posting number SQLite would read the whole store in that order instead.
            .OrderBy(p => p.Id)
            .Take(MaxOthers)
            .Select(p => new OrderSibling(p.PostingNumber, p.Status, p.Total, p.Currency))
            .ToListAsync(cancellation);
    }
}

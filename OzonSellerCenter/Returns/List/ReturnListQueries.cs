using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.List;

/// <summary>Reads the list of requests: those to return, and the open ones to cancel. Pages go by key, never by offset.</summary>
public sealed class ReturnListQueries(Databases databases, Rulebook rulebook, TimeProvider clock)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Requests at once at most.</summary>
    public const int MaxPicked = 500;

    /// <summary>Reasons that are offered at most.</summary>
    private const int MaxReasons = 60;

    /// <summary>Open wishes to cancel of a store that are shown at most, those that are over soonest; there is a handful.</summary>
    private const int MaxCancellations = 200;

    /// <summary>What has to be decided within this time is soon.</summary>
    public static readonly TimeSpan SoonIs = TimeSpan.FromHours(24);

    private DateTime Soon => clock.GetUtcNow().UtcDateTime + SoonIs;

    /// <summary>The rows after <paramref name="after"/>, from the beginning when null.</summary>
    public async Task<ReturnRows> ListAsync(CurrentUser user, ReturnFilter filter, ReturnPlace? after, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var rows = new List<ReturnRow>();
        foreach (var store in await StoresAsync(db, filter.Store, cancellation))
        {
            // One row more than asked for tells whether there is more.
            var zone = ShopTime.In(store.TimeZone);
            var requests = await db.ReturnRequests.AsNoTracking().Where(r => r.StoreId == store.Id).Narrow(filter, zone, Soon).Page(filter, after).Take(size + 1).ToListAsync(cancellation);
            rows.AddRange(await RowsOfAsync(db, store.Id, requests, cancellation));
            rows.AddRange((await CancellationsAsync(db, store, filter, cancellation)).Where(r => after is null || ReturnNarrowing.Compare(filter, ReturnNarrowing.PlaceOf(filter, r), after) > 0));
        }

        rows.Sort((x, y) => ReturnNarrowing.Compare(filter, ReturnNarrowing.PlaceOf(filter, x), ReturnNarrowing.PlaceOf(filter, y)));
        return new ReturnRows([.. rows.Take(size)], rows.Count > size ? ReturnNarrowing.PlaceOf(filter, rows[size - 1]) : null);
    }

    /// <summary>Those of the given requests that belong into the list of the filter; for rows that changed while it is shown. Wishes to cancel, of which
    /// only the posting is told, are all read again.</summary>
    public Task<IReadOnlyList<ReturnRow>> RowsAsync(CurrentUser user, ReturnFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        databases.ShareAsync(user, ("returns", filter, string.Join(',', ids.Order())), (db, ending) => RowsAsync(db, filter, ids, ending), cancellation);

    /// <summary>Figures of the tabs.</summary>
    public Task<ReturnCounts> CountsAsync(CurrentUser user, int? store, CancellationToken cancellation) =>
        databases.ShareAsync(user, ("return counts", store), (db, ending) => CountsAsync(db, store, ending), cancellation);

    /// <summary>How many requests wait for a decision of the shop, in all stores of the person.</summary>
    public Task<int> ToDecideAsync(CurrentUser user, CancellationToken cancellation) =>
        databases.ShareAsync(user, "returns to decide", async (db, ending) =>
            await db.ReturnRequests.CountAsync(r => r.DecideBy != null, ending) + await db.CancellationRequests.CountAsync(c => c.State == CancellationState.Open, ending), cancellation);

    /// <summary>The stores a person may choose between.</summary>
    public async Task<IReadOnlyList<ReturnStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await StoresAsync(db, null, cancellation);
    }

    /// <summary>The reasons that buyers have given, as Ozon words them.</summary>
    public async Task<IReadOnlyList<string>> ReasonsAsync(CurrentUser user, int? store, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.ReturnRequests.Where(r => (store == null || r.StoreId == store) && r.Reason != "").Select(r => r.Reason).Distinct().OrderBy(r => r).Take(MaxReasons).ToListAsync(cancellation);
    }

    /// <summary>Whether there is a store in which the person does more than read.</summary>
    public async Task<bool> MayActAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return db.StoresInSight.Any(s => db.RoleIn(s) is StoreRole.Owner or StoreRole.Agent);
    }

    /// <summary>Those of the chosen requests whose goods can be said to have arrived, with the action that says it.</summary>
    public async Task<IReadOnlyDictionary<long, (string Number, long ActionId)>> ReceivableAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var requests = await db.ReturnRequests.AsNoTracking().Where(r => ids.Contains(r.Id) && r.OpenDeedId == null).ToListAsync(cancellation);
        return requests.Where(r => db.RoleIn(r.StoreId) is StoreRole.Owner or StoreRole.Agent)
            .Select(r => (r.Id, r.Number, Action: r.Actions.FirstOrDefault(a => ReturnActs.Of(a) == ReturnAct.Received)))
            .Where(r => r.Action is not null)
            .ToDictionary(r => r.Id, r => (r.Number, r.Action!.Id));
    }

    /// <summary>The deed that is under way with a request; null when none is.</summary>
    public async Task<long?> OpenDeedAsync(CurrentUser user, long requestId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.ReturnRequests.Where(r => r.Id == requestId).Select(r => r.OpenDeedId).SingleOrDefaultAsync(cancellation);
    }

    private static async Task<IReadOnlyList<ReturnStore>> StoresAsync(SellerCenterDb db, int? store, CancellationToken cancellation) =>
        await db.Stores.Where(s => store == null || s.Id == store).OrderBy(s => s.Id)
            .Select(s => new ReturnStore(s.Id, s.Name, s.TimeZone)).ToListAsync(cancellation);

    private async Task<IReadOnlyList<ReturnRow>> RowsAsync(SellerCenterDb db, ReturnFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var rows = new List<ReturnRow>();
        foreach (var store in await StoresAsync(db, filter.Store, cancellation))
        {
            var requests = await db.ReturnRequests.AsNoTracking().Where(r => r.StoreId == store.Id && ids.Contains(r.Id)).Narrow(filter, ShopTime.In(store.TimeZone), Soon).ToListAsync(cancellation);
            rows.AddRange(await RowsOfAsync(db, store.Id, requests, cancellation));
            rows.AddRange(await CancellationsAsync(db, store, filter, cancellation));
        }

        return rows;
    }

    private async Task<IEnumerable<ReturnRow>> RowsOfAsync(SellerCenterDb db, int storeId, List<ReturnRequest> requests, CancellationToken cancellation)
    {
        if (requests.Count == 0) return [];
        var rules = await rulebook.ForAsync(storeId, cancellation);
        var ids = requests.Select(r => r.Id).ToList();
        var refunds = await db.Refunds.Where(r => r.ReturnRequestId != null && ids.Contains(r.ReturnRequestId.Value) && RefundRelease.Open.Contains(r.State))
            .Select(r => r.ReturnRequestId!.Value).ToListAsync(cancellation);
        var skus = requests.Select(r => r.Sku).Distinct().ToList();
        var pictures = (await db.ProductFacts.Where(f => skus.Contains(f.Sku) && f.PictureSha256 != null).Select(f => new { f.StoreId, f.Sku, f.Id }).ToListAsync(cancellation))
            .ToDictionary(f => (f.StoreId, f.Sku), f => f.Id);
        return requests.Select(r => new ReturnRow
        {
            PictureId = pictures.TryGetValue((r.StoreId, r.Sku), out var picture) ? picture : null,
            Id = r.Id,
            StoreId = r.StoreId,
            Number = r.Number,
            PostingNumber = r.PostingNumber,
            Scheme = r.Scheme,
            Product = r.ProductName,
            Quantity = r.Quantity,
            Sum = r.Worth,
            Currency = r.Currency,
            Reason = r.Reason,
            IsDefect = r.IsDefect == true,
            Comment = r.Comment,
            Stage = r.Stage,
            StateName = r.StateName.Length > 0 ? r.StateName : r.State,
            AskedAt = r.AskedAt,
            TurnAt = r.Turns is [.., var turn] ? turn.StartedAt : r.StateAt,
            DecideBy = r.DecideBy,
            Silence = ReturnOutlook.Of(r, rules),
            Offers = r.Offers,
            UnderWay = refunds.Contains(r.Id) ? ReturnUnderWay.Refund : r.OpenDeedId is not null ? ReturnUnderWay.Decision : ReturnUnderWay.Nothing,
            CanBeReceived = r.Actions.Any(a => ReturnActs.Of(a) == ReturnAct.Received),
        });
    }

    private async Task<IReadOnlyList<ReturnRow>> CancellationsAsync(SellerCenterDb db, ReturnStore store, ReturnFilter filter, CancellationToken cancellation)
    {
        if (filter.Tab is not (ReturnTab.New or ReturnTab.All)) return [];
        var open = await (
            from wish in db.CancellationRequests.Where(c => c.StoreId == store.Id && c.State == CancellationState.Open).OrderBy(c => c.AutoApproveAt).Take(MaxCancellations)
            join posting in db.Postings on new { wish.StoreId, wish.PostingNumber } equals new { posting.StoreId, posting.PostingNumber } into postings
            from posting in postings.DefaultIfEmpty()
            select new { wish, posting }).AsNoTracking().ToListAsync(cancellation);
        var ids = open.Where(o => o.posting is not null).Select(o => o.posting!.Id).ToList();
        var items = (await db.Postings.Where(p => ids.Contains(p.Id)).SelectMany(p => p.Items, (p, i) => new { p.Id, i.Name, i.Sku, i.OfferId }).ToListAsync(cancellation)).ToLookup(i => i.Id);
        var rows = new List<ReturnRow>();
        foreach (var (wish, posting) in open.Select(o => (o.wish, o.posting)))
        {
            var of = posting is null ? [] : items[posting.Id].ToList();
            var row = new ReturnRow
            {
                Id = -wish.Id,
                StoreId = wish.StoreId,
                Number = wish.CancellationId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                PostingNumber = wish.PostingNumber,
                Scheme = posting?.Scheme ?? Scheme.Rfbs,
                Product = of is [var item, ..] ? item.Name : "",
                Sum = posting?.Total ?? 0,
                Currency = posting?.Currency ?? "RUB",
                Reason = wish.Reason,
                Comment = wish.Message,
                AskedAt = wish.AskedAt,
                TurnAt = wish.AskedAt,
                DecideBy = wish.AutoApproveAt,
                Silence = wish.AutoApproveAt is null ? IfNobodyActs.Nothing : IfNobodyActs.Approved,
            };
            if (ReturnNarrowing.Leaves(filter, row, [.. of.Select(i => i.Sku)], [.. of.Select(i => i.OfferId)], ShopTime.In(store.TimeZone), Soon)) rows.Add(row);
        }

        return rows;
    }

    private static async Task<ReturnCounts> CountsAsync(SellerCenterDb db, int? store, CancellationToken cancellation)
    {
        var counts = new Dictionary<ReturnTab, int>();
        foreach (var id in db.StoresInSight.Where(s => store is null || s == store))
        {
            foreach (var stage in Enum.GetValues<ReturnStage>())
            {
                var (tab, left) = ((ReturnTab)stage, ReturnCounts.Cap - counts.GetValueOrDefault((ReturnTab)stage));

                // The order is that of the index and costs nothing; without one a limit has no meaning.
                if (left > 0) counts[tab] = counts.GetValueOrDefault(tab) + await db.ReturnRequests.Where(r => r.StoreId == id && r.Stage == stage).OrderBy(r => r.AskedAt).Take(left).CountAsync(cancellation);
            }

            var open = await db.CancellationRequests.CountAsync(c => c.StoreId == id && c.State == CancellationState.Open, cancellation);
            counts[ReturnTab.New] = Math.Min(ReturnCounts.Cap, counts[ReturnTab.New] + open);
        }

        return new ReturnCounts(counts);
    }
}

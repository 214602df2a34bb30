using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Takes over postings from Ozon and tells the conversations about them, whose clocks depend on payment and delivery.</summary>
internal sealed class PostingIntake(ChatIntake chats, ShipmentClock shipments, ProactiveNotes notes, CaseFollowing cases)
{
    private const string Delivered = "delivered";
    private const string Cancelled = "cancelled";

    /// <summary>Takes over postings inside the caller's unit of work; the caller commits.</summary>
    /// <param name="db">A context that sees the store, with its transaction open.</param>
    /// <param name="storeId">Whose postings they are.</param>
    /// <param name="postings">As Ozon told them.</param>
    /// <param name="askedAt">When Ozon was asked: an answer to an earlier question changes nothing.</param>
    /// <param name="isDetailed">They come from <c>/v3/posting/fbs/get</c>, which alone tells when the buyer got the goods.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task TakeAsync(
        SellerCenterDb db, int storeId, IReadOnlyList<OzonPosting> postings, DateTime askedAt, bool isDetailed, CancellationToken cancellation)
    {
        var numbers = postings.Select(p => p.PostingNumber).ToList();
        var kept = await db.Postings.Include(p => p.Items).Where(p => p.StoreId == storeId && numbers.Contains(p.PostingNumber))
            .ToDictionaryAsync(p => p.PostingNumber, cancellation);
        var changed = new List<(Posting Posting, ProactiveStand Before)>();
        foreach (var told in postings.Where(p => p.PostingNumber.Length is > 0 and <= 40).DistinctBy(p => p.PostingNumber))
        {
            if (!kept.TryGetValue(told.PostingNumber, out var posting))
            {
                posting = new Posting { StoreId = storeId, PostingNumber = told.PostingNumber };
                db.Postings.Add(posting);
            }

            if (posting.StateAt > askedAt) continue;
            var before = ProactiveStand.Of(posting);
            var (isKnown, substatus, wasDisputed) = (posting.MovedAt is not null, posting.Substatus, PostingStatuses.Disputed.Contains(posting.Status));
            Apply(posting, told, askedAt, isDetailed);
            if (!db.ChangeTracker.HasChanges()) continue;
            posting.StateAt = askedAt;
            await db.SaveChangesAsync(cancellation);

            // How it stood when it was first seen tells nothing of when it came there.
            if (isKnown && posting.Substatus.Length > 0 && posting.Substatus != substatus)
                db.PostingSteps.Add(new PostingStep { StoreId = storeId, PostingId = posting.Id, Substatus = posting.Substatus, At = askedAt });
            await TellConversationsAsync(db, posting, cancellation);
            await shipments.RecomputeAsync(db, posting, cancellation);
            await cases.PostingAsync(db, posting, wasDisputed, cancellation);
            db.Announce(storeId, EventKind.Posting, posting.PostingNumber);
            changed.Add((posting, before));
        }

        // Only now: what was taken out of one posting may be in another that came with it.
        foreach (var (posting, before) in changed) await notes.TakeAsync(db, posting, before, cancellation);
    }

    private static void Apply(Posting posting, OzonPosting told, DateTime askedAt, bool isDetailed)
    {
        posting.OrderNumber = told.OrderNumber;
        posting.OrderId = told.OrderId;
        posting.Scheme = SchemeOf(told);
        if (posting.MovedAt is null || (posting.Status, posting.Substatus) != (told.Status, told.Substatus)) posting.MovedAt = askedAt;
        posting.Status = told.Status;
        posting.Substatus = told.Substatus;
        posting.InProcessAt = told.InProcessAt;
        posting.ShipBy = told.ShipmentDate;
        posting.DeliverBy = told.AnalyticsData?.ClientDeliveryDateEnd ?? told.AnalyticsData?.DeliveryDateEnd ?? posting.DeliverBy;
        posting.DeliveringAt = told.DeliveringDate;
        posting.TrackingNumber = told.TrackingNumber is { Length: > 0 } number ? number : null;
        posting.Carrier = told.DeliveryMethod?.TplProvider ?? posting.Carrier;
        posting.Warehouse = told.DeliveryMethod?.Warehouse ?? posting.Warehouse;
        posting.City = Known(told.AnalyticsData?.City) ?? Known(told.Customer?.Address?.City) ?? posting.City;
        posting.BuyerName = Known(told.Customer?.Name) ?? Known(told.Addressee?.Name) ?? posting.BuyerName;
        posting.BuyerId = told.Customer is { CustomerId: > 0 } customer ? $"{customer.CustomerId}" : posting.BuyerId;
        posting.AvailableActions = string.Join(',', told.AvailableActions);
        posting.DeliverFrom = told.AnalyticsData?.DeliveryDateBegin ?? posting.DeliverFrom;
        if (told is { Status: Cancelled, Cancellation: { } end }) (posting.CancelReason, posting.CostsRating) = (Known(end.CancelReason), end.AffectCancellationRating);
        posting.CancelledAt = told.Status == Cancelled ? posting.CancelledAt ?? askedAt : null;
        if (isDetailed) posting.DeliveredAt = told.FactDeliveryDate;
        TakeItems(posting, told);

        // The lists do not tell when the buyer got it, and the reply window hangs on that.
        posting.NeedsSync = !isDetailed && (posting.NeedsSync || (told.Status == Delivered && posting.DeliveredAt is null));
    }

    private static void TakeItems(Posting posting, OzonPosting told)
    {
        var products = told.Products.Where(p => p.Sku != 0).GroupBy(p => p.Sku).ToDictionary(g => g.Key, g => g.ToList());
        posting.Items.RemoveAll(i => !products.ContainsKey(i.Sku));
        foreach (var (sku, lines) in products)
        {
            var item = posting.Items.FirstOrDefault(i => i.Sku == sku);
            if (item is null) posting.Items.Add(item = new PostingItem { StoreId = posting.StoreId, Sku = sku });
            item.OfferId = lines[0].OfferId;
            item.Name = lines[0].Name;
            item.Quantity = lines.Sum(l => l.Quantity);
            item.Price = lines[0].FullPrice?.MinorUnits ?? 0;
            item.Currency = lines[0].FullPrice?.Currency is { Length: 3 } currency ? currency : item.Currency;
            if (told.FinancialData?.Products.FirstOrDefault(p => p.ProductId == sku) is { } finance) TakeMoney(item, finance);
        }

        posting.Total = posting.Items.Sum(i => i.Price * i.Quantity);
        posting.Currency = posting.Items.FirstOrDefault()?.Currency ?? posting.Currency;
    }

    /// <summary>Before the settlement Ozon writes nought for what it does not know yet.</summary>
    private static void TakeMoney(PostingItem item, OzonPostingFinanceProduct finance)
    {
        item.Discount = Minor(finance.TotalDiscountValue);
        item.Commission = Minor(finance.FullCommission ?? 0);
        item.Payout = Minor(finance.Payout);
    }

    private static long? Minor(decimal amount) => amount == 0 ? null : OzonMoney.Minor(amount);

    private async Task TellConversationsAsync(SellerCenterDb db, Posting posting, CancellationToken cancellation)
    {
        if (posting.OrderNumber.Length == 0) return;
        var about = await db.Conversations
            .Where(c => c.StoreId == posting.StoreId && c.OrderNumber == posting.OrderNumber
                && (c.PostingNumber == null || c.PostingNumber == posting.PostingNumber))
            .ToListAsync(cancellation);
        foreach (var conversation in about)
        {
            conversation.PostingNumber ??= posting.PostingNumber;
            conversation.BuyerName ??= posting.BuyerName;
            await chats.RefreshAsync(db, conversation, cancellation);
        }
    }

    /// <summary>Carried by Ozon = FBS, by the shop or another carrier = rFBS.</summary>
    private static Scheme SchemeOf(OzonPosting told) => (told.DeliverySchema?.ToUpperInvariant(), told.TplIntegrationType) switch
    {
        ("FBO", _) => Scheme.Fbo,
        (_, "ozon") => Scheme.Fbs,
        (_, "") => told.DeliverySchema is null ? Scheme.Unknown : Scheme.Fbs,
        _ => Scheme.Rfbs,
    };

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

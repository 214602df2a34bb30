using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes;

/// <summary>A case as a person opens it.</summary>
/// <param name="Key">Made when the form was shown: the same is opened once.</param>
/// <param name="ReturnRequestId">Our id of the return it is about; null for none.</param>
/// <param name="ConversationId">The chat it came up in; null for none.</param>
/// <param name="Sku">Of the posting's pieces the one it is about; 0 = the first, or the whole parcel.</param>
/// <param name="ClaimAmount">What is claimed, minor units.</param>
public sealed record NewDispute(
    Guid Key, DisputeKind Kind, DisputeTopic Topic, string PostingNumber, long? ReturnRequestId, long? ConversationId, long Sku, string Claim, long ClaimAmount);

/// <summary>What is known of the things a case is to be opened about, to begin the form with.</summary>
/// <param name="Kinds">Kinds that make sense for them.</param>
/// <param name="Items">Pieces of the posting.</param>
/// <param name="OpenCase">A case about the same that is open already.</param>
public sealed record DisputeGround(
    int StoreId, string PostingNumber, string Currency, long Total, IReadOnlyList<DisputeKind> Kinds, IReadOnlyList<GroundItem> Items, DisputeKind Kind, DisputeTopic Topic, string Claim, long? ReturnRequestId, long? ConversationId, long? OpenCase);

/// <param name="Price">Of all its pieces, minor units.</param>
public sealed record GroundItem(long Sku, string Name, long Price);

/// <summary>Opens cases by hand: from an order, a return or a conversation, or at the support desk.</summary>
public sealed class DisputeOpening(Databases databases, DisputeBook book, ShippingActions shipping, TimeProvider clock)
{
    /// <summary>What a case could be about; null when the person sees none of it.</summary>
    public async Task<DisputeGround?> GroundAsync(CurrentUser user, string? postingNumber, long? requestId, long? conversationId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var request = requestId is null ? null : await db.ReturnRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == requestId, cancellation);
        var conversation = conversationId is null ? null : await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancellation);
        var number = postingNumber ?? request?.PostingNumber ?? conversation?.PostingNumber;
        if (number is null || await PostingAsync(db, number, request?.StoreId ?? conversation?.StoreId, cancellation) is not { } posting) return null;
        var chat = conversation?.Id ?? await ChatAsync(db, posting.StoreId, posting.PostingNumber, posting.OrderNumber, cancellation);
        var open = await db.Disputes.Where(d => d.StoreId == posting.StoreId && d.PostingNumber == number && d.State != DisputeState.Closed && (requestId == null || d.ReturnRequestId == requestId))
            .OrderByDescending(d => d.Id).Select(d => (long?)d.Id).FirstOrDefaultAsync(cancellation);
        var kinds = KindsOf(posting, request);
        return new DisputeGround(
            posting.StoreId, number, posting.Currency, posting.Total, kinds, [.. posting.Items.Select(i => new GroundItem(i.Sku, i.Name, i.Price * i.Quantity))], kinds[0],
            request is null ? DisputeTopic.Other : request.IsDefect == true ? DisputeTopic.Quality : DisputeTopic.NotAsDescribed,
            request?.Comment ?? "", request?.Id, chat, open);
    }

    /// <summary>Opens a case. Refused: <c>NotFound</c>, <c>KindWrong</c>, <c>ClaimMissing</c>, <c>TextTooLong</c> (limit), <c>AmountWrong</c> (most: more
    /// than was paid), and with the carrier's arbitration as <see cref="ShippingActions.AskAsync"/>.</summary>
    /// <returns>The case's id; 0 when refused.</returns>
    public async Task<(Outcome Outcome, long Id)> OpenAsync(CurrentUser user, NewDispute wish, CancellationToken cancellation)
    {
        // Two transactions, each done once by its key: killed in between, the same form goes on where it stopped.
        if (wish.Kind == DisputeKind.Carrier && await CheckAsync(user, wish, cancellation) is { IsDone: false } wrong) return (wrong, 0);
        if (wish.Kind == DisputeKind.Carrier && await shipping.AskAsync(user, wish.PostingNumber, new ArbitrationWish(), wish.Key, cancellation) is { IsDone: false } refused)
            return (refused, 0);
        return await Databases.RetryAsync(() => OpenOnceAsync(user, wish, cancellation));
    }

    private async Task<(Outcome Outcome, long Id)> OpenOnceAsync(CurrentUser user, NewDispute wish, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var request = wish.ReturnRequestId is null ? null : await db.ReturnRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == wish.ReturnRequestId, cancellation);
        var conversation = wish.ConversationId is null ? null : await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == wish.ConversationId, cancellation);
        if ((wish.ReturnRequestId is not null && request?.PostingNumber != wish.PostingNumber) || (wish.ConversationId is not null && conversation is null)) return (Outcome.NotFound, 0);
        if (await PostingAsync(db, wish.PostingNumber, request?.StoreId ?? conversation?.StoreId, cancellation) is not { } posting) return (Outcome.NotFound, 0);
        var key = wish.Kind switch { DisputeKind.ReturnContested => $"return:{request?.Id}", DisputeKind.Carrier => $"carrier:{posting.PostingNumber}", _ => wish.Key.ToString("N") };
        if (await db.Disputes.Where(d => d.StoreId == posting.StoreId && d.Key == key).Select(d => (long?)d.Id).SingleOrDefaultAsync(cancellation) is { } there) return (Outcome.Done, there);
        if (wish.Kind != DisputeKind.Carrier && !KindsOf(posting, request).Contains(wish.Kind)) return (Outcome.Refused("KindWrong"), 0);
        if (Check(wish, posting) is { IsDone: false } wrong) return (wrong, 0);
        var item = posting.Items.Find(i => i.Sku == wish.Sku) ?? posting.Items.FirstOrDefault();
        var dispute = new Dispute
        {
            StoreId = posting.StoreId,
            Key = key,
            Kind = wish.Kind,
            Topic = wish.Topic,
            PostingNumber = posting.PostingNumber,
            OrderNumber = posting.OrderNumber,
            Scheme = posting.Scheme,
            Sku = request?.Sku ?? item?.Sku ?? 0,
            ProductName = request?.ProductName ?? item?.Name ?? "",
            BuyerId = posting.BuyerId,
            ReturnRequestId = request?.Id,
            ConversationId = conversation?.Id ?? await ChatAsync(db, posting.StoreId, posting.PostingNumber, posting.OrderNumber, cancellation),
            Claim = wish.Claim.Trim(),
            ClaimAmount = wish.ClaimAmount,
            Currency = posting.Currency,
            OpenedAt = clock.GetUtcNow().UtcDateTime,
            OpenedBy = user.Id,
            Owner = db.RoleIn(posting.StoreId) == StoreRole.Support ? null : user.Id,
        };
        await book.OpenAsync(db, dispute, "", cancellation);
        if (dispute.Kind == DisputeKind.Carrier) await book.FireAsync(db, dispute, DisputeEvent.HandOver, "", 0, cancellation);
        await db.CommitAsync(cancellation);
        return (Outcome.Done, dispute.Id);
    }

    /// <summary>Nothing is asked of Ozon for a case that cannot be opened.</summary>
    private async Task<Outcome> CheckAsync(CurrentUser user, NewDispute wish, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await PostingAsync(db, wish.PostingNumber, null, cancellation) is { } posting ? Check(wish, posting) : Outcome.NotFound;
    }

    private static Outcome Check(NewDispute wish, Posting posting)
    {
        if (!Enum.IsDefined(wish.Topic)) return Outcome.Refused("KindWrong");
        if (string.IsNullOrWhiteSpace(wish.Claim)) return Outcome.Refused("ClaimMissing");
        if (wish.Claim.Length > Dispute.MaxWords) return Outcome.Refused("TextTooLong", Dispute.MaxWords);
        return wish.ClaimAmount < 0 || wish.ClaimAmount > posting.Total ? Outcome.Refused("AmountWrong", new Money(posting.Total, posting.Currency)) : Outcome.Done;
    }

    /// <summary>Kinds of case that can be opened by hand, the likeliest first.</summary>
    private static List<DisputeKind> KindsOf(Posting posting, ReturnRequest? request)
    {
        List<DisputeKind> kinds = [DisputeKind.Complaint, DisputeKind.Withholding];
        if (request is not null) kinds.Insert(request.Stage is ReturnStage.Arbitration or ReturnStage.Rejected ? 0 : 1, DisputeKind.ReturnContested);
        if (WishCheck.Allows(posting.AvailableActions, new ArbitrationWish())) kinds.Insert(0, DisputeKind.Carrier);
        return kinds;
    }

    private static Task<Posting?> PostingAsync(SellerCenterDb db, string number, int? storeId, CancellationToken cancellation)
    {
        var stores = db.StoresInSight;
        return db.Postings.AsNoTracking().Include(p => p.Items).Where(p => stores.Contains(p.StoreId) && p.PostingNumber == number && (storeId == null || p.StoreId == storeId))
            .OrderBy(p => p.StoreId).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The newest chat with the buyer about a posting, rather than about another of its order.</summary>
    internal static Task<long?> ChatAsync(SellerCenterDb db, int storeId, string postingNumber, string orderNumber, CancellationToken cancellation) => db.Conversations
        .Where(c => c.StoreId == storeId && c.Kind == ConversationKind.Buyer && (c.PostingNumber == postingNumber || (orderNumber != "" && c.OrderNumber == orderNumber)))
        .OrderByDescending(c => c.PostingNumber == postingNumber).ThenByDescending(c => c.LastAt).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancellation);
}

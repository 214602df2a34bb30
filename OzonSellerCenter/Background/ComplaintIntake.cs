using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Background;

/// <summary>Takes over what the bundled sandbox tells of complaints, contested returns and money that was kept back: the case, what the buyer said, and its end;
/// in the caller's transaction. The same told twice changes nothing.</summary>
internal sealed class ComplaintIntake(DisputeBook book)
{
    private const int LongestNumber = 40;

    /// <summary>Whether it can be taken over at all.</summary>
    public static bool IsWhole(OzonComplaint told) => told is { ComplaintId: > 0, OpenedAt: not null, PostingNumber.Length: > 0 and <= LongestNumber, OrderNumber.Length: <= LongestNumber };

    /// <returns>The case; null when it is about a return that is not known here yet.</returns>
    public async Task<Dispute?> TakeAsync(SellerCenterDb db, int storeId, OzonComplaint told, CancellationToken cancellation)
    {
        if (await FindAsync(db, storeId, told, cancellation) is not var (dispute, request)) return null;
        if (dispute is null) dispute = await OpenAsync(db, storeId, told, request, cancellation);
        else if (dispute.OzonId is null) TakeOver(dispute, told);
        dispute.ConversationId ??= await DisputeOpening.ChatAsync(db, storeId, dispute.PostingNumber, dispute.OrderNumber, cancellation);
        await HearAsync(db, dispute, told, cancellation);
        await EndAsync(db, dispute, told, cancellation);
        return dispute;
    }

    private static async Task<(Dispute? Dispute, ReturnRequest? Request)?> FindAsync(SellerCenterDb db, int storeId, OzonComplaint told, CancellationToken cancellation)
    {
        var id = IdOf(told);
        if (await db.Disputes.SingleOrDefaultAsync(d => d.StoreId == storeId && d.OzonId == id, cancellation) is { } known) return (known, null);
        if (told.ReturnId is not { } returnId) return (null, null);
        var source = told.Scheme == "RFBS" ? ReturnSource.Rfbs : ReturnSource.Market;
        if (await db.ReturnRequests.SingleOrDefaultAsync(r => r.StoreId == storeId && r.Source == source && r.ReturnId == returnId, cancellation) is not { } request) return null;

        // Its return may have told of it before.
        return (await CaseFollowing.OfReturnAsync(db, request, DisputeKind.ReturnContested, cancellation), request);
    }

    private static string IdOf(OzonComplaint told) => told.ComplaintId.ToString(CultureInfo.InvariantCulture);

    private static void TakeOver(Dispute dispute, OzonComplaint told)
    {
        (dispute.OzonId, dispute.Claim, dispute.ClaimAmount) = (IdOf(told), Short(told.Words), AmountOf(told));
        dispute.Topic = TopicOf(told.Topic);
    }

    private async Task<Dispute> OpenAsync(SellerCenterDb db, int storeId, OzonComplaint told, ReturnRequest? request, CancellationToken cancellation)
    {
        var buyer = await db.Postings.Where(p => p.StoreId == storeId && p.PostingNumber == told.PostingNumber).Select(p => p.BuyerId).FirstOrDefaultAsync(cancellation);
        var kind = told.Kind switch { "withholding" => DisputeKind.Withholding, "return_contested" => DisputeKind.ReturnContested, _ => DisputeKind.Complaint };
        var dispute = new Dispute
        {
            StoreId = storeId,
            Key = request is not null ? CaseFollowing.KeyOfReturn(request.Id) : $"{(kind == DisputeKind.Withholding ? "withholding" : "complaint")}:{IdOf(told)}",
            Kind = kind,
            Topic = TopicOf(told.Topic),
            PostingNumber = told.PostingNumber,
            OrderNumber = told.OrderNumber,
            Scheme = told.Scheme switch { "FBO" => Scheme.Fbo, "FBS" => Scheme.Fbs, "RFBS" => Scheme.Rfbs, _ => Scheme.Unknown },
            Sku = told.Sku,
            ProductName = told.ProductName,
            BuyerId = buyer ?? (told.CustomerId > 0 ? told.CustomerId.ToString(CultureInfo.InvariantCulture) : null),
            ReturnRequestId = request?.Id,
            OzonId = IdOf(told),
            Claim = Short(told.Words),
            ClaimAmount = AmountOf(told),
            Currency = told.Amount is { Currency.Length: 3 } amount ? amount.Currency : "RUB",
            OpenedAt = told.OpenedAt!.Value,
        };
        await book.OpenAsync(db, dispute, dispute.Claim, cancellation);
        return dispute;
    }

    /// <summary>What the buyer has said since it was last looked at. Steps are never deleted, so their number tells how much of it is known.</summary>
    private async Task HearAsync(SellerCenterDb db, Dispute dispute, OzonComplaint told, CancellationToken cancellation)
    {
        var heard = await db.DisputeSteps.AsNoTracking().Where(s => s.DisputeId == dispute.Id && s.By == null).ToListAsync(cancellation);

        // An answer without words is the time to answer that went by.
        foreach (var words in Said("answer").Skip(heard.Count(s => s.Event is DisputeEvent.BuyerAnswer or DisputeEvent.BuyerWrote && s.Words.Length > 0)))
        {
            if (!await book.FireAsync(db, dispute, DisputeEvent.BuyerAnswer, words, 0, cancellation)) book.Note(db, dispute, DisputeEvent.BuyerWrote, words);
        }

        if (told.OzonCalledAt is { } calledAt && heard.All(s => s.Event != DisputeEvent.Escalate))
        {
            dispute.EscalatedAt ??= calledAt;
            book.Note(db, dispute, DisputeEvent.Escalate, Said("ozon_called").FirstOrDefault() ?? "");
        }

        if (dispute is { State: DisputeState.Decided, Instance: 1 } && Said("appeal").Skip(heard.Count(s => s.Event == DisputeEvent.Appeal)).FirstOrDefault() is { } appeal)
        {
            dispute.AppealedBySeller = false;
            await book.FireAsync(db, dispute, DisputeEvent.Appeal, appeal, 0, cancellation);
        }

        IEnumerable<string> Said(string type) => told.Entries.Where(e => e.Type == type && e.Text.Length > 0).Select(e => Short(e.Text));
    }

    private async Task EndAsync(SellerCenterDb db, Dispute dispute, OzonComplaint told, CancellationToken cancellation)
    {
        switch (told.State)
        {
            case "withdrawn":
                await book.FireAsync(db, dispute, DisputeEvent.Withdraw, LastOf("withdrawal"), 0, cancellation);
                break;
            case "settled":
                await book.FireAsync(db, dispute, DisputeEvent.Settle, LastOf("settlement"), 0, cancellation);
                break;
            case "lapsed":
                await book.FireAsync(db, dispute, DisputeEvent.Lapse, "", 0, cancellation);
                break;

            // A decision that stands here is the one that was told there; one of an earlier instance is appealed.
            case "decided" when told.Entries.LastOrDefault(e => e.Type == "decision") is { } decision && decision.Instance >= dispute.Instance && DisputeMachine.Can(dispute, DisputeEvent.OzonDecide):
                dispute.Outcome = decision.Outcome switch { "seller" => DisputeOutcome.Seller, "split" => DisputeOutcome.Split, _ => DisputeOutcome.Buyer };
                (dispute.Awarded, dispute.Reasons) = (decision.Amount?.MinorUnits ?? 0, Short(decision.Text));
                await book.FireAsync(db, dispute, DisputeEvent.OzonDecide, dispute.Reasons, dispute.Awarded, cancellation);
                break;
        }

        string LastOf(string type) => Short(told.Entries.LastOrDefault(e => e.Type == type)?.Text ?? "");
    }

    private static DisputeTopic TopicOf(string topic) => topic switch
    {
        "not_as_described" => DisputeTopic.NotAsDescribed,
        "quality" => DisputeTopic.Quality,
        "delivery" => DisputeTopic.Delivery,
        "price" => DisputeTopic.Price,
        _ => DisputeTopic.Other,
    };

    private static long AmountOf(OzonComplaint told) => Math.Max(0, told.Amount?.MinorUnits ?? 0);

    private static string Short(string words) => words.Length <= Dispute.MaxWords ? words : words[..Dispute.MaxWords];
}

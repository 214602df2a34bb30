using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>Reads one case. That of a store the person may not see is answered like one that does not exist: null.</summary>
public sealed class DisputePageQueries(Databases databases, Rulebook rulebook, TimeProvider clock)
{
    /// <summary>Rows of each list beside the case that are shown at most, the newest.</summary>
    private const int MaxRows = 50;

    private static readonly DisputeKind[] OfBuyers = [DisputeKind.Complaint, DisputeKind.ReturnContested];

    /// <summary>The case of an id.</summary>
    public async Task<OpenDispute?> OpenAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellation) is not { } dispute) return null;
        var store = await db.Stores.AsNoTracking().SingleAsync(s => s.Id == dispute.StoreId, cancellation);
        var rules = await rulebook.ForAsync(dispute.StoreId, cancellation);
        var steps = await db.DisputeSteps.AsNoTracking().Where(s => s.DisputeId == id).OrderByDescending(s => s.Id).ToListAsync(cancellation);
        var people = await PeopleAsync(db, dispute, steps, cancellation);
        string? NameOf(string? by) => by is null ? null : people.GetValueOrDefault(by, "");

        var open = new OpenDispute
        {
            Dispute = dispute,
            StoreName = store.Name,
            TimeZone = store.TimeZone,
            Role = db.RoleIn(dispute.StoreId) ?? StoreRole.Support,
            DeskDecides = await DeskActions.IsMarketplaceAsync(db, dispute.StoreId, cancellation),
            Record = await RecordAsync(db, dispute, cancellation),
            Items = await db.EvidenceItems.AsNoTracking().Where(i => i.DisputeId == id).OrderBy(i => i.Id).ToListAsync(cancellation),
            Steps = [.. steps.Select(s => new ShownStep(s, NameOf(s.By)))],
            Earlier = await EarlierAsync(db, dispute, cancellation),
            People = await db.Memberships.Where(m => m.StoreId == dispute.StoreId && m.User.DisabledAt == null && m.Role != StoreRole.Support)
                .OrderBy(m => m.User.DisplayName).Select(m => new CasePerson(m.UserId, m.User.DisplayName)).ToListAsync(cancellation),
            WrittenBy = NameOf(dispute.WrittenBy),
            SupportChat = await db.Conversations.Where(c => c.StoreId == dispute.StoreId && c.Kind == ConversationKind.Support && !c.IsClosed)
                .OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancellation),
            LeastWords = (int)rules.At(RuleKeys.DisputeWords, clock.GetUtcNow().UtcDateTime).Value,
        };
        return open with { ClockOwner = open.NextTurn is { } turn ? rules.At(turn.RuleKey, turn.StartedAt).Owner : null };
    }

    /// <summary>The cases of a posting, newest first.</summary>
    public async Task<IReadOnlyList<PostingCase>> OfPostingAsync(CurrentUser user, int storeId, string postingNumber, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Disputes.Where(d => d.StoreId == storeId && d.PostingNumber == postingNumber).OrderByDescending(d => d.Id)
            .Select(d => new PostingCase(d.Id, d.Kind, d.State, d.Outcome, d.OpenedAt)).Take(MaxRows).ToListAsync(cancellation);
    }

    private static async Task<Dictionary<string, string>> PeopleAsync(SellerCenterDb db, Dispute dispute, List<DisputeStep> steps, CancellationToken cancellation)
    {
        var ids = steps.Select(s => s.By).Append(dispute.WrittenBy).OfType<string>().Distinct().ToList();
        return await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
    }

    private static async Task<CaseRecord> RecordAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation)
    {
        var posting = await db.Postings.AsNoTracking().Include(p => p.Items).SingleOrDefaultAsync(p => p.StoreId == dispute.StoreId && p.PostingNumber == dispute.PostingNumber, cancellation);
        var request = dispute.ReturnRequestId is { } returned
            ? await db.ReturnRequests.AsNoTracking().Where(r => r.Id == returned).Select(r => new { r.AskedAt, r.StateName, r.RejectionComment, Photos = r.Photos.Count }).SingleOrDefaultAsync(cancellation)
            : null;
        var deeds = posting is null ? [] : await db.PostingDeeds.AsNoTracking().Where(d => d.StoreId == dispute.StoreId && d.PostingId == posting.Id).OrderBy(d => d.At).ToListAsync(cancellation);
        var (wrote, answered) = await TalkAsync(db, dispute, cancellation);
        return CaseRecord.Of(posting, dispute.Sku) with
        {
            PackedAt = deeds.Where(d => d.Wish is PackWish).Select(d => (DateTime?)d.At).LastOrDefault(),
            ReturnAskedAt = request?.AskedAt,
            ReturnState = request?.StateName ?? "",
            ReturnComment = request?.RejectionComment ?? "",
            BuyerPhotos = request?.Photos ?? 0,
            BuyerWroteAt = wrote,
            AnsweredAt = answered,
        };
    }

    /// <summary>When the buyer last wrote before the case was looked at, and when he got his first answer to that.</summary>
    private static async Task<(DateTime? Wrote, DateTime? Answered)> TalkAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation)
    {
        if (dispute.ConversationId is not { } chat) return (null, null);
        var talk = await db.Messages.Where(m => m.ConversationId == chat && (m.Author == MessageAuthor.Buyer || m.Author == MessageAuthor.Seller) && m.State != MessageState.TakenBack && m.State != MessageState.Refused)
            .OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Select(m => new { m.Author, m.SentAt }).Take(MaxRows).ToListAsync(cancellation);
        var answers = talk.TakeWhile(m => m.Author == MessageAuthor.Seller).ToList();
        return (talk.Skip(answers.Count).Select(m => (DateTime?)m.SentAt).FirstOrDefault(), answers.Count == 0 ? null : answers[^1].SentAt);
    }

    private static async Task<BuyerHistory> EarlierAsync(SellerCenterDb db, Dispute dispute, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(dispute.BuyerId)) return new BuyerHistory([], []);
        var (buyer, stores) = (dispute.BuyerId, db.StoresInSight);
        var cases = await db.Disputes.Where(d => stores.Contains(d.StoreId) && d.BuyerId == buyer && d.Id != dispute.Id && OfBuyers.Contains(d.Kind))
            .OrderByDescending(d => d.OpenedAt).ThenByDescending(d => d.Id)
            .Select(d => new EarlierCase(d.Id, d.Kind, d.Topic, d.State, d.Outcome, d.OpenedAt)).Take(MaxRows).ToListAsync(cancellation);
        var returns = await (
            from posting in db.Postings
            join request in db.ReturnRequests on new { posting.StoreId, posting.PostingNumber } equals new { request.StoreId, request.PostingNumber }
            where posting.BuyerId == buyer && request.Id != dispute.ReturnRequestId
            orderby request.AskedAt descending, request.Id descending
            select new EarlierReturn(request.Id, request.Number, request.Stage, request.AskedAt)).Take(MaxRows).ToListAsync(cancellation);
        return new BuyerHistory(cases, returns);
    }
}

/// <summary>A case beside the posting it is about.</summary>
public sealed record PostingCase(long Id, DisputeKind Kind, DisputeState State, DisputeOutcome Outcome, DateTime OpenedAt);

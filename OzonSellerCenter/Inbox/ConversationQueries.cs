using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>Reads one conversation. A conversation of a store the person may not see is answered like one that does not exist: null.</summary>
public sealed class ConversationQueries(Databases databases)
{
    /// <summary>Messages of a page of the log.</summary>
    public const int PageSize = 50;

    private const int OthersShown = 5;

    /// <summary>Head, newest messages and the person's draft.</summary>
    public async Task<(OpenConversation Head, MessagePage Messages, ShownDraft Draft)?> OpenAsync(
        CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await HeadAsync(db, user, id, cancellation) is not { } found) return null;
        var messages = await PageAsync(db, id, null, found.HasAsides, cancellation);
        return (found.Head, messages, found.HasDraft ? await DraftAsync(db, user, id, cancellation) : ShownDraft.Empty);
    }

    /// <summary>Head and newest messages, for a conversation that changed while it is open. Costs two small queries.</summary>
    public async Task<(OpenConversation Head, MessagePage Messages)?> RefreshAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await HeadAsync(db, user, id, cancellation) is { } found ? (found.Head, await PageAsync(db, id, null, found.HasAsides, cancellation)) : null;
    }

    /// <summary>The messages before <paramref name="before"/>.</summary>
    public async Task<MessagePage> OlderAsync(CurrentUser user, long id, ShownMessage before, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await PageAsync(db, id, before, hasAsides: true, cancellation);
    }

    /// <summary>The person's draft with its files.</summary>
    public async Task<ShownDraft> DraftAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await DraftAsync(db, user, id, cancellation);
    }

    /// <summary>The note the person began and did not add.</summary>
    public async Task<ShownDraft> NoteDraftAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Drafts.Where(d => d.ConversationId == id && d.UserId == user.Id && d.IsNote).Select(d => new ShownDraft(d.Text, d.ChangedAt, new List<ShownFile>()))
            .SingleOrDefaultAsync(cancellation) ?? ShownDraft.Empty;
    }

    /// <summary>Which colleagues have an answer in their box that they did not send. What it says is nobody else's business.</summary>
    public async Task<IReadOnlyList<UnsentDraft>> UnsentDraftsAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var members = db.Memberships;
        return await db.Drafts
            .Where(d => d.ConversationId == id && d.UserId != user.Id && !d.IsNote && d.Text != "" && members.Any(m => m.StoreId == d.StoreId && m.UserId == d.UserId))
            .OrderBy(d => d.UserId)
            .Select(d => new UnsentDraft(d.UserId, db.Users.Where(u => u.Id == d.UserId).Select(u => u.DisplayName).First()))
            .ToListAsync(cancellation);
    }

    /// <summary>Newest other conversations of the same buyer in the same store; by order where Ozon told no buyer.</summary>
    public async Task<IReadOnlyList<OtherConversation>> OthersAsync(CurrentUser user, OpenConversation open, CancellationToken cancellation)
    {
        if (open.BuyerId is null && open.OrderNumber is null) return [];
        await using var db = await databases.ForAsync(user, cancellation);
        var conversations = db.Conversations.Where(c => c.StoreId == open.StoreId && c.Id != open.Id);
        conversations = open.BuyerId is { } buyer
            ? conversations.Where(c => c.BuyerId == buyer)
            : conversations.Where(c => c.OrderNumber == open.OrderNumber);
        return await conversations
            .OrderByDescending(c => c.LastAt)
            .Take(OthersShown)
            .Select(c => new OtherConversation(c.Id, c.PostingNumber, c.Preview, c.LastAt, c.DueAt, c.Unread))
            .ToListAsync(cancellation);
    }

    /// <summary>Newest conversations about an order.</summary>
    /// <param name="orderNumber">Of the order; empty when Ozon did not tell it, and then nothing is about it.</param>
    public async Task<IReadOnlyList<OtherConversation>> AboutOrderAsync(CurrentUser user, int storeId, string orderNumber, CancellationToken cancellation)
    {
        if (orderNumber.Length == 0) return [];
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Conversations
            .Where(c => c.StoreId == storeId && c.OrderNumber == orderNumber)
            .OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id)
            .Take(OthersShown)
            .Select(c => new OtherConversation(c.Id, c.PostingNumber, c.Preview, c.LastAt, c.DueAt, c.Unread))
            .ToListAsync(cancellation);
    }

    /// <summary>The shop's return policy, in Russian, as the shop words it.</summary>
    public async Task<string> ReturnPolicyAsync(CurrentUser user, int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Stores.Where(s => s.Id == storeId).Select(s => s.ReturnPolicy).SingleOrDefaultAsync(cancellation) ?? "";
    }

    /// <summary>The head, and what need not be asked for because there is none: a question that finds nothing costs as much as one that does.</summary>
    private static async Task<(OpenConversation Head, bool HasAsides, bool HasDraft)?> HeadAsync(
        SellerCenterDb db, CurrentUser user, long id, CancellationToken cancellation)
    {
        var (deeds, users, notes, drafts, files) = (db.Deeds, db.Users, db.Notes, db.Drafts, db.Attachments);
        var found = await db.Conversations
            .Where(c => c.Id == id)
            .Join(db.Stores, c => c.StoreId, s => s.Id, (c, s) => new
            {
                HasAsides = notes.Any(n => n.ConversationId == c.Id) || deeds.Any(d => d.ConversationId == c.Id),
                HasDraft = drafts.Any(d => d.ConversationId == c.Id && d.UserId == user.Id && !d.IsNote)
                    || files.Any(f => f.ConversationId == c.Id && f.DraftOf == user.Id),
                Head = new OpenConversation
                {
                    Id = c.Id,
                    StoreId = c.StoreId,
                    StoreName = s.Name,
                    TimeZone = s.TimeZone,
                    Role = StoreRole.Support,
                    Connection = s.Connection,
                    ConnectionSince = s.ConnectionSince,
                    Kind = c.Kind,
                    BuyerName = c.BuyerName,
                    BuyerId = c.BuyerId,
                    PostingNumber = c.PostingNumber,
                    OrderNumber = c.OrderNumber,
                    Sku = c.Sku,
                    IsClosed = c.IsClosed,
                    Unread = c.Unread,
                    WaitingSince = c.WaitingSince,
                    WindowClosesAt = c.WindowClosesAt,
                    AssigneeId = c.AssigneeId,
                    Tags = c.Tags,
                    LastBuyerAt = c.LastBuyerAt,
                    NoAnswerNeededAt = c.NoAnswerNeededAt,
                    NoAnswerBy = deeds.Where(d => d.ConversationId == c.Id && c.NoAnswerNeededAt != null && d.Kind == DeedKind.NoAnswerNeeded && d.UndoneAt == null)
                        .OrderByDescending(d => d.Id).Select(d => users.Where(u => u.Id == d.By).Select(u => u.DisplayName).FirstOrDefault()).FirstOrDefault(),
                    IsSnoozed = c.SnoozedAt != null,
                    SnoozedUntil = c.SnoozedUntil,
                },
            })
            .SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Head with { Role = db.RoleIn(found.Head.StoreId) ?? StoreRole.Support }, found.HasAsides, found.HasDraft);
    }

    private static async Task<MessagePage> PageAsync(SellerCenterDb db, long id, ShownMessage? before, bool hasAsides, CancellationToken cancellation)
    {
        // A message that was taken back never left; it stays in the table and in the transcript, not in the log.
        var messages = db.Messages.Where(m => m.ConversationId == id && m.State != MessageState.TakenBack);
        if (before is { SentAt: var at, Id: var last }) messages = messages.Where(m => m.SentAt <= at && (m.SentAt < at || m.Id < last));
        var revisions = db.MessageRevisions;
        var newestFirst = await messages.AsSingleQuery()
            .OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id)
            .Take(PageSize + 1)
            .Select(m => new ShownMessage
            {
                Id = m.Id,
                Author = m.Author,
                SentBy = m.SentBy,
                SentByName = db.Users.Where(u => u.Id == m.SentBy).Select(u => u.DisplayName).FirstOrDefault(),
                Text = m.Text,
                SentAt = m.SentAt,
                EditedAt = m.EditedAt,
                ReadAt = m.ReadAt,
                State = m.State,
                UndoUntil = m.UndoUntil,
                Refusal = m.Refusal,
                RefusalDetail = m.RefusalDetail,
                Files = m.Attachments.OrderBy(a => a.Id)
                    .Select(a => new ShownFile(a.Id, a.Name, a.IsImage, a.Size, a.Sha256 != null, a.Moderation)).ToList(),
                Edits = revisions.Where(r => r.MessageId == m.Id).OrderBy(r => r.Id)
                    .Select(r => new FormerText(r.Text, r.ReplacedAt)).ToList(),
            })
            .ToListAsync(cancellation);
        var shown = newestFirst.Take(PageSize).Reverse().ToList();
        var hasOlder = newestFirst.Count > PageSize;
        var asides = hasAsides ? await LogAsides.BetweenAsync(db, id, hasOlder ? shown[0].SentAt : null, before?.SentAt, cancellation) : LogAsides.None;
        return new MessagePage(shown, hasOlder, asides);
    }

    private static async Task<ShownDraft> DraftAsync(SellerCenterDb db, CurrentUser user, long id, CancellationToken cancellation)
    {
        var files = await db.Attachments
            .Where(a => a.ConversationId == id && a.DraftOf == user.Id)
            .OrderBy(a => a.Id)
            .Select(a => new ShownFile(a.Id, a.Name, a.IsImage, a.Size, a.Sha256 != null, a.Moderation))
            .ToListAsync(cancellation);
        var draft = await db.Drafts
            .Where(d => d.ConversationId == id && d.UserId == user.Id && !d.IsNote)
            .Select(d => new { d.Text, d.ChangedAt })
            .SingleOrDefaultAsync(cancellation);
        return new ShownDraft(draft?.Text ?? "", draft?.ChangedAt, files);
    }
}

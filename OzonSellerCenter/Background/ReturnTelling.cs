using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Background;

/// <summary>Tells buyers what has become of their return or their money, as a message through the outbox, after opening a chat where there is none. Each is
/// one transaction, so that it is told once whatever breaks.</summary>
internal sealed class ReturnTelling(Databases databases, BuyerLine line, Rulebook rulebook, TimeProvider clock, ILogger<ReturnTelling> log)
{
    /// <summary>What could not be told for so long is no news any more.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    private const int Batch = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Does what can be done now; the rest waits for chats to be opened and read.</summary>
    public async Task TellDueAsync(int storeId, CancellationToken cancellation)
    {
        for (var last = 0L; await DueAsync(storeId, last, cancellation) is { Count: > 0 } due; last = due[^1])
        {
            foreach (var id in due)
            {
                try
                {
                    await Databases.RetryAsync(() => TellAsync(storeId, id, cancellation));
                }
                catch (Exception fault) when (!cancellation.IsCancellationRequested)
                {
                    // The others go on; this one is tried again until it is no news any more.
                    log.LogError(fault, "Note {Note} of store {StoreId} could not be told", id, storeId);
                }
            }
        }
    }

    private async Task<List<long>> DueAsync(int storeId, long after, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.BuyerNotes.Where(n => n.StoreId == storeId && n.State == BuyerNoteState.Waiting && n.Id > after).OrderBy(n => n.Id).Select(n => n.Id).Take(Batch).ToListAsync(cancellation);
    }

    private async Task TellAsync(int storeId, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.BuyerNotes.SingleOrDefaultAsync(n => n.Id == id && n.State == BuyerNoteState.Waiting, cancellation) is not { } note) return;
        var posting = await db.Postings.SingleOrDefaultAsync(p => p.StoreId == storeId && p.PostingNumber == note.PostingNumber, cancellation);
        var about = await ConversationsAsync(db, note, posting, cancellation);
        var chat = BuyerLine.ChatOf(note.PostingNumber, about, Now);
        if (Now - note.DueAt > KeptFor) Skip(db, note, "TooLate");
        else if (note.Text.Trim().Length == 0) Skip(db, note, "TextEmpty");
        else if (about.Exists(c => c.NeedsSync)) return;
        else if (chat is not null) await SayAsync(db, note, chat, cancellation);
        else if (await WhyNoChatAsync(db, note, posting, about, cancellation) is { } reason) Skip(db, note, reason);
        else if (note.ChatCommandId is null) await OpenChatAsync(db, note, posting!, cancellation);
        else return;
        await db.CommitAsync(cancellation);
    }

    private static void Skip(SellerCenterDb db, BuyerNote note, string reason)
    {
        (note.State, note.Reason) = (BuyerNoteState.Skipped, reason);
        db.Announce(note.StoreId, EventKind.Posting, note.PostingNumber);
    }

    // FBS, rFBS: from payment until 72 h after delivery. FBO: never unasked (Ozon /v1/chat/send/message).
    private async Task<string?> WhyNoChatAsync(SellerCenterDb db, BuyerNote note, Posting? posting, List<Conversation> about, CancellationToken cancellation)
    {
        if (posting is null) return "NoOrder";
        if (posting.Scheme is not (Scheme.Fbs or Scheme.Rfbs)) return "OnlyReplies";
        var rules = await rulebook.ForAsync(posting.StoreId, cancellation);
        var fact = new PostingFact(posting.Scheme, posting.InProcessAt, posting.DeliveredAt, null);
        if (ReplyWindow.At(null, [fact], rules, Now).ClosesAt <= Now) return "WindowClosed";
        if (about.Count > 0) return "ChatClosed";
        if (note.ChatCommandId is null) return BuyerLine.CanOpenChat(posting) ? null : "NoChatOffered";
        var isRefused = await db.OutboundCommands.AnyAsync(c => c.Id == note.ChatCommandId && (c.State == CommandState.Failed || c.State == CommandState.Cancelled), cancellation);
        return isRefused ? "ChatRefused" : null;
    }

    private static Task<List<Conversation>> ConversationsAsync(SellerCenterDb db, BuyerNote note, Posting? posting, CancellationToken cancellation)
    {
        var order = posting?.OrderNumber is { Length: > 0 } number ? number : null;
        return db.Conversations
            .Where(c => c.StoreId == note.StoreId && c.Kind == ConversationKind.Buyer && (c.PostingNumber == note.PostingNumber || (order != null && c.OrderNumber == order)))
            .ToListAsync(cancellation);
    }

    private async Task SayAsync(SellerCenterDb db, BuyerNote note, Conversation chat, CancellationToken cancellation)
    {
        note.MessageId = await line.SayAsync(db, chat, note.Text, note.By, KeyOf(note, CommandKind.SendMessage), "message.return", note.Step.ToString(), cancellation);
        note.State = BuyerNoteState.Told;
        db.Announce(note.StoreId, EventKind.Posting, note.PostingNumber);
    }

    private async Task OpenChatAsync(SellerCenterDb db, BuyerNote note, Posting posting, CancellationToken cancellation)
    {
        var command = line.OpenChat(db, posting, note.By, KeyOf(note, CommandKind.StartChat));
        await db.SaveChangesAsync(cancellation);
        note.ChatCommandId = command.Id;
        db.Announce(note.StoreId, EventKind.Posting, posting.PostingNumber);
    }

    private static string KeyOf(BuyerNote note, CommandKind kind) => string.Create(CultureInfo.InvariantCulture, $"note:{note.Id}:{kind}");
}

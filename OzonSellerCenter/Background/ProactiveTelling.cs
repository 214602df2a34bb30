using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Background;

/// <summary>Tells buyers what was noted for them (<see cref="ProactiveNotes"/>): as a message through the outbox, after opening a chat where there is
/// none. Each is one transaction, so that it is told once whatever breaks and however many nodes work at it.</summary>
internal sealed class ProactiveTelling(Databases databases, BuyerLine line, Rulebook rulebook, TimeProvider clock, ILogger<ProactiveTelling> log)
{
    /// <summary>For so long after a person of the shop wrote, the program does not talk into the conversation.</summary>
    public static readonly TimeSpan AfterAPerson = TimeSpan.FromMinutes(30);

    /// <summary>What could not be told for so long, as while the key did not work, is not told any more.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private const int Batch = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Does what can be done now; the rest waits for chats to be opened and read.</summary>
    public async Task TellDueAsync(CancellationToken cancellation)
    {
        for (var last = 0L; await DueAsync(last, cancellation) is { Count: > 0 } due; last = due[^1].Id)
        {
            foreach (var (id, storeId) in due)
            {
                try
                {
                    await Databases.RetryAsync(() => TellAsync(storeId, id, cancellation));
                }
                catch (Exception fault) when (!cancellation.IsCancellationRequested)
                {
                    // The others go on; this one is tried again with the next change, until it is no news any more.
                    log.LogError(fault, "Notice {Notice} of store {StoreId} could not be told", id, storeId);
                }
            }
        }
    }

    private async Task<List<(long Id, int StoreId)>> DueAsync(long after, CancellationToken cancellation)
    {
        var old = Now - KeptFor;
        await using var db = await databases.ForSystemAsync(cancellation);
        var conversations = db.Conversations;
        var due = await (
            from note in db.ProactiveMessages
            join posting in db.Postings on new { note.StoreId, note.PostingNumber } equals new { posting.StoreId, posting.PostingNumber }
            where note.State == ProactiveState.Waiting && note.Id > after
                && (note.ChatCommandId == null || note.CreatedAt < old
                    || conversations.Any(c => c.StoreId == posting.StoreId && c.OrderNumber == posting.OrderNumber && !c.NeedsSync)
                    || db.OutboundCommands.Any(c => c.Id == note.ChatCommandId && (c.State == CommandState.Failed || c.State == CommandState.Cancelled)))
            orderby note.Id
            select new { note.Id, note.StoreId }).Take(Batch).ToListAsync(cancellation);
        return due.ConvertAll(d => (d.Id, d.StoreId));
    }

    private async Task TellAsync(int storeId, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.ProactiveMessages.SingleOrDefaultAsync(m => m.Id == id && m.State == ProactiveState.Waiting, cancellation) is not { } note) return;
        var posting = await db.Postings.SingleAsync(p => p.PostingNumber == note.PostingNumber, cancellation);
        var about = await ConversationsAsync(db, posting, cancellation);
        var setting = await db.ProactiveSettings.SingleOrDefaultAsync(s => s.StoreId == storeId && s.Event == note.Event && s.OnSince != null, cancellation);
        var store = await db.Stores.SingleAsync(s => s.Id == storeId, cancellation);
        var text = setting is null ? null : ProactiveTemplate.Fill(setting.Template, posting, store.Name, ShopTime.In(store.TimeZone));
        if (await WhyNotAsync(db, note, posting, about, text, cancellation) is { } reason) note.Skip(reason);
        else if (about.Exists(c => c.NeedsSync)) return;
        else if (BuyerLine.ChatOf(posting.PostingNumber, about, Now) is { } chat) await SayAsync(db, note, chat, text!.Text, cancellation);
        else if (note.ChatCommandId is null) await OpenChatAsync(db, note, posting, cancellation);
        await db.CommitAsync(cancellation);
    }

    /// <summary>Why it must not be told; null when nothing is against it. What is not told now is never told: later it would come out of place, and
    /// whoever answers the buyer has the order before him and says it himself.</summary>
    private async Task<string?> WhyNotAsync(
        SellerCenterDb db, ProactiveMessage note, Posting posting, List<Conversation> about, FilledTemplate? text, CancellationToken cancellation)
    {
        var now = Now;
        if (text is null) return "SwitchedOff";
        if (now - note.CreatedAt > KeptFor) return "TooLate";
        if (IsOvertaken(note.Event, posting, now)) return "Overtaken";
        if (await WhyNotUnaskedAsync(posting, now, cancellation) is { } forbidden) return forbidden;
        if (text.Missing.Count > 0) return "FactMissing";
        if (ProactiveTemplate.LengthOf(text.Text) is < 1 or > ProactiveTemplate.MaxText) return "TooLong";
        if (about.Exists(c => c.WaitingSince is not null)) return "BuyerWaits";
        var (ids, since) = (about.ConvertAll(c => c.Id), now - AfterAPerson);
        var hasSpoken = await db.Messages.AnyAsync(
            m => ids.Contains(m.ConversationId) && m.Author == MessageAuthor.Seller && m.SentBy != Message.AutomaticSender && m.SentAt > since
                && m.State != MessageState.TakenBack && m.State != MessageState.Refused,
            cancellation);
        if (hasSpoken) return "PersonAnswered";
        if (BuyerLine.ChatOf(posting.PostingNumber, about, now) is not null) return null;
        return about.Exists(c => c.PostingNumber == posting.PostingNumber) ? "ChatClosed" : await WhyNoChatAsync(db, note, posting, cancellation);
    }

    // Something newer has made it untrue, or pointless.
    private static bool IsOvertaken(ProactiveEvent what, Posting posting, DateTime now) => what switch
    {
        ProactiveEvent.Delivered => false,
        ProactiveEvent.Delayed => LateParcel.Of(posting, now) is null,
        ProactiveEvent.ItemsTakenOut => !PostingStatuses.ToShip.Contains(posting.Status),
        _ => !PostingStatuses.OnTheWay.Contains(posting.Status),
    };

    // FBS, rFBS: from payment until 72 h after delivery. FBO: never unasked (Ozon /v1/chat/send/message).
    private async Task<string?> WhyNotUnaskedAsync(Posting posting, DateTime now, CancellationToken cancellation)
    {
        if (posting.Scheme is not (Scheme.Fbs or Scheme.Rfbs)) return "OnlyReplies";
        if (posting.CancelledAt is not null || PostingStatuses.Cancelled.Contains(posting.Status)) return "OrderCancelled";
        if (!(posting.InProcessAt <= now)) return "NotPaid";
        var rules = await rulebook.ForAsync(posting.StoreId, cancellation);
        var fact = new PostingFact(posting.Scheme, posting.InProcessAt, posting.DeliveredAt, null);
        return ReplyWindow.At(null, [fact], rules, now).ClosesAt <= now ? "WindowClosed" : null;
    }

    private static async Task<string?> WhyNoChatAsync(SellerCenterDb db, ProactiveMessage note, Posting posting, CancellationToken cancellation)
    {
        if (note.ChatCommandId is null) return BuyerLine.CanOpenChat(posting) ? null : "NoChatOffered";
        var isRefused = await db.OutboundCommands.AnyAsync(
            c => c.Id == note.ChatCommandId && (c.State == CommandState.Failed || c.State == CommandState.Cancelled), cancellation);
        return isRefused ? "ChatRefused" : null;
    }

    private static Task<List<Conversation>> ConversationsAsync(SellerCenterDb db, Posting posting, CancellationToken cancellation) => db.Conversations
        .Where(c => c.StoreId == posting.StoreId && c.OrderNumber == posting.OrderNumber && c.Kind == ConversationKind.Buyer)
        .ToListAsync(cancellation);

    private async Task SayAsync(SellerCenterDb db, ProactiveMessage note, Conversation chat, string text, CancellationToken cancellation) =>
        note.Tell(await line.SayAsync(db, chat, text, null, KeyOf(note, CommandKind.SendMessage), "message.proactive", note.Event.ToString(), cancellation));

    private async Task OpenChatAsync(SellerCenterDb db, ProactiveMessage note, Posting posting, CancellationToken cancellation)
    {
        var command = line.OpenChat(db, posting, null, KeyOf(note, CommandKind.StartChat));
        await db.SaveChangesAsync(cancellation);
        note.ChatCommandId = command.Id;
        db.Announce(note.StoreId, EventKind.Posting, posting.PostingNumber);
    }

    private static string KeyOf(ProactiveMessage note, CommandKind kind) => string.Create(CultureInfo.InvariantCulture, $"proactive:{note.Id}:{kind}");
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Unpaid;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Background;

/// <summary>A command that this node holds, with all that the call needs.</summary>
/// <param name="Command">As claimed; not tracked.</param>
/// <param name="ChatId">Ozon's chat; empty when the command is about no chat.</param>
/// <param name="Text">The message to send.</param>
/// <param name="File">The file to send.</param>
/// <param name="ReadThrough">Ozon's id of the message to mark as read.</param>
/// <param name="PostingNumber">The posting to open a chat about, or of which something is wanted.</param>
/// <param name="Wish">What is wanted of the posting.</param>
/// <param name="OrderNumber">The unpaid order whose buyer is reminded with the text.</param>
/// <param name="Return">What is wanted of a buyer's request.</param>
/// <param name="Dispute">What the desk has asked or decided.</param>
internal sealed record Claim(
    OutboundCommand Command, string ChatId = "", string Text = "", Attachment? File = null, long ReadThrough = 0, string PostingNumber = "",
    PostingWish? Wish = null, string OrderNumber = "", WantedOfReturn? Return = null, WantedOfDispute? Dispute = null);

/// <summary>A command that is due; unclear ones are due to be read back.</summary>
internal sealed record DueCommand(long Id, int StoreId, CommandState State);

/// <summary>Who may send what. A command is taken by one guarded UPDATE, so of two nodes, or of the dispatcher and a person who takes the
/// message back, exactly one wins; and it is on record as being sent before Ozon hears of it.</summary>
internal sealed class OutboxClaims(Databases databases, IOptions<OutboxOptions> options, IOptions<OzonOptions> ozon, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>A request gets its whole time, with room for its turn before and the record after.</summary>
    private TimeSpan Lease => TimeSpan.FromSeconds(Math.Max(options.Value.LeaseSeconds, 2 * ozon.Value.TimeoutSeconds));

    /// <summary>The earliest unfinished command of each subject that is due, of stores that can be called.</summary>
    /// <param name="full">Stores that have enough under way.</param>
    /// <param name="underWay">Commands under way in this process.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<List<DueCommand>> DueAsync(int[] full, long[] underWay, int count, CancellationToken cancellation)
    {
        var now = Now;
        await using var db = await databases.ForSystemAsync(cancellation);
        return await First(db)
            .Where(c => c.State != CommandState.Sending && c.NotBeforeAt <= now && !full.Contains(c.StoreId) && !underWay.Contains(c.Id))
            .Where(c => db.Stores.Any(s => s.Id == c.StoreId && s.ProtectedApiKey != null && !StoreGate.Shut.Contains(s.Connection)))
            .OrderBy(c => c.NotBeforeAt).ThenBy(c => c.Id)
            .Select(c => new DueCommand(c.Id, c.StoreId, c.State))
            .Take(count)
            .ToListAsync(cancellation);
    }

    /// <summary>How many commands are not finished, and when the next one that waits for its time is due.</summary>
    public async Task<(long Open, DateTime? NextAt)> AheadAsync(CancellationToken cancellation)
    {
        var now = Now;
        await using var db = await databases.ForSystemAsync(cancellation);
        var open = Unfinished(db);
        return (await open.LongCountAsync(cancellation), await open.Where(c => c.NotBeforeAt > now).MinAsync(c => (DateTime?)c.NotBeforeAt, cancellation));
    }

    /// <summary>Takes a waiting command; null when another was faster, or it was taken back.</summary>
    public Task<Claim?> ClaimAsync(DueCommand due, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        var now = Now;
        await using var db = await databases.ForStoreAsync(due.StoreId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var taken = await First(db)
            .Where(c => c.Id == due.Id && c.State == CommandState.Waiting && c.NotBeforeAt <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.State, CommandState.Sending)
                    .SetProperty(c => c.Attempts, c => c.Attempts + 1)
                    .SetProperty(c => c.AttemptedAt, now)
                    .SetProperty(c => c.LeasedBy, options.Value.NodeName)
                    .SetProperty(c => c.LeasedUntil, now + Lease)
                    .SetProperty(c => c.Version, c => c.Version + 1),
                cancellation);
        if (taken == 0) return null;
        var command = await db.OutboundCommands.SingleAsync(c => c.Id == due.Id, cancellation);
        var claim = await LoadAsync(db, command, cancellation);
        await db.CommitAsync(cancellation);
        return claim;
    });

    /// <summary>What was being sent when a node stopped or fell silent is unclear: this node's at the start, another's when its time is over.</summary>
    /// <param name="own">The commands held under this node's name count at once; true only before the first claim.</param>
    /// <param name="underWay">Commands under way in this process: those are not left, whatever the clock says.</param>
    /// <param name="cancellation">Ends the work.</param>
    public Task RecoverAsync(bool own, long[] underWay, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        var now = Now;
        var node = options.Value.NodeName;
        await using var db = await databases.ForSystemAsync(cancellation);
        var left = await db.OutboundCommands
            .Where(c => c.State == CommandState.Sending && !underWay.Contains(c.Id) && (c.LeasedUntil < now || (own && c.LeasedBy == node)))
            .ToListAsync(cancellation);
        foreach (var command in left)
        {
            if (Verdict.MayBeRepeated(command.Kind))
            {
                command.State = CommandState.Waiting;
                command.NotBeforeAt = now;
                command.LeasedBy = null;
                command.LeasedUntil = null;
                continue;
            }

            MarkUnclear(command, now, options.Value);
            if (command.Kind == CommandKind.PostingDeed) db.Announce(command.StoreId, EventKind.Posting, ShipmentClock.PostingOf(command.Subject)!);
            if (command.Kind == CommandKind.ReturnDeed) db.Announce(command.StoreId, EventKind.Return, $"{ReturnClock.RequestOf(command.Subject)}");
            if (await MessageAsync(db, command, cancellation) is not { } message) continue;
            if (message.OzonMessageId is null) message.State = MessageState.Unclear;
            db.Announce(command.StoreId, EventKind.Conversation, $"{message.ConversationId}");
        }

        if (left.Count > 0) await db.CommitAsync(cancellation);
    });

    /// <summary>Nobody knows whether Ozon acted: read back now, and for the settle time believe only what is found.</summary>
    public static void MarkUnclear(OutboundCommand command, DateTime now, OutboxOptions options)
    {
        command.State = CommandState.Unclear;
        command.UnclearAt ??= now;
        command.SettlesAt = now.AddSeconds(options.SettleSeconds);
        command.NotBeforeAt = now;
        command.ReadBacks = 0;
        command.LeasedBy = null;
        command.LeasedUntil = null;
    }

    /// <summary>The message a command sends; null for commands that send none.</summary>
    public static async Task<Message?> MessageAsync(SellerCenterDb db, OutboundCommand command, CancellationToken cancellation) =>
        command.Kind is CommandKind.SendMessage or CommandKind.SendFile
            ? await db.Messages.Include(m => m.Attachments).SingleOrDefaultAsync(m => m.Id == command.TargetId && m.StoreId == command.StoreId, cancellation)
            : null;

    private static IQueryable<OutboundCommand> Unfinished(SellerCenterDb db) =>
        db.OutboundCommands.Where(c => new[] { CommandState.Waiting, CommandState.Sending, CommandState.Unclear }.Contains(c.State));

    /// <summary>Of each subject the earliest that is not finished: the next one waits for it.</summary>
    private static IQueryable<OutboundCommand> First(SellerCenterDb db)
    {
        var unfinished = Unfinished(db);
        return unfinished.Where(c => !unfinished.Any(earlier => earlier.StoreId == c.StoreId && earlier.Subject == c.Subject && earlier.Id < c.Id));
    }

    private static async Task<Claim> LoadAsync(SellerCenterDb db, OutboundCommand command, CancellationToken cancellation)
    {
        if (command.Kind == CommandKind.StartChat)
        {
            var number = await db.Postings.Where(p => p.Id == command.TargetId).Select(p => p.PostingNumber).SingleAsync(cancellation);
            return new Claim(command, PostingNumber: number);
        }

        if (command.Kind == CommandKind.PostingDeed)
        {
            var deed = await db.PostingDeeds.AsNoTracking().SingleAsync(d => d.Id == command.TargetId, cancellation);
            db.Announce(command.StoreId, EventKind.Posting, deed.PostingNumber);
            return new Claim(command, PostingNumber: deed.PostingNumber, Wish: deed.Wish);
        }

        if (command.Kind == CommandKind.ReturnDeed)
        {
            var wanted = await ReturnCall.WantedAsync(db, command.TargetId, cancellation);
            db.Announce(command.StoreId, EventKind.Return, $"{wanted.RequestId}");
            return new Claim(command, Return: wanted);
        }

        if (command.Kind == CommandKind.DisputeDecision)
        {
            await DisputeCall.AnnounceAsync(db, command, cancellation);
            return new Claim(command, Dispute: await DisputeCall.WantedAsync(db, command.TargetId, cancellation));
        }

        if (command.Kind == CommandKind.RemindUnpaid)
        {
            var order = await db.UnpaidOrders.AsNoTracking().SingleAsync(o => o.Id == command.TargetId, cancellation);
            db.Announce(command.StoreId, EventKind.Unpaid, order.OrderNumber);
            return new Claim(command, Text: order.ReminderText ?? "", OrderNumber: order.OrderNumber);
        }

        var message = await db.Messages.Include(m => m.Attachments).SingleAsync(m => m.Id == command.TargetId, cancellation);
        var messages = db.Messages;
        var chat = await db.Conversations.Where(c => c.Id == message.ConversationId)
            .Select(c => new { c.OzonChatId, c.SyncedMessageId, Newest = messages.Where(m => m.ConversationId == c.Id).Max(m => m.OzonMessageId) })
            .SingleAsync(cancellation);
        if (command.Kind == CommandKind.MarkRead) return new Claim(command, chat.OzonChatId, ReadThrough: message.OzonMessageId ?? 0);

        // Only the first attempt sets the mark: whatever an earlier attempt left must still be found.
        if (command.Attempts == 1) command.Watermark = Math.Max(chat.SyncedMessageId, chat.Newest ?? 0);
        message.State = MessageState.Sending;
        message.UndoUntil = null;
        db.Announce(command.StoreId, EventKind.Conversation, $"{message.ConversationId}");
        return new Claim(command, chat.OzonChatId, message.Text, message.Attachments.FirstOrDefault());
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Writes how an attempt or a reading back ended, with what it means for message, conversation and clocks, in one transaction.</summary>
internal sealed class OutboxRecord(
    Databases databases, ChatIntake chats, AddressTelling addresses, UnpaidReminding reminders, ReturnFollowing returns, IOptions<OutboxOptions> options, Signals signals, Figures figures, TimeProvider clock)
{
    /// <summary>The reason of a message that was tried often enough and never arrived.</summary>
    public const string NotDelivered = "NotDelivered";

    /// <summary>The reason of a message of which nobody can tell whether it arrived.</summary>
    public const string NotVerified = "NotVerified";

    /// <summary>The reason of an act on a buyer's request that somebody else was faster with.</summary>
    public const string Overtaken = nameof(OzonErrorKind.Conflict);

    /// <summary>Writes the end of an attempt. Does nothing when the command is no longer held by that attempt.</summary>
    public async Task EndAsync(Claim claim, Verdict verdict, string? detail, string made, CancellationToken dying)
    {
        figures.Sent(claim.Command.Kind.ToString(), verdict.Ending.ToString());
        if (verdict is { Ending: Ending.Unclear, Reason: not null }) figures.Unclear();
        await ChangeAsync(claim.Command.StoreId, claim.Command.Id, async (db, command, message) =>
        {
            if (command.State != CommandState.Sending || command.Attempts != claim.Command.Attempts || command.LeasedBy != options.Value.NodeName) return;
            command.LeasedBy = null;
            command.LeasedUntil = null;

            // Found in the history while the answer was on its way, or before it was refused a second time: it is there.
            if (message?.OzonMessageId is not null) verdict = new Verdict(Ending.Delivered);
            Apply(command, message, verdict, detail);
            if (verdict.Ending != Ending.Delivered || made.Length == 0) return;
            if (command.Kind == CommandKind.ReturnDeed) await ReturnFollowing.TakeMadeAsync(db, command, made, dying);
            else await TakeChatAsync(db, command, made, dying);
        }, dying);
        if (verdict.Ending == Ending.Delivered) signals.Conversations.Set();
    }

    /// <summary>The history was read to its end, and the command is settled if the message was in it.</summary>
    /// <param name="isSettled">The reading began after the settle time.</param>
    /// <returns>Whether it is known now what became of the attempt.</returns>
    public async Task<bool> NotFoundAsync(int storeId, long commandId, bool isSettled, CancellationToken dying)
    {
        var isFound = true;
        var isKnown = true;
        await ChangeAsync(storeId, commandId, (_, command, message) =>
        {
            isFound = command.State != CommandState.Unclear;
            if (isFound) return Task.CompletedTask;
            var now = Now;
            if (++command.ReadBacks < options.Value.MinReadBacks || !isSettled || now < command.SettlesAt)
            {
                isKnown = false;
                command.NotBeforeAt = now.AddSeconds(options.Value.SettleSeconds / options.Value.MinReadBacks);
            }
            else if (command.Kind == CommandKind.ReturnDeed || ++command.Failures >= options.Value.MaxFailures)
            {
                // What is decided on a request is never sent a second time by itself: Ozon knows no repetition. The request stands as before, so a
                // person can decide anew.
                GiveUp(command, message, NotDelivered);
            }
            else
            {
                // Long enough, and often enough looked: Ozon has not acted and will not. It may be sent again.
                command.State = CommandState.Waiting;
                command.NotBeforeAt = now + options.Value.PauseAfter(command.Failures) - TimeSpan.FromSeconds(options.Value.FirstPauseSeconds);
                if (message is not null) message.State = MessageState.Waiting;
            }

            return Task.CompletedTask;
        }, dying);
        figures.ReadBack(isFound);
        return isKnown;
    }

    /// <summary>How the posting stands shows that the wish has come true.</summary>
    /// <param name="made">The posting that was made, if one was.</param>
    public Task FoundAsync(int storeId, long commandId, CancellationToken dying, string made = "") => ChangeAsync(storeId, commandId, async (db, command, _) =>
    {
        if (command.State != CommandState.Unclear) return;
        command.Settle(Now);
        if (made.Length > 0) await ReturnFollowing.TakeMadeAsync(db, command, made, dying);
    }, dying);

    /// <summary>How the request stands shows that somebody else decided.</summary>
    public Task OvertakenAsync(int storeId, long commandId, CancellationToken dying) => ChangeAsync(storeId, commandId, (_, command, _) =>
    {
        if (command.State != CommandState.Unclear) return Task.CompletedTask;
        (command.State, command.DoneAt, command.Error) = (CommandState.Failed, Now, Overtaken);
        return Task.CompletedTask;
    }, dying);

    /// <summary>The history could not be read; tried again, and given up only after a day.</summary>
    public Task NotReadAsync(int storeId, long commandId, string reason, TimeSpan? pause, CancellationToken dying) =>
        ChangeAsync(storeId, commandId, (_, command, message) =>
        {
            if (command.State != CommandState.Unclear) return Task.CompletedTask;
            var now = Now;
            command.Error = reason;
            command.NotBeforeAt = now + (pause ?? options.Value.PauseAfter(1 + (int)Math.Log2(1 + (now - command.UnclearAt!.Value).TotalSeconds)));
            if (now - command.UnclearAt >= TimeSpan.FromHours(options.Value.GiveUpHours)) GiveUp(command, message, NotVerified);
            return Task.CompletedTask;
        }, dying);

    /// <summary>A fault of ours, not of Ozon's, kept the command from being sent or read back; given up when it stays so.</summary>
    public Task BrokeAsync(int storeId, long commandId, CancellationToken dying) => ChangeAsync(storeId, commandId, (_, command, message) =>
    {
        if (command.State is not (CommandState.Waiting or CommandState.Unclear)) return Task.CompletedTask;
        var reason = command.State == CommandState.Unclear ? NotVerified : NotDelivered;
        command.NotBeforeAt = Now + options.Value.PauseAfter(++command.Failures);
        if (command.Failures >= options.Value.MaxFailures) GiveUp(command, message, reason);
        return Task.CompletedTask;
    }, dying);

    private void Apply(OutboundCommand command, Message? message, Verdict verdict, string? detail)
    {
        var now = Now;
        command.Error = verdict.Reason;
        command.ErrorDetail = detail;
        switch (verdict.Ending)
        {
            case Ending.Delivered:
                command.Settle(now);
                if (message is { OzonMessageId: null }) message.State = MessageState.Sent;
                if (message is not null) (message.Refusal, message.RefusalDetail) = (null, null);
                break;
            case Ending.Refused:
                command.State = CommandState.Failed;
                command.DoneAt = now;
                Show(message, MessageState.Refused, verdict.Reason, detail);
                break;
            case Ending.Unclear:
                OutboxClaims.MarkUnclear(command, now, options.Value);
                Show(message, MessageState.Unclear, null, null);
                break;
            case Ending.Later when verdict.Pause is null && message is null && ++command.Failures >= options.Value.MaxFailures:
                command.State = CommandState.Failed;
                command.DoneAt = now;
                break;
            case Ending.Later or Ending.Held:
                command.State = CommandState.Waiting;
                command.NotBeforeAt = now + (verdict.Pause ?? options.Value.PauseAfter(command.Attempts));
                Show(message, MessageState.Waiting, verdict.Ending == Ending.Held ? verdict.Reason : null, detail);
                break;
        }
    }

    private void GiveUp(OutboundCommand command, Message? message, string reason)
    {
        command.State = CommandState.Failed;
        command.DoneAt = Now;
        command.Error = reason;
        Show(message, MessageState.Refused, reason, null);
        figures.Parked("command");
    }

    private static void Show(Message? message, MessageState state, string? refusal, string? detail)
    {
        if (message is null) return;
        message.State = state;
        message.Refusal = refusal;
        message.RefusalDetail = refusal is null ? null : detail;
    }

    private async Task TakeChatAsync(SellerCenterDb db, OutboundCommand command, string chatId, CancellationToken dying)
    {
        var posting = await db.Postings.SingleAsync(p => p.Id == command.TargetId, dying);
        var conversation = await chats.ConversationAsync(db, command.StoreId, chatId, "BUYER_SELLER", dying);
        conversation.OrderNumber ??= posting.OrderNumber;
        conversation.PostingNumber ??= posting.PostingNumber;
        conversation.BuyerName ??= posting.BuyerName;
        conversation.NeedsSync = true;
        await chats.RefreshAsync(db, conversation, dying);
        await addresses.ContinueAsync(db, command, conversation, dying);
    }

    private Task ChangeAsync(
        int storeId, long commandId, Func<SellerCenterDb, OutboundCommand, Message?, Task> change, CancellationToken dying) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, dying);
        await using var transaction = await db.Database.BeginTransactionAsync(dying);
        var command = await db.OutboundCommands.SingleAsync(c => c.Id == commandId, dying);
        var message = await OutboxClaims.MessageAsync(db, command, dying);
        var version = command.Version;
        await change(db, command, message);

        // A change may have saved on its way, as the taking over of an opened chat does.
        if (command.Version == version && !db.ChangeTracker.HasChanges()) return;
        if (message is not null && await db.Conversations.SingleOrDefaultAsync(c => c.Id == message.ConversationId, dying) is { } conversation)
        {
            // Ozon's id of a message that went out is told by the history alone.
            conversation.NeedsSync |= command.State == CommandState.Done && message.OzonMessageId is null;
            await chats.RefreshAsync(db, conversation, dying);
        }

        if (command.Kind == CommandKind.PostingDeed) await TellPostingAsync(db, command, dying);
        if (command is { Kind: CommandKind.PostingDeed, State: CommandState.Done }) await addresses.TellAsync(db, command, dying);
        if (command.Kind == CommandKind.DisputeDecision) await DisputeCall.AnnounceAsync(db, command, dying);
        if (command.Kind == CommandKind.RemindUnpaid) await reminders.FollowAsync(db, command, dying);
        if (command.Kind is CommandKind.ReturnDeed or CommandKind.PostingDeed) await returns.FollowAsync(db, command, dying);
        await db.CommitAsync(dying);
        signals.Postings.Set();
        if (command is { Kind: CommandKind.PostingDeed, State: CommandState.Done }) signals.Cancellations.Set();
        if (command is { Kind: CommandKind.DisputeDecision, State: CommandState.Done }) signals.Complaints.Set();
    });

    /// <summary>What was done or refused is seen in the posting alone, so it is read anew.</summary>
    private static async Task TellPostingAsync(SellerCenterDb db, OutboundCommand command, CancellationToken dying)
    {
        var number = ShipmentClock.PostingOf(command.Subject)!;
        db.Announce(command.StoreId, EventKind.Posting, number);
        if (command.State is not (CommandState.Done or CommandState.Failed)) return;
        if (await db.Postings.SingleOrDefaultAsync(p => p.StoreId == command.StoreId && p.PostingNumber == number, dying) is { } posting) posting.NeedsSync = true;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

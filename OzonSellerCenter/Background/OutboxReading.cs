using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;

namespace OzonSellerCenter.Background;

/// <summary>Finds out from what Ozon shows what became of an attempt that ended unclear.</summary>
internal sealed class OutboxReading(
    Databases databases, DeedCall deeds, ReturnCall returns, UnpaidReminding reminders, OutboxRecord record, ChatHistory history, Settling settling, StoreGate gate, Signals signals)
{
    /// <summary>Finds out from the posting what became of an attempt.</summary>
    private async Task ReadPostingAsync(OpenStore store, DueCommand due, PostingDeed deed, bool isSettled, CancellationToken dying)
    {
        var (error, proof) = await deeds.ReadBackAsync(store, deed.PostingNumber, deed.Wish, dying);
        if (error is not null || proof == DeedProof.UnderWay)
        {
            await record.NotReadAsync(due.StoreId, due.Id, error?.Kind.ToString() ?? nameof(DeedProof.UnderWay), error?.RetryAfter, dying);
            if (error is not null) await gate.NoteAsync(due.StoreId, error, dying);
        }
        else if (proof == DeedProof.Done)
        {
            await record.FoundAsync(due.StoreId, due.Id, dying);
            settling.Forget(due.Id);

            // The postings of the further packages stand in Ozon's list alone.
            if (deed.Wish is PackWish { Packages.Count: > 1 }) signals.PostingLists.Set();
        }
        else if (await record.NotFoundAsync(due.StoreId, due.Id, isSettled, dying))
        {
            settling.Forget(due.Id);
        }
    }

    /// <summary>Finds out from a buyer's request what became of an attempt.</summary>
    private async Task ReadReturnAsync(OpenStore store, DueCommand due, WantedOfReturn wanted, bool isSettled, CancellationToken dying)
    {
        var (error, proof, made) = await returns.ReadBackAsync(store, wanted, dying);
        if (error is not null)
        {
            await record.NotReadAsync(due.StoreId, due.Id, error.Kind.ToString(), error.RetryAfter, dying);
            await gate.NoteAsync(due.StoreId, error, dying);
            return;
        }

        if (proof == ReturnProof.Done) await record.FoundAsync(due.StoreId, due.Id, dying, made);
        else if (proof == ReturnProof.Overtaken) await record.OvertakenAsync(due.StoreId, due.Id, dying);
        else if (!await record.NotFoundAsync(due.StoreId, due.Id, isSettled, dying)) return;
        settling.Forget(due.Id);
    }

    /// <summary>Finds out from the list of unpaid orders whether the buyer was reminded.</summary>
    private async Task ReadReminderAsync(OpenStore store, DueCommand due, string orderNumber, bool isSettled, CancellationToken dying)
    {
        var (error, isReminded) = await reminders.ReadBackAsync(store.Account, orderNumber, dying);
        if (error is not null)
        {
            await record.NotReadAsync(due.StoreId, due.Id, error.Kind.ToString(), error.RetryAfter, dying);
            await gate.NoteAsync(due.StoreId, error, dying);
        }
        else if (isReminded)
        {
            await record.FoundAsync(due.StoreId, due.Id, dying);
            settling.Forget(due.Id);
        }
        else if (await record.NotFoundAsync(due.StoreId, due.Id, isSettled, dying))
        {
            settling.Forget(due.Id);
        }
    }

    /// <summary>Finds out what became of an unclear command.</summary>
    public async Task ReadAsync(OpenStore store, DueCommand due, CancellationToken dying)
    {
        var isSettled = settling.IsOver(due.Id);
        await using var db = await databases.ForStoreAsync(due.StoreId, dying);
        var deed = await (
            from command in db.OutboundCommands
            join asked in db.PostingDeeds on command.TargetId equals asked.Id
            where command.Id == due.Id && command.Kind == CommandKind.PostingDeed && command.State == CommandState.Unclear
            select asked).AsNoTracking().SingleOrDefaultAsync(dying);
        if (deed is not null)
        {
            await ReadPostingAsync(store, due, deed, isSettled, dying);
            return;
        }

        if (await ReturnCall.UnclearAsync(db, due.Id, dying) is { } wanted)
        {
            await ReadReturnAsync(store, due, wanted, isSettled, dying);
            return;
        }

        if (await UnpaidReminding.UnclearAsync(db, due.Id, dying) is { } orderNumber)
        {
            await ReadReminderAsync(store, due, orderNumber, isSettled, dying);
            return;
        }

        var unclear = await (
            from command in db.OutboundCommands
            join message in db.Messages on command.TargetId equals message.Id
            where command.Id == due.Id && command.Kind != CommandKind.PostingDeed && command.Kind != CommandKind.RemindUnpaid && command.Kind != CommandKind.ReturnDeed && command.State == CommandState.Unclear
            select new { message.ConversationId, command.Watermark }).SingleOrDefaultAsync(dying);
        if (unclear is null) return;

        // Taking over the history settles the command when the message is in it.
        if (await history.ReadAsync(store, unclear.ConversationId, unclear.Watermark, dying) is { } error)
        {
            await record.NotReadAsync(due.StoreId, due.Id, error.Kind.ToString(), error.RetryAfter, dying);
            await gate.NoteAsync(due.StoreId, error, dying);
            return;
        }

        if (await record.NotFoundAsync(due.StoreId, due.Id, isSettled, dying)) settling.Forget(due.Id);
    }
}

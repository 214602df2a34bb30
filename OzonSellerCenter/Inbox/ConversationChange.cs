using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>The frame of what people do with a conversation: looked up with their eyes, only by those who may answer, saved once with its
/// event, and repeated when somebody else changed it meanwhile.</summary>
internal static class ConversationChange
{
    /// <summary>Loads, changes, announces and commits. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, and as the change refuses; that
    /// there was nothing to change (<c>Unchanged</c>) counts as done.</summary>
    public static Task<Outcome> MakeAsync(
        Databases databases, CurrentUser user, long conversationId, Func<SellerCenterDb, Conversation, Task<Outcome>> change, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            await using var transaction = await BeginAsync(db, conversationId, cancellation);
            if (await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId, cancellation) is not { } conversation) return Outcome.NotFound;
            if (!InboxActions.MayAnswer(db, conversation)) return Outcome.Refused("SupportReadsOnly");
            var outcome = await change(db, conversation);
            if (outcome.Refusal?.Key == "Unchanged") return Outcome.Done;
            if (!outcome.IsDone) return outcome;
            Announce(db, conversation);
            await db.CommitAsync(cancellation);
            return Outcome.Done;
        });

    /// <summary>Begins a unit of work with a conversation before it is read: until the end nobody else writes it, so that the deed of a person
    /// never loses to a stream of messages. (On SQLite the transaction alone does that.)</summary>
    public static async Task<IDbContextTransaction> BeginAsync(SellerCenterDb db, long conversationId, CancellationToken cancellation)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (db.Database.IsNpgsql())
        {
            // Past the access filter, so the stores in sight stand here: nobody holds what is not his.
            var stores = db.StoresInSight;
            await db.Database.ExecuteSqlAsync(
                $"""SELECT 1 FROM "Conversations" WHERE "Id" = {conversationId} AND "StoreId" = ANY ({stores}) FOR UPDATE""", cancellation);
        }

        return transaction;
    }

    /// <summary>Tells every screen to look at the conversation again.</summary>
    public static void Announce(SellerCenterDb db, Conversation conversation) =>
        db.Announce(conversation.StoreId, EventKind.Conversation, conversation.Id.ToString(CultureInfo.InvariantCulture));
}

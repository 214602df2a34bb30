using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Reads a chat's history from its newest message back to what is known, and takes it over. The newest page is always read again:
/// edits, read marks and moderation are told nowhere else when their push was lost.</summary>
internal sealed class ChatHistory(OzonApi ozon, Databases databases, ChatIntake intake)
{
    private const int Page = 100;
    private const int FirstImportPage = 1000;
    private const int Chunk = 200;

    /// <summary>Takes over everything above what was taken before.</summary>
    /// <param name="store">Whose chat it is.</param>
    /// <param name="conversationId">The conversation; a missing one is no error.</param>
    /// <param name="downTo">Read at least down to this id, though it was taken before (a read-back); null = as far as is unknown.</param>
    /// <param name="cancellation">Leaves the conversation marked to be read.</param>
    /// <returns>Null when everything was read and taken.</returns>
    public async Task<OzonError?> ReadAsync(OpenStore store, long conversationId, long? downTo, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(store.Id, cancellation);
        var known = await db.Conversations.AsNoTracking().Where(c => c.Id == conversationId)
            .Select(c => new { c.OzonChatId, c.SyncedMessageId, c.Version }).SingleOrDefaultAsync(cancellation);
        if (known is null) return null;
        var floor = Math.Min(known.SyncedMessageId, downTo ?? long.MaxValue);
        var request = new ChatHistoryRequest
        {
            ChatId = known.OzonChatId,
            Direction = ChatHistoryRequest.Backward,
            Limit = floor == 0 ? FirstImportPage : Page,
        };
        var messages = new List<OzonMessage>();
        await foreach (var page in ozon.ChatHistoryPagesAsync(store.Account, request, cancellation))
        {
            if (!page.IsOk) return page.Error;
            messages.AddRange(page.Value.Messages);
            if (messages.Count > 0 && messages.Min(m => m.MessageId) <= floor) break;
        }

        await TakeAsync(store.Id, conversationId, known.Version, messages, cancellation);
        return null;
    }

    private async Task TakeAsync(int storeId, long conversationId, long version, List<OzonMessage> messages, CancellationToken cancellation)
    {
        // Ascending, so that what is taken is complete up to its end, wherever this is interrupted.
        var chunks = messages.OrderBy(m => m.MessageId).Chunk(Chunk).ToList();
        if (chunks.Count == 0) chunks.Add([]);
        foreach (var (index, chunk) in chunks.Index())
        {
            var isLast = index == chunks.Count - 1;
            version = await Databases.RetryAsync(() => TakeChunkAsync(storeId, conversationId, version, chunk, isLast, cancellation));
        }
    }

    /// <returns>The version this left behind; when somebody else wrote in between, a later reading is still wanted and the mark stays.</returns>
    private async Task<long> TakeChunkAsync(
        int storeId, long conversationId, long version, OzonMessage[] chunk, bool isLast, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId, cancellation);
        var isUntouched = conversation.Version == version;
        var teller = isUntouched ? Teller.History : Teller.OldHistory;
        await intake.TakeAsync(db, conversation, new ChatBatch { Messages = [.. chunk.Select(m => new ToldMessage(m, teller))] }, cancellation);
        if (chunk.Length > 0) conversation.SyncedMessageId = Math.Max(conversation.SyncedMessageId, chunk[^1].MessageId);
        if (isLast && isUntouched) conversation.NeedsSync = false;
        await db.CommitAsync(cancellation);
        return isUntouched ? conversation.Version : -1;
    }
}

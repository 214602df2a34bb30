using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Finds by asking what pushes did not tell. The list of chats says which ones changed; their histories are read after, those marked
/// first. Told here again, a thing already known changes nothing.</summary>
internal sealed class ChatSync(
    OzonApi ozon, Databases databases, ChatIntake intake, ChatHistory history, StoreGate gate, SyncProgress progress, Signals signals,
    IOptions<SyncOptions> options, TimeProvider clock)
{
    /// <summary>Key of the progress row.</summary>
    public const string Kind = "chats";

    private readonly ConcurrentDictionary<int, DateTime> _swept = new();

    private readonly LessOften _refused = new(clock);

    /// <summary>Looks through the list of chats: at the import and from time to time all of it, else until a page brings nothing new.</summary>
    public async Task PollAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        var state = await progress.ReadAsync(storeId, Kind, cancellation);
        var startedAt = clock.GetUtcNow().UtcDateTime;
        var isImport = state.ImportedAt is null;
        var isSweep = isImport || !_swept.TryGetValue(storeId, out var sweptAt) || startedAt - sweptAt >= TimeSpan.FromMinutes(options.Value.FullSweepMinutes);
        var request = new ChatListRequest { Cursor = isImport ? state.Cursor : null };
        var seen = 0;
        await foreach (var page in ozon.ChatPagesAsync(store.Account, request, cancellation))
        {
            if (!page.IsOk)
            {
                await gate.NoteAsync(storeId, page.Error, cancellation);
                await progress.FailedAsync(storeId, Kind, page.Error, cancellation);
                return;
            }

            var changed = await Databases.RetryAsync(() => TakePageAsync(storeId, page.Value, cancellation));
            if (changed > 0) signals.Conversations.Set();
            seen += page.Value.Chats.Count;
            if (isImport) await progress.AtAsync(storeId, Kind, page.Value.Cursor, 0, seen, cancellation);
            if (changed == 0 && !isSweep) break;
        }

        if (isSweep && !isImport) await MarkRecentAsync(storeId, startedAt, cancellation);
        if (isSweep) _swept[storeId] = startedAt;
        await progress.PassedAsync(storeId, Kind, startedAt, cancellation);
    }

    /// <summary>Reads the conversations that are marked, those with the newest messages first.</summary>
    public async Task ReadMarkedAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        var before = await progress.ReadAsync(storeId, Kind, cancellation);
        var failed = new ConcurrentDictionary<long, bool>();
        while (true)
        {
            var marked = await MarkedAsync(storeId, [.. failed.Keys.Union(_refused.Resting)], cancellation);
            if (marked.Count == 0) break;
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelReads, CancellationToken = cancellation };
            await Parallel.ForEachAsync(marked, parallel, async (id, ct) =>
            {
                if (await history.ReadAsync(store, id, downTo: null, ct) is not { } error)
                {
                    _refused.Answered(id);
                    return;
                }

                // The mark stays: a later round tries again. What is wrong with this chat does not keep the others.
                failed[id] = true;
                _refused.Failed(id, error.Kind);
                await gate.NoteAsync(storeId, error, ct);
            });
            if (await gate.OpenAsync(storeId, cancellation) is null) return;
            if (before.ImportedAt is null) await TellImportAsync(storeId, cancellation);
        }

        if (failed.IsEmpty) await progress.CompleteAsync(before, cancellation);
    }

    private async Task TellImportAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var counts = await db.Conversations.Where(c => c.StoreId == storeId).GroupBy(c => c.NeedsSync)
            .Select(g => new { IsLeft = g.Key, Count = g.Count() }).ToListAsync(cancellation);
        await progress.DoneAsync(storeId, Kind, counts.Where(c => !c.IsLeft).Sum(c => c.Count), counts.Sum(c => c.Count), cancellation);
    }

    private async Task<List<long>> MarkedAsync(int storeId, long[] except, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.Conversations.Where(c => c.StoreId == storeId && c.NeedsSync && !except.Contains(c.Id))
            .OrderByDescending(c => c.LastAt).Select(c => c.Id).Take(100).ToListAsync(cancellation);
    }

    /// <summary>Makes new conversations, notes closed and read ones, marks those with news. Gives the number of chats with anything new.</summary>
    private async Task<int> TakePageAsync(int storeId, ChatListResponse page, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var ids = page.Chats.Select(c => c.Chat.ChatId).ToList();
        var kept = await db.Conversations.Where(c => c.StoreId == storeId && ids.Contains(c.OzonChatId)).Select(c => c.OzonChatId).ToListAsync(cancellation);
        var changed = 0;
        foreach (var item in page.Chats.Where(c => c.Chat.ChatId.Length > 0))
        {
            var conversation = await intake.ConversationAsync(db, storeId, item.Chat.ChatId, item.Chat.ChatType, cancellation);
            conversation.StartedAt = item.Chat.CreatedAt ?? conversation.StartedAt;
            if (!kept.Contains(item.Chat.ChatId)) conversation.LastAt = conversation.StartedAt;
            var isNew = !kept.Contains(item.Chat.ChatId) || item.LastMessageId > conversation.SyncedMessageId;
            conversation.NeedsSync |= isNew;
            isNew |= await intake.TakeAsync(db, conversation, FactsOf(item), cancellation);
            if (isNew) changed++;
        }

        await db.CommitAsync(cancellation);
        return changed;
    }

    private static ChatBatch FactsOf(ChatListItem item) => new()
    {
        IsClosed = ChatKinds.IsClosed(item.Chat.ChatStatus),

        // What was read in Ozon's own cabinet counts as read here. An unread count of Ozon's is not taken: our own read mark may be on its way.
        ReadByUsBefore = item.UnreadCount == 0 ? item.LastMessageId + 1 : item.FirstUnreadMessageId,
    };

    /// <summary>The list tells no edits and no read marks of the buyer: what is fresh is read again.</summary>
    private async Task MarkRecentAsync(int storeId, DateTime now, CancellationToken cancellation)
    {
        var since = now.AddDays(-options.Value.RereadDays);
        await using var db = await databases.ForStoreAsync(storeId, cancellation);

        // The version moves, or a reading now under way would take the mark away.
        var marked = await db.Conversations.Where(c => c.StoreId == storeId && c.Kind == ConversationKind.Buyer && c.LastAt >= since && !c.NeedsSync)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.NeedsSync, true).SetProperty(c => c.Version, c => c.Version + 1), cancellation);
        if (marked > 0) signals.Conversations.Set();
    }
}

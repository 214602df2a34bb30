using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>How far a rebuild of the index has come: the highest conversation, message and posting that are in.</summary>
public sealed record SearchProgress(long Conversations, long Messages, long Postings = 0);

/// <summary>Builds the search index anew, step by step, each a short transaction, beside a running app. How far it came is kept with it: killed,
/// it goes on there. Until it is done search finds only what is in already.</summary>
internal static class SearchRebuild
{
    /// <summary>Conversations, messages or postings of a step: large enough for speed, short enough for those who wait to write.</summary>
    private const int StepSize = 4000;

    /// <summary>Where an unfinished rebuild stands; null when the index is complete.</summary>
    public static async Task<SearchProgress?> ProgressAsync(SellerCenterDb db, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<SearchProgress>($"""SELECT "Conversations", "Messages", "Postings" FROM "SearchRebuild" """).ToListAsync(cancellation)).SingleOrDefault();

    /// <summary>Empties the index; the next step begins at the beginning.</summary>
    public static async Task StartAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await SearchIndex.Texts.ClearAsync(db, cancellation);
        await SearchIndex.Numbers.ClearAsync(db, cancellation);
        await SearchIndex.Postings.ClearAsync(db, cancellation);
        await SearchVocabulary.ClearAsync(db, cancellation);
        await SetAsync(db, new SearchProgress(0, 0), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Everything behind these ids is to be taken in by the next steps; an unfinished rebuild does so anyway.</summary>
    public static async Task ExpectAsync(SellerCenterDb db, SearchProgress behind, CancellationToken cancellation)
    {
        if (await ProgressAsync(db, cancellation) is null) await SetAsync(db, behind, cancellation);
    }

    /// <summary>Takes the next conversations, messages or postings in.</summary>
    /// <returns>How far it has come; null when it is done.</returns>
    public static async Task<SearchProgress?> StepAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await ProgressAsync(db, cancellation) is not { } progress) return null;
        var next = await ConversationsAsync(db, progress, cancellation) ?? await MessagesAsync(db, progress, cancellation)
            ?? await PostingsAsync(db, progress, cancellation);
        if (next is null) await db.Database.ExecuteSqlAsync($"""DELETE FROM "SearchRebuild" """, cancellation);
        else await SetAsync(db, next, cancellation);
        await transaction.CommitAsync(cancellation);
        return next;
    }

    private static async Task<SearchProgress?> ConversationsAsync(SellerCenterDb db, SearchProgress progress, CancellationToken cancellation)
    {
        var ids = await db.Conversations.Where(c => c.Id > progress.Conversations).OrderBy(c => c.Id).Select(c => c.Id).Take(StepSize).ToListAsync(cancellation);
        if (ids.Count == 0) return null;
        await HoldAsync(db, "Conversations", ids[0], ids[^1], cancellation);
        var abouts = await SearchedAbout.OfAsync(db, ids, cancellation);
        await SearchUpdate.WriteNumbersAsync(db, [.. abouts.Values], cancellation);
        return progress with { Conversations = ids[^1] };
    }

    private static async Task<SearchProgress?> MessagesAsync(SellerCenterDb db, SearchProgress progress, CancellationToken cancellation)
    {
        var ids = await db.Messages.Where(m => m.Id > progress.Messages).OrderBy(m => m.Id).Select(m => m.Id).Take(StepSize).ToListAsync(cancellation);
        if (ids.Count == 0) return null;
        await HoldAsync(db, "Messages", ids[0], ids[^1], cancellation);
        var (first, last) = (ids[0], ids[^1]);
        var messages = await MessageFound.Of(db.Messages.Where(m => m.Id >= first && m.Id <= last)).ToListAsync(cancellation);
        var abouts = await SearchedAbout.OfAsync(db, [.. messages.Select(m => m.ConversationId).Distinct()], cancellation);
        await SearchUpdate.WriteTextsAsync(db, messages.ConvertAll(m => m.DocumentIn(abouts)), cancellation);
        return progress with { Messages = last };
    }

    private static async Task<SearchProgress?> PostingsAsync(SellerCenterDb db, SearchProgress progress, CancellationToken cancellation)
    {
        var ids = await db.Postings.Where(p => p.Id > progress.Postings).OrderBy(p => p.Id).Select(p => p.Id).Take(StepSize).ToListAsync(cancellation);
        if (ids.Count == 0) return null;
        await HoldAsync(db, "Postings", ids[0], ids[^1], cancellation);
        await OrderSearch.WriteAsync(db, ids, [], cancellation);
        return progress with { Postings = ids[^1] };
    }

    /// <summary>What is read here must not be changed by another before it is written into the index. On SQLite there is one writer anyway.</summary>
    private static async Task HoldAsync(SellerCenterDb db, string table, long first, long last, CancellationToken cancellation)
    {
        if (db.Database.IsSqlite()) return;
#pragma warning disable EF1002 // The table is one of the names above.
        await db.Database.ExecuteSqlRawAsync($"SELECT 1 FROM \"{table}\" WHERE \"Id\" BETWEEN {{0}} AND {{1}} FOR SHARE", [first, last], cancellation);
#pragma warning restore EF1002
    }

    private static Task<int> SetAsync(SellerCenterDb db, SearchProgress progress, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "SearchRebuild" ("Id", "Conversations", "Messages", "Postings") VALUES (1, {progress.Conversations}, {progress.Messages}, {progress.Postings})
        ON CONFLICT ("Id") DO UPDATE
        SET "Conversations" = EXCLUDED."Conversations", "Messages" = EXCLUDED."Messages", "Postings" = EXCLUDED."Postings"
        """,
        cancellation);
}

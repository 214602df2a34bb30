using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>Reading the inbox: a page of the list, the figures, a conversation, the next alert.</summary>
internal sealed class InboxProbes(IServiceProvider services, BenchPerson person, BenchFloor floor)
{
    /// <summary>The page behind a conversation, in one store.</summary>
    private const string ListSql =
        """
        SELECT c."Id", c."StoreId", c."BuyerName", c."PostingNumber", c."OrderNumber",
               (SELECT p."Status" FROM "Postings" p WHERE p."StoreId" = c."StoreId" AND p."PostingNumber" = c."PostingNumber"),
               c."Sku", (SELECT i."Name" FROM "PostingItems" i WHERE i."StoreId" = c."StoreId" AND i."Sku" = c."Sku" ORDER BY i."Id" LIMIT 1),
               c."Preview", c."LastAuthor", c."LastAt", c."Unread", c."WaitingSince", c."WindowClosesAt", c."IsClosed",
               c."DueAt", c."DueKind", c."DueStartedAt", c."DueRuleMinutes",
               EXISTS (SELECT 1 FROM "Messages" m WHERE m."ConversationId" = c."Id" AND m."State" = 7)
        FROM "Conversations" c
        WHERE c."StoreId" = @store AND c."Kind" = 1 AND c."SnoozedAt" IS NULL AND c."DueAt" IS NOT NULL AND c."DueAt" >= @at AND (c."DueAt" > @at OR c."Id" > @id)
        ORDER BY c."DueAt", c."Id" LIMIT 51
        """;

    private const string HeadSql =
        """
        SELECT c."Id", c."StoreId", s."Name", s."TimeZone", s."Connection", s."ConnectionSince", c."Kind", c."BuyerName", c."BuyerId",
               c."PostingNumber", c."OrderNumber", c."Sku", c."IsClosed", c."Unread", c."WaitingSince", c."WindowClosesAt"
        FROM "Conversations" c JOIN "Stores" s ON s."Id" = c."StoreId" WHERE c."Id" = @id
        """;

    private const string MessagesSql =
        """
        SELECT m."Id", m."Author", m."SentBy", (SELECT u."DisplayName" FROM "AspNetUsers" u WHERE u."Id" = m."SentBy"), m."Text", m."SentAt", m."EditedAt", m."ReadAt",
               m."State", m."UndoUntil", m."Refusal", m."RefusalDetail"
        FROM "Messages" m WHERE m."ConversationId" = @id AND m."State" <> 8 ORDER BY m."SentAt" DESC, m."Id" DESC LIMIT 51
        """;

    private const string FilesSql =
        """
        SELECT a."Id", a."Name", a."IsImage", a."Size", a."MessageId" FROM "Attachments" a WHERE a."ConversationId" = @id
        """;

    private const string DraftSql = """SELECT d."Text", d."ChangedAt" FROM "Drafts" d WHERE d."ConversationId" = @id AND d."UserId" = @user""";

    private const string NextSql = """SELECT d."NextAlertAt" FROM "Deadlines" d WHERE d."NextAlertAt" IS NOT NULL ORDER BY d."NextAlertAt" LIMIT 1""";

    private readonly InboxQueries _inbox = services.GetRequiredService<InboxQueries>();
    private readonly ConversationQueries _conversations = services.GetRequiredService<ConversationQueries>();
    private readonly Databases _databases = services.GetRequiredService<Databases>();

    public async Task<List<BenchProbe>> AllAsync(int keys, CancellationToken cancellation)
    {
        var (user, plain) = (person.User, InboxFilter.Default);
        var due = await DueAsync(keys, cancellation);
        var any = await AnyAsync(keys, cancellation);
        var (listGoal, openGoal, counterGoal) = (new BenchGoal { Ratio = 2, Growth = 3 }, new BenchGoal { Ratio = 2, Growth = 3 }, new BenchGoal { P50 = 0.5 });
        return
        [
            new("list by deadline, a page from anywhere", async i => (await _inbox.ListAsync(user, plain, due[i % due.Count], cancellation)).Rows.Count)
            {
                FloorAsync = i => ListFloorAsync(due[i % due.Count]), Goal = listGoal,
            },
            new("list by deadline, first page", async _ => (await _inbox.ListAsync(user, plain, null, cancellation)).Rows.Count) { Goal = new BenchGoal { Growth = 3 } },
            new("list unread, first page", async _ => (await _inbox.ListAsync(user, plain with { Unread = true }, null, cancellation)).Rows.Count) { Goal = new BenchGoal { Growth = 3 } },
            new("list newest first, first page", async _ => (await _inbox.ListAsync(user, plain with { Sort = InboxSort.Newest }, null, cancellation)).Rows.Count)
            {
                Goal = new BenchGoal { Growth = 3 },
            },
            new("open a conversation: head, last 50, draft", async i => await OpenAsync(any[i % any.Count], cancellation))
            {
                FloorAsync = i => OpenFloorAsync(any[i % any.Count]), Goal = openGoal,
            },
            new("refresh a conversation: head, last 50", async i => (await _conversations.RefreshAsync(user, any[i % any.Count], cancellation))!.Value.Messages.Messages.Count)
            {
                FloorAsync = i => RefreshFloorAsync(any[i % any.Count]), Goal = openGoal,
            },
            new("figures above the list", async _ => Sum(await _inbox.CountsAsync(user, plain, cancellation))) { Goal = counterGoal },
            new("figures of the navigation", async _ => (await _inbox.CountersAsync(user, cancellation)).Unread) { Goal = counterGoal },
            new("next alert of all", async _ => await NextAsync(cancellation)) { FloorAsync = async _ => (await floor.ReadAsync(NextSql, r => r.Instant(0))).Count, Goal = new BenchGoal { P50 = 0.1 } },
        ];
    }

    /// <summary>Rows of the list from any place of it that has a whole page behind it.</summary>
    private async Task<List<InboxRow>> DueAsync(int keys, CancellationToken cancellation)
    {
        await using var db = await _databases.ForAsync(person.User, cancellation);
        var due = db.Conversations.Where(c => c.SnoozedAt == null && c.DueAt != null && c.Kind == ConversationKind.Buyer);
        var last = await due.OrderByDescending(c => c.DueAt).Select(c => c.DueAt).Skip(InboxQueries.PageSize + 1).FirstOrDefaultAsync(cancellation)
            ?? throw new InvalidOperationException("The person sees less than a page of conversations with a deadline. Write some with the command seed.");
        var ids = await due.Where(c => c.DueAt < last).OrderBy(_ => EF.Functions.Random()).Select(c => c.Id).Take(keys).ToListAsync(cancellation);
        var rows = await _inbox.RowsAsync(person.User, InboxFilter.Default, ids, cancellation);
        return [.. rows.OrderBy(r => r.Id % 97)];
    }

    private async Task<List<long>> AnyAsync(int keys, CancellationToken cancellation)
    {
        await using var db = await _databases.ForAsync(person.User, cancellation);
        var last = await db.Conversations.MaxAsync(c => c.Id, cancellation);
        long[] tried = [.. Enumerable.Range(0, 4 * keys).Select(_ => Random.Shared.NextInt64(1, last + 1)).Distinct()];
        return await db.Conversations.Where(c => tried.Contains(c.Id)).OrderBy(_ => EF.Functions.Random()).Select(c => c.Id).Take(keys).ToListAsync(cancellation);
    }

    private async Task<int> ListFloorAsync(InboxRow after)
    {
        var rows = new List<FloorRow>();
        foreach (var store in person.Stores)
        {
            rows.AddRange(await floor.ReadAsync(ListSql, r => new FloorRow(r), ("@store", store), ("@at", after.DueAt!.Value), ("@id", after.Id)));
        }

        if (person.Stores.Length > 1) rows.Sort((x, y) => (x.DueAt, x.Id).CompareTo((y.DueAt, y.Id)));
        return Math.Min(InboxQueries.PageSize, rows.Count);
    }

    private async Task<int> OpenAsync(long id, CancellationToken cancellation)
    {
        var (_, messages, draft) = (await _conversations.OpenAsync(person.User, id, cancellation))!.Value;
        return messages.Messages.Count + draft.Files.Count;
    }

    private async Task<int> OpenFloorAsync(long id)
    {
        await floor.ReadAsync(DraftSql, r => (r.GetString(0), r.At(1)), ("@id", id), ("@user", person.User.Id));
        return await RefreshFloorAsync(id);
    }

    private async Task<int> RefreshFloorAsync(long id)
    {
        await floor.ReadAsync(HeadSql, r => new FloorHead(r), ("@id", id));
        await floor.ReadAsync(FilesSql, r => (r.GetInt64(0), r.GetString(1), r.GetBoolean(2), r.Number(3), r.Number(4)), ("@id", id));
        return Math.Min(ConversationQueries.PageSize, (await floor.ReadAsync(MessagesSql, r => new FloorMessage(r), ("@id", id))).Count);
    }

    private async Task<int> NextAsync(CancellationToken cancellation)
    {
        await using var db = await _databases.ForSystemAsync(cancellation);
        return await AlertRaising.NextAtAsync(db, cancellation) is null ? 0 : 1;
    }

    private static int Sum(InboxCounts counts) => counts.Overdue + counts.Urgent + counts.Soon + counts.Later;

    private sealed record FloorRow(
        long Id, int StoreId, string? Buyer, string? Posting, string? Order, string? Status, long? Sku, string? Product, string Preview, int Author, DateTime LastAt, int Unread,
        DateTime? WaitingSince, DateTime? WindowClosesAt, bool IsClosed, DateTime? DueAt, long? DueKind, DateTime? DueStartedAt, long? DueRuleMinutes, bool Refused)
    {
        public FloorRow(DbDataReader r)
            : this(
                r.GetInt64(0), r.GetInt32(1), r.Text(2), r.Text(3), r.Text(4), r.Text(5), r.Number(6), r.Text(7), r.GetString(8), r.GetInt32(9), r.At(10), r.GetInt32(11),
                r.Instant(12), r.Instant(13), r.GetBoolean(14), r.Instant(15), r.Number(16), r.Instant(17), r.Number(18), r.GetBoolean(19))
        {
        }
    }

    private sealed record FloorHead(
        long Id, int StoreId, string Store, string Zone, int Connection, DateTime? Since, int Kind, string? Buyer, string? BuyerId, string? Posting, string? Order, long? Sku,
        bool IsClosed, int Unread, DateTime? WaitingSince, DateTime? WindowClosesAt)
    {
        public FloorHead(DbDataReader r)
            : this(
                r.GetInt64(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetInt32(4), r.Instant(5), r.GetInt32(6), r.Text(7), r.Text(8), r.Text(9), r.Text(10), r.Number(11),
                r.GetBoolean(12), r.GetInt32(13), r.Instant(14), r.Instant(15))
        {
        }
    }

    private sealed record FloorMessage(
        long Id, int Author, string? SentBy, string? Name, string Text, DateTime SentAt, DateTime? EditedAt, DateTime? ReadAt, int State, DateTime? UndoUntil, string? Refusal, string? Detail)
    {
        public FloorMessage(DbDataReader r)
            : this(
                r.GetInt64(0), r.GetInt32(1), r.Text(2), r.Text(3), r.GetString(4), r.At(5), r.Instant(6), r.Instant(7), r.GetInt32(8), r.Instant(9), r.Text(10), r.Text(11))
        {
        }
    }
}

using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Operations;

/// <summary><c>seed --conversations N --messages M</c>: bulk test data, straight into the database.</summary>
internal static class SeedCommand
{
    private const int RowsAtOnce = 20_000;

    /// <summary>Of several stores the first has this part, the next one this part of what is left, and so on: one sells most.</summary>
    private const double FirstShare = 0.6;

    public static Command Create(Func<WebApplication> compose)
    {
        var conversations = new Option<int>("--conversations") { Description = "How many conversations.", DefaultValueFactory = _ => 1000 };
        var messages = new Option<int?>("--messages") { Description = "How many messages in all; ten for each conversation unless said otherwise." };
        var store = new Option<string?>("--store") { Description = "Client-Id of the store; spread over all stores unless said otherwise." };
        conversations.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<int>() is < 1 or > 10_000_000) option.AddError("--conversations must be 1 to 10000000.");
        });
        var command = new Command("seed", "Writes bulk test data. The app must not be running on the same data folder.") { conversations, messages, store };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(messages) < parsed.GetValue(conversations)) parsed.AddError("--messages must be at least --conversations: each has one.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = compose();
            await app.Services.GetRequiredService<StartUp>().PrepareAsync(cancellation);
            var count = parsed.GetValue(conversations);
            return await RunAsync(app.Services, parsed.GetValue(store), count, parsed.GetValue(messages) ?? 10 * count, cancellation);
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string? clientId, int conversations, int messages, CancellationToken cancellation)
    {
        if (services.GetRequiredService<IConfiguration>().GetValue<bool>("Sandbox:Enabled")) await DemoPeople.EnsureAsync(services, cancellation);
        await using var db = await services.GetRequiredService<Databases>().ForSystemAsync(cancellation);
        var stores = await db.Stores.AsNoTracking().Where(s => clientId == null || s.ClientId == clientId).OrderBy(s => s.Id).ToListAsync(cancellation);
        if (stores.Count == 0)
        {
            await Console.Error.WriteLineAsync(clientId is null ? "There is no store yet. Start the app and set one up first." : $"There is no store with Client-Id {clientId}.");
            return 1;
        }

        var clock = Stopwatch.StartNew();
        var shares = Shares(stores, conversations, messages).ToList();
        var rows = await WriteAsync(services, db, shares, cancellation);
        Console.WriteLine($"{rows} rows in {clock.Elapsed.TotalSeconds:0.0} s, {rows / clock.Elapsed.TotalSeconds:0} rows/s");
        await ReindexCommand.FinishAsync(db, Console.Out, cancellation);

        // Without it PostgreSQL plans by what was there before: a page of the list took ten times as long.
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("ANALYZE", cancellation);
        foreach (var share in shares)
        {
            db.Announce(share.Store.Id, EventKind.Store, "");
            Console.WriteLine($"{share.Store.Name} ({share.Store.ClientId}): {share.Conversations} conversations, {share.Messages} messages");
        }

        await db.CommitAsync(cancellation);
        Console.WriteLine($"Done after {clock.Elapsed.TotalSeconds:0.0} s.");
        return 0;
    }

    private static IEnumerable<Share> Shares(List<Store> stores, int conversations, int messages)
    {
        foreach (var store in stores)
        {
            var part = store == stores[^1] ? conversations : (int)Math.Ceiling(FirstShare * conversations);
            if (part == 0) yield break;
            var written = part + (int)((messages - conversations) * (long)part / conversations);
            yield return new Share(store, part, written);
            conversations -= part;
            messages -= written;
        }
    }

    private static async Task<long> WriteAsync(IServiceProvider services, SellerCenterDb db, List<Share> shares, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);

        // Safe against a crash of the program, not against a power cut in the last seconds: for test data that is enough. The indexes of a
        // large table do not fit into the usual cache.
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-262144", cancellation);
        var tables = (Postings: new BulkInsert<Posting>(db), Items: new BulkInsert<PostingItem>(db), Conversations: new BulkInsert<Conversation>(db),
            Messages: new BulkInsert<Message>(db), Deadlines: new BulkInsert<Deadline>(db));
        var ids = new SeedIds
        {
            Posting = await tables.Postings.LastIdAsync(cancellation),
            Item = await tables.Items.LastIdAsync(cancellation),
            Conversation = await tables.Conversations.LastIdAsync(cancellation),
            Message = await tables.Messages.LastIdAsync(cancellation),
            Deadline = await tables.Deadlines.LastIdAsync(cancellation),
        };
        await SearchRebuild.ExpectAsync(db, new SearchProgress(ids.Conversation, ids.Message, ids.Posting), cancellation);
        var (now, rows) = (services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, 0L);
        foreach (var share in shares)
        {
            var rules = await services.GetRequiredService<Rulebook>().ForAsync(share.Store.Id, cancellation);
            var plan = new SeedPlan(share.Store.Id, rules, now, ids);
            foreach (var length in Lengths(share.Conversations, share.Messages))
            {
                plan.Add(length);
                if (plan.Rows >= RowsAtOnce) await FlushAsync(plan);
            }

            await FlushAsync(plan);
        }

        await tables.Postings.FinishAsync(cancellation);
        await tables.Items.FinishAsync(cancellation);
        await tables.Conversations.FinishAsync(cancellation);
        await tables.Messages.FinishAsync(cancellation);
        await tables.Deadlines.FinishAsync(cancellation);
        return rows;

        async Task FlushAsync(SeedPlan plan)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await tables.Postings.WriteAsync(plan.Postings, cancellation);
            await tables.Items.WriteAsync(plan.Items, cancellation);
            await tables.Conversations.WriteAsync(plan.Conversations, cancellation);
            await tables.Messages.WriteAsync(plan.Messages, cancellation);
            await tables.Deadlines.WriteAsync(plan.Deadlines, cancellation);
            await transaction.CommitAsync(cancellation);
            rows += plan.Rows;
            plan.Clear();
        }
    }

    /// <summary>Many short conversations and a few long ones; together exactly so many messages.</summary>
    private static IEnumerable<int> Lengths(int conversations, int messages)
    {
        var chance = new Random(conversations);
        for (var left = conversations; left > 0; left--)
        {
            var mean = (double)messages / left;
            var wish = 1 + (int)(-(mean - 1) * Math.Log(1 - chance.NextDouble()));
            var length = left == 1 ? messages : Math.Clamp(wish, 1, Math.Max(1, messages - (left - 1)));
            messages -= length;
            yield return length;
        }
    }

    /// <summary>What a store gets.</summary>
    private sealed record Share(Store Store, int Conversations, int Messages);
}

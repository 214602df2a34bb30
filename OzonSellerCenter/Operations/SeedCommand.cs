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

/// <summary><c>seed --conversations N --messages M</c>: bulk test data, straight into the database of one store.</summary>
internal static class SeedCommand
{
    private const int RowsAtOnce = 20_000;

    public static Command Create(Func<WebApplication> compose)
    {
        var conversations = new Option<int>("--conversations") { Description = "How many conversations.", DefaultValueFactory = _ => 1000 };
        var messages = new Option<int?>("--messages") { Description = "How many messages in all; ten for each conversation unless said otherwise." };
        var store = new Option<string?>("--store") { Description = "Client-Id of the store; the first one unless said otherwise." };
        conversations.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<int>() is < 1 or > 10_000_000) option.AddError("--conversations must be 1 to 10000000.");
        });
        var command = new Command("seed", "Writes bulk test data into a store. The app must not be running on the same data folder.") { conversations, messages, store };
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
        var store = await db.Stores.AsNoTracking().Where(s => clientId == null || s.ClientId == clientId).OrderBy(s => s.Id).FirstOrDefaultAsync(cancellation);
        if (store is null)
        {
            await Console.Error.WriteLineAsync(clientId is null ? "There is no store yet. Start the app and set one up first." : $"There is no store with Client-Id {clientId}.");
            return 1;
        }

        var clock = Stopwatch.StartNew();
        var rows = await WriteAsync(services, db, store.Id, conversations, messages, cancellation);
        await ReindexCommand.FinishAsync(db, Console.Out, cancellation);
        db.Announce(store.Id, EventKind.Store, "");
        await db.CommitAsync(cancellation);
        Console.WriteLine($"{store.Name} ({store.ClientId}): {conversations} conversations, {messages} messages; {rows} rows in {clock.Elapsed.TotalSeconds:0.0} s, {rows / clock.Elapsed.TotalSeconds:0} rows/s");
        return 0;
    }

    private static async Task<long> WriteAsync(
        IServiceProvider services, SellerCenterDb db, int storeId, int conversations, int messages, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);

        // Safe against a crash of the program, not against a power cut in the last seconds: for test data that is enough.
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", cancellation);
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
        await SearchRebuild.ExpectAsync(db, new SearchProgress(ids.Conversation, ids.Message), cancellation);
        var rules = await services.GetRequiredService<Rulebook>().ForAsync(storeId, cancellation);
        var plan = new SeedPlan(storeId, rules, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ids);
        var rows = 0L;
        foreach (var length in Lengths(conversations, messages))
        {
            plan.Add(length);
            if (plan.Rows >= RowsAtOnce) await FlushAsync();
        }

        await FlushAsync();
        await tables.Postings.FinishAsync(cancellation);
        await tables.Items.FinishAsync(cancellation);
        await tables.Conversations.FinishAsync(cancellation);
        await tables.Messages.FinishAsync(cancellation);
        await tables.Deadlines.FinishAsync(cancellation);
        return rows;

        async Task FlushAsync()
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
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Operations;

public sealed class SeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Bulk_data_has_the_size_asked_for_and_can_be_added_to(Provider provider)
    {
        await using var test = await CreateAsync(provider);
        await test.AddStoreAsync();
        Assert.Equal(0, await SeedCommand.RunAsync(test.Services, null, 120, 1000, Ct));
        Assert.Equal(0, await SeedCommand.RunAsync(test.Services, "1000001", 30, 30, Ct));
        await using var db = await test.Databases.ForSystemAsync(Ct);
        Assert.Equal(150, await db.Conversations.CountAsync(Ct));
        Assert.Equal(1030, await db.Messages.CountAsync(Ct));
        Assert.Equal(75, await db.Postings.CountAsync(Ct));

        // All of it can be found.
        Assert.Equal(1030, (await db.Database.SqlQuery<long>($"SELECT COUNT(*) AS \"Value\" FROM \"SearchTexts\"").ToListAsync(Ct))[0]);
        Assert.Null(await SearchRebuild.ProgressAsync(db, Ct));

        // The database goes on counting behind the given keys.
        db.Conversations.Add(new Conversation { StoreId = 1, OzonChatId = "next", Kind = ConversationKind.Buyer });
        await db.CommitAsync(Ct);
    }

    [Fact]
    public async Task The_clocks_of_bulk_data_are_those_of_daily_work()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        await test.AddStoreAsync();
        await SeedCommand.RunAsync(test.Services, null, 60, 400, Ct);
        await using var db = await test.Databases.ForSystemAsync(Ct);
        foreach (var conversation in await db.Conversations.ToListAsync(Ct))
        {
            await test.Services.GetRequiredService<ConversationClocks>().RecomputeAsync(db, conversation, Ct);
        }

        var changed = db.ChangeTracker.Entries().Where(e => e.State != EntityState.Unchanged && e.Entity is Conversation or Deadline)
            .Where(e => e.State != EntityState.Unchanged);
        Assert.Empty(changed.Select(e => e.DebugView.LongView));
    }

    [Fact]
    public async Task Bulk_data_is_spread_over_all_stores_the_first_one_having_most()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        foreach (var clientId in new[] { "1000001", "1000002", "1000003" }) await test.AddStoreAsync(clientId);
        Assert.Equal(0, await SeedCommand.RunAsync(test.Services, null, 100, 333, Ct));
        await using var db = await test.Databases.ForSystemAsync(Ct);
        Assert.Equal([60, 24, 16], await db.Conversations.GroupBy(c => c.StoreId).OrderBy(g => g.Key).Select(g => g.Count()).ToListAsync(Ct));
        Assert.Equal(333, await db.Messages.CountAsync(Ct));
        Assert.All(
            await db.Messages.Join(db.Conversations, m => m.ConversationId, c => c.Id, (m, c) => new { InMessage = m.StoreId, InConversation = c.StoreId }).ToListAsync(Ct),
            store => Assert.Equal(store.InConversation, store.InMessage));
    }

    [Fact]
    public async Task Without_a_store_nothing_is_written()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        Assert.Equal(1, await SeedCommand.RunAsync(test.Services, null, 5, 5, Ct));
    }

    private static Task<TestDb> CreateAsync(Provider provider) => TestDb.CreateAsync(provider, new FixedClock(), services =>
    {
        services.AddSingleton<Rulebook>();
        services.AddDeadlines();
        services.AddSingleton<ConversationClocks>();
    });

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
    }
}

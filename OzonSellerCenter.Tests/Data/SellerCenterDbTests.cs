using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Data;

public sealed class SellerCenterDbTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_person_sees_only_rows_of_stores_he_is_a_member_of(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (first, owner) = await test.AddStoreAsync("1000001");
        var (second, _) = await test.AddStoreAsync("1000002");
        await using (var all = await test.Databases.ForSystemAsync(Ct))
        {
            all.Conversations.Add(new Conversation { StoreId = first.Id, OzonChatId = "a", Kind = ConversationKind.Buyer });
            all.Conversations.Add(new Conversation { StoreId = second.Id, OzonChatId = "b", Kind = ConversationKind.Buyer });
            await all.CommitAsync(Ct);
        }

        await using var db = await test.Databases.ForAsync(owner, Ct);
        Assert.Equal(["a"], await db.Conversations.Select(c => c.OzonChatId).ToListAsync(Ct));
        Assert.Equal([first.Id], await db.Stores.Select(s => s.Id).ToListAsync(Ct));
        Assert.Equal(StoreRole.Owner, db.RoleIn(first.Id));
        Assert.Null(db.RoleIn(second.Id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_right_taken_away_is_felt_at_the_next_read(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (store, owner) = await test.AddStoreAsync();
        await using (var all = await test.Databases.ForSystemAsync(Ct))
        {
            await all.Memberships.Where(m => m.StoreId == store.Id).ExecuteDeleteAsync(Ct);
        }

        await using var db = await test.Databases.ForAsync(owner, Ct);
        Assert.Empty(await db.Stores.ToListAsync(Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Events_of_a_store_are_numbered_without_gaps_also_under_parallel_commits(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (store, _) = await test.AddStoreAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (i, ct) =>
        {
            await using var db = await test.Databases.ForStoreAsync(store.Id, ct);
            db.Announce(store.Id, EventKind.Conversation, $"{i}");
            db.Announce(store.Id, EventKind.Conversation, $"{i}");
            await db.CommitAsync(ct);
        });

        await using var read = await test.Databases.ForStoreAsync(store.Id, Ct);
        var numbers = await read.StoreEvents.OrderBy(e => e.Sequence).Select(e => e.Sequence).ToListAsync(Ct);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), numbers);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Two_writers_of_one_row_do_not_lose_an_update(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (store, _) = await test.AddStoreAsync();
        await using var one = await test.Databases.ForStoreAsync(store.Id, Ct);
        await using var two = await test.Databases.ForStoreAsync(store.Id, Ct);
        (await one.Stores.SingleAsync(Ct)).Name = "one";
        (await two.Stores.SingleAsync(Ct)).Name = "two";
        await one.CommitAsync(Ct);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => two.CommitAsync(Ct));
    }

    [Fact]
    public async Task SQLite_is_durable_and_strict_on_every_pooled_connection()
    {
        await using var test = await TestDb.CreateAsync();
        for (var i = 0; i < 2; i++)
        {
            await using var db = await test.Databases.ForSystemAsync(Ct);
            Assert.Equal("wal", (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").ToListAsync(Ct))[0]);
            Assert.Equal(2, (await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").ToListAsync(Ct))[0]);
            Assert.Equal(1, (await db.Database.SqlQueryRaw<int>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").ToListAsync(Ct))[0]);
        }
    }
}

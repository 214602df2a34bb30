using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Data;

public sealed class SharedReadsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public async Task Who_asks_while_a_reading_is_under_way_shares_the_next_one()
    {
        var reads = new SharedReads();
        var (begun, free, count) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var first = reads.AskAsync("unread", ReadAsync, Ct);
        await begun.Task.WaitAsync(Ct);
        var later = Enumerable.Range(0, 50).Select(_ => reads.AskAsync("unread", ReadAsync, Ct)).ToList();
        Assert.DoesNotContain(later, l => l.IsCompleted);
        free.SetResult();

        Assert.Equal(1, await first);
        Assert.All(await Task.WhenAll(later), answer => Assert.Equal(2, answer));
        Assert.Equal(0, reads.Pending);

        async Task<int> ReadAsync()
        {
            var number = Interlocked.Increment(ref count);
            begun.TrySetResult();
            await free.Task;
            return number;
        }
    }

    [Fact]
    public async Task Nobody_gets_what_was_older_than_his_question()
    {
        var (reads, value) = (new SharedReads(), 0);
        var stale = new ConcurrentBag<(int Asked, int Got)>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 5_000), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (_, ct) =>
        {
            var asked = Interlocked.Increment(ref value);
            var got = await reads.AskAsync("value", async () =>
            {
                var read = Volatile.Read(ref value);
                await Task.Yield();
                return read;
            }, ct);
            if (got < asked) stale.Add((asked, got));
        });

        Assert.Empty(stale);
        Assert.Equal(0, reads.Pending);
    }

    [Fact]
    public async Task A_fault_is_told_to_those_who_shared_it_and_to_nobody_after()
    {
        var reads = new SharedReads();
        var free = new TaskCompletionSource();
        var failing = reads.AskAsync<int>("a", FailAsync, Ct);
        var next = reads.AskAsync("b", () => Task.FromResult(1), Ct);
        free.SetResult();
        await Assert.ThrowsAsync<TimeoutException>(() => failing);
        Assert.Equal(1, await next);
        Assert.Equal(2, await reads.AskAsync("a", () => Task.FromResult(2), Ct));

        async Task<int> FailAsync()
        {
            await free.Task;
            throw new TimeoutException();
        }
    }

    [Fact]
    public async Task Who_leaves_takes_the_answer_from_nobody()
    {
        var reads = new SharedReads();
        var (begun, free) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        _ = reads.AskAsync("a", WaitAsync, Ct);
        await begun.Task.WaitAsync(Ct);
        var left = reads.AskAsync("a", WaitAsync, leaving.Token);
        var stays = reads.AskAsync("a", WaitAsync, Ct);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        free.SetResult();
        Assert.True(await stays);

        async Task<bool> WaitAsync()
        {
            begun.TrySetResult();
            await free.Task;
            return true;
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Each_sees_the_stores_he_has_a_right_in_when_he_asks(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (first, owner) = await test.AddStoreAsync("1000001");
        var (second, other) = await test.AddStoreAsync("1000002");
        await using (var all = await test.Databases.ForSystemAsync(Ct))
        {
            all.Conversations.Add(new Conversation { StoreId = first.Id, OzonChatId = "a", Kind = ConversationKind.Buyer });
            all.Conversations.Add(new Conversation { StoreId = second.Id, OzonChatId = "b", Kind = ConversationKind.Buyer });
            await all.CommitAsync(Ct);
        }

        // All at once and with one name, as two hundred screens do.
        var asked = Enumerable.Range(0, 30).Select(i => (Person: i % 3, Chats: ChatsAsync(i % 3 == 0 ? owner : i % 3 == 1 ? other : new CurrentUser("", "")))).ToList();
        foreach (var (person, chats) in asked) Assert.Equal(person switch { 0 => ["a"], 1 => ["b"], _ => [] }, await chats);

        await test.AddStoreAsync("1000002", StoreRole.Agent, owner.Id);
        Assert.Equal(["a", "b"], await ChatsAsync(owner));
        await using (var all = await test.Databases.ForSystemAsync(Ct))
        {
            await all.Memberships.Where(m => m.UserId == owner.Id && m.StoreId == first.Id).ExecuteDeleteAsync(Ct);
        }

        Assert.Equal(["b"], await ChatsAsync(owner));
        await using (var all = await test.Databases.ForSystemAsync(Ct))
        {
            await all.Users.Where(u => u.Id == owner.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.DisabledAt, TimeProvider.System.GetUtcNow().UtcDateTime), Ct);
        }

        Assert.Empty(await ChatsAsync(owner));

        Task<List<string>> ChatsAsync(CurrentUser user) => test.Databases.ShareAsync(
            user, "chats", (db, ending) => db.Conversations.OrderBy(c => c.OzonChatId).Select(c => c.OzonChatId).ToListAsync(ending), Ct);
    }
}

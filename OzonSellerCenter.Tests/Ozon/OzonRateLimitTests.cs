using System.Net;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonRateLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task No_second_sees_more_calls_than_allowed_and_none_waits_longer_than_need_be() => WithoutContextAsync(() =>
    {
        var clock = new FakeTimeProvider();
        using var limit = new OzonRateLimit(45, clock);
        var start = clock.GetTimestamp();
        var let = new List<TimeSpan>();
        for (var i = 0; i < 200; i++)
        {
            // Without a context the waiting one goes on inside Advance, so the clock shows exactly when it was let go.
            var turn = limit.WaitAsync("100001", Stop);
            for (var step = 0; step < 1000 && !turn.IsCompleted; step++)
                clock.Advance(TimeSpan.FromMilliseconds(7));
            Assert.True(turn.IsCompleted, $"call {i} was never let go");
            let.Add(clock.GetElapsedTime(start));
        }

        for (var i = 45; i < let.Count; i++)
            Assert.True(let[i] - let[i - 45] >= TimeSpan.FromSeconds(1), $"call {i} came {let[i] - let[i - 45]} after call {i - 45}");
        // 200 calls at 45 a second need four full seconds.
        Assert.InRange(let[^1].TotalSeconds, 4, 4.1);
    });

    [Fact]
    public async Task Many_workers_share_the_limit()
    {
        var clock = new FakeTimeProvider();
        using var limit = new OzonRateLimit(45, clock);
        var let = 0;
        var workers = Enumerable.Range(0, 200).Select(async _ =>
        {
            await limit.WaitAsync("100001", Stop);
            Interlocked.Increment(ref let);
        }).ToList();

        // Time goes on in small steps all the while: a worker may reckon its wait just before a step and begin it just after.
        for (var second = 0; second < 600 && !workers.TrueForAll(w => w.IsCompleted); second++)
        {
            for (var step = 0; step < 100; step++)
            {
                Assert.InRange(Volatile.Read(ref let), 0, 45 * (second + 1));
                clock.Advance(TimeSpan.FromMilliseconds(10));
                await Task.Yield();
            }
        }

        Assert.Equal(200, Volatile.Read(ref let));
    }

    [Fact]
    public async Task Accounts_do_not_wait_for_each_other()
    {
        var clock = new FakeTimeProvider();
        using var limit = new OzonRateLimit(1, clock);

        await limit.WaitAsync("1", Stop);
        await limit.WaitAsync("2", Stop);

        Assert.False(limit.WaitAsync("1", Stop).IsCompleted);
    }

    [Fact]
    public async Task One_who_gives_up_waiting_uses_nothing_up()
    {
        var clock = new FakeTimeProvider();
        using var limit = new OzonRateLimit(1, clock);
        using var impatient = new CancellationTokenSource();
        await limit.WaitAsync("1", Stop);
        var gaveUp = limit.WaitAsync("1", impatient.Token);
        var waits = limit.WaitAsync("1", Stop);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        for (var step = 0; step < 100_000 && !waits.IsCompleted; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.True(waits.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_hold_ends_when_it_was_told_to_and_a_shorter_one_does_not_shorten_it()
    {
        var clock = new FakeTimeProvider();
        using var limit = new OzonRateLimit(45, clock);

        limit.Hold("1", "/m", TimeSpan.FromSeconds(30));
        limit.Hold("1", "/m", TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(30), limit.HeldFor("1", "/m"));
        Assert.Equal(TimeSpan.Zero, limit.HeldFor("1", "/other"));
        Assert.Equal(TimeSpan.Zero, limit.HeldFor("2", "/m"));
        clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.NotEqual(TimeSpan.Zero, limit.HeldFor("1", "/m"));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(TimeSpan.Zero, limit.HeldFor("1", "/m"));
    }

    [Fact]
    public async Task The_client_keeps_the_limit_over_reads_and_writes_together()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.OK, """{"result":"success"}""", ("Ozon:RequestsPerSecond", "20"));
        var start = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => i % 2 == 0
            ? (Task)ozon.Api.RolesAsync(OzonStub.Account, Stop)
            : ozon.Api.SendMessageAsync(OzonStub.Account, new ChatSendMessageRequest { ChatId = "c", Text = "x" }, Stop)));

        // 50 calls at 20 a second need two full seconds; each sort alone would need one.
        Assert.Equal(50, ozon.Sent.Count);
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(2));
    }

    private static Task WithoutContextAsync(Action test) => Task.Run(test);
}

using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonRateLimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_second_sees_more_calls_than_allowed_however_many_workers_ask()
    {
        var clock = new FakeTimeProvider();
        using var limit = new OzonRateLimit(45, clock);
        var let = new List<TimeSpan>();
        var start = clock.GetTimestamp();
        var workers = Enumerable.Range(0, 200).Select(async _ =>
        {
            await limit.WaitAsync("100001", Stop);
            lock (let)
                let.Add(clock.GetElapsedTime(start));
        }).ToList();

        // The clock stands still while workers that may go are going: a step is taken only when nobody moves any more.
        for (var step = 0; workers.Any(w => !w.IsCompleted) && step < 2000; step++)
        {
            await SettledAsync(let);
            clock.Advance(TimeSpan.FromMilliseconds(7));
        }

        Assert.Equal(200, let.Count);
        let.Sort();
        for (var i = 45; i < let.Count; i++)
            Assert.True(let[i] - let[i - 45] >= TimeSpan.FromSeconds(1), $"call {i} came {let[i] - let[i - 45]} after call {i - 45}");
        // And no slower than need be: 200 calls at 45 a second need four full seconds.
        Assert.InRange(let[^1].TotalSeconds, 4, 4.3);
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
        while (!waits.IsCompleted)
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
        var times = new System.Collections.Concurrent.ConcurrentQueue<long>();
        using var ozon = new OzonStub(
            (_, _) =>
            {
                times.Enqueue(TimeProvider.System.GetTimestamp());
                return Task.FromResult(OzonStub.Json("""{"result":"success"}"""));
            },
            ("Ozon:RequestsPerSecond", "20"));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => i % 2 == 0
            ? (Task)ozon.Api.RolesAsync(OzonStub.Account, Stop)
            : ozon.Api.SendMessageAsync(OzonStub.Account, new ChatSendMessageRequest { ChatId = "c", Text = "x" }, Stop)));

        Assert.Equal(50, times.Count);
        // Between the limiter's word and the stub lies some unpaced machine time, hence the tolerance of a tenth.
        var sorted = times.Order().ToList();
        for (var i = 20; i < sorted.Count; i++)
            Assert.True(TimeProvider.System.GetElapsedTime(sorted[i - 20], sorted[i]) >= TimeSpan.FromSeconds(0.9));
    }

    private static async Task SettledAsync(List<TimeSpan> let)
    {
        for (var (before, quiet) = (-1, 0); quiet < 20; await Task.Yield())
        {
            int now;
            lock (let)
                now = let.Count;
            quiet = now == before ? quiet + 1 : 0;
            before = now;
        }
    }
}

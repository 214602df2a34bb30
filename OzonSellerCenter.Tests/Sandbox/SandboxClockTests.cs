using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Sandbox;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The adjustable clock: what waits through it wakes when its moment comes, however it comes.</summary>
public sealed class SandboxClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _real = new(Start);
    private readonly SandboxClock _clock;

    public SandboxClockTests() => _clock = new SandboxClock(_real);

    [Fact]
    public void Real_time_goes_on_under_the_offset()
    {
        _clock.Advance(TimeSpan.FromHours(3));
        _real.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Start.AddHours(3).AddMinutes(5), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(3), _clock.Offset);
    }

    [Fact]
    public void The_stopwatch_moves_with_the_calendar_and_never_back()
    {
        var began = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromHours(3));
        _real.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(2), _clock.GetElapsedTime(began));
        _clock.Restore();
        Assert.Equal(Start.AddSeconds(2), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(2), _clock.GetElapsedTime(began));
    }

    [Fact]
    public void A_delay_ends_when_the_clock_is_moved_past_it_and_not_before()
    {
        var delay = Task.Delay(TimeSpan.FromHours(4), _clock, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromHours(3));
        _real.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.True(delay.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_periodic_timer_ticks_on_after_a_jump()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), _clock);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.True(await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken));
        var next = timer.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(next.IsCompleted);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await next);
    }

    [Fact]
    public void A_jump_over_many_periods_fires_once()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, fired);
        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, fired);
    }

    [Fact]
    public void A_timer_that_was_disposed_or_stopped_stays_silent()
    {
        var fired = 0;
        var gone = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var stopped = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        gone.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromDays(1));
        _real.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, fired);
        Assert.False(gone.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        Assert.True(stopped.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void Putting_the_calendar_back_leaves_running_timers_the_span_they_have_to_wait()
    {
        _clock.Advance(TimeSpan.FromDays(2));
        var delay = Task.Delay(TimeSpan.FromMinutes(10), _clock, TestContext.Current.CancellationToken);
        _clock.Restore();
        _real.Advance(TimeSpan.FromMinutes(9));
        Assert.False(delay.IsCompleted);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.True(delay.IsCompleted);
    }

    [Fact]
    public void A_wait_longer_than_a_real_timer_can_bear_works()
    {
        var delay = Task.Delay(TimeSpan.FromDays(40), _clock, TestContext.Current.CancellationToken);
        for (var day = 0; day < 39; day++)
            _real.Advance(TimeSpan.FromDays(1));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True(delay.IsCompleted);
    }

    [Fact]
    public void Whoever_listens_is_told_after_the_move()
    {
        DateTimeOffset? seen = null;
        _clock.Moved += (_, _) => seen = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal(Start.AddMinutes(90), seen);
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void Timers_fire_exactly_when_due_whichever_way_time_passes() =>
        Gen.Select(
            Gen.Int[1, 500].Array[1, 12],
            Gen.Select(Gen.Bool, Gen.Int[0, 120]).Array[1, 25]).Sample((dues, moves) =>
        {
            var real = new FakeTimeProvider(Start);
            var clock = new SandboxClock(real);
            var fired = new int?[dues.Length];
            var passed = 0;
            var timers = dues.Select((due, i) => clock.CreateTimer(
                _ => fired[i] = fired[i] is null ? passed : -1, null, TimeSpan.FromSeconds(due), Timeout.InfiniteTimeSpan)).ToList();
            foreach (var (jump, seconds) in moves)
            {
                passed += seconds;
                if (jump)
                    clock.Advance(TimeSpan.FromSeconds(seconds));
                else
                    real.Advance(TimeSpan.FromSeconds(seconds));
                for (var i = 0; i < dues.Length; i++)
                    Assert.Equal(dues[i] <= passed, fired[i] is not null);
            }
            Assert.DoesNotContain(-1, fired);
            timers.ForEach(t => t.Dispose());
        }, iter: 300);

    [Fact]
    public async Task Many_threads_may_use_it_at_once()
    {
        var clock = new SandboxClock(TimeProvider.System);
        var delays = Enumerable.Range(1, 2000).Select(i => Task.Delay(TimeSpan.FromMinutes(i), clock, TestContext.Current.CancellationToken)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
                clock.Advance(TimeSpan.FromMinutes(1));
        }, TestContext.Current.CancellationToken)));
        await Task.WhenAll(delays).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}

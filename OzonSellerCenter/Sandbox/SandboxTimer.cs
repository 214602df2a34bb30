namespace OzonSellerCenter.Sandbox;

/// <summary>One timer of the <see cref="SandboxClock"/>: a real timer that is armed anew whenever the clock moves.</summary>
internal sealed class SandboxTimer : ITimer
{
    // A real timer waits at most 49 days; a longer wait is made of several.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly SandboxClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _real;
    private readonly Lock _sync = new();
    private long? _dueAt;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    public SandboxTimer(SandboxClock clock, TimeProvider real, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _real = real.CreateTimer(static timer => ((SandboxTimer)timer!).Elapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_sync)
        {
            if (_disposed)
                return false;
            // As with System.Threading.Timer a period of zero means "once".
            _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            WaitFor(dueTime);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_sync)
        {
            if (_disposed)
                return;
            _disposed = true;
            _dueAt = null;
            _clock.Disarm(this);
        }
        _real.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _real.DisposeAsync();
    }

    /// <summary>The clock went forward: what became due fires on the pool, the rest waits the shorter span.</summary>
    internal void ClockMoved()
    {
        lock (_sync)
        {
            if (_dueAt is { } dueAt && !_disposed)
                _real.Change(Clamp(Remaining(dueAt)), Timeout.InfiniteTimeSpan);
        }
    }

    private void Elapsed()
    {
        lock (_sync)
        {
            if (_disposed || _dueAt is not { } dueAt)
                return;
            var remaining = Remaining(dueAt);
            if (remaining > TimeSpan.Zero)
            {
                _real.Change(Clamp(remaining), Timeout.InfiniteTimeSpan);
                return;
            }
            WaitFor(_period);
        }
        _callback(_state);
    }

    private void WaitFor(TimeSpan span)
    {
        if (span == Timeout.InfiniteTimeSpan)
        {
            _dueAt = null;
            _clock.Disarm(this);
            _real.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }
        _dueAt = _clock.GetTimestamp() + (long)((Int128)span.Ticks * _clock.TimestampFrequency / TimeSpan.TicksPerSecond);
        _clock.Arm(this);
        _real.Change(Clamp(span), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Remaining(long dueAt)
    {
        var stamps = dueAt - _clock.GetTimestamp();
        return stamps <= 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)((Int128)stamps * TimeSpan.TicksPerSecond / _clock.TimestampFrequency));
    }

    private static TimeSpan Clamp(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < Shortest ? Shortest : wait > LongestWait ? LongestWait : wait;
}

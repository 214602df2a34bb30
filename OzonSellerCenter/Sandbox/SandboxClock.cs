namespace OzonSellerCenter.Sandbox;

/// <summary>
/// The adjustable clock of the demo: real time plus an offset. Everything that waits through it (<c>Task.Delay(…, clock)</c>,
/// <c>PeriodicTimer</c>, cancellation after a span) wakes at once when the clock is moved past its moment.
/// </summary>
/// <remarks>
/// Waiting is reckoned on a scale that only goes forward (<see cref="GetTimestamp"/>), so putting the calendar back to
/// real time (<see cref="Restore"/>) neither loses nor repeats a timer.
/// </remarks>
public sealed class SandboxClock : TimeProvider
{
    private readonly TimeProvider _real;
    private readonly HashSet<SandboxTimer> _armed = [];
    private readonly Lock _sync = new();
    private long _offsetTicks;
    private long _advancedTicks;

    /// <param name="real">The clock underneath: the system's, or a controlled one in tests.</param>
    /// <param name="offset">How far the calendar is ahead of <paramref name="real"/>, as it was kept from an earlier run.</param>
    public SandboxClock(TimeProvider real, TimeSpan offset = default)
    {
        _real = real;
        _offsetTicks = offset.Ticks;
    }

    /// <summary>Raised after the calendar was moved, on the thread that moved it; timers that became due are already on their way.</summary>
    public event EventHandler? Moved;

    /// <summary>How far the calendar is ahead of real time.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref _offsetTicks));

    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    public override long TimestampFrequency => _real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _real.GetUtcNow() + Offset;

    public override long GetTimestamp() =>
        _real.GetTimestamp() + (long)((Int128)Volatile.Read(ref _advancedTicks) * TimestampFrequency / TimeSpan.TicksPerSecond);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SandboxTimer(this, _real, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the calendar forward and fires what became due. A timer with a period fires once, not once for each period skipped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative, or leads past the end of the calendar.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        if (by > DateTimeOffset.MaxValue - GetUtcNow() - TimeSpan.FromDays(366))
            throw new ArgumentOutOfRangeException(nameof(by), by, "The calendar ends before that.");
        Interlocked.Add(ref _advancedTicks, by.Ticks);
        Interlocked.Add(ref _offsetTicks, by.Ticks);
        WakeTimers();
        Moved?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Puts the calendar back to real time. Running timers keep the span they still have to wait.</summary>
    public void Restore()
    {
        Volatile.Write(ref _offsetTicks, 0);
        Moved?.Invoke(this, EventArgs.Empty);
    }

    internal void Arm(SandboxTimer timer)
    {
        lock (_sync)
            _armed.Add(timer);
    }

    internal void Disarm(SandboxTimer timer)
    {
        lock (_sync)
            _armed.Remove(timer);
    }

    private void WakeTimers()
    {
        SandboxTimer[] armed;
        lock (_sync)
            armed = [.. _armed];
        foreach (var timer in armed)
            timer.ClockMoved();
    }
}

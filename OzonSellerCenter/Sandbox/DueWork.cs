namespace OzonSellerCenter.Sandbox;

/// <summary>Does things when their moment of sandbox time has come; sleeps until then, or until it is woken.</summary>
internal abstract class DueWork : BackgroundService
{
    private readonly SandboxData _data;
    private readonly SandboxClock _clock;
    private readonly ILogger _log;
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected DueWork(SandboxData data, SandboxClock clock, ILogger log)
    {
        _data = data;
        _clock = clock;
        _log = log;
        clock.Moved += Wake;
    }

    /// <summary>When the next thing is due; null when nothing is.</summary>
    protected abstract Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel);

    /// <summary>Does everything that is due now.</summary>
    protected abstract Task DoAsync(CancellationToken cancel);

    /// <summary>Something new may be due earlier than what is slept for.</summary>
    protected void Wake(object? sender, EventArgs e) => Volatile.Read(ref _woken).TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before looking, so that what comes while we look is not slept over.
            var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _woken, woken);
            TimeSpan sleep;
            try
            {
                sleep = await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _log.LogError(e, "What is due could not be done; tried again in a minute");
                sleep = TimeSpan.FromMinutes(1);
            }
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(woken.Task, Task.Delay(sleep, _clock, enough.Token));
            await enough.CancelAsync();
        }
    }

    /// <summary>Does everything that is due.</summary>
    /// <returns>How long to sleep.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken cancel)
    {
        while (true)
        {
            DateTime? next;
            await using (var db = await _data.OpenAsync(cancel))
                next = await NextAsync(db, cancel);
            if (next is not { } at)
                return Timeout.InfiniteTimeSpan;
            if (at - _data.Now is var left && left > TimeSpan.Zero)
                return left;
            await DoAsync(cancel);
        }
    }
}

namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>
/// People who shop while the demo runs: they ask, answer, read, rate, and their orders travel. Their steps come at the rate asked
/// for, in sandbox time, and are drawn from one seeded chance.
/// </summary>
internal sealed class SandboxBuyers(SandboxData data, BuyerSteps steps, SandboxClock clock, SandboxOptions options, ILogger<SandboxBuyers> log)
    : BackgroundService
{
    private readonly Lock _sync = new();
    private double _perHour = options.BuyersPerHour;
    private Random _chance = new(options.Seed);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Steps an hour from now on; 0 sends everybody home.</summary>
    public void SetRate(double perHour)
    {
        lock (_sync)
            _perHour = perHour;
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>As after a start: the rate of the settings, and chance from its beginning.</summary>
    public void Restart()
    {
        lock (_sync)
            _chance = new Random(options.Seed);
        SetRate(options.BuyersPerHour);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = Volatile.Read(ref _changed).Task;
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            if (await Task.WhenAny(changed, Task.Delay(NextStepAfter(), clock, enough.Token)) == changed)
            {
                await enough.CancelAsync();
                continue;
            }
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await steps.TakeAsync(_chance, data.Now, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // One step that went wrong must not end the demo's life; a reset may take away what a buyer was about to answer.
                log.LogError(e, "A simulated buyer's step failed");
            }
        }
    }

    // Independent people come at random moments: the gaps between them are distributed exponentially.
    private TimeSpan NextStepAfter()
    {
        lock (_sync)
        {
            return _perHour <= 0
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromHours(Math.Min(24, -Math.Log(1 - _chance.NextDouble()) / _perHour)) + TimeSpan.FromMilliseconds(1);
        }
    }
}

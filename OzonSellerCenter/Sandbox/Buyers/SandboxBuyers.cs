namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>The simulated buyers.</summary>
internal sealed class SandboxBuyers(SandboxOptions options) : BackgroundService
{
    private double _perHour = options.BuyersPerHour;

    public void SetRate(double perHour) => Volatile.Write(ref _perHour, perHour);

    public void Restart() => SetRate(options.BuyersPerHour);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}

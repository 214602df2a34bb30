namespace OzonSellerCenter.Accounts;

/// <summary>Before the first request: the demo's people with the sandbox on; without it, the way in for the first owner.</summary>
internal sealed class AccountsStart(IServiceProvider services, IConfiguration configuration, SetUp setUp) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetValue<bool>("Sandbox:Enabled")) await DemoPeople.EnsureAsync(services, cancellationToken);
        else await setUp.OpenIfNobodyAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

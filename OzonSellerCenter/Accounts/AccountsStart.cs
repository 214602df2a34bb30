namespace OzonSellerCenter.Accounts;

/// <summary>Before the first request: the demo's people with the sandbox on.</summary>
internal sealed class AccountsStart(IServiceProvider services, IConfiguration configuration) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetValue<bool>("Sandbox:Enabled")) await DemoPeople.EnsureAsync(services, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

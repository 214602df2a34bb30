using Microsoft.Extensions.DependencyInjection.Extensions;
using OzonSellerCenter;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Insights;
using OzonSellerCenter.Live;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Shell;
using OzonSellerCenter.Shortcuts;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Views;

return await CommandLine.RunAsync(args, Compose);

// The whole application: its services first, then the way of a request through it.
static WebApplication Compose(string[] args)
{
    var builder = WebApplication.CreateBuilder(ContentRoot.Options(args));
    var (services, settings) = (builder.Services, builder.Configuration);
    settings.AddLocalSettings();
    ListeningAddress.BindDefault(builder);
    var sandbox = settings.GetValue<bool>("Sandbox:Enabled");

    services.AddOperations(settings);
    services.AddData(settings, builder.Environment.ContentRootPath);
    services.AddOzon(settings);
    services.AddLive();
    services.AddRules();
    services.AddDeadlines();
    services.AddStores();
    services.AddShortcuts();

    // The frame before the accounts: Blazor's own idea of who sits there is replaced by theirs.
    builder.AddShell();
    services.AddAccounts();
    services.AddViews();
    services.AddOrders();
    services.AddReturns();
    services.AddDisputes();
    services.AddInsights();
    services.AddInbox(settings);
    services.AddBackground(settings);
    services.AddClockWatches();

    if (sandbox)
    {
        services.AddSandbox(settings);
        SandboxLink.Add(services, settings);
    }

    // Last, so that the sandbox, when it is on, has put its adjustable clock first.
    services.TryAddSingleton(TimeProvider.System);

    var app = builder.Build();
    app.UseOperations();
    app.UseShell();
    app.UseAccounts();

    app.MapOperations();
    app.MapAccounts();
    app.MapOrders();
    app.MapInsights();
    app.MapReturns();
    app.MapDisputes();
    app.MapDesk();
    app.MapInbox();
    app.MapLive();
    app.MapShell();
    app.MapBackground();
    if (sandbox)
        app.MapSandbox();
    return app;
}

/// <summary>Named so that tests can start the whole app.</summary>
public partial class Program;

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Live;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter;

/// <summary>Does for the bundled sandbox what a person does in Ozon's cabinet: gives it the address to push to. It also tells open pages
/// when the sandbox's clock was moved, and lets the demo stores begin anew when it is reset. Part of the composition: neither side knows the other.</summary>
internal sealed class SandboxLink(
    SandboxPushes pushes, SandboxData sandbox, SandboxReset reset, SandboxClock clock, ClockJumps jumps, Databases databases, Feed feed, FreshStart fresh,
    StoreSecrets secrets, ListeningAddress listening, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>Points the Seller API's client at the bundled sandbox, unless the settings name another address.</summary>
    public static void Add(IServiceCollection services, IConfiguration settings)
    {
        services.AddHostedService<SandboxLink>();
        if (settings["Ozon:BaseAddress"] is not { Length: > 0 })
            services.AddSingleton<IPostConfigureOptions<OzonOptions>, SandboxAddress>();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        clock.Moved += (_, _) => jumps.Tell();
        reset.Around = BeginAnewAsync;
        using var listener = feed.Listen();
        if (!await StartedAsync(stoppingToken)) return;
        await LookWhetherItIsTheSameAsync(stoppingToken);
        await RegisterAsync(stoppingToken);
        await foreach (var changes in listener.ReadAsync(stoppingToken))
        {
            // A new push secret means a new address.
            if (changes.Any(c => c.Kind == EventKind.Store)) await RegisterAsync(stoppingToken);
        }
    }

    private async Task<bool> StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var onStop = stopping.Register(() => started.TrySetCanceled(stopping));
        await started.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping.IsCancellationRequested;
    }

    private async Task BeginAnewAsync(Func<Task> work) => await fresh.AroundAsync(
        async () =>
        {
            await work();
            return await OriginAsync();
        },
        await DemoStoresAsync());

    /// <summary>The sandbox's file may be another one than last time: deleted, or made anew by a newer version.</summary>
    private async Task LookWhetherItIsTheSameAsync(CancellationToken stopping)
    {
        var origin = await OriginAsync();
        foreach (var storeId in await DemoStoresAsync())
        {
            if (!await fresh.IsFromAsync(storeId, origin, stopping)) await fresh.AroundAsync(OriginAsync, [storeId]);
        }
    }

    private async Task<string> OriginAsync() => $"sandbox {await sandbox.FirstDayAsync():O}";

    private async Task<List<int>> DemoStoresAsync()
    {
        await using var db = await databases.ForSystemAsync(CancellationToken.None);
        return await db.Stores.Where(s => s.IsSandbox).Select(s => s.Id).ToListAsync();
    }

    private readonly Dictionary<string, string> _registered = [];

    private async Task RegisterAsync(CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        foreach (var store in await db.Stores.AsNoTracking().Where(s => s.IsSandbox && s.ProtectedPushSecret != null).ToListAsync(cancellation))
        {
            if (secrets.TryUnprotect(store.Id, store.ProtectedPushSecret!) is not { } secret) continue;
            var url = new Uri(listening.Own(), Links.Push(secret)).AbsoluteUri;
            if (_registered.TryGetValue(store.ClientId, out var known) && known == url) continue;
            _registered[store.ClientId] = url;
            await pushes.SetUrlAsync(long.Parse(store.ClientId, CultureInfo.InvariantCulture), url, cancellation);
        }
    }

    private sealed class SandboxAddress(ListeningAddress listening) : IPostConfigureOptions<OzonOptions>
    {
        public void PostConfigure(string? name, OzonOptions options) => options.BaseAddress = listening.Sandbox();
    }
}

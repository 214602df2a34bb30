using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Live;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Tests.Stores;

/// <summary>Screens of team and settings over a real database, as a person sees them.</summary>
internal static class StoreWindows
{
    public static BunitContext Open(TeamBench bench, CurrentUser user)
    {
        var window = new BunitContext();
        window.JSInterop.Mode = JSRuntimeMode.Loose;
        window.AddAuthorization().SetAuthorized(user.Name).SetClaims(new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(Session.NameClaim, user.Name));
        var services = window.Services;
        services.AddLocalization();
        services.AddMudServices();
        services.AddSingleton<TimeProvider>(bench.Wall);
        services.AddSingleton(bench.Get<IConfiguration>());
        services.AddSingleton(bench.Db.Feed);
        services.AddSingleton(bench.Get<EventLog>());
        services.AddSingleton(bench.Get<StoreQueries>());
        services.AddSingleton(bench.Get<StoreActions>());
        services.AddSingleton(bench.Get<WorkingHoursQueries>());
        services.AddSingleton(bench.Get<Rulebook>());
        services.AddSingleton(bench.Get<RuleActions>());
        services.AddSingleton(bench.Get<WorkingHoursActions>());
        services.AddSingleton(bench.Get<TeamQueries>());
        services.AddSingleton(bench.Get<RoundRobinActions>());
        services.AddSingleton(bench.Get<TeamActions>());
        services.AddScoped<PublicLinks>();
        services.AddScoped<Session>();
        return window;
    }
}

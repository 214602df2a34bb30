using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Deadlines;

/// <summary>Screens over a real database, as a person of the store sees them.</summary>
internal static class AlertScreens
{
    /// <summary>A browser window of a person: the same database and feed, texts in English, scripts that answer politely.</summary>
    public static BunitContext WindowOf(ClockTest test, CurrentUser user)
    {
        var window = new BunitContext();
        window.JSInterop.Mode = JSRuntimeMode.Loose;
        window.JSInterop.SetupModule(_ => true).Setup<bool>("watch", _ => true).SetResult(true);
        window.AddAuthorization().SetAuthorized(user.Name).SetClaims(
            new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, user.Id),
            new System.Security.Claims.Claim(Session.NameClaim, user.Name));
        window.Services.AddLocalization();
        window.Services.AddSingleton<TimeProvider>(test.Time);
        window.Services.AddSingleton(test.Db.Feed);
        window.Services.AddSingleton(new EventLog(test.Db.Databases));
        window.Services.AddSingleton(test.Alerts);
        window.Services.AddSingleton(test.AlertQueries);
        window.Services.AddSingleton(test.Db.Services.GetRequiredService<DeadlineQueries>());
        window.Services.AddSingleton(test.Db.Services.GetRequiredService<AlertSettingsQueries>());
        window.Services.AddSingleton(test.Db.Services.GetRequiredService<AlertSettingsActions>());
        window.Services.AddScoped<Session>();
        return window;
    }

    /// <summary>A buyer wrote this long before now.</summary>
    public static async Task<long> WroteAsync(this ClockTest test, string buyer, TimeSpan ago)
    {
        var id = await test.AddConversationAsync(buyer);
        await test.SayAsync(id, MessageAuthor.Buyer, test.Now - ago);
        return id;
    }
}

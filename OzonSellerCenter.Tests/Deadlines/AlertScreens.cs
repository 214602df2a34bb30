using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
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
        window.Services.AddScoped<Session>();
        window.Services.AddFallbackServiceProvider(test.Db.Services);
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

using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Screens of the inbox over a real database, as a person of the shop sees them.</summary>
internal static class InboxWindow
{
    /// <summary>A browser window: the shop's database and feed, texts in English, scripts that answer politely.</summary>
    public static BunitContext WindowOf(this TestShop shop, CurrentUser user)
    {
        var window = new BunitContext();
        window.JSInterop.Mode = JSRuntimeMode.Loose;
        window.JSInterop.SetupModule(_ => true);
        window.AddAuthorization().SetAuthorized(user.Name).SetClaims(
            new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, user.Id),
            new System.Security.Claims.Claim(Session.NameClaim, user.Name));
        var services = window.Services;
        services.AddLocalization();
        services.AddScoped<Session>();
        services.AddSingleton(shop.Presence);
        services.AddScoped<CircuitPresence>();
        services.AddFallbackServiceProvider(shop.Db.Services);
        return window;
    }

    /// <summary>Ids of the rows in their order.</summary>
    public static long[] Ids(this IRenderedComponent<ConversationList> list) =>
        [.. list.FindAll("[data-testid=conversation-row]").Select(r => long.Parse(r.GetAttribute("data-conversation-id")!, System.Globalization.CultureInfo.InvariantCulture))];

    public static IRenderedComponent<ConversationPane> Open(this BunitContext window, CurrentUser user, Conversation conversation) =>
        window.Render<ConversationPane>(p => p.Add(c => c.User, user).Add(c => c.Id, conversation.Id));

    /// <summary>The same with everything that the page puts around it.</summary>
    public static IRenderedComponent<TeamScope> OpenInTeam(this BunitContext window, CurrentUser user, Conversation conversation) =>
        window.Render<TeamScope>(p => p.Add(s => s.User, user).AddChildContent<ConversationPane>(c => c.Add(x => x.User, user).Add(x => x.Id, conversation.Id)));

    /// <summary>The list with everything that the page puts around it.</summary>
    public static IRenderedComponent<TeamScope> ListInTeam(this BunitContext window, CurrentUser user, InboxFilter? filter = null) =>
        window.Render<TeamScope>(p => p.Add(s => s.User, user)
            .AddChildContent<ConversationList>(c => c.Add(x => x.User, user).Add(x => x.Filter, filter ?? InboxFilter.Default)));

    public static IRenderedComponent<ConversationList> List(this BunitContext window, CurrentUser user, InboxFilter? filter = null) =>
        window.Render<ConversationList>(p => p.Add(c => c.User, user).Add(c => c.Filter, filter ?? InboxFilter.Default));
}

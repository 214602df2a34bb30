using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;
using OzonSellerCenter.Orders;
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
        services.AddSingleton<TimeProvider>(shop.Clock);
        services.AddSingleton(shop.Db.Feed);
        services.AddSingleton(new EventLog(shop.Db.Databases));
        services.AddSingleton(shop.Inbox);
        services.AddSingleton(shop.Search);
        services.AddSingleton(shop.Conversations);
        services.AddSingleton(shop.Actions);
        services.AddSingleton(shop.Drafts);
        services.AddSingleton(shop.Db.Services.GetRequiredService<OrderQueries>());
        services.AddSingleton(shop.Db.Services.GetRequiredService<DeadlineQueries>());
        services.AddSingleton(shop.Db.Services.GetRequiredService<ConversationClocks>());
        services.AddSingleton(shop.Db.Services.GetRequiredService<IOptions<InboxOptions>>());
        services.AddScoped<Session>();
        return window;
    }

    /// <summary>Ids of the rows in their order.</summary>
    public static long[] Ids(this IRenderedComponent<ConversationList> list) =>
        [.. list.FindAll("[data-testid=conversation-row]").Select(r => long.Parse(r.GetAttribute("data-conversation-id")!, System.Globalization.CultureInfo.InvariantCulture))];

    public static IRenderedComponent<ConversationPane> Open(this BunitContext window, CurrentUser user, Conversation conversation) =>
        window.Render<ConversationPane>(p => p.Add(c => c.User, user).Add(c => c.Id, conversation.Id));

    public static IRenderedComponent<ConversationList> List(this BunitContext window, CurrentUser user, InboxFilter? filter = null) =>
        window.Render<ConversationList>(p => p.Add(c => c.User, user).Add(c => c.Filter, filter ?? InboxFilter.Default));
}

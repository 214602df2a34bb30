using Bunit;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>An open inbox whose person loses the store, or the right to answer in it.</summary>
public sealed class LostRightTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureOf _language = new("en-GB", "en");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_messages_order_and_figures_go_from_the_open_page()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync();
        var conversation = await shop.ConversationAsync(c =>
            (c.BuyerName, c.PostingNumber, c.DueAt, c.DueStartedAt, c.DueKind) = ("Ирина К.", "0138-4821-1", shop.Now.AddMinutes(18), shop.Now.AddHours(-3.7), 1));
        await shop.MessageAsync(conversation, "До какого числа можно вернуть?");
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<InboxPage>(p => p.Add(i => i.Id, conversation.Id));
        page.WaitForAssertion(
            () =>
            {
                Assert.Single(page.FindAll("[data-testid=conversation-row]"));
                Assert.Single(page.FindAll("[data-testid=message]"));
                Assert.Contains("Чайник стеклянный", page.Find(".pane-ctx").TextContent, StringComparison.Ordinal);
                Assert.Equal("1", page.Find(".bands .urgent b").TextContent);
            },
            Limit);

        await SetAsync(shop, shop.Agent, null);
        page.WaitForAssertion(
            () =>
            {
                Assert.Empty(page.FindAll("[data-testid=conversation-row], [data-testid=message], [data-testid=composer], .pane-ctx section"));
                Assert.DoesNotContain("Ирина", page.Markup, StringComparison.Ordinal);
                Assert.DoesNotContain("0138-4821-1", page.Markup, StringComparison.Ordinal);
                Assert.Equal("0", page.Find(".bands .urgent b").TextContent);
            },
            TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task An_agent_who_is_moved_to_the_support_desk_keeps_the_page_and_loses_the_reply_box()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<InboxPage>(p => p.Add(i => i.Id, conversation.Id));
        page.WaitForElement("[data-testid=composer]", Limit);
        await SetAsync(shop, shop.Agent, StoreRole.Support);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=composer]")), Limit);
        Assert.Single(page.FindAll("[data-testid=message]"));
    }

    public void Dispose() => _language.Dispose();

    /// <summary>As the team page does it.</summary>
    private static Task SetAsync(TestShop shop, CurrentUser user, StoreRole? role) => shop.WriteAsync(async db =>
    {
        var membership = await db.Memberships.SingleAsync(m => m.UserId == user.Id, Ct);
        if (role is { } given) membership.Role = given;
        else db.Memberships.Remove(membership);
        db.Announce(shop.Store.Id, EventKind.Membership, user.Id);
    });
}

using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Views;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox.Bulk;

/// <summary>Choosing rows and views, on the screen.</summary>
public sealed class BulkScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public BulkScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Rows_are_ticked_given_away_and_put_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var first = await shop.ConversationAsync(c => c.DueAt = shop.Now.AddHours(1));
        var second = await shop.ConversationAsync(c => c.DueAt = shop.Now.AddHours(2));
        await using var window = shop.WindowOf(shop.Agent);
        var list = window.ListInTeam(shop.Agent);
        list.WaitForState(() => list.FindAll("[data-testid=conversation-row]").Count == 2 && list.FindAll("[data-testid=pick]").Count == 1, Limit);
        Assert.Empty(list.FindAll("[role=checkbox]"));

        await list.Find("[data-testid=pick]").ClickAsync();
        await list.Find($"[data-conversation-id='{first.Id}']").ClickAsync();
        Assert.Equal(["true", "false"], list.FindAll("[role=checkbox]").Select(r => r.GetAttribute("aria-checked")!));
        Assert.Equal("1 conversation chosen", list.Find("[data-testid=bulk-count]").TextContent);
        await list.Find("[data-testid=bulk-all]").ClickAsync();
        list.WaitForState(() => list.Find("[data-testid=bulk-count]").TextContent == "2 conversations chosen", Limit);
        await list.Find("#bulk-assign [data-testid=assign-me]").ClickAsync();
        list.WaitForState(() => list.FindAll("[data-testid=bulk-result]").Count == 1, Limit);
        Assert.Equal("2 conversations done.", list.Find("[data-testid=bulk-result]").TextContent.Trim());
        Assert.Equal(2, await shop.ReadAsync(db => db.Conversations.CountAsync(c => c.AssigneeId == shop.Agent.Id, Ct)));

        await list.Find("[data-testid=bulk-undo]").ClickAsync();
        list.WaitForState(() => list.Find("[data-testid=bulk-result]").TextContent.Contains("put back", StringComparison.Ordinal), Limit);
        Assert.Equal(0, await shop.ReadAsync(db => db.Conversations.CountAsync(c => c.AssigneeId != null, Ct)));
        await list.Find("[data-testid=bulk-close]").ClickAsync();
        Assert.Empty(list.FindAll("[role=checkbox]"));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task An_answer_to_many_is_seen_filled_in_before_it_is_sent()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var name in new[] { "Ирина Котова", null })
        {
            var conversation = await shop.ConversationAsync(c => (c.BuyerName, c.WindowClosesAt) = (name, shop.Now.AddHours(40)));
            await shop.MessageAsync(conversation);
        }

        await using var window = shop.WindowOf(shop.Agent);
        var list = window.ListInTeam(shop.Agent);
        list.WaitForElement("[data-testid=pick]", Limit);
        await list.Find("[data-testid=pick]").ClickAsync();
        await list.Find("[data-testid=bulk-all]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-answer]", Limit);
        await list.Find("[data-testid=bulk-answer]").ClickAsync();
        await list.Find("[data-testid=bulk-text]").ChangeAsync("{buyer}, посылка едет.");
        await list.Find("[data-testid=bulk-preview]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-planned]", Limit);
        Assert.Contains("Ирина, посылка едет.", list.Find("[data-testid=bulk-planned]").TextContent, StringComparison.Ordinal);
        Assert.Equal("NothingFor", list.Find("[data-testid=bulk-unplanned]").GetAttribute("data-reason"));
        Assert.Equal(0, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(c => c.Kind == CommandKind.SendMessage, Ct)));

        await list.Find("[data-testid=bulk-send]").ClickAsync();
        list.WaitForElement("[data-testid=bulk-result]", Limit);
        Assert.Equal(["Ирина, посылка едет."], await shop.ReadAsync(db => db.Messages.Where(m => m.Author == MessageAuthor.Seller).Select(m => m.Text).ToListAsync(Ct)));
    }

    [Fact]
    public async Task The_support_desk_is_not_offered_to_choose()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Support);
        var list = window.ListInTeam(shop.Support);
        list.WaitForElement("[data-testid=conversation-row]", Limit);
        Assert.Empty(list.FindAll("[data-testid=pick]"));
    }

    [Fact]
    public async Task What_is_shown_is_kept_as_a_view_counted_and_removed_and_brought_back()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.ConversationAsync(c => c.Unread = 1);
        await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var filter = InboxFilter.Default with { Unread = true };
        var stores = new[] { new InboxStore(shop.Store.Id, shop.Store.Name, "Europe/Moscow") };
        var scope = window.Render<TeamScope>(p => p.Add(s => s.User, shop.Agent)
            .AddChildContent<ListHead>(c => c.Add(v => v.User, shop.Agent).Add(v => v.Filter, filter).Add(v => v.Counts, InboxCounts.None).Add(v => v.Stores, stores)));
        scope.WaitForElement("[data-testid=view-for]", Limit);
        await scope.Find(".views-menu form").SubmitAsync();
        Assert.Contains("needs a name", scope.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        await scope.Find("[data-testid=view-name]").ChangeAsync("Новые");
        await scope.Find("[data-testid=view-for]").ChangeAsync($"{shop.Store.Id}");
        await scope.Find(".views-menu form").SubmitAsync();
        scope.WaitForState(() => scope.FindAll("[data-testid=view] .c").Count == 1, Limit);
        Assert.Equal("1", scope.Find("[data-testid=view] .c").TextContent);
        Assert.Equal("Новые", scope.Find("[data-testid=views]").TextContent.Trim());
        Assert.Equal("/inbox?unread=1", scope.Find("[data-testid=view] a").GetAttribute("href"));

        await scope.Find("[data-testid=view-remove]").ClickAsync();
        scope.WaitForElement("[data-testid=view-undo]", Limit);
        Assert.Equal("Inbox", scope.Find("[data-testid=views]").TextContent.Trim());
        await scope.Find("[data-testid=view-undo]").ClickAsync();
        scope.WaitForState(() => scope.FindAll("[data-testid=view]").Count == 1, Limit);
        Assert.Equal(shop.Store.Id, await shop.ReadAsync(db => db.SavedViews.Select(v => v.StoreId).SingleAsync(Ct)));
    }
}

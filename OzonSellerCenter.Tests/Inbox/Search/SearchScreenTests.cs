using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Shell;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox.Search;

public sealed class SearchScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public SearchScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_result_shows_the_message_with_marks_and_leads_to_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.BuyerName = "Ирина К.");
        var message = await shop.MessageAsync(conversation, "Оформите <b>возвраты</b>, прошу");
        await shop.MessageAsync(conversation, "Спасибо!", change: m => m.SentAt = shop.Now.AddMinutes(1));
        await using var window = shop.WindowOf(shop.Agent);

        var results = Show(window, shop, "djpdhfn");
        results.WaitForState(() => Rows(results).Count == 1, Limit);

        var row = Rows(results)[0];
        Assert.Equal($"/inbox/{conversation.Id}?q=djpdhfn&at={message.Id}", row.GetAttribute("href"));
        Assert.Equal(["возвраты"], row.QuerySelectorAll("mark").Select(m => m.TextContent));
        Assert.Contains("Оформите <b>возвраты</b>, прошу", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("other keyboard layout: возврат", results.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 conversation shown", results.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_found_beside_the_message_is_named_in_its_row()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync(change: p => p.TrackingNumber = "RB123456785CN");
        await shop.MessageAsync(await shop.ConversationAsync(c => (c.OrderNumber, c.PostingNumber) = ("0138-4821", "0138-4821-1")));
        await using var window = shop.WindowOf(shop.Agent);
        var results = Show(window, shop, "6785cn");
        results.WaitForState(() => Rows(results).Count == 1, Limit);
        Assert.Equal("Tracking RB123456785CN", Rows(results)[0].QuerySelector(".pv")!.TextContent.Trim());
        Assert.Equal("6785CN", Rows(results)[0].QuerySelector("mark")!.TextContent);
        var byNumber = Show(window, shop, "4821");
        byNumber.WaitForState(() => Rows(byNumber).Count == 1, Limit);
        Assert.Equal("4821", Rows(byNumber)[0].QuerySelector(".mt mark")!.TextContent);
    }

    [Fact]
    public async Task Nothing_found_a_refusal_and_a_failure_each_say_what_to_do()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        Assert.Contains("Check the spelling", await StateAsync(InboxFilter.Default with { Query = "возврат" }), StringComparison.Ordinal);
        Assert.Contains("Search without filters", await StateAsync(InboxFilter.Default with { Query = "возврат", Unread = true }), StringComparison.Ordinal);
        Assert.Contains("type letters or digits", await StateAsync(InboxFilter.Default with { Query = "?!" }), StringComparison.Ordinal);
        Assert.Contains("at least 3 characters", await StateAsync(InboxFilter.Default with { Query = "order:1" }), StringComparison.Ordinal);

        await shop.MessageAsync(await shop.ConversationAsync(), "Возврат");
        await shop.WriteAsync(db => db.Database.ExecuteSqlAsync($"""ALTER TABLE "SearchVocabulary" RENAME TO "Away" """, Ct));
        var results = Show(window, shop, "возврат");
        results.WaitForState(() => results.FindAll("[role=alert]").Count == 1, Limit);
        await shop.WriteAsync(db => db.Database.ExecuteSqlAsync($"""ALTER TABLE "Away" RENAME TO "SearchVocabulary" """, Ct));
        await results.Find(".state button").ClickAsync();
        results.WaitForState(() => Rows(results).Count == 1, Limit);

        Task<string> StateAsync(InboxFilter filter)
        {
            var empty = window.Render<SearchResults>(p => p.Add(c => c.User, shop.Agent).Add(c => c.Filter, filter));
            empty.WaitForState(() => empty.FindAll(".state").Count == 1, Limit);
            return Task.FromResult(empty.Find(".state").TextContent);
        }
    }

    [Fact]
    public async Task Results_change_in_place_and_neither_move_nor_grow()
    {
        await using var shop = await TestShop.OpenAsync();
        var first = await shop.ConversationAsync();
        await shop.MessageAsync(first, "Первый возврат", MessageAuthor.Seller, m => m.SentAt = shop.Now.AddMinutes(-2));
        var second = await shop.ConversationAsync();
        await shop.MessageAsync(second, "Второй возврат", MessageAuthor.Seller, m => m.SentAt = shop.Now.AddMinutes(-1));
        await using var window = shop.WindowOf(shop.Agent);
        var results = Show(window, shop, "возврат");
        results.WaitForState(() => Rows(results).Count == 2, Limit);

        await shop.MessageAsync(await shop.ConversationAsync(), "Третий возврат");
        await shop.MessageAsync(first, "Ещё возврат");
        results.WaitForState(() => results.FindAll(".crow.unread").Count == 1, Limit);
        Assert.Equal([second.Id, first.Id], Rows(results).Select(r => long.Parse(r.GetAttribute("data-conversation-id")!, CultureInfo.InvariantCulture)));

        // The filter in the address is changed: now everything is looked for anew.
        results.Render(p => p.Add(c => c.Filter, InboxFilter.Default with { Query = "возврат", Unread = true }));
        results.WaitForState(() => Rows(results).Count == 2 && Rows(results)[0].GetAttribute("data-conversation-id") == $"{first.Id}", Limit);
    }

    [Fact]
    public async Task A_conversation_opened_at_a_message_loads_back_to_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        var old = await shop.MessageAsync(conversation, "Старое", change: m => m.SentAt = shop.Now.AddDays(-9));
        await shop.WriteAsync(db =>
        {
            for (var i = 0; i < 2 * ConversationQueries.PageSize; i++)
            {
                db.Messages.Add(new Message { StoreId = shop.Store.Id, ConversationId = conversation.Id, Author = MessageAuthor.Buyer, Text = $"{i}", SentAt = shop.Now.AddDays(-8).AddMinutes(i) });
            }

            return Task.CompletedTask;
        });
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Render<ConversationPane>(p => p.Add(c => c.User, shop.Agent).Add(c => c.Id, conversation.Id).Add(c => c.At, old.Id));
        pane.WaitForState(() => pane.FindAll(".msg.found").Count == 1, Limit);
        Assert.Contains("Старое", pane.Find(".msg.found").TextContent, StringComparison.Ordinal);
        pane.WaitForAssertion(() => Assert.Contains(window.JSInterop.Invocations, i => i.Identifier == "show" && Equals(i.Arguments[0], old.Id)), Limit);
    }

    [Fact]
    public async Task The_search_box_leads_to_the_results_in_the_store_that_is_shown()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var navigation = window.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/due?store=7");
        var box = window.Render<SearchBox>();
        box.Find("input").Change("возврат & \"заказ\"");
        await box.Find("form").SubmitAsync();
        Assert.EndsWith("/inbox?store=7&q=%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82%20%26%20%22%D0%B7%D0%B0%D0%BA%D0%B0%D0%B7%22", navigation.Uri, StringComparison.Ordinal);
        navigation.NavigateTo("/inbox?q=другое");
        box.WaitForState(() => box.Find("input").GetAttribute("value") == "другое", Limit);
        box.Find("input").Change(" ");
        await box.Find("form").SubmitAsync();
        Assert.EndsWith("/inbox", navigation.Uri, StringComparison.Ordinal);
    }

    private static IRenderedComponent<SearchResults> Show(BunitContext window, TestShop shop, string query) =>
        window.Render<SearchResults>(p => p.Add(c => c.User, shop.Agent).Add(c => c.Filter, InboxFilter.Default with { Query = query }));

    private static IReadOnlyList<IElement> Rows(IRenderedComponent<SearchResults> results) => results.FindAll("[data-testid=conversation-row]");
}

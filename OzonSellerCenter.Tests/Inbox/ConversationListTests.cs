using System.Globalization;
using Bunit;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

public sealed class ConversationListTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public ConversationListTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task The_list_shows_who_writes_what_about_which_order_and_which_clock_runs()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync();
        var conversation = await shop.ConversationAsync(c => (c.BuyerName, c.PostingNumber, c.DueAt, c.DueStartedAt, c.DueRuleMinutes, c.DueKind) =
            ("Ирина К.", "0138-4821-1", shop.Now.AddMinutes(18), shop.Now.AddHours(-18.7), 240, 1));
        await shop.MessageAsync(conversation, "До какого числа можно вернуть?");
        await using var window = shop.WindowOf(shop.Agent);

        var list = window.List(shop.Agent);
        list.WaitForState(() => list.FindAll("[data-testid=conversation-row]").Count == 1, Limit);

        var row = list.Find("[data-testid=conversation-row]");
        Assert.Equal($"{conversation.Id}", row.GetAttribute("data-conversation-id"));
        Assert.Equal($"/inbox/{conversation.Id}", row.GetAttribute("href"));
        Assert.Contains("unread", row.ClassList);
        foreach (var words in new[] { "Ирина К.", "До какого числа можно вернуть?", "0138-4821-1", "Delivered", "target 4\u00a0h" })
        {
            Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        }

        Assert.NotNull(row.QuerySelector("due-chip[data-testid=countdown]"));
        list.WaitForAssertion(() => Assert.Equal("1", list.Find(".bands .urgent b").TextContent), Limit);
    }

    [Fact]
    public async Task A_new_message_changes_its_row_and_takes_its_place_at_once_while_the_hand_is_off_the_list()
    {
        await using var shop = await TestShop.OpenAsync();
        var first = await shop.ConversationAsync(c => c.LastAt = shop.Now.AddHours(-2));
        var second = await shop.ConversationAsync(c => c.LastAt = shop.Now.AddHours(-1));
        await using var window = shop.WindowOf(shop.Agent);
        var list = window.List(shop.Agent);
        list.WaitForState(() => list.Ids().SequenceEqual([second.Id, first.Id]), Limit);

        await shop.MessageAsync(first, "Я тут!");
        list.WaitForState(() => list.Ids().SequenceEqual([first.Id, second.Id]), Limit);
        Assert.Contains("Я тут!", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_the_hand_no_row_moves_a_pill_tells_what_waits_and_a_press_puts_it_in_place()
    {
        await using var shop = await TestShop.OpenAsync();
        var first = await shop.ConversationAsync(c => c.LastAt = shop.Now.AddHours(-2));
        var second = await shop.ConversationAsync(c => c.LastAt = shop.Now.AddHours(-1));
        await using var window = shop.WindowOf(shop.Agent);
        var list = window.List(shop.Agent);
        list.WaitForState(() => list.Ids().Length == 2, Limit);
        await list.InvokeAsync(() => list.Instance.HoldAsync(true));

        await shop.MessageAsync(first, "Я тут!");
        var third = await shop.ConversationAsync();
        await shop.MessageAsync(third, "Новый");
        list.WaitForAssertion(() => Assert.Equal("2 changes above", list.Find(".new-pill button").TextContent), Limit);
        Assert.Equal([second.Id, first.Id], list.Ids());
        Assert.Contains("Я тут!", list.Markup, StringComparison.Ordinal);

        await list.Find(".new-pill button").ClickAsync();
        list.WaitForState(() => list.Ids().Length == 3 && list.Ids()[2] == second.Id, Limit);
        Assert.Empty(list.FindAll(".new-pill"));
    }

    [Fact]
    public async Task The_open_conversation_stays_in_the_list_when_the_filter_would_drop_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await using var window = shop.WindowOf(shop.Agent);
        var list = window.Render<ConversationList>(p => p
            .Add(c => c.User, shop.Agent).Add(c => c.Filter, InboxFilter.Default with { Unread = true }).Add(c => c.Selected, conversation.Id));
        list.WaitForState(() => list.Ids().Length == 1, Limit);
        await shop.Actions.MarkReadAsync(shop.Agent, conversation.Id, Ct);
        list.WaitForState(() => list.FindAll(".crow.unread").Count == 0, Limit);
        Assert.Equal([conversation.Id], list.Ids());
    }
}

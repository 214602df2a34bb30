using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

public sealed class ConversationPaneTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public ConversationPaneTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<string> HostileTexts =>
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "![](javascript:alert(1))",
        "[click](javascript:alert(1))",
        "&lt;b&gt;",
        "<!--",
        "</textarea><iframe src=//evil.test>",
        "\u202Eevil\u202C",
    ];

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_live_message_appears_in_the_open_conversation_and_the_reply_box_is_the_same_as_before()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation, "Первое");
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        pane.WaitForElement("[data-testid=composer]", Limit);
        var composer = pane.FindComponent<Composer>().Instance;
        await pane.InvokeAsync(() => composer.SaveDraftAsync("Набираю отв"));

        await shop.MessageAsync(conversation, "Второе");
        pane.WaitForState(() => pane.FindAll("[data-testid=message]").Count == 2, Limit);

        Assert.Same(composer, pane.FindComponent<Composer>().Instance);
        Assert.Equal("Набираю отв", (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Text);

        // The server never writes into the box: its text is the browser's, whatever is drawn around it.
        Assert.Null(pane.Find("[data-testid=composer]").GetAttribute("value"));
        Assert.Equal("", pane.Find("[data-testid=composer]").TextContent);
        Assert.Contains("Второе", pane.Find("p[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_a_conversation_marks_it_read()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        pane.WaitForElement("[data-testid=message]", Limit);
        await ClockTest.UntilAsync(() => shop.ReadAsync(db => db.Conversations.AllAsync(c => c.Unread == 0, Ct)), "nothing unread");
        Assert.Contains("1 new", pane.Find(".day.new").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_shown_as_sending_with_a_way_back_and_comes_back_into_the_draft()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        pane.WaitForElement("[data-testid=composer]", Limit);

        await pane.InvokeAsync(() => pane.FindComponent<Composer>().Instance.SendAsync("Приедет завтра", Guid.NewGuid().ToString()));
        pane.WaitForElement("[data-testid=message][data-state=sending]", Limit);
        await pane.Find("[data-testid=undo-send]").ClickAsync();
        pane.WaitForState(() => pane.FindAll("[data-state=sending]").Count == 0, Limit);
        Assert.Equal("Приедет завтра", (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Text);
    }

    [Fact]
    public async Task Only_who_sent_a_message_is_offered_to_take_it_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.Actions.SendAsync(shop.Agent, await shop.ReplyAsync(shop.Agent, conversation, "Приедет завтра"), Ct);
        await using var window = shop.WindowOf(shop.Owner);
        var pane = window.Open(shop.Owner, conversation);
        pane.WaitForElement("[data-state=sending]", Limit);
        Assert.Empty(pane.FindAll("[data-testid=undo-send]"));
    }

    [Fact]
    public async Task A_colleagues_answer_stops_the_send_says_so_and_a_second_press_sends_anyway()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        pane.WaitForElement("[data-testid=composer]", Limit);
        var composer = pane.FindComponent<Composer>();
        await pane.InvokeAsync(() => composer.Instance.SaveDraftAsync("Приедет"));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.Actions.SendAsync(shop.Owner, await shop.ReplyAsync(shop.Owner, conversation, "Уже едет"), Ct);
        pane.WaitForState(() => pane.Markup.Contains("Уже едет", StringComparison.Ordinal), Limit);

        var key = Guid.NewGuid().ToString();
        await pane.InvokeAsync(() => composer.Instance.SendAsync("Приедет завтра", key));
        Assert.Contains("A colleague answered", pane.Find("[data-testid=send-refused]").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(c => c.Kind == CommandKind.SendMessage, Ct)));

        await pane.Find("[data-testid=send-anyway]").ClickAsync();
        await pane.InvokeAsync(() => composer.Instance.SendAsync("Приедет завтра", key));
        Assert.Equal(2, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(c => c.Kind == CommandKind.SendMessage, Ct)));
        pane.WaitForState(() => pane.FindAll("[data-testid=send-refused]").Count == 0, Limit);
    }

    [Fact]
    public async Task A_refused_message_says_why_keeps_its_text_and_can_be_changed()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation, "Звоните мне", MessageAuthor.Seller, m =>
            (m.State, m.Refusal, m.RefusalDetail) = (MessageState.Refused, "SubscriptionRequired", "available starting from the premium plus"));
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        var message = pane.WaitForElement("[data-testid=message][data-state=refused]", Limit);
        Assert.Contains("Звоните мне", message.TextContent, StringComparison.Ordinal);
        Assert.Contains("Premium Plus", message.QuerySelector(".why b")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("premium plus", message.QuerySelector(".why")!.TextContent, StringComparison.Ordinal);

        await pane.FindAll("[data-state=refused] button")[0].ClickAsync();
        pane.WaitForState(() => pane.FindAll("[data-state=refused]").Count == 0, Limit);
        Assert.Equal("Звоните мне", (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Text);
    }

    [Fact]
    public async Task A_window_that_closes_while_one_looks_takes_the_box_away_and_says_why_and_a_new_message_brings_it_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.WindowClosesAt = shop.Now.AddMinutes(5));
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        pane.WaitForElement("[data-testid=composer]", Limit);

        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        var closed = pane.WaitForElement("[data-testid=composer-closed]", Limit);
        Assert.Contains("The reply window closed at 15:05.", closed.TextContent, StringComparison.Ordinal);
        Assert.Empty(pane.FindAll("[data-testid=composer]"));

        await shop.WriteAsync(async db =>
        {
            (await db.Conversations.SingleAsync(Ct)).WindowClosesAt = shop.Now.AddHours(48);
            db.Announce(shop.Store.Id, EventKind.Conversation, $"{conversation.Id}");
        });
        pane.WaitForElement("[data-testid=composer]", Limit);
    }

    [Fact]
    public async Task The_support_desk_sees_the_conversation_without_a_box()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await using var window = shop.WindowOf(shop.Support);
        var pane = window.Open(shop.Support, conversation);
        pane.WaitForElement("[data-testid=composer-closed]", Limit);
        Assert.Single(pane.FindAll("[data-testid=message]"));
        Assert.Empty(pane.FindAll("[data-testid=composer]"));
    }

    [Fact]
    public async Task A_conversation_of_another_store_shows_what_a_missing_one_shows()
    {
        await using var shop = await TestShop.OpenAsync();
        var (other, _) = await shop.OtherStoreAsync();
        var foreign = await shop.ConversationAsync(c => c.BuyerName = "Тайна", store: other);
        await shop.MessageAsync(foreign, "Секрет");
        await using var window = shop.WindowOf(shop.Agent);
        var (one, two) = (window.Open(shop.Agent, foreign), window.Render<ConversationPane>(p => p.Add(c => c.User, shop.Agent).Add(c => c.Id, 999_999)));
        one.WaitForState(() => one.Markup.Contains("There is no such conversation", StringComparison.Ordinal), Limit);
        two.WaitForState(() => two.Markup.Contains("There is no such conversation", StringComparison.Ordinal), Limit);
        Assert.Equal(one.Find("section").TextContent, two.Find("section").TextContent);
    }

    [Theory, MemberData(nameof(HostileTexts))]
    public async Task What_a_stranger_wrote_is_shown_as_text(string hostile)
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.BuyerName = hostile);
        await shop.MessageAsync(conversation, hostile, change: m => m.Attachments.Add(new Attachment
        {
            StoreId = shop.Store.Id,
            ConversationId = conversation.Id,
            Name = hostile,
            Sha256 = new string('a', 64),
        }));
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        Assert.Equal(hostile, pane.WaitForElement("[data-testid=message] .bub", Limit).TextContent);
        var list = window.List(shop.Agent);
        list.WaitForState(() => list.Ids().Length == 1, Limit);
        Assert.Equal(hostile, list.Find(".crow .nm .cut").TextContent);
        foreach (var dangerous in new[] { "script", "iframe", "img", "[onerror]", "[onload]", "a[href^=javascript]" })
        {
            Assert.Empty(pane.FindAll(dangerous));
            Assert.Empty(list.FindAll(dangerous));
        }
    }
}

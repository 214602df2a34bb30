using System.Globalization;
using System.Resources;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Orders;

public sealed class ProactiveTemplateTests
{
    private static readonly Posting Known = new()
    {
        PostingNumber = "0138-4821-1",
        OrderNumber = "0138-4821",
        BuyerName = "Анна",
        TrackingNumber = "RB1",
        Carrier = "СДЭК",
        DeliverBy = new DateTime(2026, 11, 24, 22, 0, 0, DateTimeKind.Utc),
    };

    public static TheoryData<ProactiveEvent> Events => [.. Enum.GetValues<ProactiveEvent>()];

    [Theory, MemberData(nameof(Events))]
    public void The_usual_words_are_right_and_need_no_fact_that_an_ordinary_order_lacks(ProactiveEvent what)
    {
        Assert.Null(ProactiveTemplate.WhatIsWrong(ProactiveTemplate.UsualOf(what)));
        var filled = ProactiveTemplate.Fill(ProactiveTemplate.UsualOf(what), Known, "Чайники", ShopTime.Moscow);
        Assert.Empty(filled.Missing);
        Assert.DoesNotContain('{', filled.Text);
    }

    [Fact]
    public void Facts_stand_in_the_words_of_the_buyer_and_by_the_clock_of_the_shop() => Assert.Equal(
        "Анна, 0138-4821, 0138-4821-1, RB1, СДЭК, 25 ноября, Чайники",
        ProactiveTemplate.Fill("{buyer}, {order}, {posting}, {tracking}, {carrier}, {date}, {shop}", Known, "Чайники", ShopTime.Moscow).Text);

    [Fact]
    public void What_is_not_known_is_named_but_a_buyer_without_a_name_is_greeted()
    {
        var filled = ProactiveTemplate.Fill("{buyer} {tracking} {date} {date}", new Posting { PostingNumber = "1-1" }, "Чайники", ShopTime.Moscow);
        Assert.Equal(["tracking", "date"], filled.Missing);
        Assert.StartsWith("уважаемый покупатель", filled.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "TemplateEmpty")]
    [InlineData(" \n ", "TemplateEmpty")]
    [InlineData("Здравствуйте, {byuer}!", "PlaceholderUnknown")]
    [InlineData("{Buyer}", "PlaceholderUnknown")]
    [InlineData("{}", "PlaceholderUnknown")]
    [InlineData("{ {buyer} и }", null)]
    [InlineData("Едет", null)]
    public void A_wrong_template_is_named(string template, string? key) => Assert.Equal(key, ProactiveTemplate.WhatIsWrong(template)?.Key);

    [Fact]
    public void The_length_is_that_of_the_filled_text_in_characters_as_Ozon_counts_them()
    {
        Assert.Null(ProactiveTemplate.WhatIsWrong(string.Concat(Enumerable.Repeat("📦", 1000))));
        Assert.Equal("TemplateTooLong", ProactiveTemplate.WhatIsWrong(new string('а', 1001))?.Key);
        Assert.Equal("TemplateTooLong", ProactiveTemplate.WhatIsWrong(new string('а', 990) + "{buyer}")?.Key);
        Assert.Equal(["{byuer}, {x}", ProactiveTemplate.InBraces(ProactiveTemplate.Placeholders)], ProactiveTemplate.WhatIsWrong("{byuer} {x} {shop}")!.Args);
    }

    [Fact]
    public void Every_event_state_and_reason_has_its_words()
    {
        var texts = new ResourceManager(typeof(ProactiveTexts));
        string[] reasons =
        [
            "BuyerWaits", "ChatClosed", "ChatRefused", "FactMissing", "NoChatOffered", "NotPaid", "OnlyReplies", "OrderCancelled", "Overtaken", "PersonAnswered", "SwitchedOff",
            "TooLate", "TooLong", "WindowClosed",
        ];
        Assert.All(
            [
                .. Enum.GetNames<ProactiveEvent>().SelectMany(e => new[] { $"Event_{e}", $"When_{e}" }), .. reasons.Select(r => $"Skipped_{r}"), "State_Waiting", "State_Told",
                "NotFound", "OwnersOnly", "TemplateEmpty", "TemplateTooLong", "PlaceholderUnknown",
            ],
            key => Assert.NotNull(texts.GetString(key, CultureInfo.InvariantCulture)));
        var late = new ResourceManager(typeof(OrdersTexts));
        Assert.All(Enum.GetNames<LateReason>(), reason => Assert.NotNull(late.GetString($"Late_{reason}", CultureInfo.InvariantCulture)));
    }
}

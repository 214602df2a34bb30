using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Until when Ozon lets the seller write, to the second.</summary>
public sealed class ReplyWindowTests
{
    private static readonly DateTime T0 = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    private static Chat Chat(DateTime? buyerWrote) =>
        new() { Id = "", Type = "BUYER_SELLER", Status = "OPENED", BuyerWroteAt = buyerWrote };

    private static Posting Posting(string scheme, DateTime? delivered = null, DateTime? cancelled = null) => new()
    {
        OrderNumber = "",
        PostingNumber = "",
        Status = "",
        Substatus = "",
        TrackingNumber = "",
        Address = "",
        Scheme = scheme,
        InProcessAt = T0.AddDays(-5),
        DeliveredAt = delivered,
        CancelledAt = cancelled,
    };

    [Theory]
    [InlineData(48 * 3600, true)]
    [InlineData((48 * 3600) + 1, false)]
    public void A_question_about_a_product_can_be_answered_for_48_hours(int secondsAfter, bool open) =>
        Assert.Equal(open, ReplyWindow.IsOpen(Chat(T0), null, T0.AddSeconds(secondsAfter)));

    [Theory]
    [InlineData("FBS", 72 * 3600, true)]
    [InlineData("FBS", (72 * 3600) + 1, false)]
    [InlineData("RFBS", 72 * 3600, true)]
    [InlineData("RFBS", (72 * 3600) + 1, false)]
    [InlineData("FBO", 48 * 3600, false)]
    public void After_delivery_the_seller_may_write_first_for_72_hours_but_never_on_FBO(string scheme, int secondsAfter, bool open)
    {
        Assert.Equal(open, ReplyWindow.IsOpen(Chat(null), Posting(scheme, delivered: T0), T0.AddSeconds(secondsAfter)));
        Assert.Equal(open, ReplyWindow.MayStart(Posting(scheme, delivered: T0), T0.AddSeconds(secondsAfter)));
    }

    [Fact]
    public void The_longer_of_both_windows_counts()
    {
        var posting = Posting("FBS", delivered: T0);
        Assert.True(ReplyWindow.IsOpen(Chat(T0.AddHours(60)), posting, T0.AddHours(108)));
        Assert.False(ReplyWindow.IsOpen(Chat(T0.AddHours(60)), posting, T0.AddHours(108).AddSeconds(1)));
        Assert.True(ReplyWindow.IsOpen(Chat(T0.AddDays(-9)), posting, T0.AddHours(72)));
    }

    [Fact]
    public void On_the_way_there_is_no_limit_and_before_payment_no_right()
    {
        Assert.True(ReplyWindow.MayStart(Posting("FBS"), T0.AddDays(200)));
        Assert.False(ReplyWindow.MayStart(Posting("FBS"), T0.AddDays(-6)));
        Assert.False(ReplyWindow.MayStart(Posting("FBS", cancelled: T0), T0));
        Assert.True(ReplyWindow.IsOpen(Chat(T0), Posting("FBS", cancelled: T0), T0.AddHours(48)));
    }

    [Fact]
    public async Task A_send_after_the_window_is_refused_and_nothing_is_written()
    {
        await using var host = await SandboxHost.StartAsync();
        var chatId = await host.BuyerAsksAsync("Здравствуйте!");
        var send = new JsonObject { ["chat_id"] = chatId, ["text"] = "Добрый день!" };
        await host.AdvanceAsync("PT47H59M");
        Assert.Equal("""{"result":"success"}""", (await host.CallAsync("/v1/chat/send/message", send)).Text);
        await host.AdvanceAsync("PT1M");
        Assert.Equal("403/7 access period has expired", (await host.CallAsync("/v1/chat/send/message", send)).Refusal);
        Assert.Equal(2, (await host.ChatAsync(chatId))["messages"]!.AsArray().Count);
        await host.ControlAsync("buyer-message", new JsonObject { ["chatId"] = chatId, ["text"] = "Вы тут?" });
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/v1/chat/send/message", send)).Status);
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Tests.Background;
using static OzonSellerCenter.Tests.Background.PostingStory;
using static OzonSellerCenter.Tests.Orders.ProactiveBench;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>What keeps the program from telling, each with its reason on record.</summary>
public sealed class ProactiveSkipTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ozons_own_parcels_are_only_answered_about()
    {
        await using var test = await ShippedAsync(p => p with { DeliverySchema = "FBO" });
        Assert.Equal("OnlyReplies", await test.SkippedAsync());
    }

    [Fact]
    public async Task An_order_that_is_not_paid_is_not_written_about()
    {
        await using var test = await ShippedAsync(p => p with { InProcessAt = null });
        Assert.Equal("NotPaid", await test.SkippedAsync());
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(71, null)]
    [InlineData(72, "TooLate")]
    public async Task The_window_after_delivery_closes(int hours, string? reason)
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.SwitchOnAsync(ProactiveEvent.Delivered);
        await test.ChatOfParcelAsync();
        await test.TakeAsync(Parcel.OnTheWay());
        var deliveredAt = test.Now;
        test.Time.Advance(TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(1));
        await test.TakeAsync(Parcel with { Status = "delivered", FactDeliveryDate = deliveredAt });
        if (reason is not null) Assert.Equal(reason, await test.SkippedAsync());
        else
        {
            await test.TellAsync();
            Assert.Single(await test.WrittenAsync());
        }
    }

    [Fact]
    public async Task What_waited_until_the_window_had_closed_is_not_told()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.SwitchOnAsync(ProactiveEvent.Delivered);
        await test.ChatOfParcelAsync();
        await test.TakeAsync(Parcel.OnTheWay());
        var deliveredAt = test.Now;
        test.Time.Advance(TimeSpan.FromHours(71));
        await test.TakeAsync(Parcel with { Status = "delivered", FactDeliveryDate = deliveredAt });
        test.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("WindowClosed", await test.SkippedAsync());
    }

    [Fact]
    public async Task Nobody_talks_into_a_buyer_who_waits()
    {
        await using var test = await ShippedAsync(chat: c => c.WaitingSince = BackgroundTest.Noon);
        Assert.Equal("BuyerWaits", await test.SkippedAsync());
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task Nobody_talks_after_a_colleague_who_has_just_written(int minutes, bool isSkipped)
    {
        await using var test = await ShippedAsync();
        var chat = await test.ReadAsync(db => db.Conversations.Select(c => c.Id).SingleAsync(Ct));
        await test.ReplyAsync(chat, "Отправим сегодня");
        await test.DispatchDueAsync();
        test.Time.Advance(TimeSpan.FromMinutes(minutes));
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
        await test.TellAsync();
        var note = Assert.Single(await test.NotesAsync());
        Assert.Equal(isSkipped ? "PersonAnswered" : null, note.Reason);
        Assert.Equal(isSkipped ? 0 : 1, (await test.WrittenAsync()).Count);
    }

    [Fact]
    public async Task A_closed_chat_is_not_written_to()
    {
        await using var test = await ShippedAsync(chat: c => c.IsClosed = true);
        Assert.Equal("ChatClosed", await test.SkippedAsync());
    }

    [Fact]
    public async Task A_chat_is_opened_only_where_Ozon_offers_it()
    {
        await using var test = await ShippedAsync(p => p with { AvailableActions = ["ship"] }, chat: c => c.OrderNumber = "another");
        Assert.Equal("NoChatOffered", await test.SkippedAsync());
        Assert.False(await test.ReadAsync(db => db.OutboundCommands.AnyAsync(Ct)));
    }

    [Fact]
    public async Task A_text_whose_fact_is_unknown_is_not_sent_with_a_hole()
    {
        await using var test = await BackgroundTest.CreateAsync();
        Assert.True((await ActionsOf(test).SetAsync(test.Owner, test.StoreId, ProactiveEvent.Shipped, true, "Привезут {date}", Ct)).IsDone);
        await test.ChatOfParcelAsync();
        await test.TakeAsync(Parcel);
        await test.TakeAsync(Parcel.OnTheWay());
        Assert.Equal("FactMissing", await test.SkippedAsync());
    }

    [Fact]
    public async Task Switched_off_meanwhile_it_is_not_told()
    {
        await using var test = await ShippedAsync();
        await ActionsOf(test).SetAsync(test.Owner, test.StoreId, ProactiveEvent.Shipped, false, "Едет", Ct);
        Assert.Equal("SwitchedOff", await test.SkippedAsync());
    }

    [Fact]
    public async Task What_could_not_be_told_for_a_day_is_no_news_any_more()
    {
        await using var test = await ShippedAsync(chat: c => c.NeedsSync = true);
        await test.TellAsync();
        Assert.Equal(ProactiveState.Waiting, Assert.Single(await test.NotesAsync()).State);
        test.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal("TooLate", await test.SkippedAsync());
    }

    [Fact]
    public async Task What_newer_news_has_overtaken_is_not_told()
    {
        await using var test = await ShippedAsync();
        await test.TakeAsync(Parcel with { Status = "cancelled" });
        Assert.Equal("Overtaken", await test.SkippedAsync());
    }

    private static async Task<BackgroundTest> ShippedAsync(Func<OzonPosting, OzonPosting>? told = null, Action<Conversation>? chat = null)
    {
        var test = await BackgroundTest.CreateAsync();
        await test.SwitchOnAsync(ProactiveEvent.Shipped);
        await test.TakeAsync(told?.Invoke(Parcel) ?? Parcel);
        await test.ChatOfParcelAsync(chat);
        await using (var db = await test.Databases.ForSystemAsync(Ct))
        {
            // As it stood when the event came: the intake itself would reckon the chat anew from its messages.
            var posting = await db.Postings.Include(p => p.Items).SingleAsync(Ct);
            var before = ProactiveStand.Of(posting);
            (posting.Status, posting.TrackingNumber) = ("delivering", "RB123456785CN");
            await test.Get<ProactiveNotes>().TakeAsync(db, posting, before, Ct);
            await db.CommitAsync(Ct);
        }

        return test;
    }
}

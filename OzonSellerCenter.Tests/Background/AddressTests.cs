using System.Net;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Tests.Sandbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Another address: changed once, told to the buyer once, and its old label holds no longer.</summary>
public sealed class AddressTests
{
    private const string New = "ул. Новая, д. 2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Mishaps => DeedTests.Mishaps;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    [Theory, MemberData(nameof(Mishaps))]
    public async Task Whatever_the_network_does_it_is_changed_once_and_the_buyer_is_told_once(string mishap)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = await KnownAsync(test);
        if (mishap != nameof(Fate.Taken)) parcel.Fates.Enqueue((Fate)typeof(Fate).GetField(mishap)!.GetValue(null)!);
        await AskAsync(test, New);
        await test.DispatchAllAsync();
        Assert.Equal((New, 1), (parcel.Address, parcel.Made["/extension/v1/posting/address/change"]));
        Assert.Equal([AddressNotice.TextOf(FakeParcel.Number, New)], test.Ozon.SentTo("chat-1"));
        var told = await test.ReadAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Author == MessageAuthor.Seller, Ct));
        Assert.Equal((test.Owner.Id, MessageState.Sent), (told.SentBy, told.State));
        Assert.Equal(BuyerTold.Yes, (await OpenAsync(test)).Readdressed?.Told);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_second_one_is_refused_with_the_rule(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var parcel = await KnownAsync(test);
        await AskAsync(test, New);
        Assert.Equal("AlreadyAsked", await RefusalAsync(test, "ул. Другая, д. 3"));
        await test.DispatchAllAsync();
        Assert.Equal("AddressChangedAlready", await RefusalAsync(test, "ул. Другая, д. 3"));
        Assert.Equal((New, 1), (parcel.Address, parcel.Made["/extension/v1/posting/address/change"]));
        var label = await test.Get<LabelQueries>().OfPostingAsync(test.Owner, FakeParcel.Number, Ct);
        Assert.Equal((true, null), (label?.IsOutdated, label?.Newest));
    }

    [Fact]
    public async Task One_that_was_changed_elsewhere_is_refused_with_the_rule_and_nobody_is_told()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = await KnownAsync(test);
        parcel.Fates.Enqueue(Fate.Refusal(HttpStatusCode.BadRequest, 3, "ADDRESS_ALREADY_CHANGED"));
        await AskAsync(test, New);
        await test.DispatchAllAsync();
        var failed = Assert.Single((await OpenAsync(test)).Deeds);
        Assert.Equal((CommandState.Failed, "ADDRESS_ALREADY_CHANGED"), (failed.State, failed.ErrorDetail));
        Assert.Empty(test.Ozon.SentTo("chat-1"));
        Assert.Null((await OpenAsync(test)).Readdressed);
    }

    [Fact]
    public async Task Where_no_chat_can_be_opened_the_page_says_that_the_buyer_does_not_know()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await KnownAsync(test);
        await test.ReadAsync(db => db.Conversations.ExecuteUpdateAsync(s => s.SetProperty(c => c.IsClosed, true), Ct));
        await AskAsync(test, New);
        await test.DispatchAllAsync();
        Assert.Empty(test.Ozon.SentTo("chat-1"));
        Assert.Equal(BuyerTold.No, (await OpenAsync(test)).Readdressed?.Told);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_Ozon_without_the_method_is_asked_once_a_day_and_no_wish_is_taken(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await KnownAsync(test);
        test.Ozon.Answer = (path, _) => path.StartsWith("/extension/", StringComparison.Ordinal) ? FakeOzon.Json("404 page not found", HttpStatusCode.NotFound) : null;
        var facts = test.Get<IPostingFacts>();
        for (var i = 0; i < 2; i++) Assert.Equal("AddressNotOffered", (await facts.AddressAsync(test.StoreId, FakeParcel.Number, Ct)).Failure);
        Assert.Equal(1, test.Ozon.CallsOf("/address/get"));
        Assert.Equal("AddressNotOffered", await RefusalAsync(test, New));
        Assert.Equal(ConnectionState.Working, (await test.StoreAsync()).Connection);
        test.Time.Advance(StoreExtension.AskAgainAfter);
        Assert.Equal("AddressNotOffered", (await facts.AddressAsync(test.StoreId, FakeParcel.Number, Ct)).Failure);
        Assert.Equal(2, test.Ozon.CallsOf("/address/get"));
    }

    [Fact]
    public async Task Over_the_sandbox_the_buyer_reads_it_in_a_new_chat_and_a_new_label_holds()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        var number = await shop.ReadAsync(async db =>
        {
            var talked = db.Conversations.Where(c => c.OrderNumber != null).Select(c => c.OrderNumber);
            return await db.Postings.Where(p => p.Status == "awaiting_deliver" && p.AvailableActions.Contains("can_create_chat") && p.AvailableActions.Contains("label_download")
                && !talked.Contains(p.OrderNumber)).OrderBy(p => p.Id).Select(p => p.PostingNumber).FirstAsync(Ct);
        });
        var facts = shop.Get<IPostingFacts>();
        Assert.Equal((null, 1, true), await AddressAsync());
        Assert.True((await shop.Get<ShippingActions>().AskAsync(LiveShop.Agent, number, new AddressWish(New), Guid.NewGuid(), Ct)).IsDone);
        await Wait.ForAsync(async () => (await shop.Get<OrderPageQueries>().OpenAsync(LiveShop.Agent, number, Ct))!.Readdressed?.Told == BuyerTold.Yes, 60);
        var chatId = await shop.ReadAsync(db => db.Conversations.Where(c => c.PostingNumber == number).Select(c => c.OzonChatId).SingleAsync(Ct));
        Assert.Single((await ozon.ChatAsync(chatId))["messages"]!.AsArray(), m => (string)m!["text"]! == AddressNotice.TextOf(number, New));

        Assert.Equal((null, 0, false), await AddressAsync());
        var second = await shop.Get<ShippingActions>().AskAsync(LiveShop.Agent, number, new AddressWish("ул. Другая, д. 3"), Guid.NewGuid(), Ct);
        Assert.Equal("AddressChangedAlready", second.Refusal?.Key);
        var labels = shop.Get<LabelQueries>();
        Assert.True((await labels.OfPostingAsync(LiveShop.Agent, number, Ct))!.IsOutdated);
        await shop.Get<LabelActions>().AskAsync(LiveShop.Agent, [number], Guid.NewGuid(), Ct);
        await Wait.ForAsync(async () => await labels.OfPostingAsync(LiveShop.Agent, number, Ct) is { IsOutdated: false, Newest.State: LabelState.Ready }, 60);
        Assert.Equal((null, 0, true), await AddressAsync());

        async Task<(string?, int, bool)> AddressAsync()
        {
            var told = await facts.AddressAsync(shop.StoreId, number, Ct);
            return (told.Failure, (int)told.ChangesLeft, told.IsLabelValid);
        }
    }

    /// <summary>A posting known here, whose buyer has a chat about it.</summary>
    private static async Task<FakeParcel> KnownAsync(BackgroundTest test)
    {
        var chat = await test.ChatAsync();
        var parcel = new FakeParcel(test.Ozon) { Status = "awaiting_deliver", Actions = ["label_download", "cancel"] };
        await test.Get<PostingSync>().PollAsync(test.StoreId, Ct);
        await test.ReadAsync(db => db.Conversations.Where(c => c.Id == chat).ExecuteUpdateAsync(s => s.SetProperty(c => c.OrderNumber, "0100-0001"), Ct));
        return parcel;
    }

    private static async Task AskAsync(BackgroundTest test, string address)
    {
        Assert.Null(await RefusalAsync(test, address));
        test.Time.Advance(ShippingActions.TimeToTakeBack);
    }

    private static async Task<string?> RefusalAsync(BackgroundTest test, string address) =>
        (await test.Get<ShippingActions>().AskAsync(test.Owner, FakeParcel.Number, new AddressWish(address), Guid.NewGuid(), Ct)).Refusal?.Key;

    private static async Task<OpenOrder> OpenAsync(BackgroundTest test) => (await test.Get<OrderPageQueries>().OpenAsync(test.Owner, FakeParcel.Number, Ct))!;
}

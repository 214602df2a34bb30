using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What is wanted of a posting is done at Ozon once, whatever happens on the way.</summary>
public sealed class DeedTests
{
    private static readonly PackWish Pack = new([[new Pieces(11, 2), new Pieces(12, 1)]]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    public static TheoryData<string> Mishaps =>
    [
        nameof(Fate.Taken), nameof(Fate.CutAfterActing), nameof(Fate.CutBeforeActing), nameof(Fate.Error500AfterActing), nameof(Fate.Error500),
        nameof(Fate.GarbageAfterActing),
    ];

    [Theory, MemberData(nameof(Mishaps))]
    public async Task Whatever_the_network_does_the_number_is_set_once(string mishap)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = await KnownAsync(test);
        if (mishap != nameof(Fate.Taken)) parcel.Fates.Enqueue((Fate)typeof(Fate).GetField(mishap)!.GetValue(null)!);
        await AskAsync(test, new TrackingWish("RB123"));
        await test.DispatchAllAsync();
        Assert.Equal(("RB123", 1), (parcel.Tracking, parcel.Made["/v2/fbs/posting/tracking-number/set"]));
        Assert.Equal(CommandState.Done, (await CommandAsync(test)).State);
        await ReadMarkedAsync(test);
        Assert.Equal("RB123", (await PostingAsync(test)).TrackingNumber);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Killed_during_a_cancellation_it_is_cancelled_once(bool acted)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = await KnownAsync(test);
        parcel.Fates.Enqueue(acted ? Fate.DeathAfterActing : Fate.DeathBeforeActing);
        await AskAsync(test, new CancelWish(352, "Нет на складе", ""));
        test.Time.Advance(ShippingActions.TimeToTakeBack);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(test.DispatchDueAsync);
        await test.RestartAsync();
        Assert.Equal(CommandState.Unclear, (await CommandAsync(test)).State);
        await test.DispatchAllAsync();
        Assert.Equal(("cancelled", 1), (parcel.Status, parcel.Made["/v2/posting/fbs/cancel"]));
        Assert.Equal(CommandState.Done, (await CommandAsync(test)).State);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Ozons_yes_to_a_packing_proves_nothing_before_the_posting_shows_it(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var parcel = await KnownAsync(test);
        (parcel.PacksLater, parcel.Actions) = (true, ["ship_async_in_process"]);
        await test.ReadAsync(db => db.Postings.ExecuteUpdateAsync(s => s.SetProperty(p => p.AvailableActions, "ship_async"), Ct));
        await AskAsync(test, Pack);
        await test.DispatchAllAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((CommandState.Unclear, 1), ((await CommandAsync(test)).State, parcel.Made["/v4/posting/fbs/ship"]));
        parcel.Status = "awaiting_deliver";
        parcel.Actions = ["label_download"];
        await test.DispatchAllAsync();
        Assert.Equal(CommandState.Done, (await CommandAsync(test)).State);
        var posting = await PostingAsync(test);
        Assert.Equal(("awaiting_deliver", "label_download"), (posting.Status, posting.AvailableActions));
        Assert.Equal(1, parcel.Made["/v4/posting/fbs/ship"]);
    }

    [Fact]
    public async Task A_packing_that_Ozon_said_yes_to_and_did_not_do_is_done_again()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = await KnownAsync(test);
        parcel.PacksLater = true;
        await AskAsync(test, Pack);
        await test.DispatchDueAsync();
        parcel.PacksLater = false;
        await test.DispatchAllAsync();
        Assert.Equal(("awaiting_deliver", CommandState.Done), (parcel.Status, (await CommandAsync(test)).State));
        Assert.Equal(2, parcel.Made["/v4/posting/fbs/ship"]);
    }

    [Fact]
    public async Task A_second_attempt_that_is_refused_because_the_first_one_worked_is_done()
    {
        await using var test = await BackgroundTest.CreateAsync(Provider.Sqlite, ("Outbox:SettleSeconds", "0"), ("Outbox:MinReadBacks", "1"));
        var parcel = await KnownAsync(test);
        parcel.PacksLater = true;
        await AskAsync(test, Pack);
        await test.DispatchDueAsync();
        await test.DispatchDueAsync();
        Assert.Equal(CommandState.Waiting, (await CommandAsync(test)).State);
        parcel.Status = "awaiting_deliver";
        await test.DispatchAllAsync();
        Assert.Equal(CommandState.Done, (await CommandAsync(test)).State);
        Assert.Equal(1, parcel.Made["/v4/posting/fbs/ship"]);
    }

    [Fact]
    public async Task What_Ozon_refuses_says_so_in_its_words_and_lets_the_next_one_go()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = await KnownAsync(test);
        await AskAsync(test, new HandOverWish());
        await AskAsync(test, new TrackingWish("RB1"));
        await test.DispatchAllAsync();
        var refused = await test.ReadAsync(db => db.OutboundCommands.AsNoTracking().OrderBy(c => c.Id).FirstAsync(Ct));
        Assert.Equal((CommandState.Failed, "InvalidRequest", "HAS_INCORRECT_STATUS"), (refused.State, refused.Error, refused.ErrorDetail));
        Assert.Equal("RB1", parcel.Tracking);
    }

    [Fact]
    public async Task Items_are_taken_out_once_though_the_answer_was_lost()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = await KnownAsync(test);
        parcel.Fates.Enqueue(Fate.CutAfterActing);
        await AskAsync(test, new CancelItemsWish(352, "Нет на складе", "разбили", [new Pieces(11, 1)]));
        await test.DispatchAllAsync();
        Assert.Equal((1, 1), (parcel.Items[11], parcel.Made["/v2/posting/fbs/product/cancel"]));
        Assert.Equal(CommandState.Done, (await CommandAsync(test)).State);
        Assert.Equal(20000, (await PostingAsync(test)).Total);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_is_taken_back_in_time_never_reaches_Ozon(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var parcel = await KnownAsync(test);
        await AskAsync(test, new CancelWish(352, "Нет на складе", ""));
        await test.DispatchDueAsync();
        var deed = await test.ReadAsync(db => db.PostingDeeds.AsNoTracking().SingleAsync(Ct));
        Assert.True((await test.Get<ShippingActions>().TakeBackAsync(test.Owner, deed.Id, Ct)).IsDone);
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.DispatchAllAsync();
        Assert.Empty(parcel.Made);
        Assert.Equal("AlreadyLeft", (await test.Get<ShippingActions>().TakeBackAsync(test.Owner, deed.Id, Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_same_key_is_taken_once_and_so_is_the_same_kind_while_it_is_under_way(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var parcel = await KnownAsync(test);
        var key = Guid.NewGuid();
        var actions = test.Get<ShippingActions>();
        for (var i = 0; i < 2; i++) Assert.True((await actions.AskAsync(test.Owner, FakeParcel.Number, new TrackingWish("RB1"), key, Ct)).IsDone);
        Assert.Equal("AlreadyAsked", (await actions.AskAsync(test.Owner, FakeParcel.Number, new TrackingWish("RB2"), Guid.NewGuid(), Ct)).Refusal?.Key);
        await test.DispatchAllAsync();
        Assert.Equal(("RB1", 1), (parcel.Tracking, parcel.Made["/v2/fbs/posting/tracking-number/set"]));
        Assert.True((await actions.AskAsync(test.Owner, FakeParcel.Number, new TrackingWish("RB2"), Guid.NewGuid(), Ct)).IsDone);
    }

    [Fact]
    public async Task Only_the_shops_own_people_may_and_a_foreign_posting_is_like_none()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await KnownAsync(test);
        var actions = test.Get<ShippingActions>();
        var (_, other) = await test.Db.AddStoreAsync("1000002");
        Assert.Equal("NotFound", (await actions.AskAsync(other, FakeParcel.Number, Pack, Guid.NewGuid(), Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.AskAsync(test.Owner, "0-0-0", Pack, Guid.NewGuid(), Ct)).Refusal?.Key);
        await AskAsync(test, Pack);
        var deed = await test.ReadAsync(db => db.PostingDeeds.AsNoTracking().SingleAsync(Ct));
        Assert.Equal("NotFound", (await actions.TakeBackAsync(other, deed.Id, Ct)).Refusal?.Key);
    }

    private static async Task<FakeParcel> KnownAsync(BackgroundTest test)
    {
        var parcel = new FakeParcel(test.Ozon);
        await test.Get<PostingSync>().PollAsync(test.StoreId, Ct);
        return parcel;
    }

    private static async Task AskAsync(BackgroundTest test, PostingWish wish)
    {
        var outcome = await test.Get<ShippingActions>().AskAsync(test.Owner, FakeParcel.Number, wish, Guid.NewGuid(), Ct);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
    }

    private static Task ReadMarkedAsync(BackgroundTest test) => test.Get<PostingSync>().ReadMarkedAsync(test.StoreId, Ct);

    private static Task<OutboundCommand> CommandAsync(BackgroundTest test) => test.ReadAsync(db => db.OutboundCommands.AsNoTracking().SingleAsync(Ct));

    private static Task<Posting> PostingAsync(BackgroundTest test) => test.ReadAsync(db => db.Postings.AsNoTracking().SingleAsync(Ct));
}

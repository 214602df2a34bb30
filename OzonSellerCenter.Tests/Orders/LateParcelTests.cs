using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Background;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Background;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Background.PostingStory;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>Parcels that stand still or are over the promised day are found by themselves.</summary>
public sealed class LateParcelTests
{
    private static readonly DateTime Noon = BackgroundTest.Noon;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    [Theory]
    [InlineData("delivering", "posting_on_way_to_city", Scheme.Rfbs, 0, null, 4)]
    [InlineData("delivering", "posting_on_way_to_city", Scheme.Fbs, 0, 2, 2)]
    [InlineData("delivering", "posting_on_way_to_city", Scheme.Fbs, 0, 9, 4)]
    [InlineData("sent_by_seller", "", Scheme.Rfbs, null, 3, 3)]
    [InlineData("delivering", "posting_in_pickup_point", Scheme.Fbs, 0, 2, null)]
    [InlineData("delivering", "posting_on_way_to_city", Scheme.Fbo, 0, 2, null)]
    [InlineData("awaiting_deliver", "", Scheme.Rfbs, 0, 2, null)]
    [InlineData("delivered", "posting_received", Scheme.Rfbs, 0, 2, null)]
    [InlineData("delivering", "", Scheme.Rfbs, null, null, null)]
    public void A_parcel_on_its_way_is_late_after_standing_still_or_after_the_promised_day(string status, string substatus, Scheme scheme, int? moved, int? promised, int? late)
    {
        var posting = new Posting
        {
            PostingNumber = Number,
            Status = status,
            Substatus = substatus,
            Scheme = scheme,
            MovedAt = Day(moved),
            DeliverBy = Day(promised),
        };
        posting.LateAt = LateParcel.WhenLate(posting, TimeSpan.FromDays(4));
        Assert.Equal(Day(late), posting.LateAt);
        if (late is null)
        {
            Assert.Null(LateParcel.Of(posting, Noon.AddYears(1)));
            return;
        }

        Assert.Null(LateParcel.Of(posting, posting.LateAt!.Value.AddTicks(-1)));
        var reason = late == promised ? LateReason.OverPromise : LateReason.NotMoving;
        Assert.Equal(new LateParcel(reason, Day(reason == LateReason.OverPromise ? promised : moved)!.Value), LateParcel.Of(posting, posting.LateAt.Value));

        static DateTime? Day(int? number) => number is { } days ? Noon.AddDays(days) : null;
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task One_that_stands_still_is_told_once_at_its_instant_and_is_late_until_it_moves(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var watch = WatchOf(test);
        await test.TakeAsync(Parcel);
        Assert.Empty(await test.LateRowsAsync());
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.TakeAsync(Parcel.OnTheWay());
        var due = Noon.AddHours(1 + 96);
        var row = Assert.Single(await test.LateRowsAsync());
        Assert.Equal((DeadlineState.Watching, due, (DateTime?)due, RuleOwner.House), (row.State, row.DueAt, row.NextAlertAt, row.Owner));
        var dues = test.Get<DeadlineQueries>();
        Assert.Empty((await dues.DueAsync(test.Owner, null, null, 10, Ct)).Items);

        test.Time.SetUtcNow(due.AddTicks(-10));
        Assert.Equal(0, await watch.RaiseAllDueAsync(Ct));
        Assert.Empty(await test.LateOrdersAsync());
        test.Time.SetUtcNow(due);
        Assert.Equal(1, await watch.RaiseAllDueAsync(Ct));
        Assert.Equal(0, await watch.RaiseAllDueAsync(Ct));
        Assert.Equal((DeadlineState.Running, due), (Assert.Single(await test.LateRowsAsync()).State, Assert.Single((await dues.DueAsync(test.Owner, null, null, 10, Ct)).Items).DueAt));
        Assert.Equal([Number], await test.LateOrdersAsync());
        Assert.Equal([Number], await test.LateOrdersAsync(OrderTab.OnTheWay));
        Assert.Empty(await test.LateOrdersAsync(OrderTab.Delivered));
        Assert.Equal((1, true), await test.Get<AlertQueries>().UnreadAsync(test.Owner, Ct));
        Assert.Equal(new LateParcel(LateReason.NotMoving, Noon.AddHours(1)), LateParcel.Of(await test.PostingAsync(), test.Now));

        // The same told again is no movement.
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.TakeAsync(Parcel.OnTheWay(tracking: "RB000"));
        Assert.Equal([Number], await test.LateOrdersAsync());
        await test.TakeAsync(Parcel.OnTheWay("posting_on_way_to_pickup_point"));
        Assert.Empty(await test.LateOrdersAsync());
        Assert.Equal((0, false), await test.Get<AlertQueries>().UnreadAsync(test.Owner, Ct));
        Assert.Equal(
            [(DeadlineState.Missed, due, (DateTime?)due.AddHours(1)), (DeadlineState.Watching, due.AddHours(97), null)],
            (await test.LateRowsAsync()).Select(d => (d.State, d.DueAt, d.MetAt)));

        test.Time.Advance(TimeSpan.FromHours(1));
        await test.TakeAsync(Parcel with { Status = "delivered", Substatus = "posting_received", FactDeliveryDate = test.Now.AddMinutes(-5) });
        Assert.Equal([DeadlineState.Missed, DeadlineState.Met], (await test.LateRowsAsync()).Select(d => d.State));
        test.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await watch.RaiseAllDueAsync(Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task One_over_its_promise_stays_late_as_it_moves_and_nobody_is_called_twice(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var watch = WatchOf(test);
        var promised = Noon.AddDays(2);
        var parcel = Parcel.PromisedBy(promised);
        await test.TakeAsync(parcel.OnTheWay());
        test.Time.Advance(TimeSpan.FromDays(1));
        await test.TakeAsync(parcel.OnTheWay("posting_transferred_to_courier_service"));
        var row = Assert.Single(await test.LateRowsAsync());
        Assert.Equal((promised, RuleOwner.Ozon, RuleKeys.DeliverBy, Noon.AddDays(1)), (row.DueAt, row.Owner, row.RuleKey, row.StartedAt));
        Assert.Equal(RuleOwner.Ozon, Assert.Single(await test.Get<DeadlineQueries>().TrackAsync(test.Owner, row.Subject, Ct)).Rule.Owner);

        test.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await watch.RaiseAllDueAsync(Ct));
        await test.TakeAsync(parcel.OnTheWay("posting_in_courier_service"));
        Assert.Equal(0, await watch.RaiseAllDueAsync(Ct));
        Assert.Equal((DeadlineState.Running, promised, row.Id), Of(Assert.Single(await test.LateRowsAsync())));
        Assert.Equal(new LateParcel(LateReason.OverPromise, promised), LateParcel.Of(await test.PostingAsync(), test.Now));
        await test.TakeAsync(parcel.OnTheWay(LateParcel.InPickupPoint));
        Assert.Equal((DeadlineState.Missed, promised, row.Id), Of(Assert.Single(await test.LateRowsAsync())));
        Assert.Empty(await test.LateOrdersAsync());

        static (DeadlineState State, DateTime DueAt, long Id) Of(Deadline d) => (d.State, d.DueAt, d.Id);
    }

    [Fact]
    public async Task What_was_late_before_we_heard_of_it_stands_in_the_list_and_calls_nobody()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel.OnTheWay().PromisedBy(Noon.AddDays(-20)));
        Assert.Equal(0, await WatchOf(test).RaiseAllDueAsync(Ct));
        Assert.Equal([Number], await test.LateOrdersAsync());
        await test.TakeAsync((Parcel with { Status = "cancelled", Substatus = "posting_canceled" }).PromisedBy(Noon.AddDays(-20)));
        Assert.Empty(await test.LateOrdersAsync());
        Assert.Equal(DeadlineState.Cancelled, Assert.Single(await test.LateRowsAsync()).State);
    }

    [Fact]
    public async Task A_changed_rule_moves_parcels_that_are_under_way()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel.OnTheWay());
        Assert.True((await test.Get<RuleActions>().ChangeAsync(test.Owner, test.StoreId, RuleKeys.ParcelStill, 24, "team", Ct)).IsDone);
        await ActivatorUtilities.CreateInstance<RuleWatch>(test.Db.Services).CatchUpAsync(Ct);
        Assert.Equal((Noon.AddDays(1), (DateTime?)Noon.AddDays(1)), (Assert.Single(await test.LateRowsAsync()).DueAt, (await test.PostingAsync()).LateAt));
    }

    [Fact]
    public async Task However_it_moves_its_clocks_are_the_same_when_reckoned_once_more()
    {
        string[] states = ["posting_on_way_to_city", "posting_transferred_to_courier_service", LateParcel.InPickupPoint, "posting_in_courier_service"];
        var random = new Random(11);
        await using var test = await BackgroundTest.CreateAsync();
        var watch = WatchOf(test);
        for (var step = 0; step < 40; step++)
        {
            test.Time.Advance(TimeSpan.FromHours(random.Next(200)));
            var told = random.Next(6) == 0 ? Parcel : Parcel.OnTheWay(states[random.Next(states.Length)]);
            await test.TakeAsync(random.Next(3) == 0 ? told.PromisedBy(test.Now.AddHours(random.Next(-50, 200))) : told);
            await watch.RaiseAllDueAsync(Ct);
            await using var db = await test.Databases.ForSystemAsync(Ct);
            await test.Get<ShipmentClock>().RecomputeAsync(db, await db.Postings.SingleAsync(Ct), Ct);
            Assert.False(db.ChangeTracker.HasChanges());
            Assert.InRange((await test.LateRowsAsync()).Count(d => d.State is DeadlineState.Running or DeadlineState.Watching), 0, 1);
        }

        Assert.Contains(await test.LateRowsAsync(), d => d.State == DeadlineState.Missed);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Background;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

public sealed class ShipmentClockTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_parcel_to_hand_over_runs_until_Ozons_day_and_speaks_before_it(Provider provider)
    {
        await using var test = await CreateAsync(provider);
        await TakeAsync(test, Parcel());
        var clock = Assert.Single(await RowsAsync(test));
        Assert.Equal((DeadlineKind.ShipBy, RuleOwner.Ozon, DeadlineState.Running, "Анна · 0208245774-0029-1"), (clock.Kind, clock.Owner, clock.State, clock.Title));
        Assert.Equal((Noon.AddHours(-20), Noon.AddHours(4), Noon.AddHours(2)), (clock.StartedAt, clock.DueAt, clock.NextAlertAt));

        // The same once more changes nothing, and tells nobody.
        await using (var db = await test.Db.Databases.ForSystemAsync(Ct))
        {
            await test.Db.Services.GetRequiredService<ShipmentClock>().RecomputeAsync(db, Parcel(p => p.BuyerName = "Анна", test.StoreId), Ct);
            Assert.False(db.ChangeTracker.HasChanges());
        }

        test.Time.Advance(TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        var alert = Assert.Single(await test.AlertsAsync());
        Assert.Equal((120, DeadlineKind.ShipBy), (alert.MinutesBefore, alert.Deadline.Kind));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Handing_it_over_meets_the_clock_and_a_later_reading_moves_nothing(Provider provider)
    {
        await using var test = await CreateAsync(provider);
        await TakeAsync(test, Parcel());
        test.Time.Advance(TimeSpan.FromHours(1));
        await TakeAsync(test, Parcel(p => p.Status = "delivering"));
        test.Time.Advance(TimeSpan.FromDays(1));
        await TakeAsync(test, Parcel(p => p.Status = "delivered"));
        var clock = Assert.Single(await RowsAsync(test));
        Assert.Equal((DeadlineState.Met, (DateTime?)Noon.AddHours(1), null), (clock.State, clock.MetAt, clock.NextAlertAt));

        // Ozon says later when it really left.
        await TakeAsync(test, Parcel(p => (p.Status, p.DeliveringAt) = ("delivered", Noon.AddMinutes(30))));
        Assert.Equal(Noon.AddMinutes(30), Assert.Single(await RowsAsync(test)).MetAt);
    }

    [Fact]
    public async Task Late_and_cancelled_parcels_are_told_apart()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        await TakeAsync(test, Parcel());
        test.Time.Advance(TimeSpan.FromHours(5));
        await TakeAsync(test, Parcel(p => p.Substatus = "posting_awaiting_passport_data"));
        Assert.Equal((DeadlineState.Running, (DateTime?)Noon.AddHours(4)), Of(Assert.Single(await RowsAsync(test))));
        await TakeAsync(test, Parcel(p => p.Status = "delivering"));
        Assert.Equal((DeadlineState.Missed, (DateTime?)Noon.AddHours(4)), Of(Assert.Single(await RowsAsync(test))));

        await TakeAsync(test, Parcel(p => p.Status = "cancelled"));
        Assert.Equal((DeadlineState.Cancelled, null), Of(Assert.Single(await RowsAsync(test))));

        static (DeadlineState State, DateTime? Missed) Of(Deadline clock) => (clock.State, clock.MissedAt);
    }

    [Fact]
    public async Task A_moved_day_moves_the_same_clock()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        await TakeAsync(test, Parcel());
        var before = Assert.Single(await RowsAsync(test));
        await TakeAsync(test, Parcel(p => p.ShipBy = Noon.AddDays(2)));
        var after = Assert.Single(await RowsAsync(test));
        Assert.Equal((before.Id, Noon.AddDays(2)), (after.Id, after.DueAt));
    }

    [Theory]
    [InlineData(Scheme.Fbo, "awaiting_packaging")]
    [InlineData(Scheme.Fbs, "delivered")]
    [InlineData(Scheme.Rfbs, "cancelled")]
    public async Task What_Ozon_ships_or_what_had_ended_before_we_heard_of_it_has_no_clock(Scheme scheme, string status)
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        await TakeAsync(test, Parcel(p => (p.Scheme, p.Status) = (scheme, status)));
        Assert.Empty(await RowsAsync(test));
    }

    [Fact]
    public async Task A_rule_that_changes_moves_its_alerts_as_well()
    {
        await using var test = await CreateAsync(Provider.Sqlite);
        await TakeAsync(test, Parcel());
        var actions = test.Db.Services.GetRequiredService<RuleActions>();
        Assert.True((await actions.ChangeAsync(test.Owner, test.StoreId, RuleKeys.AlertStage(1), 180, "team", Ct)).IsDone);
        await test.Db.Services.GetRequiredService<RuleWatch>().CatchUpAsync(Ct);
        Assert.Equal(Noon.AddHours(1), Assert.Single(await RowsAsync(test)).NextAlertAt);
    }

    [Fact]
    public void Its_subject_leads_to_the_order()
    {
        Assert.Equal(Links.Order("0208245774-0029-1"), SubjectLinks.Of(ShipmentClock.SubjectOf("0208245774-0029-1")));
        Assert.Equal("0208245774-0029-1", ShipmentClock.PostingOf(ShipmentClock.SubjectOf("0208245774-0029-1")));
        Assert.Null(ShipmentClock.PostingOf("conversation:1"));
    }

    private static Task<ClockTest> CreateAsync(Provider provider) => ClockTest.CreateAsync(provider, Noon);

    private static Posting Parcel(Action<Posting>? change = null, int storeId = 0)
    {
        var posting = new Posting
        {
            StoreId = storeId,
            PostingNumber = "0208245774-0029-1",
            Scheme = Scheme.Fbs,
            Status = "awaiting_packaging",
            BuyerName = "Анна",
            InProcessAt = Noon.AddHours(-20),
            ShipBy = Noon.AddHours(4),
        };
        change?.Invoke(posting);
        return posting;
    }

    /// <summary>What the intake does with a posting that Ozon told.</summary>
    private static async Task TakeAsync(ClockTest test, Posting told)
    {
        await using var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        var posting = await db.Postings.SingleOrDefaultAsync(p => p.PostingNumber == told.PostingNumber, Ct);
        if (posting is null) db.Postings.Add(posting = new Posting { StoreId = test.StoreId, PostingNumber = told.PostingNumber });
        (posting.Scheme, posting.Status, posting.Substatus, posting.BuyerName) = (told.Scheme, told.Status, told.Substatus, told.BuyerName);
        (posting.InProcessAt, posting.ShipBy, posting.DeliveringAt) = (told.InProcessAt, told.ShipBy, told.DeliveringAt);
        await test.Db.Services.GetRequiredService<ShipmentClock>().RecomputeAsync(db, posting, Ct);
        await db.CommitAsync(Ct);
    }

    private static async Task<List<Deadline>> RowsAsync(ClockTest test)
    {
        await using var db = await test.Db.Databases.ForSystemAsync(Ct);
        return await db.Deadlines.AsNoTracking().Where(d => d.Subject == ShipmentClock.SubjectOf("0208245774-0029-1")).ToListAsync(Ct);
    }
}

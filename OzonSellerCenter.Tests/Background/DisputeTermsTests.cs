using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What happens to cases when somebody lets his time go by, and what does not.</summary>
public sealed class DisputeTermsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    private static async Task<long> OpenAsync(BackgroundTest test, DisputeKind kind, string? ozonId = null)
    {
        await using var db = await test.Databases.ForStoreAsync(test.StoreId, Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var dispute = new Dispute { StoreId = test.StoreId, Key = $"{kind}:{ozonId}", Kind = kind, OzonId = ozonId, PostingNumber = "0600-1-1", OpenedAt = test.Now };
        await test.Get<DisputeBook>().OpenAsync(db, dispute, "", Ct);
        await db.CommitAsync(Ct);
        return dispute.Id;
    }

    private static Task<DisputeState> StateAsync(BackgroundTest test, long id) => test.ReadAsync(db => db.Disputes.Where(d => d.Id == id).Select(d => d.State).SingleAsync(Ct));

    private static Task PassAsync(BackgroundTest test) => test.Get<DisputeTerms>().PassAsync(test.StoreId, Ct);

    [Theory, MemberData(nameof(Providers))]
    public async Task The_shop_silent_the_desk_steps_in_for_the_buyer_and_only_then(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var ids = new[] { await OpenAsync(test, DisputeKind.Complaint), await OpenAsync(test, DisputeKind.ReturnContested), await OpenAsync(test, DisputeKind.Complaint, "7"), await OpenAsync(test, DisputeKind.Carrier) };
        test.Time.Advance(TimeSpan.FromHours(23.9));
        await PassAsync(test);
        foreach (var id in ids) Assert.Equal(DisputeState.Gathering, await StateAsync(test, id));
        test.Time.Advance(TimeSpan.FromHours(0.1));
        for (var i = 0; i < 2; i++) await PassAsync(test);
        foreach (var id in ids[..3]) Assert.Equal(DisputeState.Submitted, await StateAsync(test, id));
        Assert.Equal(DisputeState.Gathering, await StateAsync(test, ids[3]));
        Assert.Equal(3, await test.ReadAsync(db => db.DisputeSteps.CountAsync(s => s.Event == DisputeEvent.StepIn, Ct)));
    }

    [Fact]
    public async Task Asked_for_the_video_the_shop_has_two_days_and_the_buyer_three_to_answer()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var fake = new FakeComplaints(test);
        var id = await OpenAsync(test, DisputeKind.Withholding, "7");
        foreach (var what in (DisputeEvent[])[DisputeEvent.Submit, DisputeEvent.TakeUp, DisputeEvent.AskSeller]) await fake.FireAsync(id, what);
        test.Time.Advance(TimeSpan.FromDays(2));
        await PassAsync(test);
        Assert.Equal(DisputeState.Submitted, await StateAsync(test, id));
        await fake.FireAsync(id, DisputeEvent.TakeUp);
        await fake.FireAsync(id, DisputeEvent.AskBuyer);
        test.Time.Advance(TimeSpan.FromDays(2.9));
        await PassAsync(test);
        Assert.Equal(DisputeState.BuyerAsked, await StateAsync(test, id));
        test.Time.Advance(TimeSpan.FromDays(0.1));
        await PassAsync(test);
        Assert.Equal(DisputeState.Submitted, await StateAsync(test, id));
        Assert.Equal((DisputeEvent.BuyerAnswer, ""), await test.ReadAsync(async db => await db.DisputeSteps.OrderBy(s => s.Id).Select(s => new ValueTuple<DisputeEvent, string>(s.Event, s.Words)).LastAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_time_to_contest_over_it_lapses_and_the_time_to_appeal_over_it_closes(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var fake = new FakeComplaints(test);
        var (kept, decided, second) = (await OpenAsync(test, DisputeKind.Withholding), await OpenAsync(test, DisputeKind.Complaint), await OpenAsync(test, DisputeKind.Complaint, "8"));
        foreach (var id in new[] { decided, second })
        {
            foreach (var what in (DisputeEvent[])[DisputeEvent.Submit, DisputeEvent.TakeUp, DisputeEvent.Decide]) await fake.FireAsync(id, what);
        }

        foreach (var what in (DisputeEvent[])[DisputeEvent.Appeal, DisputeEvent.Submit, DisputeEvent.TakeUp, DisputeEvent.Decide]) await fake.FireAsync(second, what);
        await PassAsync(test);
        Assert.Equal((DisputeState.Gathering, DisputeState.Decided, DisputeState.Closed), (await StateAsync(test, kept), await StateAsync(test, decided), await StateAsync(test, second)));
        test.Time.Advance(TimeSpan.FromDays(5));
        await PassAsync(test);
        Assert.Equal((DisputeState.Gathering, DisputeState.Closed), (await StateAsync(test, kept), await StateAsync(test, decided)));
        test.Time.Advance(TimeSpan.FromDays(25));
        await PassAsync(test);
        Assert.Equal(DisputeOutcome.Lapsed, await test.ReadAsync(db => db.Disputes.Where(d => d.Id == kept).Select(d => d.Outcome).SingleAsync(Ct)));
    }

    [Fact]
    public async Task What_the_desk_and_Ozon_owe_does_not_end_by_itself()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var fake = new FakeComplaints(test);
        var (waits, released, atOzon) = (await OpenAsync(test, DisputeKind.Complaint), await OpenAsync(test, DisputeKind.ReturnContested), await OpenAsync(test, DisputeKind.Carrier));
        await fake.FireAsync(waits, DisputeEvent.Submit);
        foreach (var what in (DisputeEvent[])[DisputeEvent.Submit, DisputeEvent.TakeUp, DisputeEvent.Release]) await fake.FireAsync(released, what);
        await fake.FireAsync(atOzon, DisputeEvent.HandOver);
        test.Time.Advance(TimeSpan.FromDays(40));
        await PassAsync(test);
        Assert.Equal((DisputeState.Submitted, DisputeState.Released, DisputeState.AtOzon), (await StateAsync(test, waits), await StateAsync(test, released), await StateAsync(test, atOzon)));
    }
}

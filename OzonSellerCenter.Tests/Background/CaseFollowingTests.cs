using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Cases that Ozon's states open and end.</summary>
public sealed class CaseFollowingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    private static Task<List<Dispute>> CasesAsync(BackgroundTest test) => test.ReadAsync(db => db.Disputes.AsNoTracking().OrderBy(d => d.Id).ToListAsync(Ct));

    private static async Task TellAsync(BackgroundTest test, string status, string cancelReason = "", bool costs = false)
    {
        test.Time.Advance(TimeSpan.FromMinutes(1));
        var told = new OzonPosting
        {
            PostingNumber = "0500-1-1",
            OrderNumber = "0500-1",
            Status = status,
            Substatus = "s_" + status,
            Products = [new OzonPostingProduct { Sku = 11, Name = "Лампа", Quantity = 2 }],
            Cancellation = cancelReason.Length > 0 ? new OzonCancellation { CancelReason = cancelReason, AffectCancellationRating = costs } : null,
        };
        for (var i = 0; i < 2; i++)
        {
            await using var db = await test.Databases.ForStoreAsync(test.StoreId, Ct);
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await test.Get<PostingIntake>().TakeAsync(db, test.StoreId, [told], test.Now, false, Ct);
            await db.CommitAsync(Ct);
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_posting_in_arbitration_is_a_case_at_Ozon_once_and_found_it_is_decided_for_the_shop(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await TellAsync(test, "awaiting_deliver");
        Assert.Empty(await CasesAsync(test));
        await TellAsync(test, "arbitration");
        var dispute = Assert.Single(await CasesAsync(test));
        Assert.Equal(("carrier:0500-1-1", DisputeKind.Carrier, DisputeState.AtOzon, "Лампа"), (dispute.Key, dispute.Kind, dispute.State, dispute.ProductName));
        await TellAsync(test, "delivering");
        dispute = Assert.Single(await CasesAsync(test));
        Assert.Equal((DisputeState.Decided, DisputeOutcome.Seller, 0), (dispute.State, dispute.Outcome, dispute.Awarded));

        // Another dispute about it is another case.
        await TellAsync(test, "client_arbitration");
        Assert.Equal(["carrier:0500-1-1", "carrier:0500-1-1:2"], (await CasesAsync(test)).Select(d => d.Key));
    }

    [Theory]
    [InlineData("cancelled", "Утеряно службой доставки", false, DisputeState.Decided, DisputeOutcome.Seller)]
    [InlineData("cancelled", "Отменён продавцом", true, DisputeState.Decided, DisputeOutcome.Buyer)]
    [InlineData("awaiting_deliver", "", false, DisputeState.Closed, DisputeOutcome.Withdrawn)]
    public async Task How_the_carriers_arbitration_ended_is_told_by_where_the_posting_went(string status, string reason, bool costs, DisputeState state, DisputeOutcome outcome)
    {
        await using var test = await BackgroundTest.CreateAsync();
        await TellAsync(test, "arbitration");
        await TellAsync(test, status, reason, costs);
        var dispute = Assert.Single(await CasesAsync(test));
        Assert.Equal((state, outcome), (dispute.State, dispute.Outcome));
        Assert.Equal(reason, (await test.ReadAsync(db => db.DisputeSteps.OrderBy(s => s.Id).LastAsync(Ct))).Words);
    }

    [Fact]
    public async Task A_case_that_a_person_opened_goes_to_Ozon_with_the_posting()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await TellAsync(test, "awaiting_deliver");
        await using (var db = await test.Databases.ForStoreAsync(test.StoreId, Ct))
        {
            var mine = new Dispute { StoreId = test.StoreId, Key = "form", Kind = DisputeKind.Carrier, PostingNumber = "0500-1-1", OpenedAt = test.Now, OpenedBy = "agent" };
            await test.Get<DisputeBook>().OpenAsync(db, mine, "", Ct);
            await db.CommitAsync(Ct);
        }

        await TellAsync(test, "arbitration");
        Assert.Equal(("form", DisputeState.AtOzon), (Assert.Single(await CasesAsync(test)).Key, (await CasesAsync(test))[0].State));
    }

    [Theory]
    [InlineData("Rejected", "Rejected", DisputeState.Decided, DisputeOutcome.Seller, 0)]
    [InlineData("Approved", "MoneyReturned", DisputeState.Decided, DisputeOutcome.Buyer, 200_000)]
    [InlineData("Approved", "PartialCompensationReturned", DisputeState.Decided, DisputeOutcome.Split, 0)]
    [InlineData("Rejected", "Cancelled", DisputeState.Closed, DisputeOutcome.Withdrawn, 0)]
    public async Task A_real_Ozons_return_in_arbitration_is_a_case_and_its_next_state_tells_the_decision(string group, string state, DisputeState ends, DisputeOutcome outcome, long awarded)
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        request.Move("Arbitration", "DisputeOpened");
        await work.PollAsync();
        await work.PollAsync();
        var known = await work.RequestAsync(request);
        var dispute = Assert.Single(await CasesAsync(work.Test));
        Assert.Equal(($"return:{known.Id}", DisputeKind.ReturnContested, DisputeTopic.NotAsDescribed, DisputeState.Gathering), (dispute.Key, dispute.Kind, dispute.Topic, dispute.State));
        Assert.Equal((request.Posting, 200_000, "Пришёл другой цвет"), (dispute.PostingNumber, dispute.ClaimAmount, dispute.Claim));
        request.Move(group, state);
        await work.PollAsync();
        await work.PollAsync();
        dispute = Assert.Single(await CasesAsync(work.Test));
        Assert.Equal((ends, outcome, awarded), (dispute.State, dispute.Outcome, dispute.Awarded));
    }

    [Theory]
    [InlineData("CompensationRejectedBySla", DisputeOutcome.Buyer), InlineData("ReceivedBySeller", DisputeOutcome.Seller), InlineData("CompensationOffered", DisputeOutcome.None)]
    public async Task What_the_shop_contests_itself_waits_at_Ozon(string state, DisputeOutcome outcome)
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        request.Move("Arbitration", "DisputeYouOpened");
        await work.PollAsync();
        var dispute = Assert.Single(await CasesAsync(work.Test));
        Assert.Equal((DisputeKind.Withholding, DisputeState.AtOzon), (dispute.Kind, dispute.State));
        request.Move("Checkout", state);
        await work.PollAsync();
        Assert.Equal(outcome, Assert.Single(await CasesAsync(work.Test)).Outcome);
    }

    [Fact]
    public async Task What_a_person_opened_about_a_return_that_was_turned_down_stays_open_when_it_is_read_again()
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        request.Move("Rejected", "Rejected");
        await work.PollAsync();
        var known = await work.RequestAsync(request);
        await using (var db = await work.Test.Databases.ForStoreAsync(work.Test.StoreId, Ct))
        {
            var mine = new Dispute { StoreId = work.Test.StoreId, Key = $"return:{known.Id}", Kind = DisputeKind.ReturnContested, ReturnRequestId = known.Id, OpenedAt = work.Test.Now, OpenedBy = "agent" };
            await work.Test.Get<DisputeBook>().OpenAsync(db, mine, "", Ct);
            await db.CommitAsync(Ct);
        }

        Assert.Equal(1, await work.Test.ReadAsync(db => db.ReturnRequests.ExecuteUpdateAsync(s => s.SetProperty(r => r.NeedsSync, true), Ct)));
        await work.PollAsync();
        Assert.Equal(DisputeState.Gathering, Assert.Single(await CasesAsync(work.Test)).State);
        request.Move("Arbitration", "DisputeOpened");
        await work.PollAsync();
        Assert.Equal(DisputeState.Gathering, Assert.Single(await CasesAsync(work.Test)).State);
    }

    [Fact]
    public async Task The_wish_for_arbitration_is_done_once_and_proved_by_the_posting()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var parcel = new FakeParcel(test.Ozon) { Status = "awaiting_deliver", Actions = ["arbitration"] };
        var answer = test.Ozon.Answer!;
        var asked = 0;
        test.Ozon.Answer = (path, body) =>
        {
            if (path != "/v2/posting/fbs/arbitration") return answer(path, body);
            (parcel.Status, parcel.Substatus) = ("arbitration", "posting_in_arbitration");
            return asked++ == 0 ? Fate.CutAfterActing.Answer() : FakeOzon.Json("""{"result":true}""");
        };
        await test.Get<PostingSync>().PollAsync(test.StoreId, Ct);
        await test.Get<PostingSync>().ReadMarkedAsync(test.StoreId, Ct);
        Assert.True((await test.Get<ShippingActions>().AskAsync(test.Owner, FakeParcel.Number, new ArbitrationWish(), Guid.NewGuid(), Ct)).IsDone);
        await test.DispatchAllAsync();
        Assert.Equal((1, CommandState.Done), (asked, await test.ReadAsync(db => db.OutboundCommands.Select(c => c.State).SingleAsync(Ct))));
        Assert.Equal(DisputeState.AtOzon, Assert.Single(await CasesAsync(test)).State);
    }
}

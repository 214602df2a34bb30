using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>A decision on a buyer's request reaches Ozon once, and money goes once, whatever happens on the way.</summary>
public sealed class RefundDeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    public static TheoryData<string> Acting => [nameof(Fate.CutAfterActing), nameof(Fate.Error500AfterActing), nameof(Fate.GarbageAfterActing)];

    public static TheoryData<string> NotActing => [nameof(Fate.CutBeforeActing), nameof(Fate.Error500)];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_request_is_known_with_its_clock_and_what_silence_leads_to(Provider provider)
    {
        await using var work = await ReturnWork.CreateAsync(provider);
        var request = await work.RequestAsync(await work.KnownAsync());
        Assert.Equal((ReturnStage.New, "OnSellerApproval", true, "Пришёл другой цвет"), (request.Stage, request.State, request.IsDefect, request.Comment));
        Assert.Equal((200_000, 4, 1), (request.Worth, request.Actions.Count, request.Rejections.Count));
        Assert.Equal(request.AskedAt.AddHours(72), request.DecideBy);
        var clock = await work.Test.ReadAsync(db => db.Deadlines.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((DeadlineKind.ReturnDecision, DeadlineState.Running, request.DecideBy), (clock.Kind, clock.State, clock.DueAt));
        await work.PollAsync();
        Assert.Equal(request.Version, (await work.RequestAsync(work.Ozon.All[501])).Version);
    }

    [Theory, MemberData(nameof(Acting))]
    public async Task Ozon_acted_and_the_answer_was_lost_the_money_went_once(string mishap)
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        request.Fates.Enqueue((Fate)typeof(Fate).GetField(mishap)!.GetValue(null)!);
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        Assert.True((await work.SubmitAsync(id)).IsDone);
        await work.Test.DispatchAllAsync();
        await work.PollAsync();
        Assert.Equal([2000m], request.Payments);
        Assert.Equal(RefundState.Paid, (await work.RefundAsync(id)).State);
        Assert.Equal(200_000, (await work.LedgerAsync(request))!.Held);
    }

    [Theory, MemberData(nameof(NotActing))]
    public async Task Ozon_did_not_act_it_is_not_sent_again_by_itself_and_the_money_is_free(string mishap)
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        request.Fates.Enqueue((Fate)typeof(Fate).GetField(mishap)!.GetValue(null)!);
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        await work.SubmitAsync(id);
        work.Test.Time.Advance(RefundRelease.TimeToTakeBack);
        await work.Test.DispatchDueAsync();
        Assert.Equal(RefundState.Unclear, (await work.RefundAsync(id)).State);
        await work.Test.DispatchAllAsync();
        var refund = await work.RefundAsync(id);
        Assert.Equal((RefundState.Failed, OutboxRecord.NotDelivered), (refund.State, refund.Failure));
        Assert.Empty(request.Payments);
        Assert.Equal(0, (await work.LedgerAsync(request))!.Held);

        // A person may decide anew, and then it goes.
        var again = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        Assert.True((await work.SubmitAsync(again)).IsDone);
        await work.Test.DispatchAllAsync();
        Assert.Equal([2000m], request.Payments);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Killed_while_money_is_on_its_way_it_goes_once_at_most(bool acted)
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        request.Fates.Enqueue(acted ? Fate.DeathAfterActing : Fate.DeathBeforeActing);
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        await work.SubmitAsync(id);
        work.Test.Time.Advance(RefundRelease.TimeToTakeBack);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(work.Test.DispatchDueAsync);
        await work.Test.RestartAsync();
        await work.Test.DispatchAllAsync();
        await work.PollAsync();
        Assert.Equal(acted ? 1 : 0, request.Payments.Count);
        Assert.Equal(acted ? RefundState.Paid : RefundState.Failed, (await work.RefundAsync(id)).State);
    }

    [Fact]
    public async Task What_was_decided_in_Ozons_cabinet_meanwhile_is_not_decided_again()
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        await work.SubmitAsync(id);
        request.Act(-1, null);
        await work.Test.DispatchAllAsync();
        await work.PollAsync();
        var refund = await work.RefundAsync(id);
        Assert.Equal((RefundState.Failed, RefundFollow.OvertakenAtOzon), (refund.State, refund.Failure));
        Assert.Equal([-1L], request.Acts);
        Assert.Equal((0, ReturnStage.Rejected), ((await work.LedgerAsync(request))!.Held, (await work.RequestAsync(request)).Stage));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_offer_that_the_buyer_refuses_frees_the_money_for_a_full_refund(Provider provider)
    {
        await using var work = await ReturnWork.CreateAsync(provider);
        var request = await work.KnownAsync();
        var offer = await work.DraftAsync(request, 1020, 80_000);
        Assert.True((await work.SubmitAsync(offer)).IsDone);
        await work.Test.DispatchAllAsync();
        await work.PollAsync();
        Assert.Equal((RefundState.Sent, 80_000, 1), ((await work.RefundAsync(offer)).State, (await work.LedgerAsync(request))!.Held, (await work.RequestAsync(request)).Offers));
        request.Answer(takes: false);
        await work.PollAsync();
        var refused = await work.RefundAsync(offer);
        Assert.Equal((RefundState.Failed, RefundFollow.BuyerDeclined, 0), (refused.State, refused.Failure, (await work.LedgerAsync(request))!.Held));
        var turns = (await work.RequestAsync(request)).Turns;
        Assert.Equal((2, true, false), (turns.Count, turns[0].EndedAt is not null, turns[1].EndedAt is not null));

        var full = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        Assert.True((await work.SubmitAsync(full)).IsDone);
        await work.Test.DispatchAllAsync();
        await work.PollAsync();
        Assert.Equal([2000m], request.Payments);
        Assert.Equal(RefundState.Paid, (await work.RefundAsync(full)).State);
        Assert.Equal([BuyerStep.Offer, BuyerStep.RefundSent, BuyerStep.RefundPaid], await StepsAsync(work));
    }

    [Fact]
    public async Task An_offer_that_the_buyer_takes_is_paid_as_it_was_made()
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        var offer = await work.DraftAsync(request, 1020, 80_050);
        await work.SubmitAsync(offer);
        await work.Test.DispatchAllAsync();
        request.Answer(takes: true);
        await work.PollAsync();
        Assert.Equal([800.50m], request.Payments);
        Assert.Equal((RefundState.Paid, 80_050), ((await work.RefundAsync(offer)).State, (await work.LedgerAsync(request))!.Held));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Above_the_limit_somebody_else_releases_it_and_then_it_goes_once(Provider provider)
    {
        await using var work = await ReturnWork.CreateAsync(provider);
        var request = await work.KnownAsync(price: 5000);
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        Assert.True((await work.SubmitAsync(id)).IsDone);
        Assert.Equal(RefundState.Submitted, (await work.RefundAsync(id)).State);
        Assert.Contains(await work.Test.ReadAsync(db => db.Deadlines.AsNoTracking().ToListAsync(Ct)), d => d is { Kind: DeadlineKind.RefundReview, State: DeadlineState.Running });
        Assert.Equal("OwnRefund", (await work.Reviews.ApproveAsync(work.Test.Owner, id, (await work.RefundAsync(id)).Version, new(work.Test.Owner.Id, work.Test.Now), "", Ct)).Refusal?.Key);
        Assert.True((await work.ApproveAsync(id)).IsDone);
        Assert.False((await work.ApproveAsync(id)).IsDone);
        await work.Test.DispatchAllAsync();
        await work.PollAsync();
        Assert.Equal([5000m], request.Payments);
        Assert.Equal(RefundState.Paid, (await work.RefundAsync(id)).State);
        Assert.Contains(await work.Test.ReadAsync(db => db.Deadlines.AsNoTracking().ToListAsync(Ct)), d => d is { Kind: DeadlineKind.RefundReview, State: DeadlineState.Met });
    }

    [Fact]
    public async Task A_request_that_ends_while_the_refund_waits_takes_it_along()
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync(price: 5000);
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        await work.SubmitAsync(id);
        request.Move("Rejected", "Cancelled");
        await work.PollAsync();
        var refund = await work.RefundAsync(id);
        Assert.Equal((RefundState.Failed, RefundFollow.BuyerWithdrew), (refund.State, refund.Failure));
        Assert.Equal("NotInReview", (await work.ApproveAsync(id)).Refusal?.Key);
    }

    [Fact]
    public async Task Money_that_went_back_without_us_is_taken_down_once()
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        request.Act(FakeReturns.RefundAndLeave, null);
        for (var i = 0; i < 3; i++) await work.PollAsync();
        var found = Assert.Single(await work.RefundsAsync(request));
        Assert.Equal((RefundState.Paid, null, 200_000), (found.State, found.CreatedBy, found.Amount));
        Assert.Equal(200_000, (await work.LedgerAsync(request))!.Held);
        Assert.Empty(await StepsAsync(work));
    }

    [Fact]
    public async Task Money_that_went_back_without_us_is_seen_though_a_refund_of_ours_was_under_way_and_withdrawn()
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        await work.SubmitAsync(id);
        request.Act(FakeReturns.RefundAndLeave, null);
        await work.PollAsync();
        Assert.True((await work.Refunds.WithdrawAsync(work.Test.Owner, id, Ct)).IsDone);
        await work.PollAsync();
        Assert.Equal([RefundState.Withdrawn, RefundState.Paid], (await work.RefundsAsync(request)).Select(r => r.State));
        Assert.Equal(200_000, (await work.LedgerAsync(request))!.Held);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_decision_without_money_goes_once_and_tells_the_buyer(Provider provider)
    {
        await using var work = await ReturnWork.CreateAsync(provider);
        var request = await work.KnownAsync();
        var known = await work.RequestAsync(request);
        var key = Guid.NewGuid();
        var decision = new ReturnDecision(-1, "На фото не видно повреждений", 3, "Здравствуйте! Пришлите, пожалуйста, фото.");
        for (var i = 0; i < 2; i++) Assert.True((await work.Returns.DecideAsync(work.Test.Owner, known.Id, decision, key, Ct)).IsDone);
        Assert.Equal("AlreadyAsked", (await work.Returns.DecideAsync(work.Test.Owner, known.Id, decision, Guid.NewGuid(), Ct)).Refusal?.Key);
        await work.Test.DispatchAllAsync();
        await work.PollAsync();
        Assert.Equal([-1L], request.Acts);
        Assert.Equal((ReturnStage.Rejected, (long?)null), ((await work.RequestAsync(request)).Stage, (await work.RequestAsync(request)).OpenDeedId));
        var note = await work.Test.ReadAsync(db => db.BuyerNotes.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((BuyerStep.Rejected, BuyerNoteState.Waiting, decision.TellBuyer), (note.Step, note.State, note.Text));
        Assert.Equal("NotOfferedNow", (await work.Returns.DecideAsync(work.Test.Owner, known.Id, decision, Guid.NewGuid(), Ct)).Refusal?.Key);
    }

    [Fact]
    public async Task A_hundred_clicks_at_once_are_one_refund()
    {
        await using var work = await ReturnWork.CreateAsync();
        var request = await work.KnownAsync();
        var id = await work.DraftAsync(request, FakeReturns.RefundAndLeave);
        var version = (await work.RefundAsync(id)).Version;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => work.Refunds.SubmitAsync(work.Test.Owner, id, version, Ct)));
        await work.Test.DispatchAllAsync();
        Assert.Equal((1, 1), (request.Payments.Count, request.Acts.Count));
        Assert.Equal((1, 1), (await work.Test.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)), await work.Test.ReadAsync(db => db.ReturnDeeds.CountAsync(Ct))));
    }

    private static Task<List<BuyerStep>> StepsAsync(ReturnWork work) =>
        work.Test.ReadAsync(db => db.BuyerNotes.AsNoTracking().Where(n => n.State == BuyerNoteState.Waiting).OrderBy(n => n.Id).Select(n => n.Step).ToListAsync(Ct));
}

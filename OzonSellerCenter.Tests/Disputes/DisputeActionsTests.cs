using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>What the shop's people may do with a case, on both databases.</summary>
public sealed class DisputeActionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task An_account_is_written_on_with_its_version_and_handed_in_once(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        Assert.Equal("AccountShort", (await shop.Disputes().SubmitAsync(shop.Agent, dispute.Id, dispute.Version, Ct)).Refusal?.Key);
        var draft = new AccountDraft(DisputeTopic.Delivery, DisputeHouse.Account, [new("Packed", "20 ноября"), new("Said", "")], 100_000);
        var (saved, version) = await shop.Disputes().SaveAsync(shop.Agent, dispute.Id, draft, dispute.Version, Ct);
        Assert.Null(saved.Refusal?.Key);
        (saved, version) = await shop.Disputes().SaveAsync(shop.Agent, dispute.Id, draft with { Offer = 50_000 }, version, Ct);
        Assert.Null(saved.Refusal?.Key);
        var kept = await shop.DisputeAsync(dispute.Id);
        Assert.Equal((DisputeTopic.Delivery, DisputeHouse.Account, 50_000L, shop.Agent.Id), (kept.Topic, kept.Account, kept.Offer, kept.WrittenBy));
        Assert.Equal([new AccountAnswer("Packed", "20 ноября")], kept.Answers);

        Assert.Null((await shop.Disputes().SubmitAsync(shop.Agent, dispute.Id, version, Ct)).Refusal?.Key);
        Assert.Null((await shop.Disputes().SubmitAsync(shop.Agent, dispute.Id, version, Ct)).Refusal?.Key);
        Assert.Equal([DisputeEvent.Open, DisputeEvent.Write, DisputeEvent.Submit], (await shop.StepsAsync(dispute.Id)).Select(s => s.Event));
        kept = await shop.DisputeAsync(dispute.Id);
        Assert.Equal((DisputeState.Submitted, shop.Now), (kept.State, kept.SubmittedAt));
        Assert.Equal("NotWritable", (await shop.Disputes().SaveAsync(shop.Agent, dispute.Id, draft, kept.Version, Ct)).Outcome.Refusal?.Key);
        Assert.Equal("NotWritable", (await shop.Disputes().SubmitAsync(shop.Owner, dispute.Id, kept.Version, Ct)).Refusal?.Key);
        var clocks = await shop.ReadAsync(db => db.Deadlines.AsNoTracking().Where(d => d.Subject == DisputeClock.SubjectOf(dispute.Id)).OrderBy(d => d.Kind).ToListAsync(Ct));
        Assert.Equal([(DeadlineKind.DisputeAnswer, DeadlineState.Met), (DeadlineKind.DisputeDecision, DeadlineState.Running)], clocks.Select(c => (c.Kind, c.State)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_somebody_else_wrote_meanwhile_is_not_written_over(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await shop.WriteAsync(dispute.Id, shop.Owner);
        var mine = new AccountDraft(DisputeTopic.Quality, "Моё", [], 0);
        Assert.Equal("ChangedMeanwhile", (await shop.Disputes().SaveAsync(shop.Agent, dispute.Id, mine, dispute.Version, Ct)).Outcome.Refusal?.Key);
        Assert.Equal("ChangedMeanwhile", (await shop.Disputes().SubmitAsync(shop.Agent, dispute.Id, dispute.Version, Ct)).Refusal?.Key);
        Assert.Equal(DisputeHouse.Account, (await shop.DisputeAsync(dispute.Id)).Account);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_is_too_much_or_too_long_is_refused_and_nothing_is_kept_of_it(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        var draft = new AccountDraft(DisputeTopic.Quality, "x", [], 0);
        async Task<string?> WhyAsync(AccountDraft wrong) => (await shop.Disputes().SaveAsync(shop.Agent, dispute.Id, wrong, dispute.Version, Ct)).Outcome.Refusal?.Key;
        Assert.Equal("TextTooLong", await WhyAsync(draft with { Account = new string('x', Dispute.MaxWords + 1) }));
        Assert.Equal("TextTooLong", await WhyAsync(draft with { Answers = [new("Packed", new string('x', Dispute.MaxWords + 1))] }));
        Assert.Equal("OfferWrong", await WhyAsync(draft with { Offer = 249_001 }));
        Assert.Equal("OfferWrong", await WhyAsync(draft with { Offer = -1 }));
        Assert.Equal("KindWrong", await WhyAsync(draft with { Topic = (DisputeTopic)77 }));
        Assert.Equal((dispute.Version, ""), ((await shop.DisputeAsync(dispute.Id)).Version, (await shop.DisputeAsync(dispute.Id)).Account));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Who_only_reads_changes_nothing_and_a_foreign_case_is_answered_like_a_missing_one(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        var draft = new AccountDraft(DisputeTopic.Quality, DisputeHouse.Account, [], 0);
        IEnumerable<Func<CurrentUser, long, Task<Outcome>>> deeds =
        [
            async (user, id) => (await shop.Disputes().SaveAsync(user, id, draft, dispute.Version, Ct)).Outcome,
            (user, id) => shop.Disputes().SubmitAsync(user, id, dispute.Version, Ct),
            (user, id) => shop.Disputes().AssignAsync(user, id, shop.Agent.Id, Ct),
            (user, id) => shop.Disputes().ShowProofAsync(user, id, Guid.NewGuid(), "Доказательство", Ct),
            (user, id) => shop.Disputes().EndAsync(user, id, settled: true, "Договорились", 1, Ct),
            (user, id) => shop.Disputes().HandOverAsync(user, id, "1", Ct),
            (user, id) => shop.Disputes().OzonDecidedAsync(user, id, DisputeOutcome.Seller, 0, "Решено", Ct),
            (user, id) => shop.Disputes().AppealAsync(user, id, "Не согласны", Ct),
            (user, id) => shop.Disputes().EscalateAsync(user, id, "Прошу ускорить", Ct),
        ];
        foreach (var deed in deeds)
        {
            var (foreign, missing) = (await deed(stranger, dispute.Id), await deed(stranger, 999_999));
            Assert.Equal(("NotFound", missing.Refusal!.Key), (foreign.Refusal?.Key, "NotFound"));
            Assert.Equal("SupportReadsOnly", (await deed(shop.Support, dispute.Id)).Refusal?.Key);
        }

        Assert.Equal(dispute.Version, (await shop.DisputeAsync(dispute.Id)).Version);
        Assert.Single(await shop.StepsAsync(dispute.Id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_case_is_given_to_people_who_work_in_its_store_and_back(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        foreach (var wrong in new[] { stranger.Id, shop.Support.Id, "nobody" }) Assert.Equal("PersonWrong", (await shop.Disputes().AssignAsync(shop.Owner, dispute.Id, wrong, Ct)).Refusal?.Key);
        Assert.True((await shop.Disputes().AssignAsync(shop.Owner, dispute.Id, shop.Agent.Id, Ct)).IsDone);
        Assert.Equal(shop.Agent.Id, (await shop.DisputeAsync(dispute.Id)).Owner);
        Assert.True((await shop.Disputes().AssignAsync(shop.Agent, dispute.Id, null, Ct)).IsDone);
        Assert.Null((await shop.DisputeAsync(dispute.Id)).Owner);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Proof_is_shown_once_however_often_it_is_pressed(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        var key = Guid.NewGuid();
        Assert.Equal("WordsMissing", (await shop.Disputes().ShowProofAsync(shop.Agent, dispute.Id, key, " ", Ct)).Refusal?.Key);
        Assert.Equal("TextTooLong", (await shop.Disputes().ShowProofAsync(shop.Agent, dispute.Id, key, new string('x', 1001), Ct)).Refusal?.Key);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => shop.Disputes().ShowProofAsync(shop.Agent, dispute.Id, key, "Вручено 20 ноября.", Ct)));
        Assert.All(both, outcome => Assert.Null(outcome.Refusal?.Key));
        var note = await shop.ReadAsync(db => db.BuyerNotes.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((BuyerNoteState.Waiting, BuyerStep.CaseProof, "Вручено 20 ноября."), (note.State, note.Step, note.Text));
        Assert.Single(await shop.StepsAsync(dispute.Id), s => s.Event == DisputeEvent.ShowProof);
        Assert.Equal(DisputeState.Gathering, (await shop.DisputeAsync(dispute.Id)).State);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_case_ends_by_agreement_or_by_being_taken_back_and_only_once(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (settled, withdrawn) = (await shop.DisputeAsync(DisputeKind.Complaint), await shop.DisputeAsync(DisputeKind.Complaint));
        Assert.Equal("WordsMissing", (await shop.Disputes().EndAsync(shop.Agent, settled.Id, true, " ", 0, Ct)).Refusal?.Key);
        Assert.Equal("OfferWrong", (await shop.Disputes().EndAsync(shop.Agent, settled.Id, true, "Договорились", 249_001, Ct)).Refusal?.Key);
        Assert.True((await shop.Disputes().EndAsync(shop.Agent, settled.Id, true, "Договорились", 100_000, Ct)).IsDone);
        Assert.True((await shop.Disputes().EndAsync(shop.Agent, withdrawn.Id, false, "Покупатель отозвал", 5, Ct)).IsDone);
        Assert.Equal("Over", (await shop.Disputes().EndAsync(shop.Agent, settled.Id, false, "Ещё раз", 0, Ct)).Refusal?.Key);
        var (first, second) = (await shop.DisputeAsync(settled.Id), await shop.DisputeAsync(withdrawn.Id));
        Assert.Equal((DisputeState.Closed, DisputeOutcome.Settled, 100_000L, shop.Now, (DateTime?)null), (first.State, first.Outcome, first.Awarded, first.ClosedAt!.Value, first.NextBy));
        Assert.Equal((DisputeOutcome.Withdrawn, 0L), (second.Outcome, second.Awarded));
        Assert.Equal(0, await shop.ReadAsync(db => db.Deadlines.CountAsync(d => d.State == DeadlineState.Running, Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_appeal_is_taken_while_its_time_runs_once_and_needs_words(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (early, late) = (await shop.DisputeAsync(DisputeKind.Complaint), await shop.DisputeAsync(DisputeKind.Complaint));
        Assert.Equal("NoAppeal", (await shop.Disputes().AppealAsync(shop.Agent, early.Id, "Не согласны", Ct)).Refusal?.Key);
        foreach (var dispute in new[] { early, late })
        {
            Assert.Null((await shop.Disputes().SubmitAsync(shop.Agent, dispute.Id, await shop.WriteAsync(dispute.Id), Ct)).Refusal?.Key);
            await shop.DecideAsync(dispute.Id, DisputeOutcome.Buyer);
        }

        shop.Clock.Advance(TimeSpan.FromDays(5) - TimeSpan.FromSeconds(1));
        Assert.Equal("WordsMissing", (await shop.Disputes().AppealAsync(shop.Agent, early.Id, "", Ct)).Refusal?.Key);
        Assert.Null((await shop.Disputes().AppealAsync(shop.Agent, early.Id, "Есть видео упаковки", Ct)).Refusal?.Key);
        var appealed = await shop.DisputeAsync(early.Id);
        Assert.Equal((DisputeState.Gathering, 2, true, shop.Support.Id, null), (appealed.State, appealed.Instance, appealed.AppealedBySeller, appealed.FirstReviewer, appealed.Reviewer));
        Assert.Equal("NoAppeal", (await shop.Disputes().AppealAsync(shop.Agent, early.Id, "Ещё раз", Ct)).Refusal?.Key);
        Assert.Null((await shop.Disputes().SubmitAsync(shop.Agent, early.Id, appealed.Version, Ct)).Refusal?.Key);
        await shop.DecideAsync(early.Id, DisputeOutcome.Seller);
        Assert.Equal("NoAppeal", (await shop.Disputes().AppealAsync(shop.Agent, early.Id, "Третий раз", Ct)).Refusal?.Key);

        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("NoAppeal", (await shop.Disputes().AppealAsync(shop.Agent, late.Id, "Не согласны", Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_pack_that_was_looked_through_is_handed_over_and_what_Ozon_decided_is_taken_down(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(DisputeKind.ReturnContested);
        Assert.Equal("NotReleased", (await shop.Disputes().HandOverAsync(shop.Agent, dispute.Id, "12-3", Ct)).Refusal?.Key);
        Assert.Null((await shop.Disputes().SubmitAsync(shop.Agent, dispute.Id, await shop.WriteAsync(dispute.Id), Ct)).Refusal?.Key);
        await shop.FireAsync(dispute.Id, DisputeEvent.TakeUp);
        await shop.FireAsync(dispute.Id, DisputeEvent.Release);
        Assert.Equal("TicketMissing", (await shop.Disputes().HandOverAsync(shop.Agent, dispute.Id, " ", Ct)).Refusal?.Key);
        Assert.Equal("TicketTooLong", (await shop.Disputes().HandOverAsync(shop.Agent, dispute.Id, new string('1', 201), Ct)).Refusal?.Key);
        Assert.Null((await shop.Disputes().HandOverAsync(shop.Agent, dispute.Id, " 12-3 ", Ct)).Refusal?.Key);
        var handed = await shop.DisputeAsync(dispute.Id);
        Assert.Equal((DisputeState.AtOzon, "12-3"), (handed.State, handed.OzonTicket));

        Assert.Equal("OutcomeMissing", (await shop.Disputes().OzonDecidedAsync(shop.Agent, dispute.Id, DisputeOutcome.Lapsed, 0, "Решено", Ct)).Refusal?.Key);
        Assert.Equal("WordsMissing", (await shop.Disputes().OzonDecidedAsync(shop.Agent, dispute.Id, DisputeOutcome.Seller, 0, "", Ct)).Refusal?.Key);
        Assert.Null((await shop.Disputes().OzonDecidedAsync(shop.Agent, dispute.Id, DisputeOutcome.Split, 120_000, "Часть суммы", Ct)).Refusal?.Key);
        var decided = await shop.DisputeAsync(dispute.Id);
        Assert.Equal((DisputeState.Decided, DisputeOutcome.Split, 120_000L, "Часть суммы", shop.Now), (decided.State, decided.Outcome, decided.Awarded, decided.Reasons, decided.DecidedAt));
        Assert.Equal("Over", (await shop.Disputes().OzonDecidedAsync(shop.Agent, dispute.Id, DisputeOutcome.Seller, 0, "Ещё раз", Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Pushing_who_is_late_is_taken_down_and_moves_nothing(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        Assert.Null((await shop.Disputes().EscalateAsync(shop.Agent, dispute.Id, "Прошу рассмотреть", Ct)).Refusal?.Key);
        var pushed = await shop.DisputeAsync(dispute.Id);
        Assert.Equal((DisputeState.Gathering, shop.Now, dispute.NextBy), (pushed.State, pushed.EscalatedAt, pushed.NextBy));
        Assert.Equal(("Прошу рассмотреть", shop.Agent.Id), (await shop.StepsAsync(dispute.Id)).Where(s => s.Event == DisputeEvent.Escalate).Select(s => (s.Words, s.By)).Single());
        await shop.Disputes().EndAsync(shop.Agent, dispute.Id, false, "Отозвано", 0, Ct);
        Assert.Equal("Over", (await shop.Disputes().EscalateAsync(shop.Agent, dispute.Id, "Ещё", Ct)).Refusal?.Key);
    }
}

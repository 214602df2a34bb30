using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Returns.Refunds;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Disputes.Desk.DeskHouse;

namespace OzonSellerCenter.Tests.Disputes.Desk;

/// <summary>Cases decided by somebody who had no hand in them: once, for what was seen, and never for more money than there is.</summary>
public sealed class DeskActionsTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Nobody_decides_a_case_he_had_a_hand_in_on_no_path(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var request = new ReturnRequest { StoreId = shop.Store.Id, Source = ReturnSource.Rfbs, ReturnId = 1, Number = "1-R1", PostingNumber = RefundHouse.Number, AskedAt = shop.Now };
        await shop.WriteAsync(async db =>
        {
            db.Add(request);
            await db.SaveChangesAsync(Ct);
            db.Add(new ReturnDeed { StoreId = shop.Store.Id, ReturnRequestId = request.Id, Wish = new ActWish(RefundHouse.Offer), At = shop.Now, By = shop.Owner.Id });
        });
        var opened = await shop.CaseAsync("a", openedBy: shop.Owner.Id);
        var owned = await shop.CaseAsync("b", change: d => d.Owner = shop.Owner.Id);
        var written = await shop.CaseAsync("c", change: d => d.WrittenBy = shop.Owner.Id);
        var returned = await shop.CaseAsync("d", DisputeKind.ReturnContested, request: request.Id);
        var (spoken, shown, taken) = (await shop.CaseAsync("e"), await shop.CaseAsync("f"), await shop.CaseAsync("g"));
        await shop.WriteAsync(db =>
        {
            db.DisputeSteps.Add(new DisputeStep { StoreId = shop.Store.Id, DisputeId = spoken, At = shop.Now, By = shop.Owner.Id, Event = DisputeEvent.Write, From = DisputeState.Gathering, To = DisputeState.Gathering });
            db.EvidenceItems.Add(Piece(shop.Store.Id, shown, 'a', shop.Owner.Id));
            var other = Piece(shop.Store.Id, taken, 'b', null);
            (other.WithdrawnBy, other.WithdrawnAt, other.WithdrawnWhy) = (shop.Owner.Id, shop.Now, "Не тот файл");
            db.EvidenceItems.Add(other);
            return Task.CompletedTask;
        });
        var proof = await shop.ProofAsync(shop.Owner);
        foreach (var id in new[] { opened, owned, written, returned, spoken, shown, taken })
        {
            await AssertRefusedAsync(shop, id, shop.Owner, proof, "OwnCase");
            Assert.True((await shop.Desk().TakeUpAsync(shop.Support, id, Ct)).IsDone);
        }
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task The_second_instance_is_decided_by_somebody_else_on_every_path(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var second = await shop.SecondReviewerAsync();
        var id = await shop.CaseAsync();
        var (proof, other) = (await shop.ProofAsync(shop.Support), await shop.ProofAsync(second));
        Assert.Null((await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), ForSeller, null, Ct)).Refusal?.Key);
        await shop.AppealAsync(id);
        await AssertRefusedAsync(shop, id, shop.Support, proof, "FirstReviewer");
        Assert.Null((await shop.Desk().DecideAsync(second, id, await shop.VersionAsync(id), ForBuyer, other, Ct)).Refusal?.Key);
        var dispute = await shop.DisputeAsync(id);
        Assert.Equal((DisputeOutcome.Buyer, 2, shop.Support.Id, second.Id), (dispute.Outcome, dispute.Instance, dispute.FirstReviewer, dispute.Reviewer));
    }

    [Fact]
    public async Task Agents_do_not_decide_and_strangers_find_nothing()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        await AssertRefusedAsync(shop, id, shop.Agent, await shop.ProofAsync(shop.Agent), "ReviewersOnly");
        await AssertRefusedAsync(shop, id, stranger, await shop.ProofAsync(stranger), "NotFound");
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Of_two_reviewers_one_decides(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var id = await shop.CaseAsync();
        var version = await shop.VersionAsync(id);
        var (one, two) = (await shop.ProofAsync(shop.Support), await shop.ProofAsync(shop.Owner));
        var ends = await Task.WhenAll(
            shop.Desk().DecideAsync(shop.Support, id, version, ForBuyer, one, Ct), shop.Desk().DecideAsync(shop.Owner, id, version, ForSeller, two, Ct), shop.Desk().DecideAsync(shop.Owner, id, version, Split(50_000), two, Ct));
        Assert.Single(ends, e => e.IsDone);
        var dispute = await shop.DisputeAsync(id);
        Assert.Equal(DisputeState.Decided, dispute.State);
        Assert.Equal(dispute.Awarded, (await shop.PaidAsync()).Sum(r => r.Amount));
        Assert.Equal(dispute.Awarded, await shop.HeldAsync());
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Many_clicks_at_once_make_one_refund(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var id = await shop.CaseAsync();
        var (version, proof) = (await shop.VersionAsync(id), await shop.ProofAsync(shop.Support));
        var ends = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Desk().DecideAsync(shop.Support, id, version, ForBuyer, proof, Ct)));
        Assert.Single(ends, e => e.IsDone);
        Assert.All(ends.Where(e => !e.IsDone), e => Assert.Equal("ChangedMeanwhile", e.Refusal!.Key));
        var refund = Assert.Single(await shop.PaidAsync());
        Assert.Equal((Claim, RefundState.Approved, RefundReason.Defect), (refund.Amount, refund.State, refund.Reason));
        Assert.Single(await shop.ReadAsync(db => db.OutboundCommands.ToListAsync(Ct)));
        Assert.Single(await shop.ReadAsync(db => db.DisputeSteps.Where(s => s.Event == DisputeEvent.Decide).ToListAsync(Ct)));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Decisions_of_two_cases_at_once_never_pay_more_than_the_order(Provider provider)
    {
        await using var shop = await DeskHouse.OpenAsync(provider);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add(await shop.CaseAsync($"complaint:{i}", claim: 150_000));
        var proof = await shop.ProofAsync(shop.Support);
        var versions = await Task.WhenAll(ids.Select(shop.VersionAsync));
        var ends = await Task.WhenAll(ids.Select((id, i) => shop.Desk().DecideAsync(shop.Support, id, versions[i], ForBuyer, proof, Ct)));
        Assert.Single(ends, e => e.IsDone);
        Assert.All(ends.Where(e => !e.IsDone), e => Assert.Equal("AmountOverRest", e.Refusal!.Key));
        Assert.Equal((150_000, 150_000), (await shop.HeldAsync(), (await shop.PaidAsync()).Sum(r => r.Amount)));
        Assert.Equal(3, await shop.ReadAsync(db => db.Disputes.CountAsync(d => d.State == DisputeState.Submitted && d.Outcome == DisputeOutcome.None && d.Awarded == 0, Ct)));
    }

    [Fact]
    public async Task An_appeal_pays_the_difference_alone_and_fetches_nothing_back()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var second = await shop.SecondReviewerAsync();
        var id = await shop.CaseAsync();
        var proof = await shop.ProofAsync(second);
        Assert.Null((await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), Split(80_000), await shop.ProofAsync(shop.Support), Ct)).Refusal?.Key);
        await shop.AppealAsync(id);
        var less = await shop.Desk().DecideAsync(second, id, await shop.VersionAsync(id), Split(50_000), proof, Ct);
        Assert.Equal(("BelowPaid", new Money(80_000, "RUB")), (less.Refusal?.Key, less.Refusal?.Args[0]));
        Assert.Null((await shop.Desk().DecideAsync(second, id, await shop.VersionAsync(id), ForBuyer, proof, Ct)).Refusal?.Key);
        Assert.Equal([80_000, Claim - 80_000], (await shop.PaidAsync()).Select(r => r.Amount));
        Assert.Equal(Claim, await shop.HeldAsync());
    }

    [Fact]
    public async Task The_same_sum_in_the_second_instance_moves_no_money()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var second = await shop.SecondReviewerAsync();
        var id = await shop.CaseAsync();
        Assert.True((await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), Split(80_000), await shop.ProofAsync(shop.Support), Ct)).IsDone);
        await shop.AppealAsync(id);
        Assert.Null((await shop.Desk().DecideAsync(second, id, await shop.VersionAsync(id), Split(80_000), await shop.ProofAsync(second), Ct)).Refusal?.Key);
        Assert.Single(await shop.PaidAsync());
    }

    [Fact]
    public async Task A_withholding_pays_no_buyer_and_tells_none()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync(kind: DisputeKind.Withholding);
        Assert.Null((await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), ForSeller, await shop.ProofAsync(shop.Support), Ct)).Refusal?.Key);
        Assert.Equal((Claim, 0), ((await shop.DisputeAsync(id)).Awarded, await shop.HeldAsync()));
        Assert.Empty(await shop.PaidAsync());
        Assert.Empty(await shop.ReadAsync(db => db.BuyerNotes.ToListAsync(Ct)));
    }

    [Fact]
    public async Task Where_Ozon_decides_the_desk_lets_the_pack_go_and_decides_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync(RefundHouse.Number);
        var id = await shop.CaseAsync();
        Assert.Equal("OzonDecides", (await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), ForBuyer, await shop.ProofAsync(shop.Support), Ct)).Refusal?.Key);
        Assert.Null((await shop.Desk().ReleaseAsync(shop.Support, id, await shop.VersionAsync(id), "Приложите видео упаковки.", Ct)).Refusal?.Key);
        var dispute = await shop.DisputeAsync(id);
        Assert.Equal((DisputeState.Released, DisputeOutcome.None), (dispute.State, dispute.Outcome));
        Assert.Empty(await shop.PaidAsync());
    }

    [Fact]
    public async Task A_decision_of_what_was_changed_meanwhile_does_not_count()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        var seen = await shop.VersionAsync(id);
        Assert.True((await shop.Desk().TakeUpAsync(shop.Owner, id, Ct)).IsDone);
        Assert.Equal("TakenByOther", (await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), ForSeller, null, Ct)).Refusal?.Key);
        Assert.True((await shop.Desk().PutBackAsync(shop.Support, id, Ct)).IsDone);
        Assert.Equal("ChangedMeanwhile", (await shop.Desk().DecideAsync(shop.Support, id, seen, ForSeller, null, Ct)).Refusal?.Key);
        Assert.Equal("ChangedMeanwhile", (await shop.Desk().AskSellerAsync(shop.Support, id, seen, "Видео?", Ct)).Refusal?.Key);
    }

    [Fact]
    public async Task Money_moves_only_within_ten_minutes_of_the_password_of_the_same_person()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        var (version, proof) = (await shop.VersionAsync(id), await shop.ProofAsync(shop.Support));
        Assert.Equal("SignInNotFresh", (await shop.Desk().DecideAsync(shop.Support, id, version, ForBuyer, null, Ct)).Refusal?.Key);
        Assert.Equal("SignInNotFresh", (await shop.Desk().DecideAsync(shop.Support, id, version, ForBuyer, await shop.ProofAsync(shop.Owner), Ct)).Refusal?.Key);
        shop.Clock.Advance(FreshSignIn.Lasts + TimeSpan.FromSeconds(1));
        Assert.Equal("SignInNotFresh", (await shop.Desk().DecideAsync(shop.Support, id, version, Split(100), proof, Ct)).Refusal?.Key);
        Assert.Equal((DisputeState.Submitted, 0), ((await shop.DisputeAsync(id)).State, (await shop.PaidAsync()).Count));

        // Without money no password is asked for.
        Assert.Null((await shop.Desk().DecideAsync(shop.Support, id, version, ForSeller, null, Ct)).Refusal?.Key);
    }

    [Theory]
    [InlineData(99, "SplitOutOfRange"), InlineData(100, null), InlineData(Claim - 100, null), InlineData(Claim - 99, "SplitOutOfRange"), InlineData(Claim, "SplitOutOfRange"), InlineData(0, "SplitOutOfRange"), InlineData(-5, "SplitOutOfRange")]
    public async Task A_split_leaves_each_side_a_whole_unit(long amount, string? refusal)
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        Assert.Equal(refusal, (await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), Split(amount), await shop.ProofAsync(shop.Support), Ct)).Refusal?.Key);
    }

    [Fact]
    public async Task A_decision_needs_an_outcome_and_reasons_of_some_length()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        var version = await shop.VersionAsync(id);
        Assert.Equal("ReasonsShort", (await shop.Desk().DecideAsync(shop.Support, id, version, ForSeller with { Reasons = "Нет." + new string(' ', 90) }, null, Ct)).Refusal?.Key);
        Assert.Equal("TextTooLong", (await shop.Desk().DecideAsync(shop.Support, id, version, ForSeller with { Reasons = new string('я', Dispute.MaxWords + 1) }, null, Ct)).Refusal?.Key);
        foreach (var none in new[] { DisputeOutcome.None, DisputeOutcome.Withdrawn, DisputeOutcome.Settled, DisputeOutcome.Lapsed })
            Assert.Equal("OutcomeMissing", (await shop.Desk().DecideAsync(shop.Support, id, version, ForSeller with { Outcome = none }, null, Ct)).Refusal?.Key);
    }

    [Fact]
    public async Task A_question_to_the_buyer_goes_into_his_chat_and_starts_his_clock()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        Assert.Equal("WordsMissing", (await shop.Desk().AskBuyerAsync(shop.Support, id, await shop.VersionAsync(id), "  ", Ct)).Refusal?.Key);
        Assert.Equal("TextTooLong", (await shop.Desk().AskBuyerAsync(shop.Support, id, await shop.VersionAsync(id), new string('я', BuyerNote.MaxText + 1), Ct)).Refusal?.Key);
        Assert.Null((await shop.Desk().AskBuyerAsync(shop.Support, id, await shop.VersionAsync(id), "Пришлите фото трещины при хорошем свете.", Ct)).Refusal?.Key);
        var dispute = await shop.DisputeAsync(id);
        Assert.Equal((DisputeState.BuyerAsked, shop.Now.AddDays(3)), (dispute.State, dispute.NextBy));
        var note = Assert.Single(await shop.ReadAsync(db => db.BuyerNotes.ToListAsync(Ct)));
        Assert.Equal((BuyerNoteState.Waiting, BuyerStep.CaseQuestion), (note.State, note.Step));
        await shop.FireAsync(id, DisputeEvent.BuyerAnswer, "Вот фото.");
        Assert.Equal((DisputeState.Submitted, null), ((await shop.DisputeAsync(id)).State, (await shop.DisputeAsync(id)).Reviewer));
    }

    private static async Task AssertRefusedAsync(TestShop shop, long id, CurrentUser user, SignInProof? proof, string key)
    {
        var version = await shop.VersionAsync(id);
        Outcome[] ends =
        [
            await shop.Desk().TakeUpAsync(user, id, Ct), await shop.Desk().PutBackAsync(user, id, Ct), await shop.Desk().AskSellerAsync(user, id, version, "Видео?", Ct),
            await shop.Desk().AskBuyerAsync(user, id, version, "Фото?", Ct), await shop.Desk().ReleaseAsync(user, id, version, "", Ct),
            await shop.Desk().DecideAsync(user, id, version, ForBuyer, proof, Ct), await shop.Desk().DecideAsync(user, id, version, ForSeller, proof, Ct),
        ];
        Assert.All(ends, e => Assert.Equal(key, e.Refusal?.Key));
        Assert.Equal(DisputeState.Submitted, (await shop.DisputeAsync(id)).State);
    }
}

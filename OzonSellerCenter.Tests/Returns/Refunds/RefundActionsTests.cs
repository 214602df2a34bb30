using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Returns.Refunds.RefundHouse;

namespace OzonSellerCenter.Tests.Returns.Refunds;

/// <summary>Refunds from the draft to the outbox: once, never above what was paid, and by whom it may be.</summary>
public sealed class RefundActionsTests
{
    private static readonly RefundDraft Part = new() { Way = RefundWay.Payment, Scope = RefundScope.Part, Amount = 30_000, Reason = RefundReason.Goodwill, Explanation = "Извинение за задержку доставки заказа." };

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Handed_in_twice_and_resent_it_is_one_refund(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var request = await shop.RequestAsync();
        var (id, version) = await shop.DraftAsync(Whole, request.Id);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct)));
        Assert.True((await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct)).IsDone);
        Assert.Equal(RefundState.Approved, (await shop.RefundAsync(id)).State);
        var command = Assert.Single(await shop.ReadAsync(db => db.OutboundCommands.ToListAsync(Ct)));
        Assert.Equal((RefundRelease.CommandKeyOf(id), shop.Now + RefundRelease.TimeToTakeBack), (command.Key, command.NotBeforeAt));
        Assert.Equal(Worth, await shop.HeldAsync());
        Assert.Equal(1, await shop.ReadAsync(db => db.RefundSteps.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_same_key_begins_one_draft_and_another_tab_finds_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        var key = Guid.NewGuid();
        var first = await shop.Refunds().StartAsync(shop.Agent, Number, request.Id, key, Ct);
        Assert.Equal(first, await shop.Refunds().StartAsync(shop.Agent, Number, request.Id, key, Ct));
        Assert.Equal(first, await shop.Refunds().StartAsync(shop.Agent, Number, request.Id, Guid.NewGuid(), Ct));
    }

    [Fact]
    public async Task Of_two_tabs_the_one_that_saw_less_is_told_and_writes_over_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        var (id, version) = await shop.DraftAsync(Whole, request.Id);
        Assert.True((await shop.Refunds().SaveAsync(shop.Agent, id, Whole with { Explanation = "Из первой вкладки, подробно." }, version, Ct)).Outcome.IsDone);
        var (outcome, kept) = await shop.Refunds().SaveAsync(shop.Agent, id, Whole with { Explanation = "Из второй вкладки." }, version, Ct);
        Assert.Equal(("ChangedMeanwhile", version), (outcome.Refusal?.Key, kept));
        Assert.Equal("ChangedMeanwhile", (await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct)).Refusal?.Key);
        Assert.Equal("Из первой вкладки, подробно.", (await shop.RefundAsync(id)).Explanation);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Fifty_at_once_never_take_more_than_was_paid(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PayingAsync();
        await shop.LimitAsync(0);
        var drafts = new List<(long Id, long Version)>();
        for (var i = 0; i < 50; i++)
        {
            var id = await shop.ReadAsync(async db =>
            {
                var refund = new Refund { StoreId = shop.Store.Id, Key = $"k{i}", PostingNumber = Number, CreatedBy = shop.Agent.Id, WrittenBy = shop.Agent.Id, CreatedAt = shop.Now };
                Part.Write(refund);
                db.Refunds.Add(refund);
                await db.CommitAsync(Ct);
                return (refund.Id, refund.Version);
            });
            drafts.Add(id);
        }

        // The first alone, so that the rules are known: the pool of a test's database is smaller than fifty and the reading of them.
        var first = await shop.Refunds().SubmitAsync(shop.Agent, drafts[0].Id, drafts[0].Version, Ct);
        Outcome[] ends = [first, .. await Task.WhenAll(drafts.Skip(1).Select(d => shop.Refunds().SubmitAsync(shop.Agent, d.Id, d.Version, Ct)))];
        Assert.Equal(Worth / Part.Amount, ends.Count(e => e.IsDone));
        Assert.All(ends.Where(e => !e.IsDone), e => Assert.Equal("AmountOverRest", e.Refusal!.Key));
        Assert.Equal(Worth / Part.Amount * Part.Amount, await shop.HeldAsync());
        Assert.Equal(await shop.HeldAsync(), await shop.ReadAsync(db => db.Refunds.Where(r => r.State == RefundState.Submitted).SumAsync(r => r.Amount, Ct)));
    }

    [Fact]
    public async Task Above_the_limit_it_waits_for_somebody_else_with_a_clock_and_its_money_set_aside()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync();
        Assert.Equal(RefundState.Submitted, (await shop.RefundAsync(id)).State);
        Assert.Empty(await shop.ReadAsync(db => db.OutboundCommands.ToListAsync(Ct)));
        Assert.Equal(Worth, await shop.HeldAsync());
        Assert.True((await shop.Refunds().WithdrawAsync(shop.Agent, id, Ct)).IsDone);
        Assert.Equal(0, await shop.HeldAsync());
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Cut_into_small_ones_a_large_refund_does_not_pass_alone_also_when_all_are_handed_in_at_once(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PayingAsync();
        await shop.LimitAsync(500);
        var drafts = new List<(long Id, long Version)>();
        foreach (var person in new[] { shop.Agent, shop.Owner }) drafts.Add(await shop.DraftAsync(Part, null, person));
        var ends = await Task.WhenAll(shop.Refunds().SubmitAsync(shop.Agent, drafts[0].Id, drafts[0].Version, Ct), shop.Refunds().SubmitAsync(shop.Owner, drafts[1].Id, drafts[1].Version, Ct));
        Assert.All(ends, e => Assert.Null(e.Refusal?.Key));
        Assert.Equal([RefundState.Submitted, RefundState.Approved], (await shop.ReadAsync(db => db.Refunds.Select(r => r.State).ToListAsync(Ct))).Order());
        var (third, version) = await shop.DraftAsync(Part with { Scope = RefundScope.Postage, Amount = 0, Postage = 20_000 }, null);
        Assert.True((await shop.Refunds().SubmitAsync(shop.Agent, third, version, Ct)).IsDone);
        Assert.Equal(RefundState.Submitted, (await shop.RefundAsync(third)).State);
    }

    [Fact]
    public async Task What_has_not_left_can_be_taken_back_and_frees_the_request_and_what_has_left_cannot()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        var (id, version) = await shop.DraftAsync(Whole, request.Id);
        await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct);
        Assert.True((await shop.Refunds().WithdrawAsync(shop.Agent, id, Ct)).IsDone);
        Assert.Null(await shop.ReadAsync(db => db.ReturnRequests.Select(r => r.OpenDeedId).SingleAsync(Ct)));
        var (again, its) = await shop.DraftAsync(Whole, request.Id);
        Assert.Null((await shop.Refunds().SubmitAsync(shop.Agent, again, its, Ct)).Refusal?.Key);
        await shop.WriteAsync(async db => (await db.OutboundCommands.SingleAsync(c => c.State == CommandState.Waiting, Ct)).State = CommandState.Sending);
        Assert.Equal("AlreadyLeft", (await shop.Refunds().WithdrawAsync(shop.Agent, again, Ct)).Refusal?.Key);
        Assert.Equal(Worth, await shop.HeldAsync());
    }

    [Fact]
    public async Task A_refund_of_others_is_one_that_never_was_and_the_support_desk_writes_none()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        var (id, version) = await shop.DraftAsync(Whole, request.Id);
        var (_, other) = await shop.OtherStoreAsync();
        Assert.Equal("NotFound", (await shop.Refunds().StartAsync(other, Number, request.Id, Guid.NewGuid(), Ct)).Outcome.Refusal?.Key);
        Assert.Equal("NotFound", (await shop.Refunds().SaveAsync(other, id, Whole, version, Ct)).Outcome.Refusal?.Key);
        Assert.Equal("NotFound", (await shop.Refunds().SubmitAsync(other, id, version, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await shop.Refunds().WithdrawAsync(other, id, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await shop.Refunds().TellAsync(other, id, BuyerStep.RefundSent, "x", Ct)).Refusal?.Key);
        Assert.Equal("SupportReadsOnly", (await shop.Refunds().SubmitAsync(shop.Support, id, version, Ct)).Refusal?.Key);
        Assert.Null(await shop.Db.Services.GetRequiredService<RefundPageQueries>().OpenAsync(other, id, Ct));
        Assert.Null(await shop.Db.Services.GetRequiredService<RefundFormQueries>().OpenAsync(other, Number, request.Id, null, Ct));
        Assert.Empty((await shop.Db.Services.GetRequiredService<RefundListQueries>().ListAsync(other, RefundFilter.Default, null, Ct)).Rows);
    }

    [Fact]
    public async Task A_refund_that_is_sent_back_holds_what_stands_in_it_and_never_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PayingAsync();
        await shop.LimitAsync(0);
        var (id, version) = await shop.DraftAsync(Part with { Amount = Worth }, null);
        Assert.Null((await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct)).Refusal?.Key);
        Assert.Null((await shop.Reviews().AskMoreAsync(shop.Support, id, (await shop.RefundAsync(id)).Version, "Почему столько?", Ct)).Refusal?.Key);
        version = (await shop.RefundAsync(id)).Version;
        Assert.Equal("AmountZero", (await shop.Refunds().SaveAsync(shop.Agent, id, Part with { Amount = 0 }, version, Ct)).Outcome.Refusal?.Key);
        Assert.Equal("AmountOverRest", (await shop.Refunds().SaveAsync(shop.Agent, id, Part with { Amount = Worth + 1 }, version, Ct)).Outcome.Refusal?.Key);
        (var saved, version) = await shop.Refunds().SaveAsync(shop.Agent, id, Part, version, Ct);
        Assert.Equal((null, Part.Amount), (saved.Refusal?.Key, await shop.HeldAsync()));
        Assert.Null((await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct)).Refusal?.Key);
        Assert.Equal((RefundState.Submitted, Part.Amount), ((await shop.RefundAsync(id)).State, await shop.HeldAsync()));
    }

    [Fact]
    public async Task What_the_buyer_is_told_can_be_changed_switched_off_and_made_usual_again()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        var (id, _) = await shop.DraftAsync(Whole, request.Id);
        async Task<Telling> Told() => (await shop.Db.Services.GetRequiredService<RefundPageQueries>().OpenAsync(shop.Agent, id, Ct))!.Tellings.Single(t => t.Step == BuyerStep.RefundSent);
        var usual = (await Told()).Usual;
        Assert.Equal((usual, true), ((await Told()).Text, (await Told()).IsOn));
        Assert.True((await shop.Refunds().TellAsync(shop.Agent, id, BuyerStep.RefundSent, "Деньги скоро вернутся.", Ct)).IsDone);
        Assert.Equal("Деньги скоро вернутся.", (await Told()).Text);
        Assert.True((await shop.Refunds().TellAsync(shop.Agent, id, BuyerStep.RefundSent, null, Ct)).IsDone);
        Assert.False((await Told()).IsOn);
        Assert.True((await shop.Refunds().TellAsync(shop.Agent, id, BuyerStep.RefundSent, usual, Ct)).IsDone);
        Assert.Equal(0, await shop.ReadAsync(db => db.BuyerNotes.CountAsync(Ct)));
        Assert.Equal("TellingMissing", (await shop.Refunds().TellAsync(shop.Agent, id, BuyerStep.RefundSent, " ", Ct)).Refusal?.Key);
        Assert.Equal("TellingLeft", (await shop.Refunds().TellAsync(shop.Agent, id, BuyerStep.Offer, "x", Ct)).Refusal?.Key);
    }
}

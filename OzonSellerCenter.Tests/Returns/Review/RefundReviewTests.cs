using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Review;
using OzonSellerCenter.Tests.Returns.Refunds;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Returns.Refunds.RefundHouse;

namespace OzonSellerCenter.Tests.Returns.Review;

/// <summary>Four eyes: who may review, what an approval holds for, and that it happens once.</summary>
public sealed class RefundReviewTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Of_two_reviewers_one_decides(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var id = await shop.WaitingAsync();
        var version = (await shop.RefundAsync(id)).Version;
        var (one, two) = (await shop.ProofAsync(shop.Support), await shop.ProofAsync(shop.Owner));
        var ends = await Task.WhenAll(
            shop.Reviews().ApproveAsync(shop.Support, id, version, one, "", Ct), shop.Reviews().RefuseAsync(shop.Owner, id, version, "Не доказано", Ct),
            shop.Reviews().ApproveAsync(shop.Owner, id, version, two, "", Ct));
        Assert.Single(ends, e => e.IsDone);
        var refund = await shop.RefundAsync(id);
        Assert.True(refund.State is RefundState.Approved or RefundState.Refused);
        Assert.Equal(refund.State == RefundState.Approved ? 1 : 0, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));
        Assert.Equal(refund.State == RefundState.Approved ? Worth : 0, await shop.HeldAsync());
    }

    [Fact]
    public async Task Nobody_reviews_what_he_wrote_on_no_path()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync(shop.Owner);
        await AssertOwnAsync(shop, id, shop.Owner);
        Assert.Equal("ReviewersOnly", (await shop.Reviews().TakeUpAsync(shop.Agent, id, Ct)).Refusal?.Key);

        // Nor what he wrote on after the reviewer's question, even when a colleague hands it in.
        Assert.Null((await shop.Reviews().AskMoreAsync(shop.Support, id, (await shop.RefundAsync(id)).Version, "Фото?", Ct)).Refusal?.Key);
        var (saved, version) = await shop.Refunds().SaveAsync(shop.Agent, id, Whole with { Explanation = "Фото трещины в чате, всё видно." }, (await shop.RefundAsync(id)).Version, Ct);
        Assert.True(saved.IsDone);
        Assert.True((await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct)).IsDone);
        await AssertOwnAsync(shop, id, shop.Owner);
        await shop.WriteAsync(async db => (await db.Memberships.SingleAsync(m => m.UserId == shop.Agent.Id, Ct)).Role = StoreRole.Support);
        await AssertOwnAsync(shop, id, shop.Agent);
        Assert.Equal(RefundState.Submitted, (await shop.RefundAsync(id)).State);
    }

    [Fact]
    public async Task Who_only_wrote_on_a_question_without_handing_it_in_cannot_review_either()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync();
        Assert.True((await shop.Reviews().AskMoreAsync(shop.Support, id, (await shop.RefundAsync(id)).Version, "Фото?", Ct)).IsDone);
        Assert.True((await shop.Refunds().SaveAsync(shop.Owner, id, Whole with { Explanation = "Владелец дописал подробности." }, (await shop.RefundAsync(id)).Version, Ct)).Outcome.IsDone);
        var (_, version) = await shop.Refunds().SaveAsync(shop.Agent, id, Whole, (await shop.RefundAsync(id)).Version, Ct);
        Assert.True((await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct)).IsDone);
        await AssertOwnAsync(shop, id, shop.Owner);
    }

    [Fact]
    public async Task Money_moves_only_within_ten_minutes_of_the_password_of_the_same_person()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync();
        var version = (await shop.RefundAsync(id)).Version;
        var signIns = shop.Db.Services.GetRequiredService<FreshSignIn>();
        var principal = await shop.SignInAsync(shop.Support);
        var proof = await signIns.ProofAsync(principal, Ct);
        Assert.Equal("SignInNotFresh", (await shop.Reviews().ApproveAsync(shop.Support, id, version, null, "", Ct)).Refusal?.Key);
        Assert.Equal("SignInNotFresh", (await shop.Reviews().ApproveAsync(shop.Support, id, version, await shop.ProofAsync(shop.Owner), "", Ct)).Refusal?.Key);
        shop.Clock.Advance(FreshSignIn.Lasts + TimeSpan.FromSeconds(1));
        Assert.Null(await signIns.ProofAsync(principal, Ct));
        Assert.Equal("SignInNotFresh", (await shop.Reviews().ApproveAsync(shop.Support, id, version, proof, "", Ct)).Refusal?.Key);
        Assert.Equal(RefundState.Submitted, (await shop.RefundAsync(id)).State);

        // The password, given again.
        await shop.WriteAsync(async db => (await db.SignInSessions.SingleAsync(s => s.UserId == shop.Support.Id, Ct)).ConfirmedAt = shop.Now);
        Assert.Null((await shop.Reviews().ApproveAsync(shop.Support, id, version, await signIns.ProofAsync(principal, Ct), "Согласен", Ct)).Refusal?.Key);
        var refund = await shop.RefundAsync(id);
        Assert.Equal((RefundState.Approved, shop.Support.Id), (refund.State, refund.Reviewer));
        Assert.Single(await shop.ReadAsync(db => db.OutboundCommands.ToListAsync(Ct)));
    }

    [Fact]
    public async Task An_approval_of_what_was_changed_meanwhile_does_not_count()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync();
        var seen = (await shop.RefundAsync(id)).Version;
        Assert.True((await shop.Reviews().TakeUpAsync(shop.Owner, id, Ct)).IsDone);
        Assert.True((await shop.Reviews().PutBackAsync(shop.Support, id, Ct)).IsDone);
        Assert.Equal("ChangedMeanwhile", (await shop.Reviews().ApproveAsync(shop.Support, id, seen, await shop.ProofAsync(shop.Support), "", Ct)).Refusal?.Key);
    }

    [Fact]
    public async Task A_refusal_needs_words_and_frees_the_money()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync();
        var version = (await shop.RefundAsync(id)).Version;
        Assert.Equal("WordsMissing", (await shop.Reviews().RefuseAsync(shop.Support, id, version, " ", Ct)).Refusal?.Key);
        Assert.Null((await shop.Reviews().RefuseAsync(shop.Support, id, version, "Не доказано", Ct)).Refusal?.Key);
        Assert.Equal((0, "Не доказано"), (await shop.HeldAsync(), (await shop.RefundAsync(id)).ReviewWords));
    }

    [Fact]
    public async Task The_queue_is_that_of_the_stores_where_one_reviews()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync();
        var (_, other) = await shop.OtherStoreAsync();
        var queries = shop.Db.Services.GetRequiredService<ReviewQueries>();
        var row = Assert.Single((await queries.QueueAsync(shop.Support, ReviewTab.Waiting, Ct)).Rows);
        Assert.Equal((id, false, true), (row.Id, row.IsOwn, row.DueAt > shop.Now));
        Assert.False((await queries.QueueAsync(shop.Agent, ReviewTab.Waiting, Ct)).MayReview);
        Assert.Empty((await queries.QueueAsync(other, ReviewTab.Waiting, Ct)).Rows);
        Assert.Null(await queries.OpenAsync(other, id, Ct));
        Assert.Null(await queries.OpenAsync(shop.Agent, id, Ct));
        Assert.Equal((1, 0, null), (await queries.WaitingAsync(shop.Support, Ct), await queries.WaitingAsync(other, Ct), await queries.WaitingAsync(shop.Agent, Ct)));
        Assert.True((await shop.Reviews().RefuseAsync(shop.Support, id, (await shop.RefundAsync(id)).Version, "Нет", Ct)).IsDone);
        Assert.Single((await queries.QueueAsync(shop.Owner, ReviewTab.Decided, Ct)).Rows);
    }

    private static async Task AssertOwnAsync(TestShop shop, long id, CurrentUser user)
    {
        var version = (await shop.RefundAsync(id)).Version;
        Assert.Equal("OwnRefund", (await shop.Reviews().TakeUpAsync(user, id, Ct)).Refusal?.Key);
        Assert.Equal("OwnRefund", (await shop.Reviews().PutBackAsync(user, id, Ct)).Refusal?.Key);
        Assert.Equal("OwnRefund", (await shop.Reviews().RefuseAsync(user, id, version, "нет", Ct)).Refusal?.Key);
        Assert.Equal("OwnRefund", (await shop.Reviews().AskMoreAsync(user, id, version, "фото", Ct)).Refusal?.Key);
        Assert.Equal("OwnRefund", (await shop.Reviews().ApproveAsync(user, id, version, null, "", Ct)).Refusal?.Key);
    }
}

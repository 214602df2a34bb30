using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Tests.Returns;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>Cases that are opened by hand, on both databases.</summary>
public sealed class DisputeOpeningTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    private static NewDispute Wish(DisputeKind kind = DisputeKind.Complaint, long? requestId = null, long? conversationId = null) =>
        new(Guid.NewGuid(), kind, DisputeTopic.Quality, DisputeHouse.Number, requestId, conversationId, 148_313_766, "Чайник треснул", 249_000);

    [Theory, MemberData(nameof(Providers))]
    public async Task The_form_begins_with_what_is_known_and_the_same_form_opens_one_case(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync();
        var chat = await shop.ConversationAsync(c => c.PostingNumber = DisputeHouse.Number);
        var request = await shop.ReturnAsync(change: r => r.Stage = ReturnStage.Rejected);
        var ground = await shop.Opening().GroundAsync(shop.Agent, null, request.Id, null, Ct);
        Assert.Equal((DisputeHouse.Number, DisputeKind.ReturnContested, DisputeTopic.Quality, "Пришёл не тот цвет", chat.Id, null), (ground!.PostingNumber, ground.Kind, ground.Topic, ground.Claim, ground.ConversationId, ground.OpenCase));
        Assert.Equal([DisputeKind.ReturnContested, DisputeKind.Complaint, DisputeKind.Withholding], ground.Kinds);

        var wish = Wish();
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => shop.Opening().OpenAsync(shop.Agent, wish, Ct)));
        Assert.All(both, opened => Assert.Null(opened.Outcome.Refusal?.Key));
        Assert.Single(both.Select(opened => opened.Id).Distinct());
        var dispute = await shop.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((shop.Agent.Id, shop.Agent.Id, chat.Id, "115568"), (dispute.OpenedBy, dispute.Owner, dispute.ConversationId, dispute.BuyerId));
        Assert.Equal(dispute.Id, (await shop.Opening().GroundAsync(shop.Agent, DisputeHouse.Number, null, null, Ct))!.OpenCase);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_is_wrong_is_refused_and_a_contested_return_is_one_case(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync();
        var request = await shop.ReturnAsync();
        async Task<string?> WhyAsync(NewDispute wish) => (await shop.Opening().OpenAsync(shop.Agent, wish, Ct)).Outcome.Refusal?.Key;
        Assert.Equal("ClaimMissing", await WhyAsync(Wish() with { Claim = " " }));
        Assert.Equal("TextTooLong", await WhyAsync(Wish() with { Claim = new string('x', Dispute.MaxWords + 1) }));
        Assert.Equal("AmountWrong", await WhyAsync(Wish() with { ClaimAmount = 249_001 }));
        Assert.Equal("AmountWrong", await WhyAsync(Wish() with { ClaimAmount = -1 }));
        foreach (var kind in new[] { DisputeKind.ReturnContested, DisputeKind.Carrier, default, (DisputeKind)77 }) Assert.Contains(await WhyAsync(Wish(kind)), new[] { "KindWrong", "NotAllowedNow" });
        Assert.Equal("KindWrong", await WhyAsync(Wish() with { Topic = (DisputeTopic)77 }));
        Assert.Equal("NotFound", await WhyAsync(Wish(requestId: 999_999)));
        Assert.Equal("NotFound", await WhyAsync(Wish(conversationId: 999_999)));
        var first = await shop.Opening().OpenAsync(shop.Agent, Wish(DisputeKind.ReturnContested, request.Id), Ct);
        var second = await shop.Opening().OpenAsync(shop.Owner, Wish(DisputeKind.ReturnContested, request.Id), Ct);
        Assert.Equal((null, null, first.Id), (first.Outcome.Refusal?.Key, second.Outcome.Refusal?.Key, second.Id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_carriers_arbitration_is_asked_for_at_Ozon_only_when_the_case_can_be_opened(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync(change: p => (p.Status, p.AvailableActions) = ("awaiting_deliver", "arbitration"));
        Task<int> CommandsAsync() => shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct));
        var wish = Wish(DisputeKind.Carrier);
        Assert.Equal("ClaimMissing", (await shop.Opening().OpenAsync(shop.Agent, wish with { Claim = "" }, Ct)).Outcome.Refusal?.Key);
        Assert.Equal("AmountWrong", (await shop.Opening().OpenAsync(shop.Agent, wish with { ClaimAmount = 249_001 }, Ct)).Outcome.Refusal?.Key);
        Assert.Equal(0, await CommandsAsync());
        var (outcome, id) = await shop.Opening().OpenAsync(shop.Agent, wish, Ct);
        Assert.Null(outcome.Refusal?.Key);
        Assert.Equal((1, DisputeState.AtOzon), (await CommandsAsync(), (await shop.DisputeAsync(id)).State));
        Assert.Equal(id, (await shop.Opening().OpenAsync(shop.Agent, wish, Ct)).Id);
        Assert.Equal(1, await CommandsAsync());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Things_of_other_stores_are_no_ground(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        await shop.PostingAsync();
        var request = await shop.ReturnAsync();
        var chat = await shop.ConversationAsync(c => c.PostingNumber = DisputeHouse.Number);
        Assert.Null(await shop.Opening().GroundAsync(stranger, DisputeHouse.Number, null, null, Ct));
        Assert.Null(await shop.Opening().GroundAsync(stranger, null, request.Id, null, Ct));
        Assert.Null(await shop.Opening().GroundAsync(stranger, null, null, chat.Id, Ct));
        Assert.Equal("NotFound", (await shop.Opening().OpenAsync(stranger, Wish(), Ct)).Outcome.Refusal?.Key);
        Assert.NotNull(await shop.Opening().GroundAsync(shop.Support, null, null, chat.Id, Ct));
    }
}

using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Page;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Returns;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>What the page of a case is made of, on both databases.</summary>
public sealed class DisputePageQueriesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task A_case_of_others_is_answered_like_one_that_never_was(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        Assert.Null(await Queries(shop).OpenAsync(stranger, dispute.Id, Ct));
        Assert.Null(await Queries(shop).OpenAsync(stranger, 999_999, Ct));
        Assert.Empty(await Queries(shop).OfPostingAsync(stranger, shop.Store.Id, DisputeHouse.Number, Ct));
        Assert.Single(await Queries(shop).OfPostingAsync(shop.Agent, shop.Store.Id, DisputeHouse.Number, Ct));
        Assert.Equal((true, false), ((await Queries(shop).OpenAsync(shop.Agent, dispute.Id, Ct))!.MayAct, (await Queries(shop).OpenAsync(shop.Support, dispute.Id, Ct))!.MayAct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_record_tells_when_it_was_packed_sent_delivered_asked_for_and_answered(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var posting = await shop.PostingAsync(change: p => (p.InProcessAt, p.DeliveringAt, p.DeliveredAt, p.TrackingNumber, p.Carrier) =
            (shop.Now.AddDays(-20), shop.Now.AddDays(-18), shop.Now.AddDays(-12), "RA1", "Почта России"));
        await shop.WriteAsync(db =>
        {
            db.PostingDeeds.Add(new() { StoreId = shop.Store.Id, PostingId = posting.Id, PostingNumber = posting.PostingNumber, Wish = new PackWish([]), At = shop.Now.AddDays(-19) });
            db.PostingDeeds.Add(new() { StoreId = shop.Store.Id, PostingId = posting.Id, PostingNumber = posting.PostingNumber, Wish = new HandOverWish(), At = shop.Now.AddDays(-18) });
            return Task.CompletedTask;
        });
        var request = await shop.ReturnAsync(change: r => r.RejectionComment = "Следы использования");
        var chat = await shop.ConversationAsync(c => c.PostingNumber = DisputeHouse.Number);
        async Task SayAsync(MessageAuthor author, int hours) => await shop.MessageAsync(chat, author: author, change: m => m.SentAt = shop.Now.AddHours(hours));
        await SayAsync(MessageAuthor.Seller, -9);
        await SayAsync(MessageAuthor.Buyer, -8);
        await SayAsync(MessageAuthor.Seller, -5);
        await SayAsync(MessageAuthor.Seller, -4);
        var dispute = await shop.DisputeAsync(DisputeKind.ReturnContested, d => d.ConversationId = chat.Id, requestId: request.Id);
        var record = (await Queries(shop).OpenAsync(shop.Agent, dispute.Id, Ct))!.Record;
        Assert.Equal((shop.Now.AddDays(-20), shop.Now.AddDays(-19), shop.Now.AddDays(-18), shop.Now.AddDays(-12)), (record.OrderedAt, record.PackedAt, record.HandedOverAt, record.DeliveredAt));
        Assert.Equal(("RA1", "Почта России", 249_000L, 249_000L), (record.TrackingNumber, record.Carrier, record.Price, record.Paid));
        Assert.Equal((request.AskedAt, "Ожидает решения продавца", "Следы использования"), (record.ReturnAskedAt, record.ReturnState, record.ReturnComment));
        Assert.Equal((shop.Now.AddHours(-8), shop.Now.AddHours(-5)), (record.BuyerWroteAt, record.AnsweredAt));

        await SayAsync(MessageAuthor.Buyer, -1);
        record = (await Queries(shop).OpenAsync(shop.Agent, dispute.Id, Ct))!.Record;
        Assert.Equal((shop.Now.AddHours(-1), null), (record.BuyerWroteAt, record.AnsweredAt));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_case_without_a_posting_of_ours_opens_with_an_empty_record(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(DisputeKind.Withholding);
        var open = await Queries(shop).OpenAsync(shop.Agent, dispute.Id, Ct);
        Assert.Equal(new CaseRecord(), open!.Record);
        Assert.Equal((80, RuleOwner.Ozon, false, null), (open.LeastWords, open.ClockOwner!.Value, open.DeskDecides, open.SupportChat));
        Assert.Equal([shop.Agent.Id, shop.Owner.Id], open.People.Select(p => p.Id).Order());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Earlier_cases_and_returns_of_the_same_buyer_are_told_in_all_stores_in_sight_and_in_no_other(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (second, _) = await shop.Db.AddStoreAsync("1000003", StoreRole.Agent, shop.Agent.Id);
        var (foreign, _) = await shop.OtherStoreAsync();
        await shop.PostingAsync();
        await shop.PostingAsync("0777-1-1");
        await shop.ReturnAsync("earlier", r => (r.PostingNumber, r.Stage) = ("0777-1-1", ReturnStage.Rejected));
        var own = await shop.ReturnAsync("own");
        async Task<Dispute> OfAsync(int storeId, DisputeKind kind = DisputeKind.Complaint, string? buyer = "115568")
        {
            var dispute = DisputeHouse.Make(storeId, shop.Now.AddDays(-30), kind, buyer: buyer);
            await shop.WriteAsync(db =>
            {
                db.Disputes.Add(dispute);
                return Task.CompletedTask;
            });
            return dispute;
        }

        var (here, there) = (await OfAsync(shop.Store.Id), await OfAsync(second.Id));
        await OfAsync(foreign.Id);
        await OfAsync(shop.Store.Id, DisputeKind.Withholding);
        await OfAsync(shop.Store.Id, buyer: "999");
        await OfAsync(shop.Store.Id, buyer: null);
        var dispute = await shop.DisputeAsync(DisputeKind.ReturnContested, requestId: own.Id);
        var earlier = (await Queries(shop).OpenAsync(shop.Agent, dispute.Id, Ct))!.Earlier;
        Assert.Equal([there.Id, here.Id], earlier.Cases.Select(c => c.Id));
        Assert.Equal(["earlier"], earlier.Returns.Select(r => r.Number));
        Assert.Equal([here.Id], (await Queries(shop).OpenAsync(shop.Support, dispute.Id, Ct))!.Earlier.Cases.Select(c => c.Id));
        var nobody = (await Queries(shop).OpenAsync(shop.Agent, (await OfAsync(shop.Store.Id, buyer: null)).Id, Ct))!.Earlier;
        Assert.Empty(nobody.Cases);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Steps_bear_the_names_of_who_did_them_and_an_open_chat_with_support_is_found(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var chat = await shop.ConversationAsync(kind: ConversationKind.Support);
        await shop.ConversationAsync(c => (c.IsClosed, c.LastAt) = (true, shop.Now.AddDays(1)), kind: ConversationKind.Support);
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await shop.WriteAsync(dispute.Id);
        var open = await Queries(shop).OpenAsync(shop.Owner, dispute.Id, Ct);
        Assert.Equal([(DisputeEvent.Write, shop.Agent.Name), (DisputeEvent.Open, null)], open!.Steps.Select(s => (s.Step.Event, s.By)));
        Assert.Equal((shop.Agent.Name, chat.Id), (open.WrittenBy, open.SupportChat));
        await shop.WriteAsync(db =>
        {
            db.SyncStates.Add(new() { StoreId = shop.Store.Id, Kind = StoreExtension.Kind, FreshAt = shop.Now });
            return Task.CompletedTask;
        });
        Assert.True((await Queries(shop).OpenAsync(shop.Owner, dispute.Id, Ct))!.DeskDecides);
    }

    private static DisputePageQueries Queries(TestShop shop) => shop.Db.Services.GetRequiredService<DisputePageQueries>();
}

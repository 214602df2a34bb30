using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Background;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Sandbox.Shop;
using OzonSellerCenter.Tests.Background;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The app's client against the sandbox's complaints, and the way of a complaint from the storefront to a case and back.</summary>
public sealed class ComplaintClientTests : IAsyncLifetime
{
    private static readonly OzonAccount Account = new(SandboxHost.ClientId, SandboxHost.Key);

    private SandboxHost _host = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync();
        var services = new ServiceCollection().AddLogging();
        services.AddOzon(new ConfigurationBuilder().AddInMemoryCollection([new("Ozon:BaseAddress", _host.Address + "/sandbox/ozon")]).Build());
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private OzonApi Api => _services.GetRequiredService<OzonApi>();

    [Fact]
    public async Task Complaints_are_read_page_by_page_with_all_that_is_told()
    {
        var posting = await _host.GotAsync();
        var (returnId, id) = await _host.ContestedAsync(posting);
        List<OzonComplaint> read = [];
        await foreach (var page in Api.ComplaintPagesAsync(Account, new ComplaintListRequest { Limit = 3 }, Stop))
            read.AddRange(page.Value!.Result);
        Assert.Equal(4, read.Count);
        var told = read.Single(c => c.ComplaintId == id);
        Assert.Equal(("return_contested", "quality", returnId, "open"), (told.Kind, told.Topic, told.ReturnId, told.State));
        Assert.Equal((posting.PostingNumber, posting.OrderNumber, "RFBS", posting.BuyerId), (told.PostingNumber, told.OrderNumber, told.Scheme, told.CustomerId));
        Assert.Equal((posting.Items[0].Sku, posting.Items[0].Name, posting.Price, "RUB"), (told.Sku, told.ProductName, told.Amount!.MinorUnits, told.Amount.Currency));
        Assert.Equal((await _host.ComplaintAsync(id)).OpenedAt, told.OpenedAt);
        var photo = read.SelectMany(c => c.Photos).First();
        Assert.Equal("image/jpeg", (await Api.DownloadAsync(Account, photo, Stop)).Value!.ContentType);

        var question = new ComplaintAskRequest { ComplaintId = id, Text = "Что с ним?", Reference = "q1" };
        for (var i = 0; i < 2; i++)
            Assert.True((await Api.AskComplainerAsync(Account, question, Stop)).IsOk);
        Assert.Equal(OzonErrorKind.NotFound, (await Api.AskComplainerAsync(Account, question with { ComplaintId = 999 }, Stop)).Error!.Kind);
        var decision = new ComplaintDecideRequest { ComplaintId = id, Instance = 1, Outcome = "split", Amount = OzonMoney.OfMinorUnits(70_050, "RUB"), Reasons = "Поровну", Reference = "d1" };
        await _host.ControlAsync("faults", new JsonObject { ["kind"] = "drop-response", ["rate"] = 1 });
        Assert.True((await Api.DecideComplaintAsync(Account, decision, Stop)).Error!.MayHaveActed);
        await _host.ControlAsync("faults", new JsonObject { ["kind"] = "none" });
        Assert.True((await Api.DecideComplaintAsync(Account, decision, Stop)).IsOk);
        Assert.Equal("COMPLAINT_ALREADY_DECIDED", (await Api.DecideComplaintAsync(Account, decision with { Reference = "d2" }, Stop)).Error!.Message);
        var since = new ComplaintListRequest { Filter = new ComplaintFilter { PostingNumber = posting.PostingNumber } };
        var entries = (await Api.ComplaintListAsync(Account, since, Stop)).Value!.Result.Single().Entries;
        Assert.Equal([("question", "q1", 0L), ("decision", "d1", 70_050L)], entries.Select(e => (e.Type, e.Reference, e.Amount!.MinorUnits)));
    }

    [Fact]
    public async Task What_buyers_complain_of_reaches_the_shop_as_cases_and_falls_away_when_they_are_shown_proof()
    {
        await using var shop = await LiveShop.StartAsync(_host);
        await Wait.ForAsync(() => shop.ReadAsync(async db => await db.Disputes.CountAsync(d => d.OzonId != null, Stop) == 3 && await db.EvidenceItems.AnyAsync(e => e.Kind == EvidenceKind.BuyerPhoto, Stop)));

        // The first day's disputes with the carrier, and nothing twice.
        Assert.Equal(6, await shop.ReadAsync(db => db.Disputes.CountAsync(d => d.Kind == DisputeKind.Carrier && d.State == DisputeState.AtOzon, Stop)));
        await shop.Get<ComplaintSync>().PollAsync(shop.StoreId, Stop);
        Assert.Equal(9, await shop.ReadAsync(db => db.Disputes.CountAsync(Stop)));

        var posting = await _host.GotAsync();
        var id = await _host.ComplainedAsync(posting, "delivery", Complaint.FalseClaim);
        await shop.Get<ComplaintSync>().PollAsync(shop.StoreId, Stop);
        var dispute = await shop.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(d => d.OzonId == $"{id}", Stop));
        Assert.Equal((DisputeTopic.Delivery, DisputeState.Gathering, posting.BuyerId.ToString(null as IFormatProvider)), (dispute.Topic, dispute.State, dispute.BuyerId));
        var chat = await _host.BuyerAsksAsync("Где заказ?", posting.PostingNumber);
        await shop.Get<ChatSync>().PollAsync(shop.StoreId, Stop);
        await Wait.ForAsync(() => shop.ReadAsync(db => db.Conversations.AnyAsync(c => c.OzonChatId == chat && !c.NeedsSync && c.LastAt > DateTime.MinValue, Stop)));
        var conversation = await shop.ReadAsync(db => db.Conversations.Where(c => c.OzonChatId == chat).Select(c => c.Id).SingleAsync(Stop));
        await shop.SendAsync(conversation, "Здравствуйте! Заказ вручен вам сегодня.");
        await Wait.ForAsync(async () => (await _host.ComplaintAsync(id)).State == Complaint.Withdrawn);
        await shop.Get<ComplaintSync>().PollAsync(shop.StoreId, Stop);
        dispute = await shop.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(d => d.OzonId == $"{id}", Stop));
        Assert.Equal((DisputeState.Closed, DisputeOutcome.Withdrawn), (dispute.State, dispute.Outcome));
    }
}

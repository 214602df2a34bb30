using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The app's client and the sandbox speak the same language, method by method.</summary>
public sealed class PostingClientTests : IAsyncLifetime
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

    private async Task<OzonPosting> ReadAsync(string number) =>
        (await Api.PostingAsync(Account, new PostingGetRequest { PostingNumber = number }, Stop)).Value!.Result;

    private static PostingNumbersRequest Numbers(string number) => new() { PostingNumber = [number] };

    private static ShipPackage Package(params IEnumerable<PostingItem> items) =>
        new() { Products = [.. items.Select(i => new ShipProduct { ProductId = i.Sku, Quantity = i.Quantity })] };

    [Fact]
    public async Task A_posting_is_split_labelled_and_the_label_is_a_PDF()
    {
        var posting = await _host.NewAsync(lines: 2);
        var shipped = await Api.ShipAsync(Account, new ShipRequest
        {
            PostingNumber = posting.PostingNumber,
            Packages = [.. posting.Items.Select(i => Package(i))],
            With = new ShipBlocks { AdditionalData = true },
        }, Stop);
        Assert.Equal(2, shipped.Value!.Result.Count);
        Assert.Equal(posting.Items[1].Price, shipped.Value.AdditionalData[1].Products[0].Price!.MinorUnits);
        await _host.AdvanceAsync("PT1M");
        var task = (await Api.CreateLabelsAsync(Account, new LabelsRequest { PostingNumbers = shipped.Value.Result }, Stop)).Value!.Tasks[0].TaskId;
        Assert.Equal("in_progress", (await Api.LabelTaskAsync(Account, new LabelTaskRequest { TaskId = task }, Stop)).Value!.Status!.Code);
        var ready = (await Api.LabelTaskAsync(Account, new LabelTaskRequest { TaskId = task }, Stop)).Value!;
        Assert.Equal(("completed", 2), (ready.Status!.Code, ready.Status.PrintedPostingsCount));
        var file = await Api.LabelFileAsync(Account, ready.FileUrl, Stop);
        Assert.Equal("application/pdf", file.Value!.ContentType);
    }

    [Fact]
    public async Task A_parcel_of_the_sellers_delivery_is_brought_to_the_buyer()
    {
        var posting = await _host.NewAsync("RFBS");
        var number = posting.PostingNumber;
        var at = posting.InProcessAt.AddDays(5);
        Assert.True((await Api.SetCutoffAsync(Account, new CutoffRequest { PostingNumber = number, NewCutoffDate = at }, Stop)).IsOk);
        Assert.Equal(at, (await ReadAsync(number)).ShipmentDate);
        Assert.True((await Api.SetTimeslotAsync(Account, new TimeslotRequest { PostingNumber = number, NewTimeslot = new InstantRange { From = at, To = at.AddDays(2) } }, Stop)).IsOk);
        Assert.Equal(1, (await Api.TimeslotRestrictionsAsync(Account, new TimeslotRestrictionsRequest { PostingNumber = number }, Stop)).Value!.RemainingChangesCount);
        Assert.True((await Api.ShipAsync(Account, new ShipRequest { PostingNumber = number, Packages = [Package(posting.Items)] }, Stop)).IsOk);
        var tracked = await Api.SetTrackingNumbersAsync(
            Account, new TrackingNumbersRequest { TrackingNumbers = [new PostingTrackingNumber { PostingNumber = number, TrackingNumber = "RB1" }] }, Stop);
        Assert.True(tracked.Value!.Result.Single().Result);
        foreach (var step in (Func<OzonAccount, PostingNumbersRequest, CancellationToken, Task<OzonResult<PostingMovesResponse>>>[])
            [Api.MarkDeliveringAsync, Api.MarkLastMileAsync, Api.MarkDeliveredAsync])
            Assert.True((await step(Account, Numbers(number), Stop)).Value!.Result.Single().Result);
        var told = await ReadAsync(number);
        Assert.Equal(("delivering", "posting_conditionally_delivered", "RB1"), (told.Status, told.Substatus, told.TrackingNumber));
    }

    [Fact]
    public async Task Some_products_are_taken_out_and_others_cancelled()
    {
        var posting = await _host.NewAsync(lines: 2);
        var (number, item) = (posting.PostingNumber, posting.Items[1]);
        var part = await Api.ShipPackageAsync(Account, new ShipPackageRequest { PostingNumber = number, Products = Package(item).Products }, Stop);
        Assert.Equal(number, (await ReadAsync(part.Value!.Result)).ParentPostingNumber);
        var cancelled = await Api.CancelProductsAsync(Account, new CancelProductsRequest
        {
            PostingNumber = part.Value.Result,
            CancelReasonId = 352,
            CancelReasonMessage = "Нет на складе",
            Items = [new CancelledProduct { Sku = item.Sku, Quantity = item.Quantity }],
        }, Stop);
        Assert.True(cancelled.IsOk, cancelled.Error?.ToString());
        Assert.Equal("cancelled", (await ReadAsync(part.Value.Result)).Status);
    }

    [Fact]
    public async Task Postings_are_cancelled_disputed_and_taken_back_by_the_reasons_told()
    {
        var number = (await _host.FindAsync("awaiting_deliver")).PostingNumber;
        Assert.True((await Api.OpenArbitrationAsync(Account, Numbers(number), Stop)).IsOk);
        Assert.True((await Api.MoveToAwaitingDeliveryAsync(Account, Numbers(number), Stop)).IsOk);
        var reason = (await Api.CancelReasonsOfAsync(Account, new CancelReasonsRequest { RelatedPostingNumbers = [number] }, Stop)).Value!.Result.Single().Reasons[0];
        Assert.True((await Api.CancelReasonsAsync(Account, Stop)).Value!.Result.Single(r => r.Id == reason.Id).IsAvailableForCancellation);
        Assert.True((await Api.CancelPostingAsync(Account, new CancelPostingRequest { PostingNumber = number, CancelReasonId = reason.Id }, Stop)).IsOk);
        Assert.Equal(reason.Title, (await ReadAsync(number)).Cancellation!.CancelReason);
        var again = await Api.CancelPostingAsync(Account, new CancelPostingRequest { PostingNumber = number, CancelReasonId = reason.Id }, Stop);
        Assert.Equal("POSTING_ALREADY_CANCELLED", again.Error!.Message);
    }

    [Fact]
    public async Task Buyers_requests_are_listed_and_decided()
    {
        var first = new CancellationListRequest { Limit = 2, Filters = new CancellationFilters { State = "ON_APPROVAL" }, With = new CancellationBlocks { Counter = true } };
        var pages = await Api.CancellationPagesAsync(Account, first, Stop).ToListAsync(Stop);
        Assert.Equal([2, 1], pages.Select(p => p.Value!.Result.Count));
        Assert.Equal(3, pages[0].Value!.Counter);
        var (approved, rejected) = (pages[0].Value!.Result[0], pages[0].Value!.Result[1]);
        Assert.True((await Api.ApproveCancellationAsync(Account, new CancellationDecision { CancellationId = approved.CancellationId }, Stop)).IsOk);
        Assert.True((await Api.RejectCancellationAsync(Account, new CancellationDecision { CancellationId = rejected.CancellationId, Comment = "Уже едет" }, Stop)).IsOk);
        Assert.Equal("cancelled", (await ReadAsync(approved.PostingNumber)).Status);
        Assert.NotEqual("cancelled", (await ReadAsync(rejected.PostingNumber)).Status);
    }
}

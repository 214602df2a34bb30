using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox.Shop;
using OzonSellerCenter.Tests.Contract;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The sandbox's answers to what is done with postings against Ozon's own schemas.</summary>
[Trait("Needs", "Reference")]
public sealed class PostingContractTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<Answer> CheckedAsync(string path, JsonObject body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await _host.CallAsync(path, body.DeepClone().AsObject());
        Assert.Equal(expected, answer.Status);
        Assert.Empty(OzonSchema.OrSkip().ValidateRequest(path, body.ToJsonString()));
        Assert.Empty(OzonSchema.OrSkip(allowNull: true).ValidateResponse(path, (int)answer.Status, answer.Text));
        return answer;
    }

    private static JsonObject Ship(Posting posting) => new()
    {
        ["posting_number"] = posting.PostingNumber,
        ["packages"] = new JsonArray([.. posting.Items.Select(i =>
            new JsonObject { ["products"] = new JsonArray(new JsonObject { ["product_id"] = i.Sku, ["quantity"] = i.Quantity }) })]),
        ["with"] = new JsonObject { ["additional_data"] = true },
    };

    private static JsonObject One(string number) => new() { ["posting_number"] = number };

    private static JsonObject List(string number) => new() { ["posting_number"] = new JsonArray(number) };

    [Fact]
    public async Task Shipping_and_labels_have_Ozons_form()
    {
        OzonSchema.OrSkip();
        var (whole, parted) = (await _host.NewAsync(), await _host.NewAsync(lines: 2));
        await CheckedAsync("/v4/posting/fbs/ship/package", new JsonObject
        {
            ["posting_number"] = parted.PostingNumber,
            ["products"] = new JsonArray(new JsonObject { ["product_id"] = parted.Items[0].Sku, ["quantity"] = 1 }),
        });
        await CheckedAsync("/v4/posting/fbs/ship", Ship(whole));
        await CheckedAsync("/v4/posting/fbs/ship", Ship(whole), HttpStatusCode.BadRequest);
        await CheckedAsync("/v3/posting/fbs/get", new JsonObject { ["posting_number"] = parted.PostingNumber, ["with"] = new JsonObject { ["related_postings"] = true } });
        await _host.AdvanceAsync("PT1M");
        var tasks = await CheckedAsync("/v3/posting/fbs/package-label/create", new JsonObject { ["posting_numbers"] = new JsonArray(whole.PostingNumber, "none") });
        for (var asked = 0; asked < 2; asked++)
            await CheckedAsync("/v2/posting/fbs/package-label/get", new JsonObject { ["task_id"] = (long)tasks.Json["tasks"]![0]!["task_id"]! });
        await CheckedAsync("/v2/posting/fbs/package-label/get", new JsonObject { ["task_id"] = 1 }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delivery_by_the_seller_has_Ozons_form()
    {
        OzonSchema.OrSkip();
        var posting = await _host.NewAsync("RFBS");
        var (number, at) = (posting.PostingNumber, posting.InProcessAt.AddDays(5));
        await CheckedAsync("/v1/posting/cutoff/set", new JsonObject { ["posting_number"] = number, ["new_cutoff_date"] = at.ToString("O") });
        await CheckedAsync("/v1/posting/fbs/timeslot/change-restrictions", One(number));
        await CheckedAsync("/v1/posting/fbs/timeslot/set", new JsonObject
        {
            ["posting_number"] = number,
            ["new_timeslot"] = new JsonObject { ["from"] = at.ToString("O"), ["to"] = at.AddDays(1).ToString("O") },
        });
        await _host.ShipAsync(posting);
        await CheckedAsync("/v2/fbs/posting/tracking-number/set", new JsonObject
        {
            ["tracking_numbers"] = new JsonArray(new JsonObject { ["posting_number"] = number, ["tracking_number"] = "RB1" }),
        });
        foreach (var step in (string[])["delivering", "last-mile", "delivered", "delivered"])
            await CheckedAsync("/v2/fbs/posting/" + step, List(number));
        var disputed = (await _host.FindAsync("awaiting_deliver")).PostingNumber;
        await CheckedAsync("/v2/posting/fbs/arbitration", List(disputed));
        await CheckedAsync("/v2/posting/fbs/awaiting-delivery", List(disputed));
        await CheckedAsync("/v2/posting/fbs/awaiting-delivery", List(disputed), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Cancelling_has_Ozons_form()
    {
        OzonSchema.OrSkip();
        var posting = await _host.NewAsync(lines: 2);
        await CheckedAsync("/v2/posting/fbs/cancel-reason/list", []);
        await CheckedAsync("/v1/posting/fbs/cancel-reason", new JsonObject { ["related_posting_numbers"] = new JsonArray(posting.PostingNumber) });
        await CheckedAsync("/v2/posting/fbs/product/cancel", new JsonObject
        {
            ["posting_number"] = posting.PostingNumber,
            ["cancel_reason_id"] = 352,
            ["cancel_reason_message"] = "Нет",
            ["items"] = new JsonArray(new JsonObject { ["sku"] = posting.Items[0].Sku, ["quantity"] = 1 }),
        });
        var cancel = new JsonObject { ["posting_number"] = posting.PostingNumber, ["cancel_reason_id"] = 352 };
        await CheckedAsync("/v2/posting/fbs/cancel", cancel);
        await CheckedAsync("/v2/posting/fbs/cancel", cancel, HttpStatusCode.BadRequest);
        var list = await CheckedAsync("/v2/conditional-cancellation/list", new JsonObject { ["limit"] = 500, ["with"] = new JsonObject { ["counter"] = true } });
        var rejected = list.Json["result"]!.AsArray().Single(r => (string)r!["state"]!["state"]! == "REJECTED")!;
        await CheckedAsync("/v2/conditional-cancellation/reject", new JsonObject { ["cancellation_id"] = (long)rejected["cancellation_id"]! }, HttpStatusCode.BadRequest);
    }
}

using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Returns of FBO and FBS orders: told by the API, decided in Ozon's cabinet or by silence.</summary>
public sealed class MarketReturnTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<JsonArray> FoundAsync(JsonObject filter, int limit = 500) =>
        (await _host.CallAsync("/v1/returns/list", new JsonObject { ["filter"] = filter, ["limit"] = limit })).Json["returns"]!.AsArray();

    private static JsonObject Of(string number) => new() { ["posting_numbers"] = new JsonArray(number) };

    private async Task<string> StateAsync(string number) => (string)Assert.Single(await FoundAsync(Of(number)))!["visual"]!["status"]!["sys_name"]!;

    [Fact]
    public async Task It_is_told_with_its_numbers_as_strings_and_its_money_as_numbers()
    {
        var posting = await _host.GotAsync("FBS");
        var id = await _host.AskedAsync(posting);
        var told = Assert.Single(await FoundAsync(Of(posting.PostingNumber)))!;
        Assert.Equal(($"{id}", SandboxHost.ClientId, $"{posting.OrderId}"), ((string)told["id"]!, (string)told["company_id"]!, (string)told["order_id"]!));
        Assert.Equal(("ClientReturn", "Fbs", "OnSellerApproval"), ((string)told["type"]!, (string)told["schema"]!, (string)told["visual"]!["status"]!["sys_name"]!));
        Assert.Equal((2490m, 1), ((decimal)told["product"]!["price"]!["price"]!, (int)told["product"]!["quantity"]!));
        Assert.DoesNotContain(id, (await _host.CallAsync("/v2/returns/rfbs/list", new JsonObject { ["limit"] = 1000 })).Json["returns"]!.AsArray().Select(r => (long)r!["return_id"]!));
    }

    [Fact]
    public async Task Silence_of_a_day_agrees_and_the_money_goes_back_with_the_goods()
    {
        var posting = await _host.GotAsync("FBS");
        await _host.AskedAsync(posting);
        await _host.AdvanceAsync("PT23H");
        Assert.Equal("OnSellerApproval", await StateAsync(posting.PostingNumber));
        await _host.AdvanceAsync("PT1H");
        await Wait.ForAsync(async () => await StateAsync(posting.PostingNumber) == "Approved");
        await _host.AdvanceAsync("P2D");
        await Wait.ForAsync(async () => await StateAsync(posting.PostingNumber) == "MovingToSeller");
        Assert.Empty(await _host.MoneyAsync(posting.PostingNumber));
        await _host.AdvanceAsync("P2D");
        await Wait.ForAsync(async () => await StateAsync(posting.PostingNumber) == "MoneyReturned");
        Assert.Equal(249_000, Assert.Single(await _host.MoneyAsync(posting.PostingNumber)).Amount);
    }

    [Theory]
    [InlineData("cabinet-approve", "Approved", 0)]
    [InlineData("cabinet-reject", "Rejected", 0)]
    [InlineData("cabinet-refund", "MoneyReturned", 1)]
    [InlineData("withdraw", "Cancelled", 0)]
    public async Task In_the_cabinet_it_is_decided(string act, string state, int refunds)
    {
        var posting = await _host.GotAsync("FBO");
        await _host.ActAsync(await _host.AskedAsync(posting), act);
        Assert.Equal(state, await StateAsync(posting.PostingNumber));
        Assert.Equal(refunds, (await _host.MoneyAsync(posting.PostingNumber)).Count);
    }

    [Fact]
    public async Task Every_filter_finds_what_it_names_and_nothing_else()
    {
        var posting = await _host.GotAsync("FBS");
        var id = await _host.AskedAsync(posting);
        var now = _host.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var lately = new JsonObject { ["time_from"] = now.AddMinutes(-5).ToString("O"), ["time_to"] = now.AddMinutes(5).ToString("O") };
        JsonObject[] hits =
        [
            new() { ["order_id"] = posting.OrderId }, new() { ["barcode"] = $"ii{id}" }, new() { ["product_name"] = "ЧАЙНИК" }, new() { ["offer_id"] = posting.Items[0].OfferId },
            new() { ["visual_status_name"] = "OnSellerApproval" }, new() { ["return_schema"] = "FBS" }, new() { ["warehouse_id"] = 23869688194000 },
            new() { ["logistic_return_date"] = lately.DeepClone() }, new() { ["visual_status_change_moment"] = lately.DeepClone() },
        ];
        JsonObject[] misses =
        [
            new() { ["order_id"] = 1 }, new() { ["barcode"] = "ii0" }, new() { ["product_name"] = "Торшер" }, new() { ["offer_id"] = "LM-30" },
            new() { ["visual_status_name"] = "Utilized" }, new() { ["return_schema"] = "FBO" }, new() { ["warehouse_id"] = 1 }, new() { ["compensation_status_id"] = 2 },
            new() { ["storage_tariffication_start_date"] = lately.DeepClone() },
        ];
        foreach (var filter in hits.Concat(misses))
            filter["posting_numbers"] = new JsonArray(posting.PostingNumber);
        foreach (var filter in hits)
            Assert.True((await FoundAsync(filter.DeepClone().AsObject())).Count == 1, filter.ToJsonString());
        foreach (var filter in misses)
            Assert.True((await FoundAsync(filter.DeepClone().AsObject())).Count == 0, filter.ToJsonString());
    }

    [Fact]
    public async Task One_period_51_numbers_and_501_rows_are_the_limits()
    {
        var period = new JsonObject { ["time_from"] = "2026-01-01T00:00:00Z", ["time_to"] = "2026-02-01T00:00:00Z" };
        JsonObject[] wrong =
        [
            new() { ["limit"] = 501 }, [], new() { ["limit"] = 10, ["filter"] = new JsonObject { ["return_schema"] = "RFBS" } },
            new() { ["limit"] = 10, ["filter"] = new JsonObject { ["logistic_return_date"] = period.DeepClone(), ["visual_status_change_moment"] = period.DeepClone() } },
            new() { ["limit"] = 10, ["filter"] = new JsonObject { ["posting_numbers"] = new JsonArray([.. Enumerable.Range(0, 51).Select(n => JsonValue.Create($"{n}"))]) } },
        ];
        foreach (var body in wrong)
            Assert.StartsWith("400/3 Request validation error", (await _host.CallAsync("/v1/returns/list", body)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_read_page_by_page()
    {
        for (var i = 0; i < 3; i++)
            await _host.AskedAsync(i == 1 ? "FBO" : "FBS");
        var (ids, more, last) = (new List<string>(), true, "0");
        while (more)
        {
            var page = (await _host.CallAsync("/v1/returns/list", new JsonObject { ["limit"] = 2, ["last_id"] = last })).Json;
            ids.AddRange(page["returns"]!.AsArray().Select(r => (string)r!["id"]!));
            (more, last) = ((bool)page["has_next"]!, ids[^1]);
        }
        Assert.Equal((await FoundAsync([])).Select(r => (string)r!["id"]!), ids);
        Assert.True(ids.Count >= 3);
    }

    [Fact]
    public async Task What_is_cancelled_on_its_way_comes_back_and_its_money_went_with_the_cancellation()
    {
        var posting = await _host.NewAsync(status: "awaiting_deliver");
        await _host.Get<SandboxData>().WriteAsync(async db =>
        {
            var found = await db.Postings.FindAsync([posting.Id], TestContext.Current.CancellationToken);
            found!.HandedOverAt = found.InProcessAt;
        }, TestContext.Current.CancellationToken);
        await _host.CallAsync("/v2/posting/fbs/cancel", new JsonObject { ["posting_number"] = posting.PostingNumber, ["cancel_reason_id"] = 352 });
        var told = Assert.Single(await FoundAsync(Of(posting.PostingNumber)))!;
        Assert.Equal(("Cancellation", "MovingToSeller", "Товар закончился на складе продавца"), (
            (string)told["type"]!, (string)told["visual"]!["status"]!["sys_name"]!, (string)told["return_reason_name"]!));
        await _host.AdvanceAsync("P2D");
        await Wait.ForAsync(async () => await StateAsync(posting.PostingNumber) == "ReceivedBySeller");
        Assert.Equal("CANCELLATION", Assert.Single(await _host.MoneyAsync(posting.PostingNumber)).Source);
    }
}

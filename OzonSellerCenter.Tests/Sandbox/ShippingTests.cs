using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Putting postings together and bringing them to the buyer, as a client meets it.</summary>
public sealed class ShippingTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private Task<Answer> TrackAsync(string number, string track) => _host.CallAsync("/v2/fbs/posting/tracking-number/set", new JsonObject
    {
        ["tracking_numbers"] = new JsonArray(new JsonObject { ["posting_number"] = number, ["tracking_number"] = track }),
    });

    [Fact]
    public async Task A_posting_shipped_whole_awaits_delivery_under_its_own_number()
    {
        var posting = await _host.NewAsync();
        var answer = await _host.ShipAsync(posting);
        Assert.Equal([posting.PostingNumber], answer.Json["result"]!.AsArray().Select(n => (string)n!));
        Assert.Equal(("awaiting_deliver", "posting_transferring_to_delivery"), await _host.StateAsync(posting.PostingNumber));
        Assert.Equal("posting_created", (string)(await _host.PostingAsync(posting.PostingNumber))["previous_substatus"]!);
    }

    [Fact]
    public async Task A_posting_shipped_in_packages_becomes_as_many_postings()
    {
        var posting = await _host.NewAsync(lines: 2);
        var (first, second) = (posting.Items[0], posting.Items[1]);
        var answer = await _host.ShipAsync(posting, (first.Sku, 1), (second.Sku, 1));
        Assert.Equal([posting.PostingNumber, posting.OrderNumber + "-2"], answer.Json["result"]!.AsArray().Select(n => (string)n!));
        var (kept, part) = (await _host.PostingAsync(posting.PostingNumber), await _host.PostingAsync(posting.OrderNumber + "-2"));
        Assert.Equal(first.Sku, (long)Assert.Single(kept["products"]!.AsArray())!["sku"]!);
        Assert.Equal(second.Sku, (long)Assert.Single(part["products"]!.AsArray())!["sku"]!);
        Assert.Equal("awaiting_deliver", (string)part["status"]!);
        Assert.Equal(posting.PostingNumber, (string)part["parent_posting_number"]!);
        Assert.Equal(posting.OrderNumber + "-2", (string)Assert.Single(kept["related_postings"]!["related_posting_numbers"]!.AsArray())!);
    }

    [Fact]
    public async Task Packages_that_do_not_add_up_change_nothing()
    {
        var posting = await _host.NewAsync(lines: 2);
        var sku = posting.Items[0].Sku;
        Assert.Equal("400/3 HAS_INCORRECT_PRODUCT_QUANTITY", (await _host.ShipAsync(posting, (sku, 1))).Refusal);
        Assert.Equal("400/3 HAS_INCORRECT_PRODUCT_QUANTITY", (await _host.ShipAsync(posting, (sku, 2), (posting.Items[1].Sku, 1))).Refusal);
        Assert.Equal("400/3 UNKNOW_PRODUCT", (await _host.ShipAsync(posting, (5, 1))).Refusal);
        Assert.StartsWith("400/3 Request validation error: invalid FbsPostingShipV4Request", (await _host.ShipAsync(posting, (sku, 0))).Refusal, StringComparison.Ordinal);
        Assert.Equal(("awaiting_packaging", "posting_created"), await _host.StateAsync(posting.PostingNumber));
    }

    [Fact]
    public async Task A_posting_in_another_state_is_refused_by_the_name_of_the_fault()
    {
        foreach (var (status, fault) in ((string, string)[])
            [("awaiting_deliver", "POSTING_ALREADY_SHIPPED"), ("cancelled", "POSTING_ALREADY_CANCELLED"), ("awaiting_registration", "HAS_INCORRECT_STATUS")])
            Assert.Equal("400/3 " + fault, (await _host.ShipAsync(await _host.FindAsync(status))).Refusal);
        var fbo = await _host.FindAsync("delivered", "FBO");
        Assert.Equal("404/5 POSTING_NOT_FOUND", (await _host.ShipAsync(fbo)).Refusal);
        var foreign = await _host.CallAsync("/v4/posting/fbs/ship", new JsonObject
        {
            ["posting_number"] = (await _host.NewAsync()).PostingNumber,
            ["packages"] = new JsonArray(new JsonObject { ["products"] = new JsonArray(new JsonObject { ["product_id"] = 1, ["quantity"] = 1 }) }),
        }, "1000002", "sandbox-key-1000002");
        Assert.Equal("404/5 POSTING_NOT_FOUND", foreign.Refusal);
    }

    [Fact]
    public async Task Some_products_taken_out_make_a_posting_that_is_still_to_be_put_together()
    {
        var posting = await _host.NewAsync(lines: 2);
        var answer = await _host.CallAsync("/v4/posting/fbs/ship/package", new JsonObject
        {
            ["posting_number"] = posting.PostingNumber,
            ["products"] = new JsonArray(new JsonObject { ["product_id"] = posting.Items[1].Sku, ["quantity"] = 1 }),
        });
        Assert.Equal(posting.OrderNumber + "-2", (string)answer.Json["result"]!);
        Assert.Equal("awaiting_packaging", (await _host.StateAsync(posting.OrderNumber + "-2")).Status);
        Assert.Equal("awaiting_packaging", (await _host.StateAsync(posting.PostingNumber)).Status);
        Assert.Single((await _host.PostingAsync(posting.PostingNumber))["products"]!.AsArray());
    }

    [Fact]
    public async Task An_assembly_that_failed_says_so_in_the_substatus_and_may_be_repeated()
    {
        await using var host = await SandboxHost.StartAsync(null, ("Sandbox:Quirks:ShipFailsOnce", "true"));
        var posting = await host.NewAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.ShipAsync(posting)).Status);
        Assert.Equal(("awaiting_packaging", "ship_failed"), await host.StateAsync(posting.PostingNumber));
        Assert.Contains("ship_async_retry", await host.ActionsAsync(posting.PostingNumber));
        Assert.Equal(HttpStatusCode.OK, (await host.ShipAsync(posting)).Status);
        Assert.Equal("awaiting_deliver", (await host.StateAsync(posting.PostingNumber)).Status);
    }

    [Fact]
    public async Task A_parcel_that_the_seller_delivers_goes_step_by_step_and_offers_only_the_next_ones()
    {
        var posting = await _host.NewAsync("RFBS");
        var number = posting.PostingNumber;
        Assert.Equal("HAS_INCORRECT_STATUS", (await _host.CallOnAsync("/v2/fbs/posting/delivering", number)).Error());
        await _host.ShipAsync(posting);
        Assert.Contains("set_track_number", await _host.ActionsAsync(number));
        Assert.Equal("", (await TrackAsync(number, "RB123456789CN")).Error());
        Assert.Equal("HAS_INCORRECT_STATUS", (await _host.CallOnAsync("/v2/fbs/posting/last-mile", number)).Error());
        Assert.Equal("", (await _host.CallOnAsync("/v2/fbs/posting/delivering", number)).Error());
        Assert.Equal(("delivering", "posting_transferred_to_courier_service"), await _host.StateAsync(number));
        Assert.NotNull((await _host.PostingAsync(number))["delivering_date"]);
        Assert.Equal("", (await _host.CallOnAsync("/v2/fbs/posting/last-mile", number)).Error());
        Assert.DoesNotContain("non_int_last_mile", await _host.ActionsAsync(number));
        Assert.Equal("", (await _host.CallOnAsync("/v2/fbs/posting/delivered", number)).Error());
        Assert.Equal(("delivering", "posting_conditionally_delivered"), await _host.StateAsync(number));
        Assert.Equal("RB123456789CN", (string)(await _host.PostingAsync(number))["tracking_number"]!);
        Assert.DoesNotContain("cancel", await _host.ActionsAsync(number));
        await _host.AdvanceAsync("P2D");
        await Wait.ForAsync(async () => await _host.StateAsync(number) == ("delivered", "posting_received"));
    }

    [Fact]
    public async Task Ozons_own_parcels_are_not_the_sellers_to_move()
    {
        var number = (await _host.FindAsync("awaiting_deliver")).PostingNumber;
        Assert.Equal("HAS_INCORRECT_TPL_INTEGRATION_TYPE", (await _host.CallOnAsync("/v2/fbs/posting/delivering", number)).Error());
        Assert.Equal("HAS_INCORRECT_TPL_INTEGRATION_TYPE", (await TrackAsync(number, "1")).Error());
        Assert.Equal("POSTING_NOT_FOUND", (await _host.CallOnAsync("/v2/fbs/posting/delivered", "none")).Error());
    }

    [Fact]
    public async Task More_than_twenty_tracking_numbers_are_refused()
    {
        var many = new JsonArray([.. Enumerable.Range(0, 21).Select(i => new JsonObject { ["posting_number"] = $"{i}", ["tracking_number"] = "1" })]);
        var answer = await _host.CallAsync("/v2/fbs/posting/tracking-number/set", new JsonObject { ["tracking_numbers"] = many });
        Assert.StartsWith("400/3 Request validation error", answer.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispute_is_opened_and_the_posting_taken_back_to_shipment()
    {
        var number = (await _host.FindAsync("awaiting_deliver")).PostingNumber;
        Assert.True((bool)(await _host.CallOnAsync("/v2/posting/fbs/arbitration", number)).Json["result"]!);
        Assert.Equal(("arbitration", "posting_in_arbitration"), await _host.StateAsync(number));
        Assert.Equal("400/3 HAS_INCORRECT_STATUS", (await _host.CallOnAsync("/v2/posting/fbs/arbitration", number)).Refusal);
        Assert.True((bool)(await _host.CallOnAsync("/v2/posting/fbs/awaiting-delivery", number)).Json["result"]!);
        Assert.Equal("awaiting_deliver", (await _host.StateAsync(number)).Status);
    }

    [Fact]
    public async Task Each_status_offers_what_can_be_done_in_it()
    {
        (string Status, string Scheme, string[] Offered)[] expected =
        [
            ("awaiting_packaging", "FBS", ["cancel", "product_cancel", "ship", "ship_async"]),
            ("awaiting_packaging", "RFBS", ["cancel", "product_cancel", "ship", "ship_async", "set_timeslot", "set_cutoff"]),
            ("awaiting_deliver", "FBS", ["arbitration", "cancel", "label_download_big", "label_download_small", "label_download"]),
            ("awaiting_deliver", "RFBS", ["cancel", "label_download_big", "label_download_small", "label_download", "non_int_delivering", "set_track_number", "set_timeslot"]),
            ("delivering", "RFBS", ["cancel", "non_int_delivered", "non_int_last_mile", "set_track_number", "click_track_number", "set_timeslot"]),
            ("arbitration", "FBS", ["awaiting_delivery"]),
            ("delivering", "FBS", []),
            ("cancelled", "FBS", []),
        ];
        foreach (var (status, scheme, offered) in expected)
            Assert.Equal(offered, (await _host.ActionsAsync((await _host.NewAsync(scheme, status: status)).PostingNumber)).Except(["can_create_chat"]));
    }
}

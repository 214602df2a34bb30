using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Tests.Contract;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The sandbox's answers about returns against Ozon's own schemas.</summary>
[Trait("Needs", "Reference")]
public sealed class ReturnContractTests
{
    private static async Task<Answer> CheckedAsync(SandboxHost host, string path, JsonObject body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await host.CallAsync(path, body.DeepClone().AsObject());
        Assert.Equal(expected, answer.Status);
        Assert.Empty(OzonSchema.OrSkip().ValidateRequest(path, body.ToJsonString()));
        Assert.Empty(OzonSchema.OrSkip(allowNull: true).ValidateResponse(path, (int)answer.Status, answer.Text));
        return answer;
    }

    [Fact]
    public async Task Requests_of_the_sellers_delivery_have_Ozons_form()
    {
        OzonSchema.OrSkip();
        await using var host = await SandboxHost.StartAsync();
        var list = await host.CallAsync("/v2/returns/rfbs/list", new JsonObject { ["limit"] = 1000, ["filter"] = new JsonObject { ["group_state"] = new JsonArray("All") } });
        var requests = list.Json["returns"]!.AsArray();
        Assert.NotEmpty(requests);
        foreach (var request in requests)
        {
            // The document calls the list's returns an object, and its own sample is an array: each element is one.
            var alone = new JsonObject { ["returns"] = request!.DeepClone() };
            Assert.Empty(OzonSchema.OrSkip(allowNull: true).ValidateResponse("/v2/returns/rfbs/list", 200, alone.ToJsonString()));
            await CheckedAsync(host, "/v2/returns/rfbs/get", new JsonObject { ["return_id"] = (long)request!["return_id"]! });
        }
        await CheckedAsync(host, "/v2/returns/rfbs/get", new JsonObject { ["return_id"] = 1 }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Decisions_have_Ozons_form()
    {
        OzonSchema.OrSkip();
        await using var host = await SandboxHost.StartAsync();
        JsonObject[] deeds =
        [
            new() { ["return_id"] = await host.AskedAsync(), ["id"] = ReturnActions.Compensate, ["compensation_amount"] = 500.5 },
            new() { ["return_id"] = await host.AskedAsync(), ["id"] = ReturnActions.Reject, ["comment"] = "Нет", ["rejection_reason_id"] = 105 },
            new() { ["return_id"] = await host.ReceivedReturnAsync(await host.GotAsync()), ["id"] = ReturnActions.Refund, ["return_for_back_way"] = 300 },
        ];
        foreach (var deed in deeds)
        {
            var done = await host.CallAsync("/v1/returns/rfbs/action/set", deed.DeepClone().AsObject());
            Assert.Equal((HttpStatusCode.OK, ""), (done.Status, done.Text));
            await CheckedAsync(host, "/v1/returns/rfbs/action/set", deed, HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Returns_of_Ozons_delivery_have_Ozons_form()
    {
        OzonSchema.OrSkip();
        await using var host = await SandboxHost.StartAsync(null, ("Sandbox:Quirks:ReturnIdsAsStrings", "false"));
        var page = await CheckedAsync(host, "/v1/returns/list", new JsonObject { ["limit"] = 5, ["last_id"] = 0 });
        Assert.Equal((5, true), (page.Json["returns"]!.AsArray().Count, (bool)page.Json["has_next"]!));
        foreach (var schema in (string[])["FBS", "FBO"])
            Assert.NotEmpty((await CheckedAsync(host, "/v1/returns/list", new JsonObject { ["limit"] = 500, ["filter"] = new JsonObject { ["return_schema"] = schema } })).Json["returns"]!.AsArray());
        var period = new JsonObject { ["time_from"] = "2020-01-01T00:00:00Z", ["time_to"] = "2100-01-01T00:00:00Z" };
        await CheckedAsync(host, "/v1/returns/list", new JsonObject
        {
            ["limit"] = 500,
            ["filter"] = new JsonObject { ["visual_status_change_moment"] = period.DeepClone(), ["logistic_return_date"] = period.DeepClone() },
        }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task By_default_the_64_bit_numbers_of_Ozons_delivery_are_strings_and_nothing_else_differs()
    {
        OzonSchema.OrSkip();
        await using var host = await SandboxHost.StartAsync();
        var list = await host.CallAsync("/v1/returns/list", new JsonObject { ["limit"] = 1 });
        Assert.NotEmpty(OzonSchema.OrSkip(allowNull: true).ValidateResponse("/v1/returns/list", 200, list.Text));
        var line = list.Json["returns"]![0]!;
        Assert.Equal(long.Parse((string)line["id"]!, null), await host.ReadAsync(db => db.Returns.Where(r => r.ClientId == 1000001 && r.Scheme != "RFBS").Min(r => r.Id)));
        Assert.True((decimal)line["product"]!["price"]!["price"]! > 0);
    }
}

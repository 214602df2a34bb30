using System.Net;
using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What the tests of returns and refunds do again and again.</summary>
internal static class ReturnCalls
{
    public const string Wrong = "Не включается";

    /// <summary>A posting that the buyer has, with one line; kettles cost 2490 and 890 roubles.</summary>
    public static async Task<Posting> GotAsync(this SandboxHost host, string scheme = "RFBS", int lines = 1)
    {
        var posting = await host.NewAsync(scheme, lines, "delivering");
        Assert.Equal(HttpStatusCode.Redirect, (await host.FillInAsync($"/orders/{posting.PostingNumber}/receive")).Status);
        return posting;
    }

    /// <summary>The buyer asks to give it back; the request's id.</summary>
    public static async Task<long> AskedAsync(this SandboxHost host, Posting posting, int item = 0, JsonArray? photos = null) =>
        long.Parse((string)(await host.ControlAsync("buyer-return", new JsonObject
        {
            ["clientId"] = SandboxHost.ClientId,
            ["postingNumber"] = posting.PostingNumber,
            ["sku"] = posting.Items[item].Sku,
            ["reasonId"] = 4,
            ["text"] = Wrong,
            ["photos"] = photos,
        }))["returnId"]!, null);

    public static async Task<long> AskedAsync(this SandboxHost host, string scheme = "RFBS") => await host.AskedAsync(await host.GotAsync(scheme));

    /// <summary>The buyer, Ozon's cabinet or the bank acts.</summary>
    public static Task ActAsync(this SandboxHost host, long id, string act) =>
        host.ControlAsync("return-act", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["returnId"] = id, ["act"] = act });

    /// <summary>The seller acts.</summary>
    public static Task<Answer> DecideAsync(this SandboxHost host, long id, long action, string? amount = null, string? postage = null, string? comment = null, long? reason = null) =>
        host.CallAsync("/v1/returns/rfbs/action/set", new JsonObject
        {
            ["return_id"] = id,
            ["id"] = action,
            ["compensation_amount"] = amount,
            ["return_for_back_way"] = postage,
            ["comment"] = comment,
            ["rejection_reason_id"] = reason,
        });

    public static async Task DoneAsync(this SandboxHost host, long id, long action, string? amount = null, string? postage = null) =>
        Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(id, action, amount, postage)).Status);

    public static async Task<List<long>> OpenActionsAsync(this SandboxHost host, long id)
    {
        var answer = await host.CallAsync("/v2/returns/rfbs/get", new JsonObject { ["return_id"] = id });
        return [.. answer.Json["returns"]!["available_actions"]!.AsArray().Select(a => (long)a!["id"]!)];
    }

    public static Task<ReturnRequest> RequestAsync(this SandboxHost host, long id) => host.ReadAsync(db => db.Returns.Single(r => r.Id == id));

    public static async Task BecomesAsync(this SandboxHost host, long id, string state) => await Wait.ForAsync(async () => (await host.RequestAsync(id)).State == state);

    /// <summary>A request whose goods the seller has.</summary>
    public static async Task<long> ReceivedReturnAsync(this SandboxHost host, Posting posting)
    {
        var id = await host.AskedAsync(posting);
        await host.DoneAsync(id, ReturnActions.TakeBack);
        await host.ActAsync(id, "send");
        await host.ActAsync(id, "arrive");
        await host.DoneAsync(id, ReturnActions.Receive);
        return id;
    }

    public static Task<Answer> RefundAsync(this SandboxHost host, string number, string reference, string amount, string? postage = null, string currency = "RUB") =>
        host.CallAsync("/extension/v1/refund/create", new JsonObject
        {
            ["posting_number"] = number,
            ["reference"] = reference,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency },
            ["return_shipping"] = postage is null ? null : new JsonObject { ["amount"] = postage, ["currency"] = currency },
            ["reason_code"] = "GOODWILL",
        });

    public static Task<List<BuyerRefund>> MoneyAsync(this SandboxHost host, string number) =>
        host.ReadAsync(db => db.BuyerRefunds.Where(r => r.PostingNumber == number).OrderBy(r => r.Id).ToList());

    public static Task<Answer> ExchangeAsync(this SandboxHost host, long id, string reference) =>
        host.CallAsync("/extension/v1/exchange/create", new JsonObject { ["return_id"] = id, ["reference"] = reference });
}

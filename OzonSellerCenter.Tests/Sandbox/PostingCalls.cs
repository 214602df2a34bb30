using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What the tests of posting methods do again and again.</summary>
internal static class PostingCalls
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The first seeded posting of account 1000001 of that kind.</summary>
    public static async Task<Posting> FindAsync(this SandboxHost host, string status, string scheme = "FBS")
    {
        await using var db = await host.Get<SandboxData>().OpenAsync(Stop);
        return await db.Postings.AsNoTracking().OrderBy(p => p.Id).FirstAsync(p => p.ClientId == 1000001 && p.Status == status && p.Scheme == scheme, Stop);
    }

    /// <summary>A posting of account 1000001 that was paid just now and is to be shipped tomorrow: what holds for the seeded ones depends on the hour.</summary>
    public static Task<Posting> NewAsync(
        this SandboxHost host, string scheme = "FBS", int lines = 1, string status = "awaiting_packaging", string? number = null) =>
        host.Get<SandboxData>().WriteAsync(async db =>
        {
            var now = host.Get<SandboxData>().Now;
            var order = $"0100000000-{await db.Postings.CountAsync(p => p.OrderNumber.StartsWith("0100000000"), Stop):0000}";
            var products = await db.Products.Where(p => p.ClientId == 1000001).OrderBy(p => p.Sku).Take(lines).ToListAsync(Stop);
            return db.Postings.Add(new Posting
            {
                ClientId = 1000001,
                OrderId = await db.Postings.MaxAsync(p => p.OrderId, Stop) + 1,
                OrderNumber = order,
                PostingNumber = number ?? order + "-1",
                BuyerId = await db.Buyers.MinAsync(b => b.Id, Stop),
                Scheme = scheme,
                Status = status,
                Substatus = status == "delivering" ? "posting_on_way_to_city" : "posting_created",
                InProcessAt = now,
                ShipBy = now.AddDays(1),
                HandedOverAt = status == "delivering" ? now : null,
                DeliveryFrom = now.AddDays(3),
                DeliveryTo = now.AddDays(6),
                ChangedAt = now,
                TrackingNumber = "",
                Address = "ул. Садовая, д. 1",
                Items = [.. products.Select(p => new PostingItem { Sku = p.Sku, OfferId = p.OfferId, Name = p.Name, Quantity = 1, Price = p.Price, Colour = p.Colour })],
            }).Entity;
        }, Stop);

    /// <summary>The posting as Ozon tells it.</summary>
    public static async Task<JsonNode> PostingAsync(this SandboxHost host, string number)
    {
        var answer = await host.CallAsync("/v3/posting/fbs/get", new JsonObject { ["posting_number"] = number, ["with"] = new JsonObject { ["related_postings"] = true } });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Json["result"]!;
    }

    public static async Task<(string Status, string Substatus)> StateAsync(this SandboxHost host, string number)
    {
        var posting = await host.PostingAsync(number);
        return ((string)posting["status"]!, (string)posting["substatus"]!);
    }

    public static async Task<List<string>> ActionsAsync(this SandboxHost host, string number) =>
        [.. (await host.PostingAsync(number))["available_actions"]!.AsArray().Select(a => (string)a!)];

    /// <summary>Ships in packages of one line each: SKU and pieces. No package means all in one.</summary>
    public static Task<Answer> ShipAsync(this SandboxHost host, Posting posting, params (long Sku, int Pieces)[] packages) =>
        host.CallAsync("/v4/posting/fbs/ship", new JsonObject
        {
            ["posting_number"] = posting.PostingNumber,
            ["packages"] = packages.Length == 0
                ? [Package([.. posting.Items.Select(i => (i.Sku, i.Quantity))])]
                : new JsonArray([.. packages.Select(p => Package(p))]),
        });

    public static Task<Answer> CallOnAsync(this SandboxHost host, string path, params string[] numbers) =>
        host.CallAsync(path, new JsonObject { ["posting_number"] = new JsonArray([.. numbers.Select(n => JsonValue.Create(n))]) });

    /// <summary>What was said about the one posting of a call; empty when it was done.</summary>
    public static string Error(this Answer answer)
    {
        var told = Assert.Single(answer.Json["result"]!.AsArray())!;
        Assert.Equal((string)told["error"]! == "", (bool)told["result"]!);
        return (string)told["error"]!;
    }

    private static JsonObject Package(params (long Sku, int Pieces)[] products) => new()
    {
        ["products"] = new JsonArray([.. products.Select(p => new JsonObject { ["product_id"] = p.Sku, ["quantity"] = p.Pieces })]),
    };
}

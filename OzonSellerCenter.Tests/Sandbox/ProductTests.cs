using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Products and categories of the sandbox's API.</summary>
public sealed class ProductTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_product_is_found_by_each_of_its_numbers_and_by_its_own_shop_only()
    {
        await using var host = await SandboxHost.StartAsync();
        var bySku = await ItemsAsync(host, new JsonObject { ["sku"] = new JsonArray($"{Shopping.Kettle}") });
        var kettle = Assert.Single(bySku)!;
        Assert.Equal(("KT-170", "2490.00", "RUB", Shopping.Kettle), ((string)kettle["offer_id"]!, (string)kettle["price"]!, (string)kettle["currency_code"]!, (long)kettle["sku"]!));
        foreach (var other in new[] { new JsonObject { ["offer_id"] = new JsonArray("KT-170") }, new JsonObject { ["product_id"] = new JsonArray((long)kettle["id"]!) } })
        {
            Assert.Equal(kettle.ToJsonString(), Assert.Single(await ItemsAsync(host, other))!.ToJsonString());
        }

        var foreign = await host.CallAsync("/v3/product/info/list", new JsonObject { ["sku"] = new JsonArray(Shopping.Kettle) }, "1000002", "sandbox-key-1000002");
        Assert.Empty(foreign.Json["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync("/v3/product/info/list")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync("/v3/product/info/list", new JsonObject { ["sku"] = new JsonArray("kettle") })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync("/v3/product/info/list", new JsonObject { ["sku"] = new JsonArray(1) }, key: SandboxHost.Key + "-readonly")).Status);
    }

    [Fact]
    public async Task Its_category_and_type_stand_in_the_tree_and_its_picture_is_a_PNG_for_everybody()
    {
        await using var host = await SandboxHost.StartAsync();
        var kettle = Assert.Single(await ItemsAsync(host, new JsonObject { ["sku"] = new JsonArray(Shopping.Kettle) }))!;
        var tree = (await host.CallAsync("/v1/description-category/tree", new JsonObject { ["language"] = "RU" })).Json["result"]!.AsArray();
        var category = tree.SelectMany(root => root!["children"]!.AsArray()).Single(c => (long)c!["description_category_id"]! == (long)kettle["description_category_id"]!)!;
        Assert.Equal("Чайники", (string)category["category_name"]!);
        Assert.Equal("Чайник", (string)category["children"]!.AsArray().Single(t => (long)t!["type_id"]! == (long)kettle["type_id"]!)!["type_name"]!);

        var address = new Uri((string)kettle["primary_image"]![0]!);
        var picture = await host.Http.GetByteArrayAsync(address, Stop);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], picture[..8]);
        Assert.Equal(200, (picture[18] << 8) | picture[19]);
        using var missing = await host.Http.GetAsync(new Uri(address, "1.png"), Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private static async Task<JsonArray> ItemsAsync(SandboxHost host, JsonObject body) => (await host.CallAsync("/v3/product/info/list", body)).Json["items"]!.AsArray();
}

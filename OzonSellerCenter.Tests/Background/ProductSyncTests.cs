using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Sandbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What products are is learned from Ozon once they are ordered.</summary>
public sealed class ProductSyncTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task An_ordered_product_gets_its_name_category_group_and_picture_and_is_asked_for_again_after_a_week(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await OrderAsync(test, 1, 2);
        test.Ozon.Answer = Shop;
        await RefreshAsync(test);
        var fact = await FactAsync(test, 1);
        Assert.Equal(("KN-1", "Тургенев", "Книги · Книга", ReturnGroup.Books, test.Now), (fact.OfferId, fact.Name, fact.Category, fact.EffectiveGroup, fact.FetchedAt));
        Assert.Equal(("image/png", 64), (fact.PictureType, fact.PictureSha256!.Length));
        Assert.Equal(Png, await File.ReadAllBytesAsync(test.Get<ContentFiles>().PathOf(fact.PictureSha256), Ct));

        // Ozon knows nothing of the second one.
        Assert.Equal((null, ReturnGroup.Other), ((await FactAsync(test, 2)).Category, (await FactAsync(test, 2)).EffectiveGroup));
        await RefreshAsync(test);
        Assert.Equal((1, 1, 1), Calls(test));

        await OrderAsync(test, 1, 3);
        await RefreshAsync(test);
        Assert.Equal(["3"], test.Ozon.Calls.Last(c => c.Path == "/v3/product/info/list").Body["sku"]!.AsArray().Select(s => (string)s!));
        test.Time.Advance(TimeSpan.FromDays(7.1));
        await RefreshAsync(test);
        Assert.Equal(3, test.Ozon.Calls.Last(c => c.Path == "/v3/product/info/list").Body["sku"]!.AsArray().Count);

        // The tree and the picture are known.
        Assert.Equal((3, 1, 1), Calls(test));
    }

    [Fact]
    public async Task More_than_a_thousand_products_are_asked_for_in_parts()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await OrderAsync(test, [.. Enumerable.Range(1, 2300).Select(n => (long)n)]);
        test.Ozon.Answer = (path, _) => path == "/v3/product/info/list" ? FakeOzon.Json("""{"items":[]}""") : null;
        await RefreshAsync(test);
        Assert.Equal([1000, 1000, 300], test.Ozon.Calls.Where(c => c.Path == "/v3/product/info/list").Select(c => c.Body["sku"]!.AsArray().Count));
        Assert.Equal(2300, await test.ReadAsync(db => db.ProductFacts.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_key_without_the_right_is_left_alone_for_an_hour_and_the_store_goes_on_working()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await OrderAsync(test, 1);
        var before = await test.ReadAsync(db => db.Stores.Select(s => s.Connection).SingleAsync(Ct));
        test.Ozon.Answer = (_, _) => FakeOzon.Json("""{"code":7,"message":"Api-Key is missing a required role for a method"}""", HttpStatusCode.Forbidden);
        await RefreshAsync(test);
        await RefreshAsync(test);
        Assert.Equal((1, 0, 0), Calls(test));
        Assert.Equal(before, await test.ReadAsync(db => db.Stores.Select(s => s.Connection).SingleAsync(Ct)));
        test.Ozon.Answer = Shop;
        test.Time.Advance(TimeSpan.FromMinutes(61));
        await RefreshAsync(test);
        Assert.Equal("Тургенев", (await FactAsync(test, 1)).Name);
    }

    [Fact]
    public async Task What_is_no_picture_is_not_kept_and_another_address_is_tried()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await OrderAsync(test, 1);
        var svg = true;
        test.Ozon.Answer = (path, body) => svg && path.EndsWith(".png", StringComparison.Ordinal) ? FakeOzon.Json("<svg onload='x'/>") : Shop(path, body);
        await RefreshAsync(test);
        await RefreshAsync(test);
        Assert.Null((await FactAsync(test, 1)).PictureSha256);
        Assert.Equal(1, Calls(test).Pictures);
        svg = false;
        test.Ozon.Answer = (path, body) => path == "/v3/product/info/list"
            ? FakeOzon.Json(Product(1, "https://ozon.test/s3/2.png"))
            : Shop(path, body);
        test.Time.Advance(TimeSpan.FromDays(8));
        await RefreshAsync(test);
        Assert.Equal("image/png", (await FactAsync(test, 1)).PictureType);
    }

    [Fact]
    public async Task The_sandbox_tells_of_all_its_goods_with_pictures()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        await Wait.ForAsync(async () => await shop.ReadAsync(async db =>
            !await db.PostingItems.AnyAsync(i => !db.Set<ProductFact>().Any(f => f.Sku == i.Sku && f.PictureSha256 != null), Ct)));
        var facts = await shop.ReadAsync(db => db.ProductFacts.AsNoTracking().ToListAsync(Ct));
        Assert.Equal(await shop.ReadAsync(db => db.PostingItems.Select(i => i.Sku).Distinct().CountAsync(Ct)), facts.Count);
        Assert.All(facts, f => Assert.Equal(("image/png", true), (f.PictureType, f.Category!.Contains(" · ", StringComparison.Ordinal))));
        Assert.True(facts.Select(f => f.PictureSha256).Distinct().Count() > 10);
    }

    private static (int Products, int Trees, int Pictures) Calls(BackgroundTest test) =>
        (test.Ozon.CallsOf("/v3/product/info/list"), test.Ozon.CallsOf("/v1/description-category/tree"), test.Ozon.CallsOf(".png"));

    private static Task RefreshAsync(BackgroundTest test) => test.Get<ProductSync>().RefreshAsync(test.StoreId, Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);

    private static Task<ProductFact> FactAsync(BackgroundTest test, long sku) => test.ReadAsync(db => db.ProductFacts.AsNoTracking().SingleAsync(f => f.Sku == sku, Ct));

    private static async Task OrderAsync(BackgroundTest test, params long[] skus)
    {
        await using var db = await test.Databases.ForSystemAsync(Ct);
        db.Postings.Add(new Posting
        {
            StoreId = test.StoreId,
            PostingNumber = $"{Guid.NewGuid():N}",
            Items = [.. skus.Select(s => new PostingItem { StoreId = test.StoreId, Sku = s, Name = "Из заказа", Quantity = 1 })],
        });
        await db.CommitAsync(Ct);
    }

    private static string Product(long sku, string picture) =>
        $$"""{"items":[{"id":7,"sku":{{sku}},"offer_id":"KN-1","name":"Тургенев","description_category_id":20,"type_id":30,"primary_image":["{{picture}}"]}]}""";

    private static HttpResponseMessage? Shop(string path, JsonObject body) => path switch
    {
        "/v3/product/info/list" => FakeOzon.Json(body["sku"]!.AsArray().Any(s => (string)s! == "1") ? Product(1, "https://ozon.test/s3/1.png") : """{"items":[]}"""),
        "/v1/description-category/tree" => FakeOzon.Json("""
            {"result":[{"description_category_id":10,"category_name":"Хобби","children":[{"description_category_id":20,"category_name":"Книги","children":[
            {"type_id":30,"type_name":"Книга"}]}]}]}
            """),
        _ when path.EndsWith(".png", StringComparison.Ordinal) => new HttpResponseMessage { Content = new ByteArrayContent(Png) },
        _ => null,
    };
}

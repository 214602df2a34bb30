using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

/// <summary>Products and categories: methods outside the part of Ozon's document that is kept here.</summary>
public sealed class OzonProductTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SKUs_go_out_as_texts_and_pictures_come_as_a_list_or_as_one_text()
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(OzonStub.Json("""
            {"items":[{"id":"111","sku":222,"offer_id":"KT-170","name":"Чайник","sources":[{"sku":333,"source":"fbo"}],"primary_image":["https://cdn1.ozone.ru/a.jpg"],
            "images":null,"description_category_id":17028741,"type_id":91443,"price":"2490.00","currency_code":"RUB","unknown":{}},
            {"id":112,"sku":223,"primary_image":"https://cdn1.ozone.ru/b.jpg","images":["","https://cdn1.ozone.ru/c.jpg"]}]}
            """));
        var answer = await ozon.Api.ProductInfoListAsync(OzonStub.Account, new ProductInfoListRequest { Sku = ["222", "223"] }, Stop);
        Assert.EndsWith("/v3/product/info/list", ozon.Sent.Single().Url, StringComparison.Ordinal);
        Assert.Equal("""{"sku":["222","223"]}""", ozon.Sent.Single().Body);
        var (kettle, other) = (answer.Value!.Items[0], answer.Value.Items[1]);
        Assert.Equal((111, 222, 333, "KT-170", 17028741, 91443, 2490.00m, "RUB"),
            (kettle.Id, kettle.Sku, kettle.Sources[0].Sku, kettle.OfferId, kettle.DescriptionCategoryId, kettle.TypeId, kettle.Price, kettle.CurrencyCode));
        Assert.Equal(["https://cdn1.ozone.ru/a.jpg"], kettle.PrimaryImage);
        Assert.Empty(kettle.Images);
        Assert.Equal(["https://cdn1.ozone.ru/b.jpg", "https://cdn1.ozone.ru/c.jpg"], other.PrimaryImage.Concat(other.Images));
    }

    [Fact]
    public async Task The_tree_of_categories_is_asked_for_in_Russian_and_holds_types_in_its_leaves()
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(OzonStub.Json("""
            {"result":[{"description_category_id":1,"category_name":"Дом","disabled":false,"children":[
            {"description_category_id":2,"category_name":"Чайники","children":[{"type_id":3,"type_name":"Чайник","children":[]}]}]}]}
            """));
        var answer = await ozon.Api.CategoryTreeAsync(OzonStub.Account, new CategoryTreeRequest(), Stop);
        Assert.Equal("""{"language":"RU"}""", ozon.Sent.Single().Body);
        var type = answer.Value!.Result[0].Children[0].Children[0];
        Assert.Equal((3, "Чайник", 0), (type.TypeId, type.TypeName, type.DescriptionCategoryId));
    }

    [Theory]
    [InlineData("https://cdn1.ozone.ru/s3/multimedia-1/1.jpg", true)]
    [InlineData("https://ozon.test/api/s3/multimedia-1/1.png", true)]
    [InlineData("https://ozone.ru.evil.test/1.jpg", false)]
    [InlineData("http://cdn1.ozone.ru/1.jpg", false)]
    [InlineData("http://169.254.169.254/latest", false)]
    [InlineData("file:///etc/passwd", false)]
    public async Task A_picture_is_fetched_from_Ozons_hosts_only_and_without_the_key(string url, bool isAsked)
    {
        using var ozon = new OzonStub();
        ozon.Answer = (_, _) => Task.FromResult(OzonStub.Json("picture"));
        var answer = await ozon.Api.PictureAsync(OzonStub.Account, url, Stop);
        Assert.Equal(isAsked, answer.IsOk);
        Assert.Equal(isAsked ? 1 : 0, ozon.Sent.Count);
        if (!isAsked) Assert.Equal(OzonErrorKind.ForeignAddress, answer.Error?.Kind);
        Assert.All(ozon.Sent, s => Assert.DoesNotContain("Api-Key", s.Headers, StringComparison.OrdinalIgnoreCase));
    }
}

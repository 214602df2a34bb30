using System.Globalization;
using Bunit;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>What was ordered is seen, not only read.</summary>
public sealed class ProductPictureTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public ProductPictureTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_product_shows_its_picture_once_it_is_here_and_a_sign_until_then()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("1-1", change: p => p.Items.Add(new PostingItem { StoreId = shop.Store.Id, Sku = 77, Name = "Лампа", Quantity = 1 }));
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<OrderPage>(p => p.Add(c => c.PostingNumber, "1-1"));
        page.WaitForElement("[data-testid=order-item]", Limit);
        Assert.Empty(page.FindAll("[data-testid=order-item] img"));
        Assert.All(page.FindAll("[data-testid=order-item] .thumb"), t => Assert.NotNull(t.QuerySelector("svg")));

        var fact = new ProductFact { StoreId = shop.Store.Id, Sku = 77, PictureUrl = "https://cdn1.ozone.ru/1.jpg", PictureSha256 = new string('a', 64), PictureType = "image/jpeg" };
        await shop.WriteAsync(db =>
        {
            db.ProductFacts.Add(fact);
            db.Announce(shop.Store.Id, EventKind.Product, "77");
            return Task.CompletedTask;
        });
        var picture = page.WaitForElement("[data-testid=order-item] img", Limit);
        Assert.Equal(($"/files/products/{fact.Id}", "Picture: Лампа", "48"), (picture.GetAttribute("src"), picture.GetAttribute("alt"), picture.GetAttribute("width")));
    }

    [Fact]
    public void Another_picture_lets_go_of_the_copy_and_the_same_one_does_not()
    {
        var fact = new ProductFact { PictureUrl = "https://cdn1.ozone.ru/1.jpg", PictureSha256 = "a", PictureType = "image/jpeg" };
        fact.TakePicture("https://cdn1.ozone.ru/1.jpg");
        Assert.Equal("a", fact.PictureSha256);
        fact.TakePicture("https://cdn1.ozone.ru/2.jpg");
        Assert.Equal((null, null, "https://cdn1.ozone.ru/2.jpg"), (fact.PictureSha256, fact.PictureType, fact.PictureUrl));
    }
}

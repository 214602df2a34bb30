using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>What a buyer does on the sandbox's storefront.</summary>
internal static class Storefront
{
    /// <summary>Goes to an order, as the person whose it is, and from there to the seller.</summary>
    public static async Task OpenOrderAsync(Window buyer, string postingNumber)
    {
        await buyer.Page.GotoAsync($"/sandbox/shop/orders/{postingNumber}");
        await buyer.Find("storefront-contact").ClickAsync();
        await Assertions.Expect(buyer.Find("storefront-message")).ToBeVisibleAsync();
    }

    public static async Task WriteAsync(Window buyer, string text)
    {
        await buyer.Find("storefront-message").FillAsync(text);
        await buyer.Find("storefront-send").ClickAsync();
        await Assertions.Expect(buyer.Find("storefront-message-list")).ToContainTextAsync(text);
    }
}

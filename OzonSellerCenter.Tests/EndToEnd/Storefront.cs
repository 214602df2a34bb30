using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>What a buyer does on the sandbox's storefront.</summary>
internal static class Storefront
{
    /// <summary>Goes to the first order of the person the shop takes the visitor for, and from there to the seller.</summary>
    public static async Task OpenFirstOrderAsync(Window buyer)
    {
        await buyer.Page.GotoAsync("/sandbox/shop/orders");
        await buyer.Page.Locator("a[href*='/sandbox/shop/orders/']").First.ClickAsync();
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

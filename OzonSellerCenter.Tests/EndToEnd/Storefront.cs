using Microsoft.Playwright;
using OzonSellerCenter.Tests.Architecture;

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

    /// <summary>Buys the first product of the shop with the seller's own delivery; gives the order's number.</summary>
    public static async Task<string> BuyAsync(Window buyer, int pieces, string address, string payment = "card")
    {
        await buyer.Page.GotoAsync("/sandbox/shop");
        await buyer.Page.Locator(".grid a").First.ClickAsync();
        await buyer.Find("shop-add").ClickAsync();
        if (pieces > 1)
        {
            await buyer.Find("cart-quantity").FillAsync($"{pieces}");
            await buyer.Find("cart-quantity").PressAsync("Enter");
        }

        await buyer.Find("checkout").ClickAsync();
        await buyer.Find("checkout-address").FillAsync(address);
        foreach (var (field, choice) in new[] { ("carrier", "RFBS"), ("delivery", "standard"), ("payment", payment) })
            await buyer.Page.Locator($"input[name={field}][value={choice}]").CheckAsync();
        await buyer.Find("checkout-pay").ClickAsync();
        return (await buyer.Find("order-number").First.InnerTextAsync()).Trim();
    }

    /// <summary>Asks to give one piece of a delivered order back, with a photo of it.</summary>
    /// <param name="reason">The emulator's number of the reason.</param>
    /// <returns>The request as the buyer knows it.</returns>
    public static async Task<AskedReturn> AskBackAsync(Window buyer, string postingNumber, string reason, string comment)
    {
        await buyer.Page.GotoAsync($"/sandbox/shop/orders/{postingNumber}");
        await buyer.Find("return-open").ClickAsync();
        await buyer.Find("return-reason").SelectOptionAsync(reason);
        await buyer.Find("return-comment").FillAsync(comment);
        await buyer.Find("return-photo").SetInputFilesAsync(Path.Combine(Sources.Root, "OzonSellerCenter", "Sandbox", "Seed", "photos", "kruzhka.jpg"));
        await buyer.Find("return-submit").ClickAsync();
        await Assertions.Expect(buyer.Find("return-state")).ToContainTextAsync("Ждёт решения продавца");
        var head = await buyer.Page.Locator("h1").InnerTextAsync();
        return new AskedReturn(new Uri(buyer.Page.Url).AbsolutePath, new Uri(buyer.Page.Url).Segments[^1], head.Split(' ')[^1], postingNumber);
    }

    /// <summary>Waits until a request stands so on the buyer's page.</summary>
    public static Task StandsAsync(Window buyer, AskedReturn asked, string state) => Sandbox.Wait.ForAsync(async () =>
    {
        await buyer.Page.GotoAsync(asked.Path);
        return (await buyer.Find("return-state").InnerTextAsync()).Contains(state, StringComparison.Ordinal);
    }, 60);

    /// <summary>Waits until the seller has told the buyer of an order all of these, in the chat.</summary>
    public static async Task IsToldAsync(Window buyer, string postingNumber, params string[] words)
    {
        await OpenOrderAsync(buyer, postingNumber);
        foreach (var told in words) await Assertions.Expect(buyer.Find("storefront-message-list")).ToContainTextAsync(told);
    }

    /// <summary>Rates what was bought and how it was served.</summary>
    public static async Task RateAsync(Window buyer, string postingNumber, string words)
    {
        await buyer.Page.GotoAsync($"/sandbox/shop/orders/{postingNumber}");
        var product = buyer.Find("rate-product").First;
        await product.Locator("input[type=radio][value='5']").CheckAsync();
        await product.Locator("textarea").FillAsync(words);
        await product.Locator("button").ClickAsync();
        await Assertions.Expect(buyer.Find("rated-product")).ToBeVisibleAsync();
        var service = buyer.Find("rate-service");
        foreach (var mark in await service.Locator("input[type=radio][value='4']").AllAsync()) await mark.CheckAsync();
        await service.Locator("button").ClickAsync();
        await Assertions.Expect(buyer.Find("rated-service")).ToBeVisibleAsync();
    }
}

/// <param name="Path">Of its page on the storefront.</param>
/// <param name="Id">Ozon's.</param>
/// <param name="Number">That people see.</param>
/// <param name="PostingNumber">What it is about.</param>
internal sealed record AskedReturn(string Path, string Id, string Number, string PostingNumber);

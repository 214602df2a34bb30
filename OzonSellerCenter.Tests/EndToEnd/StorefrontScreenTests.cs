using System.Text.Json.Nodes;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OzonSellerCenter.Tests.Sandbox;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The storefront in a real browser: it comes alive by itself, and everybody can use it.</summary>
[Trait("Needs", "Browser")]
public sealed class StorefrontScreenTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    private static readonly string[] Pages = ["", "/orders", "/chats", "/products/1904686181"];

    public static TheoryData<bool, int> Looks => new() { { false, 1280 }, { true, 1280 }, { false, 360 }, { true, 360 } };

    [Theory, MemberData(nameof(Looks))]
    public async Task The_storefront_has_no_serious_barrier_and_fits(bool dark, int width)
    {
        var chatId = (await app.Sandbox.BuyerWritesAsync("Здравствуйте! Подойдёт ли к этому набору крышка?")).ChatId;
        await using var window = await browser.OpenAsync(app, width: width, dark: dark);
        List<string> barriers = [];
        foreach (var page in (string[])[.. Pages, "/chats/" + chatId])
        {
            await window.Page.GotoAsync("/sandbox/shop" + page);
            await window.ShootAsync($"storefront{page.Replace('/', '-').Replace(chatId, "one", StringComparison.Ordinal)}-{(dark ? "dark" : "light")}-{width}");
            var found = await window.Page.RunAxe();
            barriers.AddRange(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{page}: {v.Id} {v.Nodes[0].Html}"));
            if (!await window.Page.EvaluateAsync<bool>($"document.documentElement.scrollWidth <= {width}"))
                barriers.Add($"{page} is wider than {width}");
        }
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
        window.AssertClean();
    }

    [Fact]
    public async Task The_sellers_answer_comes_without_a_reload()
    {
        await using var buyer = await browser.OpenAsync(app);
        await buyer.Page.GotoAsync("/sandbox/shop/products/1904686181");
        await buyer.Find("storefront-contact").ClickAsync();
        await Assertions.Expect(buyer.Find("storefront-message")).ToBeFocusedAsync();
        await Storefront.WriteAsync(buyer, "Есть ли скидка на два?");
        // A conversation that begins gets a page of its own.
        await buyer.Page.WaitForFunctionAsync("() => document.querySelector('.chat').dataset.chat");
        var chatId = await buyer.Page.EvaluateAsync<string>("document.querySelector('.chat').dataset.chat");
        await buyer.Page.EvaluateAsync("window.stayed = true");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/ozon/v1/chat/send/message")
        {
            Content = new StringContent(new JsonObject { ["chat_id"] = chatId, ["text"] = "Нет, но доставка бесплатная." }.ToJsonString(), null, "application/json"),
            Headers = { { "Client-Id", SandboxHost.ClientId }, { "Api-Key", SandboxHost.Key } },
        };
        using var sent = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        sent.EnsureSuccessStatusCode();
        await Assertions.Expect(buyer.Find("storefront-message-list")).ToContainTextAsync("Нет, но доставка бесплатная.");
        Assert.True(await buyer.Page.EvaluateAsync<bool>("window.stayed"));
        await Wait.ForAsync(async () => (await app.Sandbox.ChatAsync(chatId))[^1].Read);
        buyer.AssertClean();
    }
}

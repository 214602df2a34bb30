using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OzonSellerCenter.Tests.Architecture;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>Files of a message looked at over the page, with the keyboard.</summary>
[Trait("Needs", "Browser")]
public sealed class ViewerTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    private const string OnePage =
        """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
        4 0 obj<</Length 44>>stream
        BT /F 24 Tf 40 100 Td (Guarantee card) Tj ET
        endstream endobj
        5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
        trailer<</Root 1 0 R>>
        """;

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task Pictures_PDFs_and_texts_are_leafed_through_zoomed_and_left_again(bool dark, int width)
    {
        await using var agent = await browser.OpenAsync(app, width: width, dark: dark);
        await app.Sandbox.BuyerWritesAsync($"Пришлите фото и гарантию, ширина {width}");
        await agent.SignInAsync();
        await agent.GoAsync("/inbox?sort=newest");
        await agent.Find("conversation-row").Filter(new() { HasText = $"ширина {width}" }).ClickAsync();
        await SendAsync(agent);
        var place = agent.Page.Url;

        var pictures = agent.Page.Locator("a.pic[data-file-id]");
        await Assertions.Expect(pictures).ToHaveCountAsync(2);
        await pictures.First.FocusAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Find("viewer-place")).ToHaveTextAsync("1 из 4");
        await Assertions.Expect(agent.Find("viewer-name")).ToHaveTextAsync("kruzhka.jpg");
        await LookAsync(agent, $"viewer-picture-{width}");
        await ZoomAsync(agent);

        // The keys of the page behind rest: none of these changes the place or the conversation.
        foreach (var key in (string[])["j", "r", "n", "F6", "/"]) await agent.Page.Keyboard.PressAsync(key);
        await Assertions.Expect(agent.Find("viewer-place")).ToHaveTextAsync("1 из 4");
        Assert.True(await agent.Page.EvaluateAsync<bool>("!!document.activeElement.closest('dialog')"), "the focus has left the viewer");

        await agent.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(agent.Find("viewer-name")).ToHaveTextAsync("stakan.jpg");
        await agent.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(agent.Find("viewer-text")).ToContainTextAsync("<b>2 490 ₽</b>");
        await LookAsync(agent, $"viewer-text-{width}");
        await agent.Find("viewer-on").ClickAsync();
        await Assertions.Expect(agent.Find("viewer-name")).ToHaveTextAsync("гарантия.pdf");
        await agent.ShootAsync($"viewer-pdf-{width}");
        await agent.Find("viewer-back").ClickAsync();

        // As long as the reader of PDFs has the keys, Escape is its own.
        await Assertions.Expect(agent.Find("viewer-name")).ToHaveTextAsync("чек.txt");
        await agent.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(agent.Find("viewer")).ToHaveCountAsync(0);
        await Assertions.Expect(pictures.First).ToBeFocusedAsync();
        Assert.Equal(place, agent.Page.Url);

        // A press elsewhere is nothing to the viewer.
        await agent.Page.Locator("[popovertarget=conversation-more]").ClickAsync();
        await Assertions.Expect(agent.Page.Locator("#conversation-more a[href$='format=pdf']")).ToBeVisibleAsync();
        agent.AssertClean();
    }

    private static async Task SendAsync(Window agent)
    {
        await Assertions.Expect(agent.Find("send")).ToBeEnabledAsync();
        var photos = Path.Combine(Sources.Root, "OzonSellerCenter", "Sandbox", "Seed", "photos");
        await agent.Page.Locator("#composer-files").SetInputFilesAsync((FilePayload[])
        [
            await PictureAsync("kruzhka.jpg"),
            await PictureAsync("stakan.jpg"),
            new() { Name = "чек.txt", MimeType = "text/html", Buffer = Encoding.UTF8.GetBytes("Итого: <b>2 490 ₽</b>\nСпасибо!") },
            new() { Name = "гарантия.pdf", MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes(OnePage) },
            new() { Name = "page.html", MimeType = "text/html", Buffer = "<script>document.title='evil'</script>"u8.ToArray() },
        ]);
        await Assertions.Expect(agent.Page.Locator(".files > span .icon-btn")).ToHaveCountAsync(5);
        await agent.Find("composer").FillAsync("Отправляю");
        await agent.Find("send").ClickAsync();
        await Assertions.Expect(agent.Page.Locator("a.file[download='page.html']:not([data-file-id])")).ToBeVisibleAsync();

        async Task<FilePayload> PictureAsync(string name) => new()
        {
            Name = name,
            MimeType = "image/jpeg",
            Buffer = await File.ReadAllBytesAsync(Path.Combine(photos, name)),
        };
    }

    private static async Task ZoomAsync(Window agent)
    {
        var picture = agent.Page.Locator("[data-picture]");
        await agent.Page.WaitForFunctionAsync("() => document.querySelector('[data-picture]')?.complete");
        Task<double> WidthAsync() => picture.EvaluateAsync<double>("img => img.width");
        var fitted = await WidthAsync();
        await agent.Page.Keyboard.PressAsync("1");
        Assert.Equal(await picture.EvaluateAsync<double>("img => img.naturalWidth"), await WidthAsync(), 1.0);
        var full = await WidthAsync();
        await agent.Page.Keyboard.PressAsync("+");
        Assert.Equal(full * 1.25, await WidthAsync(), 1.0);
        await agent.Page.Locator("[data-zoom=out]").ClickAsync();
        Assert.Equal(full, await WidthAsync(), 1.0);
        await Assertions.Expect(agent.Page.Locator("[data-zoom=full]")).ToHaveAttributeAsync("aria-pressed", "true");
        await agent.Page.Keyboard.PressAsync("0");
        Assert.Equal(fitted, await WidthAsync(), 1.0);
    }

    private static async Task LookAsync(Window agent, string name)
    {
        await agent.ShootAsync(name);
        Assert.True(await agent.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the window");
        var found = await agent.Page.RunAxe();
        Assert.Empty(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{name}: {v.Id} {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
    }
}

using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The browser's language on the first visit; what was chosen after that.</summary>
[Trait("Needs", "Browser")]
public sealed class LanguageTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    [Fact]
    public async Task A_language_once_chosen_stays()
    {
        await using var window = await browser.OpenAsync(app, language: "ru-RU");
        await window.SignInAsync();
        await ExpectAsync(window, "ru");
        await window.GoAsync("/inbox?lang=zh-Hans");
        await ExpectAsync(window, "zh-Hans");
        await window.GoAsync("/due");
        await ExpectAsync(window, "zh-Hans");
        await window.GoAsync("/due?lang=en");
        await ExpectAsync(window, "en");
        await window.GoAsync("/inbox");
        await ExpectAsync(window, "en");
        window.AssertClean();
    }

    [Theory, InlineData("ru"), InlineData("zh-CN"), InlineData("en-US")]
    public async Task The_first_visit_speaks_the_browsers_language(string language)
    {
        await using var window = await browser.OpenAsync(app, language);
        await window.Page.GotoAsync("/sign-in");
        await ExpectAsync(window, language[..2] == "zh" ? "zh-Hans" : language[..2]);
        await window.SignInAsync();
        await Assertions.Expect(window.Find("conversation-row").First).ToBeVisibleAsync();
        await window.ShootAsync($"inbox-{language}");
        window.AssertClean();
    }

    private static Task ExpectAsync(Window window, string language) =>
        Assertions.Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
}

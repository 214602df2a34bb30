using Microsoft.AspNetCore.Http;
using OzonSellerCenter.Shell;

namespace OzonSellerCenter.Tests.Shell;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("ru-RU,ru;q=0.9,en;q=0.8", "ru", "ru-RU")]
    [InlineData("zh-CN,zh;q=0.9", "zh-Hans", "zh-CN")]
    [InlineData("zh-TW", "zh-Hans", "zh-CN")]
    [InlineData("en-US,en;q=0.5", "en", "en-GB")]
    [InlineData("de-DE,ru;q=0.3", "ru", "ru-RU")]
    [InlineData("fr", "en", "en-GB")]
    [InlineData("", "en", "en-GB")]
    public async Task The_first_visit_follows_the_browser(string wish, string texts, string formats)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = wish;
        var result = await new Language().DetermineProviderCultureResult(http);
        Assert.Equal(texts, result?.UICultures[0].Value);
        Assert.Equal(formats, result?.Cultures[0].Value);
    }

    [Fact]
    public async Task A_chosen_language_is_kept_and_wins()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = "ru";
        http.Request.QueryString = new QueryString("?lang=zh-Hans");
        Assert.Equal("zh-Hans", (await new Language().DetermineProviderCultureResult(http))?.UICultures[0].Value);
        Assert.Contains("lang=zh-Hans", http.Response.Headers.SetCookie.ToString(), StringComparison.Ordinal);

        var next = new DefaultHttpContext();
        next.Request.Headers.AcceptLanguage = "ru";
        next.Request.Headers.Cookie = "lang=zh-Hans";
        Assert.Equal("zh-Hans", (await new Language().DetermineProviderCultureResult(next))?.UICultures[0].Value);
    }

    [Fact]
    public async Task A_language_we_do_not_have_changes_nothing()
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString("?lang=xx");
        http.Request.Headers.Cookie = "lang=ru";
        Assert.Equal("ru", (await new Language().DetermineProviderCultureResult(http))?.UICultures[0].Value);
        Assert.Equal(0, http.Response.Headers.SetCookie.Count);
    }

    [Theory]
    [InlineData("theme=dark.dark", "dark", true)]
    [InlineData("theme=light.light", "light", false)]
    [InlineData("theme=system.dark", null, true)]
    [InlineData("theme=<script>", null, false)]
    [InlineData("", null, false)]
    public void The_look_comes_from_its_cookie(string cookie, string? attribute, bool dark)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = cookie;
        var theme = ThemeChoice.Of(http.Request);
        Assert.Equal(attribute, theme.Attribute);
        Assert.Equal(dark, theme.Dark);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace OzonSellerCenter.Shell;

/// <summary>Which language a person reads: <c>?lang=</c> sets and keeps it in a cookie; before that the browser's wish decides.
/// Formats follow the country that ui.md writes for: 24 hours, British dates in English.</summary>
public sealed class Language : RequestCultureProvider
{
    public const string Cookie = "lang";

    /// <summary>Tag, own name, and the culture of dates and numbers.</summary>
    public sealed record Known(string Tag, string Name, string Formats);

    public static IReadOnlyList<Known> All { get; } =
    [
        new("en", "English", "en-GB"),
        new("ru", "Русский", "ru-RU"),
        new("zh-Hans", "简体中文", "zh-CN"),
    ];

    /// <summary>The language of the current request or circuit.</summary>
    public static Known Current => Find(CultureInfo.CurrentUICulture.Name) ?? All[0];

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var chosen = Find(httpContext.Request.Query["lang"]);
        if (chosen is not null)
        {
            httpContext.Response.Cookies.Append(Cookie, chosen.Tag, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
            });
        }
        var language = chosen ?? Find(httpContext.Request.Cookies[Cookie]) ?? Wished(httpContext.Request) ?? All[0];
        return Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(language.Formats, language.Tag));
    }

    private static Known? Wished(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(l => l.Quality ?? 1)
        .Select(l => Find(l.Value.Value))
        .FirstOrDefault(l => l is not null);

    /// <summary>The language of a tag with or without a country: <c>ru-KZ</c> is Russian; every Chinese reads the simplified texts here.</summary>
    private static Known? Find(string? tag) =>
        tag is null ? null : All.FirstOrDefault(l => tag.Split('-')[0].Equals(l.Tag.Split('-')[0], StringComparison.OrdinalIgnoreCase));
}

namespace OzonSellerCenter.Accounts;

/// <summary>What a person calls the browser that introduced itself with a User-Agent.</summary>
internal static class BrowserName
{
    // The first that fits counts: Edge and Opera also say Chrome, Chrome also says Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("YaBrowser", "Yandex"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary>Such as "Chrome, Windows"; the given words when nothing is known.</summary>
    public static string Of(string userAgent, string unknown)
    {
        var parts = new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.Where(p => p is not null).ToArray();
        return parts.Length == 0 ? unknown : string.Join(", ", parts);
    }

    private static string? Find((string Mark, string Name)[] known, string text) =>
        known.FirstOrDefault(k => text.Contains(k.Mark, StringComparison.Ordinal)).Name;
}

namespace OzonSellerCenter.Shared;

/// <summary>Addresses that came from outside, such as the page to return to after signing in.</summary>
public static class LocalUrl
{
    private static readonly Uri Here = new("http://here.invalid/");

    /// <summary>The address when it is a page of this app, else the start page. <c>//evil.example</c>, <c>/\evil.example</c> and the like are not,
    /// nor is what becomes one of them once its dots are followed, such as <c>/x/..//evil.example</c>.</summary>
    public static string OrStart(string? url) =>
        url is { Length: > 0 and <= 2000 } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(char.IsControl)
        && Uri.TryCreate(Here, url, out var whole) && whole.Host == Here.Host && whole.Scheme == Here.Scheme
        && !whole.AbsolutePath.StartsWith("//", StringComparison.Ordinal)
        && !whole.AbsolutePath.StartsWith(Links.SignOut, StringComparison.OrdinalIgnoreCase)
        && !whole.AbsolutePath.StartsWith(Links.SignIn, StringComparison.OrdinalIgnoreCase)
            ? whole.PathAndQuery + whole.Fragment
            : Links.Today;
}

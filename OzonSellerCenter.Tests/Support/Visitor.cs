using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace OzonSellerCenter.Tests.Support;

/// <summary>A browser without scripts: it keeps cookies, follows nothing by itself, and fills in forms as they stand in the page.</summary>
public sealed class Visitor : IDisposable
{
    private static readonly Uri Home = new("https://localhost/");
    private readonly WebApp _app;
    private readonly CookieContainerHandler _cookies = new();

    internal Visitor(WebApp app)
    {
        _app = app;
        Http = app.CreateDefaultClient(Home, _cookies);
    }

    public HttpClient Http { get; }

    public IReadOnlyList<Cookie> Cookies => [.. _cookies.Container.GetCookies(Home).Cast<Cookie>()];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same cookies in another browser, as a thief would have them.</summary>
    public Visitor Copy()
    {
        var copy = new Visitor(_app);
        foreach (Cookie cookie in Cookies) copy._cookies.Container.Add(Home, new Cookie(cookie.Name, cookie.Value, cookie.Path) { Secure = true });
        return copy;
    }

    public Task<Page> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<Page> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (request.Headers.Accept.Count == 0) request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        using var answer = await Http.SendAsync(request, Ct);
        return await Page.ReadAsync(path, answer, Ct);
    }

    /// <summary>Fills in a form of a page and sends it: what is hidden in it, and the fields given.</summary>
    public Task<Page> SubmitAsync(Page page, string form, params (string Name, string Value)[] fields)
    {
        var found = page.Document.QuerySelectorAll("form").OfType<IHtmlFormElement>()
            .Single(f => f.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form);
        var hidden = found.QuerySelectorAll("input[type=hidden]")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? "")).Where(i => !fields.Any(f => f.Name == i.Key));
        return SendAsync(HttpMethod.Post, page.Path, new FormUrlEncodedContent(hidden.Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))));
    }

    public async Task<Page> SignInAsync(string email, string password = WebApp.Password, string path = "/sign-in") =>
        await SubmitAsync(await GetAsync(path), "sign-in", ("Input.Email", email), ("Input.Password", password));

    public void Dispose() => Http.Dispose();
}

/// <summary>What came back.</summary>
/// <param name="Path">What was asked for.</param>
/// <param name="Location">Where to go on, as path and query for an address of ours; null when nowhere.</param>
public sealed record Page(string Path, HttpStatusCode Status, string? Location, string Body, IReadOnlyDictionary<string, string> Headers)
{
    private IHtmlDocument? _document;

    public IHtmlDocument Document => _document ??= new HtmlParser().ParseDocument(Body);

    /// <summary>What a person reads.</summary>
    public string Text => string.Join(' ', (Document.QuerySelector("main")?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    internal static async Task<Page> ReadAsync(string path, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var location = answer.Headers.Location;
        var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join('\n', h.Value), StringComparer.OrdinalIgnoreCase);
        var to = location is { IsAbsoluteUri: true, Scheme: "https", Authority: "localhost" } ? location.PathAndQuery : location?.OriginalString;
        return new Page(path, answer.StatusCode, to, await answer.Content.ReadAsStringAsync(cancellation), headers);
    }
}

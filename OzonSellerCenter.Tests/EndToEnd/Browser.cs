using System.Collections.Concurrent;
using Microsoft.Playwright;
using OzonSellerCenter.Tests.Architecture;

[assembly: AssemblyFixture(typeof(OzonSellerCenter.Tests.EndToEnd.Browser))]

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>One Chromium for all tests, each with windows of its own. Started by the first test that asks.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
        "--disable-sync", "--no-first-run", "--no-pings", "--disable-features=OptimizationHints,Translate,MediaRouter,AutofillServerCommunication",
    ];

    /// <summary>Milliseconds; a loaded machine is slow, and what has to be fast is measured, not waited for.</summary>
    private const float Patience = 60_000;

    private readonly SemaphoreSlim _turn = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string Executable => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } set ? set : "/usr/bin/chromium";

    /// <summary>A window as a person has it who never visited before.</summary>
    public async Task<Window> OpenAsync(SellerApp app, string language = "ru", int width = 1280, bool dark = false)
    {
        Assert.SkipUnless(File.Exists(Executable), $"No Chromium at {Executable}; install it or name it in CHROMIUM.");
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = app.Address.ToString(),
            Locale = language,
            TimezoneId = "Europe/Moscow",
            ViewportSize = new() { Width = width, Height = width < 600 ? 780 : 800 },
            HasTouch = width < 600,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return new Window(app, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        _turn.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        await _turn.WaitAsync();
        try
        {
            Assertions.SetDefaultExpectTimeout(Patience);
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Flags });
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>A browser window with what it complained about and whom it asked.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly SellerApp _app;
    private readonly IBrowserContext _context;

    internal Window(SellerApp app, IBrowserContext context, IPage page)
    {
        _app = app;
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        context.Request += (_, request) =>
        {
            var to = new Uri(request.Url);
            if (to.Scheme is "http" or "https" or "ws" or "wss" && to.Authority != app.Address.Authority) Strangers.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of the console and of scripts.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Requests to other hosts.</summary>
    public ConcurrentQueue<string> Strangers { get; } = [];

    public ILocator Find(string testId) => Page.GetByTestId(testId);

    /// <summary>Goes to a page of the app and waits until it is live (the circuit is up).</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        if (await Find("sign-in-email").CountAsync() == 0) await BecomesLiveAsync();
    }

    /// <summary>Waits until the page works together with the server. In a conversation on a phone the badge itself is not shown.</summary>
    public Task BecomesLiveAsync() => Assertions.Expect(Find("connection-badge").First).ToHaveAttributeAsync("state", "live", new() { Timeout = 60_000 });

    /// <summary>Signs a demo person in and goes to a page.</summary>
    public async Task SignInAsync(string email = "agent@demo.test", string path = "/inbox")
    {
        await Page.GotoAsync("/sign-in");
        await Find("sign-in-email").FillAsync(email);
        await Find("sign-in-password").FillAsync("Demo-Pass-2026");
        await Find("sign-in-submit").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await GoAsync(path);
    }

    /// <summary>Another tab of the same window, with the same session.</summary>
    public async Task<IPage> OpenTabAsync(string path)
    {
        var tab = await _context.NewPageAsync();
        await tab.GotoAsync(path);
        return tab;
    }

    /// <summary>A picture in TestResults/, for people to look at.</summary>
    public Task ShootAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(Sources.Root, "TestResults", $"{name}.png") });

    /// <summary>Nothing went wrong that a person would not have noticed: console, other hosts, the app's log.</summary>
    public void AssertClean()
    {
        var wrong = string.Join('\n', [.. Complaints, .. Strangers, .. _app.Errors()]);
        Assert.True(wrong.Length == 0, wrong);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

using System.Globalization;
using System.Net.WebSockets;
using Microsoft.Playwright;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>How long a person waits (goals: quality.md §1), measured in the page itself. <c>SELLERCENTER_TEST_CONVERSATIONS</c> says in a shop of which
/// size; 10,000 unless set.</summary>
[Trait("Needs", "Browser"), Trait("Kind", "Long")]
public sealed class SpeedTests(Browser browser)
{
    private const int Times = 40;
    private const int People = 50;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int Conversations =>
        int.TryParse(Environment.GetEnvironmentVariable("SELLERCENTER_TEST_CONVERSATIONS"), CultureInfo.InvariantCulture, out var set) ? set : 10_000;

    [Fact]
    public async Task A_conversation_opens_and_an_answer_stands_there_before_one_notices()
    {
        await using var app = new SellerApp();
        await app.StartAsync();
        await app.KillAsync();
        await app.RunAsync("seed", "--conversations", Conversations.ToString(CultureInfo.InvariantCulture));
        await app.StartAsync();
        await using var agent = await browser.OpenAsync(app);
        await agent.SignInAsync();

        await agent.Page.GotoAsync("/inbox");
        var first = await agent.Page.EvaluateAsync<double>(UntilShown, "[data-testid=conversation-row]");
        var bytes = await agent.Page.EvaluateAsync<long>("performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).reduce((sum, e) => sum + e.transferSize, 0)");
        Tell($"{Conversations} conversations; inbox from the address to its first row: {first:0} ms; over the wire with what the browser had kept: {bytes / 1000} KB");
        await agent.BecomesLiveAsync();

        var opened = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            opened.Add(await OpenAnotherAsync(agent, i));
        }

        Tell($"click on a conversation → its messages are painted, {Times} times, ms: {Figures(opened)}");
        var answered = new List<double>();
        for (var i = 0; i < Times / 2; i++)
        {
            await OpenAnotherAsync(agent, i);
            await Assertions.Expect(agent.Find("send")).ToBeEnabledAsync();
            await agent.Find("composer").FillAsync(string.Create(CultureInfo.InvariantCulture, $"Ответ номер {i}, спасибо за ожидание."));
            answered.Add(await agent.Page.EvaluateAsync<double>(Answer, string.Create(CultureInfo.InvariantCulture, $"Ответ номер {i},")));
        }

        Tell($"Ctrl+Enter → the answer stands there as sending, {answered.Count} times, ms: {Figures(answered)}");
        var alone = await app.PssAsync();
        await WithInboxesAsync(app, agent, async () =>
        {
            var together = await app.PssAsync();
            Tell($"the process, PSS: {alone} MB with one person; {together} MB with {People} more, which is {together / (double)People:0.0} MB for each, {(together - alone) / (double)People:0.0} MB of it his own");
        });
        Assert.InRange(Median(opened), 0, 500);
        Assert.InRange(Median(answered), 0, 500);
        Assert.Empty(agent.Strangers);
    }

    /// <summary>Opens one of the rows in sight, never the open one again; gives the milliseconds until it is painted.</summary>
    private static Task<double> OpenAnotherAsync(Window agent, int number) => agent.Page.EvaluateAsync<double>(OpenAnother, number);

    /// <summary>People with the inbox open, without browsers of their own.</summary>
    private static async Task WithInboxesAsync(SellerApp app, Window agent, Func<Task> look)
    {
        var cookies = string.Join("; ", (await agent.Page.Context.CookiesAsync()).Select(c => $"{c.Name}={c.Value}"));
        var circuits = new List<LightCircuit>();
        try
        {
            for (var i = 0; i < People; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Links.Inbox);
                request.Headers.Add("Cookie", cookies);
                using var answer = await app.Http.SendAsync(request, Ct);
                var page = new Page(Links.Inbox, answer.StatusCode, null, await answer.Content.ReadAsStringAsync(Ct), new Dictionary<string, string>());
                circuits.Add(await LightCircuit.OpenAsync(page, _ => ConnectAsync(app, cookies)));
                await circuits[^1].SeesAsync("conversation-row").WaitAsync(TimeSpan.FromMinutes(1), Ct);
            }

            await look();
            Assert.All(circuits, c => Assert.Null(c.Ended));
        }
        finally
        {
            foreach (var circuit in circuits) await circuit.DisposeAsync();
        }
    }

    private static async Task<WebSocket> ConnectAsync(SellerApp app, string cookies)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookies);
        await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Ct);
        return socket;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Figures(List<double> times)
    {
        var sorted = times.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Count / 2]:0}, p95 {sorted[sorted.Count * 95 / 100]:0}, max {sorted[^1]:0}");
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    /// <summary>Milliseconds from the beginning of the page until an element is there.</summary>
    private const string UntilShown =
        """
        selector => new Promise(done => {
          const look = () => { if (document.querySelector(selector)) { watch.disconnect(); done(performance.now()); } };
          const watch = new MutationObserver(look);
          watch.observe(document, { childList: true, subtree: true });
          look();
        })
        """;

    /// <summary>Clicks the n-th row in sight that is not open, and waits until other messages than before have been painted.</summary>
    private const string OpenAnother =
        """
        n => new Promise(done => {
          const newest = () => [...document.querySelectorAll('[data-testid=message]')].at(-1)?.dataset.messageId;
          const before = newest();
          const open = () => {
            const rows = [...document.querySelectorAll('[data-testid=conversation-row]:not([aria-current])')];
            if (rows.length < 9) return requestAnimationFrame(open);
            const row = rows[n % 9];
            const look = () => {
              if (!newest() || newest() === before || document.querySelector('[data-testid=conversation-row][aria-current]') !== row) return;
              watch.disconnect();
              requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
            };
            const watch = new MutationObserver(look);
            watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-current'] });
            const start = performance.now();
            row.click();
          };
          open();
        })
        """;

    /// <summary>Sends what stands in the box with the keyboard, and waits until it has been painted in the log.</summary>
    private const string Answer =
        """
        text => new Promise(done => {
          const look = () => {
            if (![...document.querySelectorAll('[data-testid=message]')].some(m => m.textContent.includes(text))) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
          };
          const watch = new MutationObserver(look);
          watch.observe(document.querySelector('[data-testid=message-list]'), { childList: true, subtree: true });
          const start = performance.now();
          document.querySelector('[data-testid=composer]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
        })
        """;
}

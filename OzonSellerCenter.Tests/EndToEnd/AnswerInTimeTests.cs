using System.Globalization;
using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The main job, as a person lives it: a buyer's message arrives live, its clock runs, alerts come in time, the answer arrives.</summary>
[Trait("Needs", "Browser")]
public sealed class AnswerInTimeTests(Browser browser)
{
    /// <summary>From the house's target of 4 h: how far to move the clock, and which stage that reaches.</summary>
    private static readonly (string Stage, TimeSpan By)[] Stages =
    [
        ("2 h", TimeSpan.FromMinutes(121)), ("1 h", TimeSpan.FromMinutes(60)), ("30 min", TimeSpan.FromMinutes(30)),
        ("10 min", TimeSpan.FromMinutes(20)), ("overdue", TimeSpan.FromMinutes(10)),
    ];

    [Fact]
    public async Task A_buyers_message_stands_in_the_open_inbox_within_half_a_second_of_the_push()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        await agent.SignInAsync();
        await agent.GoAsync("/inbox?sort=newest");
        var first = await app.Sandbox.BuyerWritesAsync("Здравствуйте, подскажите по товару");
        var row = agent.Find("conversation-row").Filter(new() { HasText = "подскажите по товару" });
        await row.ClickAsync();
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "подскажите по товару" })).ToBeVisibleAsync();

        var delays = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            // Both clocks are this machine's. What is measured is longer than the promise: it begins before the buyer's request.
            var text = string.Create(CultureInfo.InvariantCulture, $"Вопрос номер {i}.");
            await agent.Page.EvaluateAsync(WatchFor, text);
            var sent = DateTimeOffset.FromUnixTimeMilliseconds(await agent.Page.EvaluateAsync<long>("Date.now()"));
            await app.Sandbox.BuyerWritesAsync(text, first.ChatId);
            var seen = DateTimeOffset.FromUnixTimeMilliseconds(await agent.Page.EvaluateAsync<long>("window.seen"));
            delays.Add((seen - sent).TotalMilliseconds);
        }

        delays.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"buyer's request to message on screen, ms: {string.Join(' ', delays)}");
        Assert.True(delays[delays.Count / 2] <= 500, $"median of {string.Join(' ', delays)} ms");
        agent.AssertClean();
    }

    [Fact]
    public async Task A_message_is_answered_in_time_from_storefront_to_storefront()
    {
        await using var app = await SellerApp.StartNewAsync();
        await using var agent = await browser.OpenAsync(app);
        await using var buyer = await browser.OpenAsync(app);
        await agent.SignInAsync();
        await agent.GoAsync("/inbox?sort=newest");
        await Assertions.Expect(agent.Find("conversation-row").First).ToBeVisibleAsync();

        await QuietAsync(app);
        await Storefront.OpenOrderAsync(buyer, await app.Sandbox.QuietOrderAsync());
        await Storefront.WriteAsync(buyer, "Когда отправите заказ? Очень жду.");
        var row = agent.Find("conversation-row").Filter(new() { HasText = "Очень жду" });
        await row.ClickAsync();
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "Очень жду" })).ToBeVisibleAsync();
        await Assertions.Expect(agent.Find("countdown").First).ToBeVisibleAsync();

        await EachStageShowsOnceAsync(app, agent, await row.Locator(".mono").InnerTextAsync());

        await agent.Find("composer").FillAsync("Отправим сегодня до 18:00.");
        await agent.Find("send").ClickAsync();
        await Assertions.Expect(agent.Find("undo-send")).ToBeVisibleAsync();
        await app.Sandbox.AdvanceAsync(TimeSpan.FromSeconds(11));
        var ours = agent.Find("message").Filter(new() { HasText = "Отправим сегодня" });
        await Assertions.Expect(ours).ToHaveAttributeAsync("data-state", new System.Text.RegularExpressions.Regex("^(sent|read)$", System.Text.RegularExpressions.RegexOptions.IgnoreCase));
        await Assertions.Expect(buyer.Find("storefront-message-list")).ToContainTextAsync("Отправим сегодня до 18:00.");

        // The clock is met: the row no longer counts down.
        await Assertions.Expect(row.GetByTestId("countdown")).ToHaveCountAsync(0);
        agent.AssertClean();
    }

    /// <summary>Goes on until every clock of the demo's own has run out and been told of, and none speaks within the hours to come: later alerts
    /// are about one conversation alone. One that came in between would be told in the same toast, which names what ends first.</summary>
    private static async Task QuietAsync(SellerApp app)
    {
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(5));
        var at = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromDays(5);
        await app.KnowsReturnsAsync(at - TimeSpan.FromHours(1));
        for (var i = 0; await IsAnyAsync("""SELECT 1 FROM "Deadlines" WHERE "NextAlertAt" < @at""", at + Stages.Aggregate(TimeSpan.FromHours(1), (sum, s) => sum + s.By)); i++)
        {
            Assert.True(i < 20, "The demo's clocks never come to rest.");
            await app.Sandbox.AdvanceAsync(TimeSpan.FromHours(5));
            at += TimeSpan.FromHours(5);
            await app.ToldAsync(at);
        }

        async Task<bool> IsAnyAsync(string sql, DateTime instant) =>
            (await app.RowsAsync("sellercenter.db", sql.Replace("@at", (instant.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))).Count > 0;
    }

    private static async Task EachStageShowsOnceAsync(SellerApp app, Window agent, string postingNumber)
    {
        await agent.Page.EvaluateAsync(CountToasts, postingNumber);
        var shown = 0;
        foreach (var (stage, by) in Stages)
        {
            await app.Sandbox.AdvanceAsync(by);
            shown++;
            try
            {
                await agent.Page.WaitForFunctionAsync("n => window.toasts.length >= n", shown);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Stage {stage} of {postingNumber} is not on screen, but: {await agent.Page.EvaluateAsync<string>("window.others.join(' | ')")}");
            }

            Assert.True(shown == await agent.Page.EvaluateAsync<int>("window.toasts.length"), $"stage {stage}: {await agent.Page.EvaluateAsync<string>("window.toasts.join(' | ')")}");
        }
    }

    /// <summary>Notes the moment at which a text stands in the open conversation.</summary>
    private const string WatchFor =
        """
        text => { window.seen = new Promise(done => {
          const look = () => { if (document.querySelector('[data-testid=message-list]').textContent.includes(text)) { watch.disconnect(); done(Date.now()); } };
          const watch = new MutationObserver(look);
          watch.observe(document.body, { childList: true, subtree: true, characterData: true });
          look();
        }); }
        """;

    /// <summary>Notes each toast about a posting that ever comes up, also when it leaves again.</summary>
    private const string CountToasts =
        """
        number => {
          window.toasts = [];
          window.others = [];
          const known = new WeakSet();
          const look = () => document.querySelectorAll('[data-testid=alert-toast]').forEach(t => {
            if (known.has(t)) return;
            if (t.innerText.includes(number)) { known.add(t); window.toasts.push(t.innerText); }
            else if (window.others.at(-1) !== t.innerText) window.others.push(t.innerText);
          });
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
          look();
        }
        """;
}

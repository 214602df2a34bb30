using System.Globalization;
using Microsoft.Playwright;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The power fails while money is on its way, again and again: whatever was under way goes out once, and every kopeck is accounted for.</summary>
[Trait("Needs", "Browser")]
public sealed class RefundKillTests(Browser browser)
{
    /// <summary>Roubles of a refund that nobody has to review.</summary>
    private const decimal Alone = 3000;

    private const int KillsOfOneShop = 8;

    /// <summary>Offered for a request: all the money, and the buyer keeps the goods.</summary>
    private const long RefundAndLeave = 2003;

    [Fact, Trait("Kind", "Long")]
    public Task Killed_eight_times_while_refunds_leave_each_is_paid_once() => KillAsync(20261129);

    [Fact, Trait("Kind", "Long")]
    public async Task Killed_two_hundred_times_while_refunds_leave_each_is_paid_once()
    {
        for (var shop = 1; shop <= 200 / KillsOfOneShop; shop++) await KillAsync(shop);
    }

    private async Task KillAsync(int seed)
    {
        var random = new Random(seed);
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var asked = await AskAsync(app);
        for (var kill = 0; kill < KillsOfOneShop; kill++)
        {
            await HandInAndKillAsync(app, agent, asked[kill], TimeSpan.FromMilliseconds(random.Next(3000)), whileItLeaves: kill % 2 == 1);
            await app.StartAsync();
        }

        foreach (var request in asked) await FinishAsync(app, agent, request);
        await EndAsync(app, asked);
        await DecideAnewAsync(app, agent, asked);
        await AccountsAsync(app, asked, seed);
    }

    /// <summary>As many requests as there are kills to come, each of an order of its own.</summary>
    private static async Task<IReadOnlyList<Asked>> AskAsync(SellerApp app)
    {
        List<Asked> asked = [];
        foreach (var order in (await app.Sandbox.DeliveredAsync()).Where(o => o.Price <= Alone))
        {
            if (asked.Count == KillsOfOneShop) break;
            if (await app.Sandbox.BuyerReturnsAsync(order.Number, "Не работает.") is { } id) asked.Add(new Asked(id, order.Number, order.Price));
        }

        Assert.Equal(KillsOfOneShop, asked.Count);
        return asked;
    }

    /// <summary>Dies at a random moment: after the click that hands it in, or while the command is leaving for Ozon.</summary>
    private static async Task HandInAndKillAsync(SellerApp app, Window agent, Asked asked, TimeSpan after, bool whileItLeaves)
    {
        await OpenFormAsync(app, agent, asked);
        await RefundSteps.FillAsync(agent);
        await agent.Find("refund-next").ClickAsync();
        if (whileItLeaves)
        {
            await Assertions.Expect(agent.Find("refund-take-back")).ToBeVisibleAsync();
            await app.Sandbox.AdvanceAsync(RefundSteps.Leaves);
        }

        // No condition to wait for: that the moment is any moment is what is tested. What leaves is gone within half a second.
        await Task.Delay(whileItLeaves ? after / 6 : after);
        await app.KillAsync();

        // Else the page would come back by itself just when it is sent somewhere.
        await agent.Page.GotoAsync("about:blank");
    }

    /// <summary>A person who comes back goes on where he was: what was not handed in is, once.</summary>
    private static async Task FinishAsync(SellerApp app, Window agent, Asked asked)
    {
        if ((await RefundsAsync(app, asked)).Any(r => r.State is not (RefundState.Draft or RefundState.Failed))) return;
        await OpenFormAsync(app, agent, asked);
        await RefundSteps.FillAsync(agent);
        await RefundSteps.HandInAsync(agent);
    }

    /// <summary>Killed after it was written down that a command leaves, and before it left, a refund is not sent again by itself: it fails, its money is
    /// free, nothing is at Ozon, and a person decides anew.</summary>
    private static async Task DecideAnewAsync(SellerApp app, Window agent, IReadOnlyList<Asked> asked)
    {
        foreach (var request in asked)
        {
            if (!(await RefundsAsync(app, request)).All(r => r.State == RefundState.Failed)) continue;
            Assert.Empty(await app.RowsAsync("sandbox.db", $"""SELECT "Amount" FROM "BuyerRefunds" WHERE "ReturnId" = {request.Id}"""));
            Assert.Equal(0, await OneAsync(app, "sellercenter.db", $"""SELECT "Held" FROM "RefundLedgers" WHERE "PostingNumber" = '{request.PostingNumber}'"""));
            await FinishAsync(app, agent, request);
        }

        await EndAsync(app, asked);
    }

    private static async Task OpenFormAsync(SellerApp app, Window agent, Asked asked)
    {
        long? id = null;

        // Until its details are read, nobody knows what Ozon offers for it.
        await Sandbox.Wait.ForAsync(async () => (id = await OneAsync(app, "sellercenter.db", $"""SELECT "Id" FROM "ReturnRequests" WHERE "PostingNumber" = '{asked.PostingNumber}' AND "ReturnId" = {asked.Id} AND "DetailsAt" IS NOT NULL""")) is not null, 60);
        await agent.GoAsync(string.Create(CultureInfo.InvariantCulture, $"/orders/{asked.PostingNumber}/refund?return={id}&action={RefundAndLeave}"));
    }

    /// <summary>Everything leaves, the bank pays, and the app hears of it.</summary>
    private static async Task EndAsync(SellerApp app, IReadOnlyList<Asked> asked)
    {
        await app.Sandbox.AdvanceAsync(RefundSteps.Leaves);
        await Sandbox.Wait.ForAsync(async () =>
        {
            // What was unclear is asked for again after a while of the app's own time.
            await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(1));
            foreach (var request in asked) await app.Sandbox.ReturnActAsync(request.Id, "pay");
            foreach (var request in asked)
            {
                if ((await RefundsAsync(app, request)).Any(r => r.State is not (RefundState.Paid or RefundState.Failed))) return false;
            }

            return true;
        }, 120);
    }

    private static async Task AccountsAsync(SellerApp app, IReadOnlyList<Asked> asked, int seed)
    {
        foreach (var request in asked)
        {
            var sent = await app.RowsAsync("sandbox.db", $"""SELECT "Amount" FROM "BuyerRefunds" WHERE "ReturnId" = {request.Id}""");
            var refunds = await RefundsAsync(app, request);
            var paid = refunds.Where(r => r.State == RefundState.Paid).Sum(r => r.Amount);
            var held = await OneAsync(app, "sellercenter.db", $"""SELECT "Held" FROM "RefundLedgers" WHERE "PostingNumber" = '{request.PostingNumber}'""");
            var was = $"seed {seed}, {request.PostingNumber}: {string.Join(", ", refunds)}; at Ozon {sent.Count}, held {held}";
            Assert.True(sent.Count == 1, was);
            Assert.True((long)sent[0][0] == (long)(request.Price * 100), was);
            Assert.True(paid == (long)sent[0][0] && held == paid, was);
        }

        foreach (var file in (string[])["sellercenter.db", "sandbox.db"])
            Assert.Equal("ok", Assert.Single(await app.RowsAsync(file, "PRAGMA integrity_check"))[0]);
        Assert.Empty(app.Errors());
    }

    private static async Task<IReadOnlyList<Kept>> RefundsAsync(SellerApp app, Asked asked) =>
        [.. (await app.RowsAsync("sellercenter.db", $"""SELECT "State", "Amount" FROM "Refunds" WHERE "PostingNumber" = '{asked.PostingNumber}'""")).Select(r => new Kept((RefundState)(long)r[0], (long)r[1]))];

    private static async Task<long?> OneAsync(SellerApp app, string file, string sql) => await app.RowsAsync(file, sql) is [{ } row, ..] ? (long)row[0] : null;

    /// <param name="Id">Ozon's id of the request.</param>
    /// <param name="Price">Roubles.</param>
    private sealed record Asked(string Id, string PostingNumber, decimal Price);

    private sealed record Kept(RefundState State, long Amount);
}

using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>What an agent does with a return and a refund, click by click.</summary>
internal static class RefundSteps
{
    private const string Account = "Покупатель прислал фото дефекта, проверил: брак наш, товар не работает.";

    /// <summary>What a person released leaves after this time; a second more.</summary>
    public static readonly TimeSpan Leaves = TimeSpan.FromSeconds(11);

    /// <summary>Waits for a request in the list and opens it.</summary>
    public static async Task OpenAsync(Window agent, AskedReturn asked)
    {
        await agent.GoAsync("/returns?tab=all");
        var row = agent.Page.Locator($"[data-testid=return-row][data-number='{asked.Number}']");
        var moved = agent.Page.Locator(".new-pill button");
        await Sandbox.Wait.ForAsync(async () =>
        {
            if (await row.CountAsync() > 0) return true;

            // At once or not at all: it goes when the list is read anew just now.
            await moved.EvaluateAllAsync<int>("all => all.map(b => b.click()).length");
            return false;
        }, 60);
        await row.ClickAsync();
        await Assertions.Expect(agent.Find("return-page")).ToBeVisibleAsync();
    }

    /// <summary>A decision that costs nothing; it leaves when its time to be taken back is over.</summary>
    public static async Task DecideAsync(SellerApp app, Window agent, long action)
    {
        await agent.Find($"act-{action}").ClickAsync();
        await agent.Find("do-it").ClickAsync();
        await LeaveAsync(app, agent, action);
    }

    /// <summary>Waits until a decision was taken and lets it leave.</summary>
    public static async Task LeaveAsync(SellerApp app, Window agent, long action)
    {
        await Assertions.Expect(agent.Find("deed-under-way")).ToBeVisibleAsync();
        await app.Sandbox.AdvanceAsync(Leaves);
        await Assertions.Expect(agent.Find($"act-{action}")).ToHaveCountAsync(0);
    }

    /// <summary>The first four steps of the form that is open, up to the button that hands it in.</summary>
    /// <param name="amount">Roubles, where there is something to choose.</param>
    /// <param name="postage">Roubles of the way back.</param>
    public static async Task FillAsync(Window agent, string? amount = null, string? postage = null)
    {
        await Assertions.Expect(agent.Find("refund-step-1")).ToBeVisibleAsync();
        await agent.Find("refund-next").ClickAsync();
        await Assertions.Expect(agent.Find("refund-step-2")).ToBeVisibleAsync();
        if (amount is not null) await agent.Find("refund-amount").FillAsync(amount);
        if (postage is not null) await agent.Find("refund-postage").FillAsync(postage);
        await agent.Find("refund-next").ClickAsync();
        await Assertions.Expect(agent.Find("refund-step-3")).ToBeVisibleAsync();
        await agent.Find("refund-reason").SelectOptionAsync(nameof(OzonSellerCenter.Returns.Refunds.RefundReason.Defect));
        await agent.Find("refund-explanation").FillAsync(Account);
        await agent.Find("refund-next").ClickAsync();
        await Assertions.Expect(agent.Find("refund-step-4")).ToBeVisibleAsync();
    }

    public static async Task HandInAsync(Window agent)
    {
        await agent.Find("refund-next").ClickAsync();
        await Assertions.Expect(agent.Find("refund-page")).ToBeVisibleAsync();
    }

    public static Task StandsAsync(Window agent, string state) => Assertions.Expect(agent.Find("refund-state")).ToHaveTextAsync(state);
}

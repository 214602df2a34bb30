using Microsoft.Playwright;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Tests.Architecture;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>What buyers, agents and reviewers do with a case, click by click.</summary>
internal static class DisputeSteps
{
    /// <summary>Complains on the storefront about an order, with a photo.</summary>
    /// <returns>Path of the complaint's page there.</returns>
    public static async Task<string> ComplainAsync(Window buyer, string postingNumber, string topic, string words)
    {
        await buyer.Page.GotoAsync($"/sandbox/shop/orders/{postingNumber}");
        await buyer.Find("complain").ClickAsync();
        await buyer.Find("complaint-topic").SelectOptionAsync(topic);
        await buyer.Find("complaint-words").FillAsync(words);
        await buyer.Find("complaint-photos").SetInputFilesAsync(Path.Combine(Sources.Root, "OzonSellerCenter", "Sandbox", "Seed", "photos", "kruzhka.jpg"));
        await buyer.Find("complaint-send").ClickAsync();
        await Assertions.Expect(buyer.Find("complaint-state")).ToBeVisibleAsync();
        return new Uri(buyer.Page.Url).AbsolutePath;
    }

    /// <summary>Waits for the case of a posting in the list and opens it.</summary>
    public static async Task OpenAsync(Window agent, string postingNumber)
    {
        await agent.GoAsync($"/disputes?q={postingNumber}");
        var row = agent.Find("dispute-row").Filter(new() { HasText = postingNumber }).First;
        var moved = agent.Page.Locator(".new-pill button");
        await Sandbox.Wait.ForAsync(async () =>
        {
            if (await row.CountAsync() > 0) return true;

            // At once or not at all: it goes when the list is read anew just now.
            await moved.EvaluateAllAsync<int>("all => all.map(b => b.click()).length");
            return false;
        }, 60);
        await row.ClickAsync();
        await Assertions.Expect(agent.Find("dispute-page")).ToBeVisibleAsync();
    }

    /// <summary>Waits until a case stands so, on its page or at the desk.</summary>
    public static Task StandsAsync(Window agent, DisputeState state) =>
        Assertions.Expect(agent.Find("dispute-state")).ToHaveAttributeAsync("data-state", state.ToString(), new() { Timeout = 60_000 });

    /// <summary>Copies the record into the case, and waits for a piece of it.</summary>
    public static async Task CollectAsync(Window agent, string name)
    {
        await agent.Find("collect").ClickAsync();
        await Assertions.Expect(agent.Find("evidence-tile").Filter(new() { HasText = name }).First).ToBeVisibleAsync();
    }

    /// <summary>Tells the buyer in the prepared words what speaks against his claim.</summary>
    public static async Task ShowProofAsync(Window agent)
    {
        await agent.Find($"act-{nameof(OzonSellerCenter.Disputes.Page.CaseAct.ShowProof)}").ClickAsync();
        await Assertions.Expect(agent.Find("case-words")).Not.ToBeEmptyAsync();
        await agent.Find("do-it").ClickAsync();
        await Assertions.Expect(agent.Find("case-done")).ToBeVisibleAsync();
    }
}

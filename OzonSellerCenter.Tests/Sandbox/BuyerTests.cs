using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Buyers;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The simulated buyers.</summary>
public sealed class BuyerTests
{
    private static async Task<string> WorldAsync(SandboxHost host)
    {
        await using var db = await host.Get<SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        var texts = db.Messages.OrderBy(m => m.Id).Select(m => m.Text).AsEnumerable();
        return string.Join('\n', texts) + string.Join(',', db.Reviews.OrderBy(r => r.Id).Select(r => r.Rating))
            + string.Join(',', db.Postings.OrderBy(p => p.Id).Select(p => p.Substatus));
    }

    private static async Task StepsAsync(SandboxHost host, int count)
    {
        var chance = new Random(5);
        for (var i = 0; i < count; i++)
            await host.Get<BuyerSteps>().TakeAsync(chance, host.Get<SandboxData>().Now, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task They_write_rate_and_their_orders_travel_the_same_way_each_time()
    {
        await using var first = await SandboxHost.StartAsync();
        await using var second = await SandboxHost.StartAsync();
        var before = await WorldAsync(first);
        await StepsAsync(first, 60);
        await StepsAsync(second, 60);
        var after = await WorldAsync(first);
        Assert.NotEqual(before, after);
        Assert.Equal(after, await WorldAsync(second));
    }

    [Fact]
    public void What_they_say_fits_the_product()
    {
        var talk = new BuyerTalk();
        var chance = new Random(1);
        var aboutLinen = Enumerable.Range(0, 500).Select(_ => talk.Draw("got", chance, "textile")).ToHashSet();
        var aboutKettles = Enumerable.Range(0, 500).Select(_ => talk.Draw("got", chance, "kettle")).ToHashSet();
        Assert.DoesNotContain(aboutLinen, line => line.Contains("включаться", StringComparison.Ordinal));
        Assert.Contains(aboutKettles, line => line.Contains("включаться", StringComparison.Ordinal));
        Assert.Contains(aboutLinen, line => line.Contains("размер", StringComparison.Ordinal));
        foreach (var moment in (string[])["product", "open", "way", "got", "gone", "reply", "cancel", "review5", "review3", "review1"])
            Assert.NotEmpty(talk.Draw(moment, chance));
    }

    [Fact]
    public async Task They_read_and_answer_what_the_seller_wrote()
    {
        await using var host = await SandboxHost.StartAsync();
        var chatId = await host.BuyerAsksAsync("?");
        await host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "Добрый день!" });
        await host.AdvanceAsync("PT3M");
        await StepsAsync(host, 12);
        var messages = (await host.ChatAsync(chatId))["messages"]!.AsArray();
        Assert.True((bool)messages[1]!["read"]!);
        Assert.Equal("buyer", (string)messages[2]!["author"]!);
    }

    [Fact]
    public async Task They_take_orders_back_now_and_then_and_leave_parcels_to_the_carriers()
    {
        await using var host = await SandboxHost.StartAsync();
        var posting = await host.NewAsync();
        await host.ShipAsync(posting);
        var sellers = (await host.NewAsync("RFBS", status: "delivering")).PostingNumber;
        await host.CallOnAsync("/v2/fbs/posting/delivered", sellers);
        await StepsAsync(host, 400);
        await using var db = await host.Get<SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        var taken = db.CancellationRequests.Count(r => r.State == "ON_APPROVAL") - 3
            + db.Postings.Count(p => p.CancelledBy == "client" && p.CancelReasonId == 504 && p.ChangedAt >= posting.ChangedAt);
        Assert.InRange(taken, 1, 20);
        Assert.Equal("awaiting_deliver", (await host.StateAsync(posting.PostingNumber)).Status);
        Assert.Equal("posting_conditionally_delivered", (await host.StateAsync(sellers)).Substatus);
    }

    [Fact]
    public async Task They_order_although_the_same_chance_has_drawn_the_number_before()
    {
        await using var host = await SandboxHost.StartAsync();
        var before = await host.ReadAsync(db => db.Postings.Count());
        for (var run = 0; run < 2; run++)
            await host.Get<BuyerSteps>().TakeAsync(new OnlyOrders(), host.Get<SandboxData>().Now, TestContext.Current.CancellationToken);
        Assert.Equal(before + 2, await host.ReadAsync(db => db.Postings.Count()));
    }

    private sealed class OnlyOrders() : Random(5)
    {
        public override double NextDouble() => 0.92;
    }

    [Fact]
    public async Task They_come_at_the_rate_asked_for_and_stay_away_at_zero()
    {
        await using var host = await SandboxHost.StartAsync();
        var before = await WorldAsync(host);
        await host.AdvanceAsync("P1D");
        Assert.Equal(before, await WorldAsync(host));
        await host.ControlAsync("buyers", new JsonObject { ["perHour"] = 100 });
        await Wait.ForAsync(async () =>
        {
            await host.AdvanceAsync("PT5M");
            return await WorldAsync(host) != before;
        });
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Tests.Sandbox;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Pushes come twice, in the wrong order, or never; in the end the shop looks as if everything had come once and in order.</summary>
public sealed class PushChaosTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(7, 150)]
    [InlineData(11, 150)]
    [InlineData(2026, 1000)]
    public async Task After_pushes_twice_out_of_order_and_lost_the_state_is_that_of_a_clean_run(int seed, int events)
    {
        await using var ozon = await SandboxHost.StartAsync(null, ("Sandbox:Seed", $"{seed}"));
        await using var shop = await LiveShop.StartAsync(ozon);
        foreach (var (kind, rate) in new[] { ("duplicate-push", 0.3), ("reorder-push", 0.3), ("lost-push", 0.1) })
        {
            await ozon.ControlAsync("faults", new JsonObject { ["kind"] = kind, ["rate"] = rate });
        }

        Assert.Null(await ozon.Get<SandboxPushes>().SetUrlAsync(1000001, shop.PushUrl, TestContext.Current.CancellationToken));
        var chats = (await shop.OpenConversationsAsync()).ConvertAll(c => c.ChatId);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < events; i++)
        {
            var body = new JsonObject { ["clientId"] = SandboxHost.ClientId, ["text"] = $"Сообщение {i}" };

            // Mostly conversations that are there, sometimes a new one.
            if (i % 8 != 0) body["chatId"] = chats[(i * seed) % chats.Count];
            await ozon.ControlAsync("buyer-message", body);
        }

        await ozon.ControlAsync("faults", new JsonObject { ["kind"] = "none" });
        await using var clean = await LiveShop.StartAsync(ozon);
        var wanted = await clean.DumpAsync();
        Assert.Equal(events, wanted.Split("Сообщение ").Length - 1 - await PreviewsAsync(clean));

        var limit = TimeSpan.FromSeconds(120);
        for (var got = await shop.DumpAsync(); got != wanted; got = await shop.DumpAsync())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < limit, Difference(wanted, got));

            // The poll that runs each minute finds what the pushes lost.
            shop.Get<Signals>().ChatLists.Set();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        var pushes = await shop.ReadAsync(db => db.PushEvents.CountAsync());
        output.WriteLine($"{events} events, {pushes} pushes stored, same state after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        // How many came before the poll found the rest depends on the machine; that pushes were at work at all does not.
        Assert.InRange(pushes, 1, events);
    }

    private static string Difference(string wanted, string got)
    {
        var (clean, ours) = (wanted.Split('\n'), got.Split('\n'));
        return string.Join('\n', [.. clean.Except(ours).Take(5).Select(l => "clean: " + l), .. ours.Except(clean).Take(5).Select(l => "ours:  " + l)]);
    }

    private static Task<int> PreviewsAsync(LiveShop shop) =>
        shop.ReadAsync(db => db.Conversations.CountAsync(c => c.Preview.StartsWith("Сообщение ")));
}

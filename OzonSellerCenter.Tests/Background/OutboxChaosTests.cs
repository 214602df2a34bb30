using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Tests.Sandbox;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Ozon misbehaves in every way it can while answers go out; each arrives exactly once.</summary>
public sealed class OutboxChaosTests(ITestOutputHelper output)
{
    [Fact]
    public Task Of_200_answers_sent_through_faults_none_is_lost_and_none_doubled() => SendAsync(200, 120);

    [Fact, Trait("Kind", "Long")]
    public Task Of_1000_answers_sent_through_faults_none_is_lost_and_none_doubled() => SendAsync(1000, 480);

    private async Task SendAsync(int count, int seconds)
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        var conversations = await shop.OpenConversationsAsync();
        Assert.True(conversations.Count >= 10, $"only {conversations.Count} conversations can be answered");
        foreach (var (kind, rate, milliseconds) in new[] { ("drop-response", 0.1, 0), ("http500", 0.1, 0), ("http429", 0.05, 0), ("latency", 0.1, 150) })
        {
            await ozon.ControlAsync("faults", new JsonObject { ["kind"] = kind, ["rate"] = rate, ["milliseconds"] = milliseconds });
        }

        var began = Stopwatch.GetTimestamp();
        var expected = new List<(string ChatId, string Text)>();
        for (var i = 0; i < count; i++)
        {
            // Every tenth answer says what another in the same conversation says: equal words are still two answers.
            var (id, chatId) = conversations[i % conversations.Count];
            var text = i % 10 == 0 ? "Проверим и напишем вам сегодня." : $"Ответ номер {i}: посылка в пути.";
            await shop.SendAsync(id, text);
            expected.Add((chatId, text));
        }

        await Wait.ForAsync(() => shop.ReadAsync(async db => !await db.OutboundCommands.AnyAsync(c =>
            c.Kind == CommandKind.SendMessage && c.State != CommandState.Done && c.State != CommandState.Failed)), seconds);
        var took = Stopwatch.GetElapsedTime(began);
        await ozon.ControlAsync("faults", new JsonObject { ["kind"] = "none" });

        var lost = 0;
        var doubled = 0;
        foreach (var chat in expected.GroupBy(e => e.ChatId))
        {
            var arrived = (await ozon.ChatAsync(chat.Key))["messages"]!.AsArray()
                .Where(m => (string)m!["author"]! == "seller").CountBy(m => (string)m!["text"]!).ToDictionary();
            foreach (var (text, wanted) in chat.CountBy(e => e.Text))
            {
                var got = arrived.GetValueOrDefault(text);
                lost += Math.Max(0, wanted - got);
                doubled += Math.Max(0, got - wanted);
            }
        }

        var attempts = await shop.ReadAsync(db => db.OutboundCommands.Where(c => c.Kind == CommandKind.SendMessage).SumAsync(c => c.Attempts));
        output.WriteLine($"{count} answers in {took.TotalSeconds:0.0} s, {attempts} attempts, {lost} lost, {doubled} doubled");
        Assert.Equal((0, 0), (lost, doubled));
        Assert.True(attempts > count, "no fault struck a send");
        Assert.False(await shop.ReadAsync(db => db.OutboundCommands.AnyAsync(c => c.State == CommandState.Failed)));
    }
}

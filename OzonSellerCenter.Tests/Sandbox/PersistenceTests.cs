using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OzonSellerCenter.Sandbox;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What a restart finds.</summary>
public sealed class PersistenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Messages_clock_and_waiting_pushes_are_there_after_a_restart()
    {
        string chatId;
        DateTimeOffset before;
        await using (var host = await SandboxHost.StartAsync(_folder))
        {
            // Nobody listens there, so the event has to wait.
            await host.ControlAsync("push-url", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["url"] = "http://127.0.0.1:9/push" });
            chatId = await host.BuyerAsksAsync("Помните меня?");
            await host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "Да!" });
            await host.AdvanceAsync("P2DT3H");
            before = host.Get<TimeProvider>().GetUtcNow();
        }
        await using var again = await SandboxHost.StartAsync(_folder);
        Assert.Equal(2, (await again.ChatAsync(chatId))["messages"]!.AsArray().Count);
        Assert.True(again.Get<TimeProvider>().GetUtcNow() >= before);
        await using var db = await again.Get<SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        Assert.Single(db.PushDeliveries.AsEnumerable(), p => p.Body.Contains(chatId, StringComparison.Ordinal));
        var next = (await again.ControlAsync("buyer-message", new JsonObject { ["chatId"] = chatId, ["text"] = "Спасибо" }))["messageId"]!;
        var last = (string)(await again.ChatAsync(chatId))["messages"]![1]!["messageId"]!;
        Assert.True(long.Parse((string)next!, null) > long.Parse(last, null));
    }

    [Fact]
    public async Task A_file_of_another_version_or_one_half_filled_is_made_anew()
    {
        await using (var host = await SandboxHost.StartAsync(_folder))
        {
            await host.AdvanceAsync("P2D");
            await host.BuyerAsksAsync("?");
        }
        SqliteConnection.ClearAllPools();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "sandbox.db")}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 0; DELETE FROM Products";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        SqliteConnection.ClearAllPools();
        await using var again = await SandboxHost.StartAsync(_folder);
        Assert.Equal(TimeSpan.Zero, again.Get<SandboxClock>().Offset);
        await using var db = await again.Get<SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal((52, 69), (db.Products.Count(), db.Chats.Count(c => c.ClientId != 1000003) + 1));
    }
}

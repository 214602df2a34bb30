using System.Text.Json;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The oddities of the real answers, as they are by default and as they can be switched.</summary>
public sealed class QuirkTests
{
    private static async Task<(JsonNode List, JsonNode Message)> TalkAsync(SandboxHost host)
    {
        var chatId = await host.BuyerAsksAsync("Здравствуйте!");
        await host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "Добрый день!" });
        var list = (await host.CallAsync("/v3/chat/list", new JsonObject { ["limit"] = 1 })).Json;
        var history = (await host.CallAsync("/v3/chat/history", new JsonObject { ["chat_id"] = chatId })).Json;
        return (list, history);
    }

    [Fact]
    public async Task By_default_ids_are_numbers_in_the_list_and_strings_in_the_history_and_the_customer_is_Cyrillic()
    {
        await using var host = await SandboxHost.StartAsync();
        var (list, history) = await TalkAsync(host);
        Assert.Equal(JsonValueKind.Number, list["chats"]![0]!["last_message_id"]!.GetValueKind());
        Assert.Equal(JsonValueKind.String, history["messages"]![0]!["message_id"]!.GetValueKind());
        Assert.Equal("\u0421ustomer", (string)history["messages"]![1]!["user"]!["type"]!);
        Assert.Equal("""["Добрый день!"]""", history["messages"]![0]!["data"]!.ToJsonString(OzonSellerCenter.Sandbox.Api.Wire.Json));
        Assert.True((bool)list["has_next"]!);
        Assert.True((long)list["chats"]![0]!["last_message_id"]! > 1L << 53);
    }

    [Fact]
    public async Task Each_oddity_can_be_turned_round()
    {
        await using var host = await SandboxHost.StartAsync(
            null,
            ("Sandbox:Quirks:CyrillicCustomer", "false"), ("Sandbox:Quirks:HistoryIdsAsStrings", "false"),
            ("Sandbox:Quirks:ListIdsAsStrings", "true"), ("Sandbox:Quirks:ErrorTextPrefix", "true"),
            ("Sandbox:Quirks:HasNextAsString", "true"), ("Sandbox:Quirks:HasNextOnLastPage", "true"), ("Sandbox:Quirks:OneMessageUntilReply", "true"));
        var (list, history) = await TalkAsync(host);
        Assert.Equal(JsonValueKind.String, list["chats"]![0]!["last_message_id"]!.GetValueKind());
        Assert.Equal(JsonValueKind.Number, history["messages"]![0]!["message_id"]!.GetValueKind());
        Assert.Equal("Customer", (string)history["messages"]![1]!["user"]!["type"]!);
        Assert.Equal(["errorText", "Добрый день!"], history["messages"]![0]!["data"]!.AsArray().Select(d => (string)d!));
        Assert.Equal("true", (string)history["has_next"]!);
        var again = await host.CallAsync("/v1/chat/send/message", new JsonObject
        {
            ["chat_id"] = (string)list["chats"]![0]!["chat"]!["chat_id"]!,
            ["text"] = "Вы тут?",
        });
        Assert.StartsWith("403/7 chat not started", again.Refusal, StringComparison.Ordinal);
    }
}

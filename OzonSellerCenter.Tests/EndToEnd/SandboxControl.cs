using System.Net.Http.Json;
using System.Xml;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The sandbox's control API (<c>/sandbox/control/…</c>): the clock, the buyers and the faults of the demo's Ozon.</summary>
public sealed class SandboxControl(HttpClient http)
{
    public const string FirstClientId = "1000001";

    /// <summary>Moves the clock of Ozon and of the app forward.</summary>
    public Task AdvanceAsync(TimeSpan by) => PostAsync("clock", new { advance = XmlConvert.ToString(by) });

    /// <summary>A buyer writes: into a chat, about an order or about a product.</summary>
    public async Task<BuyerMessage> BuyerWritesAsync(string text, string? chatId = null, string? postingNumber = null, string? sku = null)
    {
        using var answer = await PostAsync("buyer-message", new { clientId = FirstClientId, text, chatId, postingNumber, sku });
        return (await answer.Content.ReadFromJsonAsync<BuyerMessage>())!;
    }

    /// <summary>What the buyer sees, oldest first.</summary>
    public async Task<IReadOnlyList<SeenMessage>> ChatAsync(string chatId) =>
        (await http.GetFromJsonAsync<Chat>(new Uri($"/sandbox/control/chats/{chatId}", UriKind.Relative)))!.Messages;

    public Task FaultsAsync(string kind, double rate = 1, double milliseconds = 0) => PostAsync("faults", new { kind, rate, milliseconds });

    private async Task<HttpResponseMessage> PostAsync(string what, object body)
    {
        var answer = await http.PostAsJsonAsync(new Uri($"/sandbox/control/{what}", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, $"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer;
    }

    public sealed record BuyerMessage(string ChatId, string MessageId);

    public sealed record SeenMessage(string MessageId, string Author, string Text, DateTime At, bool Read);

    private sealed record Chat(string ChatId, IReadOnlyList<SeenMessage> Messages);
}

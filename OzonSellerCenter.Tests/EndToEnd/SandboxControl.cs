using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

    /// <summary>A posting that waits to be packed and about which nobody has written yet.</summary>
    public async Task<string> QuietOrderAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var postings = await OzonAsync("/v4/posting/fbs/list", new { limit = 100, filter = new { since = now.AddDays(-30), to = now.AddDays(30), statuses = new[] { "awaiting_packaging" } } });
        var numbers = postings.RootElement.GetProperty("postings").EnumerateArray().Select(p => p.GetProperty("posting_number").GetString()!).ToList();
        var written = new HashSet<string>();
        using var chats = await OzonAsync("/v3/chat/list", new { limit = 100 });
        foreach (var chat in chats.RootElement.GetProperty("chats").EnumerateArray().Select(c => c.GetProperty("chat").GetProperty("chat_id").GetString()!))
        {
            using var history = await OzonAsync("/v3/chat/history", new { chat_id = chat, limit = 1 });
            foreach (var message in history.RootElement.GetProperty("messages").EnumerateArray()) written.Add(message.GetProperty("context").GetProperty("order_number").GetString()!);
        }

        return numbers.First(n => !written.Any(order => order.Length > 0 && n.StartsWith(order, StringComparison.Ordinal)));
    }

    /// <summary>What the seller himself delivered to its buyer: postings of one product, the newest last.</summary>
    public async Task<IReadOnlyList<Delivered>> DeliveredAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var postings = await OzonAsync("/v4/posting/fbs/list", new { limit = 100, filter = new { since = now.AddDays(-60), to = now.AddDays(30), statuses = new[] { "delivered" } } });
        return [.. postings.RootElement.GetProperty("postings").EnumerateArray()
            .Where(p => p.GetProperty("tpl_integration_type").GetString() == "non_integrated" && p.GetProperty("products").GetArrayLength() == 1)
            .Select(p => (Number: p.GetProperty("posting_number").GetString()!, Product: p.GetProperty("products")[0]))
            .Select(p => new Delivered(p.Number, p.Product.GetProperty("sku").ToString(), decimal.Parse(p.Product.GetProperty("price").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)))];
    }

    /// <summary>A buyer asks to give one piece back.</summary>
    /// <returns>Ozon's id of his request; null when there is one already.</returns>
    public async Task<string?> BuyerReturnsAsync(string postingNumber, string text)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/sandbox/control/buyer-return", UriKind.Relative), new { clientId = FirstClientId, postingNumber, text });
        if (answer.StatusCode == HttpStatusCode.BadRequest) return null;
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("returnId").ToString();
    }

    /// <summary>What a buyer, the carrier or the bank does with a request, such as <c>pay</c>.</summary>
    public Task ReturnActAsync(string returnId, string act) => PostAsync("return-act", new { clientId = FirstClientId, returnId, act });

    /// <summary>A buyer complains; gives Ozon's id of the complaint.</summary>
    /// <param name="kopecks">What he claims.</param>
    /// <param name="nature">Such as <c>false_claim</c> or <c>serial</c>.</param>
    public async Task<string> BuyerComplainsAsync(string postingNumber, string topic, string text, long kopecks, string nature)
    {
        using var answer = await PostAsync("complaint", new { clientId = FirstClientId, postingNumber, kind = "complaint", topic, text, amount = kopecks, nature });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("complaintId").ToString();
    }

    /// <summary>Asks the demo's Ozon as the first store.</summary>
    private async Task<JsonDocument> OzonAsync(string method, object body)
    {
        HttpResponseMessage answer = null!;

        // The limit is the store's, and the app, which is just taking its data over, uses it up.
        await Sandbox.Wait.ForAsync(async () => (answer = await OnceAsync()).StatusCode != HttpStatusCode.TooManyRequests);
        using (answer) return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());

        async Task<HttpResponseMessage> OnceAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/sandbox/ozon{method}", UriKind.Relative)) { Content = JsonContent.Create(body) };
            request.Headers.Add("Client-Id", FirstClientId);
            request.Headers.Add("Api-Key", $"sandbox-key-{FirstClientId}");
            return await http.SendAsync(request);
        }
    }

    public Task FaultsAsync(string kind, double rate = 1, double milliseconds = 0) => PostAsync("faults", new { kind, rate, milliseconds });

    private async Task<HttpResponseMessage> PostAsync(string what, object body)
    {
        var answer = await http.PostAsJsonAsync(new Uri($"/sandbox/control/{what}", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, $"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer;
    }

    public sealed record BuyerMessage(string ChatId, string MessageId);

    public sealed record SeenMessage(string MessageId, string Author, string Text, DateTime At, bool Read);

    /// <param name="Number">Of the posting.</param>
    /// <param name="Sku">Of its product.</param>
    /// <param name="Price">Of one piece, in roubles.</param>
    public sealed record Delivered(string Number, string Sku, decimal Price);

    private sealed record Chat(string ChatId, IReadOnlyList<SeenMessage> Messages);
}

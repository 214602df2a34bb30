using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OzonSellerCenter.Sandbox.Pushes;

/// <summary>Speaks to a push address as Ozon does and judges what comes back.</summary>
internal sealed class PushReceiver(IHttpClientFactory clients, TimeProvider clock)
{
    public const string ClientName = "sandbox-pushes";

    /// <summary>Longest answer that still counts. Ozon: handling longer than 5 s switches pushes off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Delivers an event. The right answer is 200 with <c>{"result": true}</c>.</summary>
    /// <returns>Null when it was taken, else what was wrong, in Ozon's words.</returns>
    public Task<string?> DeliverAsync(string url, string body, CancellationToken cancel) =>
        PostAsync(url, body, answer => answer.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.True
            ? null
            : "WRONG_RESULT_FIELD", cancel);

    /// <summary>The handshake: the answer names version, name and time, and has no result (Ozon, "check" of a push address).</summary>
    public Task<string?> PingAsync(string url, CancellationToken cancel) =>
        PostAsync(url, $$"""{"message_type":"TYPE_PING","time":"{{Api.Wire.Time(clock.GetUtcNow().UtcDateTime)}}"}""", answer =>
            answer.TryGetProperty("result", out _) || !HasText(answer, "version") || !HasText(answer, "name") ? "WRONG_RESULT_FIELD"
            : !answer.TryGetProperty("time", out var time) || time.ValueKind != JsonValueKind.String || !time.TryGetDateTimeOffset(out _)
                ? "WRONG_RESULT_TIME_FIELD"
                : null, cancel);

    private static bool HasText(JsonElement answer, string field) =>
        answer.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String;

    private async Task<string?> PostAsync(string url, string body, Func<JsonElement, string?> judge, CancellationToken cancel)
    {
        using var client = clients.CreateClient(ClientName);
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var answer = await client.PostAsync(new Uri(url), content, cancel);
            if ((int)answer.StatusCode != StatusCodes.Status200OK)
                return (int)answer.StatusCode >= 500 ? "SERVER_FAULT" : "STATUS_CODE_NOT_OK";
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
            if (bytes.Length == 0)
                return "EMPTY_BODY";
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.ValueKind == JsonValueKind.Object ? judge(json.RootElement) : "INVALID_BODY";
        }
        catch (HttpRequestException)
        {
            return "REQUEST_ERROR";
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "REQUEST_TIMEOUT";
        }
        catch (JsonException)
        {
            return "INVALID_JSON";
        }
    }
}

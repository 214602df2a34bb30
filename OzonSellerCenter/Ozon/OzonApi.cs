using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// Ozon's Seller API, one method each. Reads are retried, writes never: after a write whose error <see cref="OzonError.MayHaveActed"/>, read
/// back first. Every call is paced for its account. Cancelling a write throws, and it may have been carried out none the less.
/// </summary>
public sealed partial class OzonApi(
    IHttpClientFactory clients, OzonRateLimit limit, IOptions<OzonOptions> options, ILogger<OzonApi> log)
{
    /// <summary>How long a method is left alone once Ozon's own breaker blocked it ("for some minutes").</summary>
    private static readonly TimeSpan CircleHold = TimeSpan.FromMinutes(2);

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private Task<OzonResult<TAnswer>> ReadAsync<TAnswer>(OzonAccount account, string path, object body, CancellationToken cancellation)
        where TAnswer : class => PostAsync<TAnswer>(OzonSetup.Reads, account, path, body, cancellation);

    private Task<OzonResult<TAnswer>> WriteAsync<TAnswer>(OzonAccount account, string path, object body, CancellationToken cancellation)
        where TAnswer : class => PostAsync<TAnswer>(OzonSetup.Writes, account, path, body, cancellation);

    /// <summary>A write whose answer is its status alone.</summary>
    private async Task<OzonResult<OzonDone>> WriteAsync(OzonAccount account, string path, object body, CancellationToken cancellation)
    {
        using var request = Post(path, body);
        var answer = await SendAsync(OzonSetup.Writes, account, request, cancellation);
        return answer.IsOk ? new OzonDone { Result = true } : answer.Error;
    }

    private async Task<OzonResult<TAnswer>> PostAsync<TAnswer>(
        string client, OzonAccount account, string path, object body, CancellationToken cancellation)
        where TAnswer : class
    {
        using var request = Post(path, body);
        var answer = await SendAsync(client, account, request, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        return ReadAnswer<TAnswer>(answer.Value.Content) is { } value
            ? value
            : Failed(account, request, new OzonError(OzonErrorKind.GarbageAnswer, "The answer is not what the method answers.", answer.Value.Status));
    }

    private static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, path.TrimStart('/'))
    {
        Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, OzonJson.Options)) { Headers = { ContentType = Json } },
    };

    /// <summary>Sends with the account's headers; the whole answer, or a named error.</summary>
    private async Task<OzonResult<WholeAnswer>> SendAsync(
        string client, OzonAccount account, HttpRequestMessage request, CancellationToken cancellation)
    {
        if (NotAHeader(account.ClientId))
            return new OzonError(OzonErrorKind.BadClientId, "Client-Id holds characters that cannot be sent.");
        if (NotAHeader(account.ApiKey))
            return new OzonError(OzonErrorKind.WrongKey, "Api-Key holds characters that cannot be sent.");
        request.Headers.TryAddWithoutValidation("Client-Id", account.ClientId);
        request.Headers.TryAddWithoutValidation("Api-Key", account.ApiKey);
        return await SendBareAsync(client, account, request, cancellation);
    }

    /// <summary>Sends as it is, without the account's key.</summary>
    private async Task<OzonResult<WholeAnswer>> SendBareAsync(
        string client, OzonAccount account, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var http = clients.CreateClient(client);
            using var response = await http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (response.IsSuccessStatusCode)
                return new WholeAnswer(body, response.Content.Headers.ContentType?.ToString(), (int)response.StatusCode);

            var error = OzonErrors.Of(response.StatusCode, body, OzonWire.RetryAfterOf(response));
            if (error.Kind == OzonErrorKind.CircuitOpen)
                limit.Hold(account.ClientId, response.RequestMessage!.RequestUri!.AbsolutePath, CircleHold);
            return Failed(account, request, error);
        }
        catch (BrokenCircuitException e)
        {
            return Failed(account, request, new OzonError(OzonErrorKind.Unreachable, "Paused after repeated failures.", RetryAfter: e.RetryAfter));
        }
        catch (TimeoutRejectedException)
        {
            return Failed(account, request, new OzonError(OzonErrorKind.Unclear, "No answer in time, with all retries."));
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !cancellation.IsCancellationRequested)
        {
            return Failed(account, request, new OzonError(OzonErrorKind.Unreachable, "No connection in time."));
        }
        catch (HttpRequestException e)
        {
            return Failed(account, request, new OzonError(KindOf(e.HttpRequestError), e.Message));
        }
    }

    /// <summary>Establishing a connection comes before sending, so failures of that prove that nothing was sent.</summary>
    private static OzonErrorKind KindOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError => OzonErrorKind.Unreachable,
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => OzonErrorKind.GarbageAnswer,
        _ => OzonErrorKind.Unclear,
    };

    /// <summary>An object of the expected shape, or <c>null</c>. An empty object is an empty answer: Ozon may leave out what is empty.</summary>
    private static TAnswer? ReadAnswer<TAnswer>(byte[] body)
        where TAnswer : class
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = OzonJson.Options.MaxDepth });
            var root = document.RootElement;
            var known = OzonJson.Options.GetTypeInfo(typeof(TAnswer)).Properties;
            return root.ValueKind == JsonValueKind.Object
                && (!root.EnumerateObject().Any()
                    || root.EnumerateObject().Any(p => known.Any(k => k.Name.Equals(p.Name, StringComparison.OrdinalIgnoreCase))))
                ? root.Deserialize<TAnswer>(OzonJson.Options)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or names in it that are no text; reported as GarbageAnswer.
            return null;
        }
    }

    private OzonError Failed(OzonAccount account, HttpRequestMessage request, OzonError error)
    {
        if (account.ApiKey.Length > 0 && error.Message.Contains(account.ApiKey, StringComparison.Ordinal))
            error = error with { Message = error.Message.Replace(account.ApiKey, "***", StringComparison.Ordinal) };
        // Ozon's words stay out of the log: they may quote what was sent.
        log.LogInformation("Ozon {Path} for {ClientId}: {Kind} {Status}", request.RequestUri, account.ClientId, error.Kind, error.Status);
        return error;
    }

    private static bool NotAHeader(string text) => text.Any(c => c is <= ' ' or > '~');

    private sealed record WholeAnswer(byte[] Content, string? ContentType, int Status);
}

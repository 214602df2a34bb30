using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// The last step before the network, once per request really sent: waits for the account's turn, minds the time-out and reads the whole
/// answer, so that a cut in the middle of it is a failure of this attempt.
/// </summary>
internal sealed class OzonWire(OzonRateLimit limit, IOptions<OzonOptions> options) : DelegatingHandler
{
    private static readonly TimeSpan DefaultHold = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var clientId = ClientIdOf(request);
        var method = request.RequestUri!.AbsolutePath;

        if (limit.HeldFor(clientId, method) is var early && early > TimeSpan.Zero)
            return HeldBack(request, early);
        await limit.WaitAsync(clientId, cancellationToken);
        // Ozon may have said "wait" while this one stood in the queue.
        if (limit.HeldFor(clientId, method) is var late && late > TimeSpan.Zero)
            return HeldBack(request, late);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, timeout.Token);
            await response.Content.LoadIntoBufferAsync(options.Value.MaxAnswerBytes, timeout.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw new HttpRequestException($"No answer within {options.Value.TimeoutSeconds} s.", e);
        }
        catch
        {
            response?.Dispose();
            throw;
        }

        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            limit.Hold(clientId, method, RetryAfterOf(response) ?? DefaultHold);
        return response;
    }

    public static string ClientIdOf(HttpRequestMessage request) =>
        request.Headers.TryGetValues("Client-Id", out var values) ? values.First() : "";

    /// <summary>What Ozon told about waiting: seconds, or a date counted from the answer's own date, whatever our clock shows.</summary>
    public static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } sent => date > sent ? date - sent : TimeSpan.Zero,
        _ => null,
    };

    private static HttpResponseMessage HeldBack(HttpRequestMessage request, TimeSpan rest)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(rest.TotalSeconds));
        return new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            RequestMessage = request,
            Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) },
            Content = new StringContent(string.Create(CultureInfo.InvariantCulture, $"not sent: Ozon asked to wait, {seconds} s left")),
        };
    }
}

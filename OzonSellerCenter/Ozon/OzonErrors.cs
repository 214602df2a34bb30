using System.Net;
using System.Text;
using System.Text.Json;

namespace OzonSellerCenter.Ozon;

/// <summary>Reads Ozon's refusals. Codes are few and texts tell more, so the text decides first, the HTTP status last.</summary>
internal static class OzonErrors
{
    private const int MaxMessageLength = 500;

    // The texts are Ozon's documented or observed ones. Two of them (window, not started) are reported by third parties only,
    // hence short fragments. Role before subscription: the role text names no subscription.
    private static readonly (string Fragment, OzonErrorKind Kind)[] Texts =
    [
        ("Invalid Api-Key", OzonErrorKind.WrongKey),
        ("Client-Id header value should be", OzonErrorKind.BadClientId),
        ("headers are required", OzonErrorKind.MissingHeaders),
        ("missing a required role", OzonErrorKind.MissingRole),
        ("Api-key is deactivated", OzonErrorKind.KeyDeactivated),
        ("restricted to specific IP", OzonErrorKind.KeyIpBound),
        ("Offer not signed", OzonErrorKind.OfferNotSigned),
        ("period has expired", OzonErrorKind.WindowClosed),
        ("chat not started", OzonErrorKind.ChatNotStarted),
        ("premium", OzonErrorKind.SubscriptionRequired),
        ("existing subscription", OzonErrorKind.SubscriptionRequired),
        ("Circle is open", OzonErrorKind.CircuitOpen),
    ];

    /// <summary>The error of an answer with a status outside 2xx.</summary>
    public static OzonError Of(HttpStatusCode status, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        var answer = Parse(body);
        var message = answer?.Message ?? Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxMessageLength)]).Trim();
        var kind = answer is not null && KindOfText(status, message) is { } told ? told : KindOfStatus(status, answer is not null, message);
        return new OzonError(kind, Shorten(message), (int)status, retryAfter);
    }

    /// <summary>An error envelope, or <c>null</c> when the body is something else.</summary>
    public static OzonErrorBody? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<OzonErrorBody>(body, OzonJson.Options) is { } error && (error.Code != 0 || error.Message != "")
                ? error
                : null;
        }
        catch (JsonException)
        {
            // Proxies and Ozon itself answer with plain text and HTML too.
            return null;
        }
    }

    private static OzonErrorKind? KindOfText(HttpStatusCode status, string message)
    {
        // A crash may quote any text; what a server error means must not depend on it. Ozon's breaker is named whatever the status.
        var texts = (int)status >= 500 ? Texts.Where(t => t.Kind == OzonErrorKind.CircuitOpen) : Texts;
        foreach (var (fragment, kind) in texts)
            if (message.Contains(fragment, StringComparison.OrdinalIgnoreCase))
                return kind;
        return message.Equals("Internal error", StringComparison.OrdinalIgnoreCase) ? OzonErrorKind.ServerError : null;
    }

    private static OzonErrorKind KindOfStatus(HttpStatusCode status, bool isEnvelope, string message) => status switch
    {
        HttpStatusCode.Unauthorized => OzonErrorKind.MissingHeaders,
        HttpStatusCode.Forbidden => OzonErrorKind.Forbidden,
        HttpStatusCode.NotFound when isEnvelope => OzonErrorKind.NotFound,
        HttpStatusCode.NotFound when message.StartsWith("404 page not found", StringComparison.Ordinal) => OzonErrorKind.MethodGone,
        HttpStatusCode.MethodNotAllowed => OzonErrorKind.MethodGone,
        HttpStatusCode.Conflict => OzonErrorKind.Conflict,
        HttpStatusCode.TooManyRequests => OzonErrorKind.RateLimited,
        HttpStatusCode.RequestTimeout => OzonErrorKind.Unclear,
        >= HttpStatusCode.InternalServerError => OzonErrorKind.ServerError,
        >= HttpStatusCode.BadRequest when isEnvelope => OzonErrorKind.InvalidRequest,
        // Redirects are not followed (the key would travel along), and a bare 4xx is not Ozon's way to refuse.
        _ => OzonErrorKind.GarbageAnswer,
    };

    private static string Shorten(string message) => message.Length <= MaxMessageLength ? message : message[..MaxMessageLength];
}

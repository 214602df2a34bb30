using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Background;

/// <summary>Takes Ozon's pushes: stores and answers at once, works later (<see cref="PushInbox"/>). Never calls Ozon, so it answers while Ozon
/// is down. Ozon signs nothing: who does not know the store's secret address learns nothing here.</summary>
internal sealed class PushEndpoint(
    Databases databases, PushShelf shelf, Figures figures, IOptions<PushOptions> options, TimeProvider clock, ILogger<PushEndpoint> log)
{
    /// <summary>Largest body taken; real pushes have a few kilobytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int LongestSecret = 200;

    private readonly IPNetwork[] _networks = [.. options.Value.Networks.Select(text => IPNetwork.Parse(text))];

    public async Task<IResult> ReceiveAsync(string secret, HttpRequest request, CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcNow().UtcDateTime;
        if (!ComesFromOzon(request.HttpContext.Connection.RemoteIpAddress) || secret.Length > LongestSecret) return Unknown();
        if (await StoreOfAsync(secret, cancellation) is not { } store) return Unknown();
        if (!HttpMethods.IsPost(request.Method)) return Refused(StatusCodes.Status405MethodNotAllowed, PushRefusal.Unknown, "POST is expected");
        if (!request.HasJsonContentType()) return Refused(StatusCodes.Status415UnsupportedMediaType, PushRefusal.Unknown, "application/json is expected");
        if (await ReadBodyAsync(request, cancellation) is not { } body)
        {
            return Refused(StatusCodes.Status413PayloadTooLarge, PushRefusal.Unknown, "the body is too large");
        }

        try
        {
            return await TakeAsync(store, body, startedAt, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // Answered with Ozon's envelope so that it comes again later; the log keeps the cause.
            log.LogError(fault, "A push for store {StoreId} could not be stored", store.Id);
            figures.Push("any", "failed");
            return Refused(StatusCodes.Status500InternalServerError, PushRefusal.Unknown, "not stored, try again");
        }
    }

    private async Task<IResult> TakeAsync(StoreAddress store, byte[] body, DateTime startedAt, CancellationToken cancellation)
    {
        var push = OzonPushes.Parse(body);
        if (push is null || !MakesSense(push)) return Refused(StatusCodes.Status400BadRequest, PushRefusal.ParameterMissing, "not a push");
        if (push is PushPing)
        {
            figures.Push(OzonPushes.Ping, "answered");
            return Json(new PushPingAnswer { Name = "ozon-seller-center", Time = startedAt });
        }

        if (store.ClientId != $"{push.SellerId}")
        {
            figures.Push("any", "foreign");
            return Refused(StatusCodes.Status400BadRequest, PushRefusal.ParameterMissing, "seller_id is not this store's");
        }

        if (push is PushUnknown)
        {
            // Ozon counts refusals against the address, so a type that means nothing to us is welcome all the same.
            figures.Push("other", "ignored");
            return Json(new PushAccepted());
        }

        var isNew = await shelf.StoreAsync(store.Id, push, body, startedAt, cancellation);
        figures.Push(push.MessageType, isNew ? "stored" : "duplicate");
        return Json(new PushAccepted());
    }

    private async Task<StoreAddress?> StoreOfAsync(string secret, CancellationToken cancellation)
    {
        var hash = StoreSecrets.HashOf(secret);
        await using var db = await databases.ForSystemAsync(cancellation);
        return await db.Stores.AsNoTracking()
            .Where(s => s.PushSecretHash == hash)
            .Select(s => new StoreAddress(s.Id, s.ClientId))
            .SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Ids that can be kept and times that can be reckoned with; the rest of what a push says is asked of Ozon anyway.</summary>
    private static bool MakesSense(OzonPush push) => push switch
    {
        PushNewMessage m => IsId(m.ChatId, 64) && m.MessageId > 0 && IsTime(m.CreatedAt),
        PushUpdateMessage m => IsId(m.ChatId, 64) && m.MessageId > 0 && IsTime(m.CreatedAt) && IsTime(m.UpdatedAt),
        ChatPush chat => IsId(chat.ChatId, 64),
        PostingPush posting => IsId(posting.PostingNumber, 40),
        _ => true,
    };

    private static bool IsId(string id, int length) => id.Length <= length && id.All(c => c is > ' ' and <= '~');

    private static bool IsTime(DateTime? at) => at is null or { Year: >= 2000 and < 2200 };

    private bool ComesFromOzon(IPAddress? from) =>
        _networks.Length == 0 || (from is not null && _networks.Any(n => n.Contains(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)));

    /// <summary>The whole body, or null when it is longer than <see cref="MaxBytes"/>, whatever its header says.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MaxBytes) return null;
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await request.Body.ReadAsync(piece, cancellation) is var count and > 0)
        {
            if (body.Length + count > MaxBytes) return null;
            body.Write(piece, 0, count);
        }

        return body.ToArray();
    }

    /// <summary>The one answer for every address that is not a store's.</summary>
    private static IResult Unknown() => Refused(StatusCodes.Status404NotFound, PushRefusal.Unknown, "not found");

    private static IResult Refused(int status, string code, string message) => Json(PushRefused.Because(code, message), status);

    private static IResult Json<T>(T answer, int status = StatusCodes.Status200OK) => Results.Json(answer, OzonJson.Options, "application/json", status);

    private sealed record StoreAddress(int Id, string ClientId);
}

using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>The Seller API's front door: finds the method and makes Ozon's checks in Ozon's order.</summary>
internal sealed class OzonApi
{
    public const string Prefix = "/sandbox/ozon";
    private const string FileMethod = "/v2/chat/file";

    /// <summary>Where files are fetched with the account's headers.</summary>
    private static readonly string[] FileMethods = [FileMethod, RfbsReturnMethods.Photo, ComplaintMethods.Photo];

    /// <summary>Bytes. Ozon tells no limit of its own.</summary>
    private const int LongestBody = 30_000_000;
    private readonly Dictionary<string, ApiMethod> _methods;
    private readonly SandboxData _data;
    private readonly SandboxFaults _faults;
    private readonly RequestBudget _budget;
    private readonly LabelMethods _labels;
    private readonly ProductMethods _products;

    public OzonApi(
        SandboxData data, SandboxFaults faults, RequestBudget budget,
        ChatMethods chats, PostingMethods postings, ShippingMethods shipping, CancelMethods cancelling, LabelMethods labels, DateMethods dates,
        SellerMethods seller, ProductMethods products, ExtensionMethods extension, RfbsReturnMethods rfbsReturns, MarketReturnMethods marketReturns, RefundMethods refunds, ComplaintMethods complaints)
    {
        _data = data;
        _faults = faults;
        _budget = budget;
        _labels = labels;
        _products = products;
        _methods = new[]
            {
                chats.All, postings.All, shipping.All, cancelling.All, labels.All, dates.All, seller.All, products.All, extension.All, rfbsReturns.All, marketReturns.All, refunds.All, complaints.All,
            }
            .SelectMany(m => m).ToDictionary(m => m.Path);
    }

    /// <summary>Answers a request under <see cref="Prefix"/>; <paramref name="path"/> is what follows it.</summary>
    public async Task AnswerAsync(HttpContext http, string path)
    {
        // The app's own error pages must not replace Ozon's bare 404 and 405.
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        if (path.StartsWith(LabelMethods.Files, StringComparison.Ordinal) && HttpMethods.IsGet(http.Request.Method))
        {
            await _labels.SendFileAsync(http, path[LabelMethods.Files.Length..]);
            return;
        }
        if (path.StartsWith(ProductMethods.Pictures, StringComparison.Ordinal) && HttpMethods.IsGet(http.Request.Method))
        {
            await _products.SendPictureAsync(http, path[ProductMethods.Pictures.Length..]);
            return;
        }
        var files = FileMethods.FirstOrDefault(f => path.StartsWith(f + "/", StringComparison.Ordinal));
        var isFile = files is not null;
        var method = isFile ? null : _methods.GetValueOrDefault(path);
        if (method is null && !isFile)
        {
            await NotFoundAsync(http);
            return;
        }
        if (http.Request.Method != (isFile ? "GET" : "POST"))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        await DelayAsync(http);
        var (refusal, account, key) = await AdmitAsync(http, method?.Path ?? files!);
        refusal ??= Struck();
        if (refusal is null && method is { NeedsPremiumPlus: true } && !account!.MayWriteToBuyers)
            refusal = ApiAnswer.Forbidden($"{method.Message}: method is allowed starting from the premium plus subscription");
        if (refusal is not null)
        {
            await WriteAsync(http, refusal);
            return;
        }
        if (isFile)
            await SendFileAsync(http, account!, files!, path[(files!.Length + 1)..]);
        else
            await RunAsync(http, method!, account!, key!);
    }

    private async Task RunAsync(HttpContext http, ApiMethod method, SellerAccount account, SellerKey key)
    {
        var body = await ReadAsync(http) is { } bytes ? RequestBody.Parse(bytes, method.Message) : RequestBody.TooLarge(method.Message);
        // Ozon finishes what it was told although the caller hangs up.
        var answer = body.Problem ?? await method.Answer(new ApiCall(account, key, body, CancellationToken.None));
        if (_faults.Strikes(FaultKind.DropResponse))
            http.Abort();
        else
            await WriteAsync(http, answer);
    }

    /// <summary>The whole body; null when it is longer than <see cref="LongestBody"/>. It is read to its end all the same: a caller who is
    /// still sending would see a broken connection instead of the refusal.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        using var body = new MemoryStream();
        var piece = new byte[64 * 1024];
        var length = 0L;
        while (await http.Request.Body.ReadAsync(piece, http.RequestAborted) is var count and > 0)
        {
            length += count;
            if (length <= LongestBody)
                body.Write(piece, 0, count);
        }
        return length <= LongestBody ? body.ToArray() : null;
    }

    private async Task<(ApiAnswer? Refusal, SellerAccount? Account, SellerKey? Key)> AdmitAsync(HttpContext http, string path)
    {
        var clientHeader = http.Request.Headers["Client-Id"].ToString();
        var keyHeader = http.Request.Headers["Api-Key"].ToString();
        if (clientHeader.Length == 0 || keyHeader.Length == 0)
            return (ApiAnswer.Refused(401, 16, "Client-Id and Api-Key headers are required"), null, null);
        if (!SpeaksJson(http.Request))
            return (ApiAnswer.Refused(400, 4, "Content-Type header should be application/json"), null, null);
        if (!long.TryParse(clientHeader, NumberStyles.None, CultureInfo.InvariantCulture, out var clientId) || clientId <= 0)
            return (ApiAnswer.Invalid("Client-Id header value should be positive integer"), null, null);

        await using var db = await _data.OpenAsync(http.RequestAborted);
        var key = await db.Keys.AsNoTracking().SingleOrDefaultAsync(k => k.ClientId == clientId && k.Key == keyHeader, http.RequestAborted);
        if (key is null)
            return (ApiAnswer.NotFound("Invalid Api-Key, please check the key and try again"), null, null);

        var left = _budget.Take(clientId);
        http.Response.Headers["Ratelimit-Remaining"] = Math.Max(0, left).ToString(CultureInfo.InvariantCulture);
        if (left < 0)
            return (TooMany(), null, null);
        if (_data.Now >= key.ExpiresAt)
            return (ApiAnswer.Forbidden("Api-key is deactivated, use another one or generate a new one"), null, null);
        if (!Roles.Opens(key, path))
            return (ApiAnswer.Forbidden("Api-Key is missing a required role for a method"), null, null);
        return (null, await db.Accounts.AsNoTracking().SingleAsync(a => a.ClientId == clientId, http.RequestAborted), key);
    }

    // Ozon tells a wrong type; whether it minds a missing one on an empty body is not known, so that is let through.
    private static bool SpeaksJson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || (string.IsNullOrEmpty(request.ContentType)
            ? request.ContentLength is 0 or null && !request.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody
            : MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase));

    private async Task DelayAsync(HttpContext http)
    {
        if (_faults.Strikes(FaultKind.Latency))
            await Task.Delay(_faults.Delay(FaultKind.Latency), http.RequestAborted);
    }

    private ApiAnswer? Struck() =>
        _faults.Strikes(FaultKind.Http429) ? TooMany()
        : _faults.Strikes(FaultKind.Http500) ? ApiAnswer.Refused(500, 13, "Internal error")
        : null;

    private static ApiAnswer TooMany() => ApiAnswer.Refused(429, 8, "You have reached request rate limit per second");

    private static async Task NotFoundAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync("404 page not found\n", http.RequestAborted);
    }

    private async Task SendFileAsync(HttpContext http, SellerAccount account, string files, string path)
    {
        await using var db = await _data.OpenAsync(http.RequestAborted);
        var file = files switch
        {
            RfbsReturnMethods.Photo => await db.ReturnPhotos.Where(p => p.Path == path && p.ClientId == account.ClientId)
                .Select(p => new { p.ContentType, p.Content }).SingleOrDefaultAsync(http.RequestAborted),
            ComplaintMethods.Photo => await db.ComplaintPhotos.Where(p => p.Path == path && p.ClientId == account.ClientId)
                .Select(p => new { p.ContentType, p.Content }).SingleOrDefaultAsync(http.RequestAborted),
            _ => await db.Files.Where(f => f.Path == path && db.Chats.Any(c => c.Id == f.ChatId && c.ClientId == account.ClientId))
                .Select(f => new { f.ContentType, f.Content }).SingleOrDefaultAsync(http.RequestAborted),
        };
        if (file is null)
        {
            await WriteAsync(http, ApiAnswer.NotFound("file not found"));
            return;
        }
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = file.Content.Length;
        await http.Response.Body.WriteAsync(file.Content, http.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext http, ApiAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Status == StatusCodes.Status429TooManyRequests)
            http.Response.Headers.RetryAfter = "1";
        http.Response.ContentType = "application/json; charset=utf-8";
        if (answer.Body is null)
            return;
        await http.Response.WriteAsync(answer.Body.ToJsonString(Wire.Json), http.RequestAborted);
    }
}

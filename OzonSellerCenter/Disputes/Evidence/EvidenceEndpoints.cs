using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>Files of cases, in and out. Each id is looked up with the eyes of the person who asks; a foreign one answers 404 like a missing one.
/// Uploads come by plain requests, not through the circuit, so that they outlive it.</summary>
internal static class EvidenceEndpoints
{
    /// <summary>Must be on all that writes: another site cannot set it without asking first, which nobody answers.</summary>
    public const string OwnHeader = "X-Upload";

    /// <summary>Where a piece belongs, and where an upload goes on.</summary>
    public const string OffsetHeader = "Upload-Offset";

    public static void Map(WebApplication app)
    {
        var uploads = app.MapGroup("/disputes").RequireAuthorization();
        uploads.AddEndpointFilter(OnlyOwnAsync);
        uploads.MapPost("/{id:long}/uploads", BeginAsync);
        uploads.MapPatch("/uploads/{uploadId}", AppendAsync);
        uploads.MapMethods("/uploads/{uploadId}", [HttpMethods.Head], StateAsync);
        uploads.MapDelete("/uploads/{uploadId}", CancelAsync);
        app.MapGet("/files/evidence/{id:long}", OriginalAsync).RequireAuthorization();
        app.MapGet("/files/evidence/{id:long}/view", ViewAsync).RequireAuthorization();
        app.MapGet("/files/evidence/{id:long}/thumb", ThumbAsync).RequireAuthorization();
    }

    private static ValueTask<object?> OnlyOwnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey(OwnHeader) ? next(context) : ValueTask.FromResult<object?>(Results.BadRequest());
    }

    // The body is read by hand: what binds it would answer before anybody looked whether the caller is one of ours.
    private static async Task<IResult> BeginAsync(
        long id, HttpRequest request, ClaimsPrincipal principal, EvidenceUploads uploads, IStringLocalizer<EvidenceTexts> texts, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType() || await ReadAsync(request, cancellation) is not { } file) return Results.BadRequest();
        var (outcome, uploadId) = await uploads.BeginAsync(Session.Of(principal), id, file, cancellation);
        return outcome switch
        {
            { IsDone: true } => Results.Json(new { id = uploadId }),
            { Refusal.Key: "NotFound" } => Results.NotFound(),
            _ => Refused(outcome.Refusal!, texts, StatusCodes.Status422UnprocessableEntity),
        };
    }

    private static async Task<NewUpload?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return request.ContentLength is > 8192 or null ? null : await request.ReadFromJsonAsync<NewUpload>(cancellation);
        }
        catch (System.Text.Json.JsonException)
        {
            // Not what our script sends.
            return null;
        }
    }

    private static async Task<IResult> AppendAsync(
        string uploadId, HttpRequest request, HttpResponse response, ClaimsPrincipal principal, EvidenceUploads uploads, IStringLocalizer<EvidenceTexts> texts, CancellationToken cancellation)
    {
        if (!long.TryParse(request.Headers[OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return Results.BadRequest();
        if (request.ContentLength > EvidenceLimits.MaxChunk) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        UploadAnswer answer;
        try
        {
            answer = await uploads.AppendAsync(Session.Of(principal), uploadId, offset, request.Body, cancellation);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The line broke. What came is kept, and the browser asks how far it got.
            return Results.Empty;
        }

        if (answer.Stand is UploadStand.Going or UploadStand.Elsewhere or UploadStand.DiskFull) response.Headers[OffsetHeader] = answer.Offset.ToString(CultureInfo.InvariantCulture);
        return answer.Stand switch
        {
            UploadStand.Missing => Results.NotFound(),
            UploadStand.Busy or UploadStand.Elsewhere => Results.Conflict(),
            UploadStand.TooMuch => Results.StatusCode(StatusCodes.Status413PayloadTooLarge),
            UploadStand.Going => Results.NoContent(),
            UploadStand.Whole => Results.Json(new { evidenceId = answer.EvidenceId }),
            UploadStand.DiskFull => Refused(answer.Refusal!, texts, StatusCodes.Status507InsufficientStorage),
            _ => Refused(answer.Refusal!, texts, StatusCodes.Status422UnprocessableEntity),
        };
    }

    private static async Task<IResult> StateAsync(string uploadId, HttpResponse response, ClaimsPrincipal principal, EvidenceUploads uploads, CancellationToken cancellation)
    {
        if (await uploads.StateAsync(Session.Of(principal), uploadId, cancellation) is not { } state) return Results.NotFound();
        response.Headers[OffsetHeader] = state.Offset.ToString(CultureInfo.InvariantCulture);
        response.Headers["Upload-Length"] = state.Size.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        return Results.NoContent();
    }

    private static async Task<IResult> CancelAsync(string uploadId, ClaimsPrincipal principal, EvidenceUploads uploads, CancellationToken cancellation) =>
        await uploads.CancelAsync(Session.Of(principal), uploadId, cancellation) ? Results.NoContent() : Results.NotFound();

    private static IResult Refused(Reason refusal, IStringLocalizer<EvidenceTexts> texts, int status) =>
        Results.Json(new { key = refusal.Key, text = texts.Of(refusal) }, statusCode: status);

    private static async Task<IResult> OriginalAsync(
        long id, ClaimsPrincipal principal, Databases databases, ContentFiles files, HttpRequest request, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(Session.Of(principal), cancellation);
        var item = await db.EvidenceItems.Where(i => i.Id == id).Select(i => new { i.StoreId, i.DisputeId, i.Name, i.ContentType, i.Sha256 }).SingleOrDefaultAsync(cancellation);
        if (item is null || files.Open(item.Sha256) is not { } content) return Results.NotFound();

        // A player asks for one stretch after the other; who has the beginning has the file.
        if (request.Headers.Range.ToString() is "" or "bytes=0-")
        {
            db.Audit(item.StoreId, "evidence.Download", Dispute.NumberOf(item.DisputeId), string.Create(CultureInfo.InvariantCulture, $"{id}"));
            await db.CommitAsync(cancellation);
        }

        Protect(response);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileNames.Clean(item.Name));
        response.Headers.ContentDisposition = disposition.ToString();
        return Results.File(content, item.ContentType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{item.Sha256}\""));
    }

    private static async Task<IResult> ViewAsync(long id, ClaimsPrincipal principal, Databases databases, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(Session.Of(principal), cancellation);
        return await CopyAsync(await db.EvidenceItems.Where(i => i.Id == id).Select(i => i.ViewSha256).SingleOrDefaultAsync(cancellation), files, response, cancellation);
    }

    private static async Task<IResult> ThumbAsync(long id, ClaimsPrincipal principal, Databases databases, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(Session.Of(principal), cancellation);
        return await CopyAsync(await db.EvidenceItems.Where(i => i.Id == id).Select(i => i.ThumbSha256).SingleOrDefaultAsync(cancellation), files, response, cancellation);
    }

    // Only a picture is shown in a page, whatever the row says.
    private static async Task<IResult> CopyAsync(string? sha256, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        if (sha256 is null || files.Open(sha256) is not { } content) return Results.NotFound();
        var head = new byte[FileKind.Head];
        var kind = FileKind.Of(head.AsSpan(0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation)));
        content.Position = 0;
        Protect(response);
        response.Headers.ContentDisposition = kind.IsImage ? "inline" : "attachment";
        return Results.File(content, kind.ContentType, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }

    private static void Protect(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, max-age=0, must-revalidate";
    }
}

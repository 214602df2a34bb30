using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox.Transcripts;
using OzonSellerCenter.Inbox.Viewer;

namespace OzonSellerCenter.Inbox;

/// <summary>Downloads of the inbox. Each id is looked up with the eyes of the person who asks; a foreign one answers 404 like a missing one.</summary>
internal static class InboxEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/files/attachments/{id:long}", AttachmentAsync).RequireAuthorization();
        app.MapGet("/files/attachments/{id:long}/preview", PreviewAsync).RequireAuthorization();
        app.MapGet("/inbox/{id:long}/transcript", TranscriptAsync).RequireAuthorization();
    }

    // Ozon's files are fetched in the background; until ours is here the answer is 404 and the page says so.
    private static async Task<IResult> AttachmentAsync(
        long id, ClaimsPrincipal principal, Databases databases, AttachmentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        var user = Session.Of(principal);
        await using var db = await databases.ForAsync(user, cancellation);
        var attachment = await db.Attachments
            .Where(a => a.Id == id && (a.DraftOf == null || a.DraftOf == user.Id))
            .Select(a => new { a.Name, a.Sha256 })
            .SingleOrDefaultAsync(cancellation);
        if (attachment?.Sha256 is null || files.Open(attachment.Sha256) is not { } content) return Results.NotFound();

        // What it is, is read off the bytes again: only a known image is shown in a page, all else is saved, and nothing runs.
        var head = new byte[FileKind.Head];
        var kind = FileKind.Of(head.AsSpan(0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation)));
        content.Position = 0;
        Protect(response);
        var disposition = new ContentDispositionHeaderValue(kind.IsImage ? "inline" : "attachment");
        disposition.SetHttpFileName(FileNames.Clean(attachment.Name));
        response.Headers.ContentDisposition = disposition.ToString();
        return Results.File(content, kind.ContentType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{attachment.Sha256}\""));
    }

    // A sandbox would keep the browser's PDF reader out; it is one itself: what runs in a PDF does not reach our pages. Anything that is no PDF by
    // its bytes is not there.
    private static async Task<IResult> PreviewAsync(
        long id, ClaimsPrincipal principal, ViewerQueries files, HttpResponse response, CancellationToken cancellation)
    {
        if (await files.OpenPdfAsync(Session.Of(principal), id, cancellation) is not { } content) return Results.NotFound();
        Protect(response);
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'self'";
        response.Headers.ContentDisposition = "inline";
        return Results.File(content, "application/pdf", enableRangeProcessing: true);
    }

    private static async Task<IResult> TranscriptAsync(
        long id, string? format, ClaimsPrincipal principal, Transcript transcript, IStringLocalizer<TranscriptTexts> texts, HttpResponse response,
        CancellationToken cancellation)
    {
        var user = Session.Of(principal);
        if (format == "pdf" && await transcript.IsTooLongForPdfAsync(user, id, cancellation))
        {
            return Results.Text(texts["TooLong", Transcript.MaxPdfMessages], statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var download = format switch
        {
            "json" => await transcript.JsonAsync(user, id, cancellation),
            "pdf" => await transcript.PdfAsync(user, id, cancellation),
            _ => await transcript.TextAsync(user, id, cancellation),
        };
        if (download is null) return Results.NotFound();
        Protect(response);
        return Results.File(download.Content, download.ContentType, download.Name);
    }

    private static void Protect(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, max-age=0, must-revalidate";
    }
}

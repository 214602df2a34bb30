using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Inspections;

namespace OzonSellerCenter.Returns;

/// <summary>Pictures of returns. Each id is looked up with the eyes of the person who asks; a foreign one answers 404 like a missing one.</summary>
internal static class ReturnsEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/files/returns/{id:long}", BuyersAsync).RequireAuthorization();
        app.MapGet("/files/inspections/{id:long}", OursAsync).RequireAuthorization();
    }

    // Ozon's pictures are fetched in the background; until ours is here the answer is 404 and the page says so.
    private static async Task<IResult> BuyersAsync(long id, ClaimsPrincipal principal, Databases databases, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(Session.Of(principal), cancellation);
        return await PictureAsync(await db.ReturnPhotos.Where(p => p.Id == id).Select(p => p.Sha256).SingleOrDefaultAsync(cancellation), files, response, cancellation);
    }

    private static async Task<IResult> OursAsync(long id, ClaimsPrincipal principal, Databases databases, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(Session.Of(principal), cancellation);
        return await PictureAsync(await db.InspectionPhotos.Where(p => p.Id == id).Select(p => p.Sha256).SingleOrDefaultAsync(cancellation), files, response, cancellation);
    }

    // What it is, is read off the bytes again: only a known image is shown in a page, all else is saved, and nothing runs.
    private static async Task<IResult> PictureAsync(string? sha256, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        if (sha256 is null || files.Open(sha256) is not { } content) return Results.NotFound();
        var head = new byte[FileKind.Head];
        var kind = FileKind.Of(head.AsSpan(0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation)));
        content.Position = 0;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        response.Headers.ContentDisposition = kind.IsImage ? "inline" : "attachment";
        return Results.File(content, kind.ContentType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{sha256}\""));
    }
}

using System.Net.Mime;
using System.Security.Claims;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Downloads of packs. Each id is looked up with the eyes of the person who asks; a foreign one answers 404 like a missing one.</summary>
internal static class PackEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/files/packs/{id:long}.pdf", (long id, ClaimsPrincipal principal, PackQueries packs, ContentFiles files, HttpResponse response, CancellationToken cancellation) =>
            SendAsync(id, "pdf", principal, packs, files, response, cancellation)).RequireAuthorization();
        app.MapGet("/files/packs/{id:long}.zip", (long id, ClaimsPrincipal principal, PackQueries packs, ContentFiles files, HttpResponse response, CancellationToken cancellation) =>
            SendAsync(id, "zip", principal, packs, files, response, cancellation)).RequireAuthorization();
    }

    private static async Task<IResult> SendAsync(
        long id, string form, ClaimsPrincipal principal, PackQueries packs, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        if (await packs.TakeOutAsync(Session.Of(principal), id, form, cancellation) is not { } file || files.Open(file.Sha256) is not { } content) return Results.NotFound();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, no-store";
        return Results.File(content, form == "pdf" ? MediaTypeNames.Application.Pdf : MediaTypeNames.Application.Zip, file.Name, enableRangeProcessing: true);
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Downloads of orders, read with the eyes of the person who asks.</summary>
internal static class OrdersEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet(Links.OrdersExport, Export).RequireAuthorization();
        app.MapGet("/orders/labels/{id:long}.pdf", LabelsAsync).RequireAuthorization();
        app.MapGet("/files/products/{id:long}", PictureAsync).RequireAuthorization();
    }

    // What it is was read off its bytes when it was kept: one of the images a page may show.
    private static async Task<IResult> PictureAsync(
        long id, ClaimsPrincipal principal, Databases databases, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(Session.Of(principal), cancellation);
        var picture = await db.ProductFacts.Where(f => f.Id == id && f.PictureSha256 != null).Select(f => new { f.PictureSha256, f.PictureType }).SingleOrDefaultAsync(cancellation);
        if (picture is null || files.Open(picture.PictureSha256!) is not { } content) return Results.NotFound();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        response.Headers.ContentDisposition = "inline";
        return Results.File(content, picture.PictureType, entityTag: new EntityTagHeaderValue($"\"{picture.PictureSha256}\""));
    }

    // To be shown in a frame of our own pages and nowhere else. A sandbox would keep the browser's PDF reader out; it is one itself.
    private static async Task<IResult> LabelsAsync(
        long id, int? n, ClaimsPrincipal principal, LabelQueries labels, ContentFiles files, HttpResponse response, CancellationToken cancellation)
    {
        var file = await labels.FileAsync(Session.Of(principal), id, n ?? 0, cancellation);
        if (file?.Sha256 is not { } hash || files.Open(hash) is not { } content) return Results.NotFound();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'self'";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"inline; filename=labels-{id}-{(n ?? 0) + 1}.pdf");
        return Results.File(content, "application/pdf", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }

    /// <summary>The list under the filter of the address, as <c>csv</c> or <c>xlsx</c>; sent as it is read.</summary>
    private static IResult Export(string? format, HttpRequest request, ClaimsPrincipal principal, OrderExport export, TimeProvider clock, HttpResponse response)
    {
        if (format is not ("csv" or "xlsx")) return Results.BadRequest();
        var (user, filter) = (Session.Of(principal), OrderFilter.Parse(request.QueryString.Value));
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-store";
        var name = $"orders-{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd-HHmm}.{format}";
        return format == "csv"
            ? Results.Stream(body => export.CsvAsync(user, filter, body, request.HttpContext.RequestAborted), "text/csv; charset=utf-8", name)
            : Results.Stream(body => export.XlsxAsync(user, filter, body, request.HttpContext.RequestAborted), XlsxSheet.ContentType, name);
    }
}

using System.Security.Claims;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Downloads of orders, read with the eyes of the person who asks.</summary>
internal static class OrdersEndpoints
{
    public static void Map(WebApplication app) => app.MapGet(Links.OrdersExport, Export).RequireAuthorization();

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

using System.Security.Claims;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Insights;

/// <summary>Wires the figures and their downloads.</summary>
public static class InsightsSetup
{
    public static IServiceCollection AddInsights(this IServiceCollection services)
    {
        services.AddSingleton<RefundInsightQueries>();
        services.AddSingleton<RefundExport>();
        return services;
    }

    public static void MapInsights(this WebApplication app) => app.MapGet(Links.RefundInsightsExport, Export).RequireAuthorization();

    /// <summary>The lines of the question in the address, as <c>csv</c> or <c>xlsx</c>.</summary>
    private static IResult Export(string? format, HttpRequest request, ClaimsPrincipal principal, RefundExport export, TimeProvider clock, HttpResponse response)
    {
        if (format is not ("csv" or "xlsx")) return Results.BadRequest();
        var (user, question) = (Session.Of(principal), RefundQuestion.Parse(request.QueryString.Value));
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-store";
        var name = $"returns-{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd-HHmm}.{format}";
        return format == "csv"
            ? Results.Stream(body => export.CsvAsync(user, question, body, request.HttpContext.RequestAborted), "text/csv; charset=utf-8", name)
            : Results.Stream(body => export.XlsxAsync(user, question, body, request.HttpContext.RequestAborted), XlsxSheet.ContentType, name);
    }
}

using System.Security.Claims;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Disputes.Desk.Figures;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>Wires the support desk.</summary>
public static class DeskSetup
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<DeskActions>();
        services.AddSingleton<DeskQueries>();
        services.AddSingleton<CaseQueries>();
        services.AddSingleton<FigureQueries>();
        services.AddSingleton<FigureExport>();
        return services;
    }

    public static void MapDesk(this WebApplication app) => app.MapGet(Links.DisputeInsightsExport, Export).RequireAuthorization();

    /// <summary>The lines of the question in the address, as <c>csv</c>; for a person who reviews nothing, none.</summary>
    private static IResult Export(string? format, HttpRequest request, ClaimsPrincipal principal, FigureExport export, TimeProvider clock, HttpResponse response)
    {
        if (format is not "csv") return Results.BadRequest();
        var (user, question) = (Session.Of(principal), FigureQuestion.Parse(request.QueryString.Value));
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, no-store";
        return Results.Stream(body => export.CsvAsync(user, question, body, request.HttpContext.RequestAborted), "text/csv; charset=utf-8", $"cases-{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd-HHmm}.csv");
    }
}

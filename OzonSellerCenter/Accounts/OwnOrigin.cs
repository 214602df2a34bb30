namespace OzonSellerCenter.Accounts;

/// <summary>Refuses what another site sends in the person's name: forms, and the WebSockets of circuits and hubs, which no browser rule
/// keeps to one origin. Programs that are no browser send no Origin and carry no cookie by themselves.</summary>
internal static class OwnOrigin
{
    public static void UseOwnOriginOnly(this WebApplication app)
    {
        // The address people use, should a proxy in front not pass it on.
        var known = app.Configuration["SellerCenter:PublicOrigin"]?.TrimEnd('/');
        app.Use((http, next) =>
        {
            if (!IsSensitive(http.Request) || IsOwn(http.Request, known)) return next(http);
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }

    // The sandbox plays a foreign server and is called from anywhere; it has no cookie of ours.
    private static bool IsSensitive(HttpRequest request) =>
        !request.Path.StartsWithSegments("/sandbox")
        && (IsLive(request) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)));

    private static bool IsLive(HttpRequest request) => request.Path.StartsWithSegments("/_blazor") || request.Path.StartsWithSegments("/hubs");

    private static bool IsOwn(HttpRequest request, string? known)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0) return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        return origins.Count == 1 && origins[0] is { } origin
            && (origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
                || origin.Equals(known, StringComparison.OrdinalIgnoreCase));
    }
}

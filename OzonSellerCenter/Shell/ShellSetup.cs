using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;
using MudBlazor;
using MudBlazor.Services;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Shell;

/// <summary>The frame of the app: components, look, language, static files.</summary>
public static class ShellSetup
{
    private const string ForEver = "public, max-age=31536000, immutable";

    public static WebApplicationBuilder AddShell(this WebApplicationBuilder builder)
    {
        // Files of packages (blazor.web.js) are found when it runs from the build folder in any environment, not in Development alone.
        builder.WebHost.UseStaticWebAssets();
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(options => options.KeepAliveInterval = TimeSpan.FromSeconds(5)); // js/connection.js counts on it
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddTexts();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.RequestCultureProviders = [new Language()];
            options.SupportedCultures = [.. Language.All.Select(l => new System.Globalization.CultureInfo(l.Formats))];
            options.SupportedUICultures = [.. Language.All.Select(l => new System.Globalization.CultureInfo(l.Tag))];
            options.DefaultRequestCulture = new RequestCulture(Language.All[0].Formats, Language.All[0].Tag);
        });
        services.AddTransient<MudLocalizer, MudTexts>();
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.MaxDisplayedSnackbars = 2;
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.ShowTransitionDuration = 160;
            options.SnackbarConfiguration.HideTransitionDuration = 0;
            options.SnackbarConfiguration.VisibleStateDuration = 8000;
        });
        services.AddResponseCompression(options =>
        {
            // Pages hold no secret that an attacker could guess through the length: antiforgery tokens are masked anew each time.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "application/json", "application/problem+json", "text/css", "text/javascript", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = System.IO.Compression.CompressionLevel.Optimal);
        return builder;
    }

    /// <summary>First in the way of a request: compression, files, language, the page for what does not exist.</summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UsePageHeaders();
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = AssetFiles.Mount,
            FileProvider = new PhysicalFileProvider(AssetFiles.Folder),
            OnPrepareResponse = KeepFiles,
        });
        app.UseRequestLocalization();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((http, next) =>
        {
            // Programs get the bare status, people a page.
            if (!IsPage(http)) http.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
            return next(http);
        });
        return app;
    }

    /// <summary>After authorization: the pages themselves.</summary>
    public static WebApplication MapShell(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet(Links.Today, () => TypedResults.LocalRedirect(Links.Inbox));
        app.MapGet("/time", (TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds()).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    // An address with the content's hash, or a font (a changed font gets a new name), never changes; the rest asks again each time.
    private static void KeepFiles(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext answer)
    {
        var request = answer.Context.Request;
        var keep = request.Query.ContainsKey("v") || request.Path.StartsWithSegments($"{AssetFiles.Mount}/fonts");
        answer.Context.Response.Headers.CacheControl = keep ? ForEver : "no-cache";
    }

    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.Ordinal));
}

namespace OzonSellerCenter.Operations;

/// <summary>Where settings and, by default, data lie: the working directory when it is the app's own, else the folder of the program.</summary>
internal static class ContentRoot
{
    /// <summary>Options that let <c>dotnet /opt/…/OzonSellerCenter.dll doctor</c> find its settings from any working directory.</summary>
    public static WebApplicationOptions Options(string[] args) =>
        File.Exists("appsettings.json") || args.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase))
            ? new WebApplicationOptions { Args = args }
            : new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory };
}

namespace OzonSellerCenter.Operations;

/// <summary>Where settings and, by default, data lie: the working directory when it is the app's own, else the folder of the program.</summary>
internal static class ContentRoot
{
    /// <summary>Options that let <c>dotnet /opt/…/OzonSellerCenter.dll doctor</c> find its settings from any working directory.</summary>
    public static WebApplicationOptions Options(string[] args) =>
        File.Exists("appsettings.json") || args.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase))
            ? new WebApplicationOptions { Args = args }
            : new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory };

    /// <summary>Settings of this machine, <c>appsettings.Local.json</c>: over those that come with the app, under environment and arguments.</summary>
    public static void AddLocalSettings(this ConfigurationManager settings)
    {
        var local = new Microsoft.Extensions.Configuration.Json.JsonConfigurationSource { Path = "appsettings.Local.json", Optional = true };
        var firstOverride = settings.Sources.OfType<Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationSource>().Last();
        settings.Sources.Insert(settings.Sources.IndexOf(firstOverride), local);
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OzonSellerCenter.Operations;

/// <summary>Where this app itself is reached on this machine; the sandbox's address follows from it, whatever port was chosen.</summary>
internal sealed class ListeningAddress(IServer server, IConfiguration configuration)
{
    private const string Default = "http://localhost:5080";

    /// <summary>Settings that name an address; any of them is stronger than the default. A launch profile is none: it would win over
    /// <c>ASPNETCORE_URLS</c>.</summary>
    private static readonly string[] Choices = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>Binds <c>http://localhost:5080</c> when nobody chose an address.</summary>
    public static void BindDefault(WebApplicationBuilder builder)
    {
        if (!Choices.Any(key => builder.Configuration.GetSection(key).Exists())) builder.WebHost.UseUrls(Default);
    }

    /// <summary>The address as bound; before the server listens, the one it was told to bind. A wildcard host is named localhost.</summary>
    public Uri Own()
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];
        var all = bound is { Length: > 0 } ? bound : configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [Default];
        var plain = all.FirstOrDefault(a => a.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) ?? all[0];
        var address = BindingAddress.Parse(plain);
        var host = address.Host is "*" or "+" or "[::]" or "0.0.0.0" or "" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri;
    }

    /// <summary>The base address of the bundled sandbox's API.</summary>
    public Uri Sandbox() => new(Own(), "sandbox/ozon/");
}

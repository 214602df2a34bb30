using Microsoft.AspNetCore.Components;

namespace OzonSellerCenter.Stores;

/// <summary>Addresses for others: links that are handed over, and what Ozon calls.</summary>
public sealed class PublicLinks(IConfiguration configuration, NavigationManager navigation)
{
    /// <summary>The whole address of a page, by the configured public origin, else by the one in the person's browser.</summary>
    public string To(string path) =>
        configuration["SellerCenter:PublicOrigin"] is { Length: > 0 } origin ? origin.TrimEnd('/') + path : navigation.ToAbsoluteUri(path).AbsoluteUri;
}

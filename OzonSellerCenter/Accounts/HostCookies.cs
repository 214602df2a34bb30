using Microsoft.AspNetCore.Authentication.Cookies;

namespace OzonSellerCenter.Accounts;

/// <summary>Over https a cookie's name starts with <c>__Host-</c>, so that no neighbouring subdomain can plant one; over plain http, where
/// browsers refuse that prefix, it does not.</summary>
internal sealed class HostCookies : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Named(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Named(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _inner.DeleteCookie(context, Named(context, key), options);

    private static string Named(HttpContext context, string key) => context.Request.IsHttps ? $"__Host-{key}" : key;
}

using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Access roles of an Api-Key and the methods they open. A method that no role names is open to every key.</summary>
internal static class Roles
{
    public const string Admin = "Admin";

    private static readonly Dictionary<string, string[]> Methods = new()
    {
        ["Chat"] =
        [
            "/v3/chat/list", "/v3/chat/history", "/v1/chat/start", "/v1/chat/send/message", "/v1/chat/send/file", "/v2/chat/read", "/v2/chat/file",
        ],
        ["Posting FBS"] =
        [
            "/v4/posting/fbs/list", "/v4/posting/fbs/unfulfilled/list", "/v3/posting/fbs/list", "/v3/posting/fbs/unfulfilled/list",
            "/v3/posting/fbs/get", "/v4/posting/fbs/ship", "/v4/posting/fbs/ship/package", "/v2/fbs/posting/tracking-number/set",
            "/v2/fbs/posting/delivering", "/v2/fbs/posting/last-mile", "/v2/fbs/posting/delivered", "/v2/posting/fbs/awaiting-delivery",
            "/v2/posting/fbs/arbitration", "/v2/posting/fbs/cancel", "/v2/posting/fbs/product/cancel", "/v2/posting/fbs/cancel-reason/list",
            "/v1/posting/fbs/cancel-reason", "/v2/conditional-cancellation/list", "/v2/conditional-cancellation/approve",
            "/v2/conditional-cancellation/reject", "/v3/posting/fbs/package-label/create", "/v2/posting/fbs/package-label/get",
            "/v1/posting/cutoff/set", "/v1/posting/fbs/timeslot/set", "/v1/posting/fbs/timeslot/change-restrictions",
            .. ExtensionMethods.Paths,
        ],
        ["Returns"] =
        [
            "/v1/returns/list", "/v2/returns/rfbs/list", "/v2/returns/rfbs/get", "/v1/returns/rfbs/action/set", RfbsReturnMethods.Photo, .. RefundMethods.Paths, .. ComplaintMethods.Paths,
        ],
        ["Product"] = ["/v3/product/info/list", "/v1/description-category/tree"],
        ["Rating"] = ["/v1/rating/summary", "/v1/rating/history"],
    };

    public static IEnumerable<string> Of(SellerKey key) => key.RoleNames.Split(',');

    public static IEnumerable<string> MethodsOf(string role) =>
        role == Admin ? Methods.Values.SelectMany(m => m) : Methods.GetValueOrDefault(role, []);

    public static bool Opens(SellerKey key, string path) =>
        !Methods.Values.Any(m => m.Contains(path)) || Of(key).Any(role => MethodsOf(role).Contains(path));
}

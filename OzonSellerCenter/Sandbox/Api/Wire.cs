using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>How values look on Ozon's wire, with the oddities that are switched on.</summary>
internal sealed class Wire(SandboxOptions options, IServiceProvider services)
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> PushChatTypes = new()
    {
        ["BUYER_SELLER"] = "Buyer_Seller",
        ["BUYER_SELLER_SELECT"] = "Buyer_Seller_Select",
        ["SELLER_SUPPORT"] = "Seller_Support",
        ["SELLER_API_UPDATES"] = "Seller_API_Updates",
        ["SELLER_API_NOTIFICATIONS"] = "Seller_API_Notifications",
        ["SELLER_NOTIFICATION_LOGISTICS"] = "Seller_Notification_Logistics",
        ["SELLER_NOTIFICATION_UPDATE_CONTENT"] = "Seller_Notification",
    };

    /// <summary>The buyer's type; by default with the Cyrillic first letter of every official sample.</summary>
    public string Customer => options.Quirks.CyrillicCustomer ? "\u0421ustomer" : "Customer";

    /// <summary>Where this API is reached, as attachment links spell it: the first address the server listens on.</summary>
    public string BaseAddress
    {
        get
        {
            // Without a listening server (the command line) the links cannot be followed anyway; the default address stands in.
            var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
            foreach (var any in (string[])["://+", "://*", "://[::]", "://0.0.0.0"])
                address = address.Replace(any, "://localhost", StringComparison.Ordinal);
            return address.TrimEnd('/') + OzonApi.Prefix;
        }
    }

    public static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Time(DateTime? at) => at is { } value ? Time(value) : null;

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Roubles with kopecks; <c>places</c> is 4 in the v3 postings and 2 elsewhere.</summary>
    public static string Money(long kopecks, int places = 2) =>
        (kopecks / 100m).ToString(places == 4 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    public static string PushChatType(string type) => PushChatTypes.GetValueOrDefault(type, "Seller_Notification");

    public static long WarehouseId(Posting posting) => posting.ClientId * 100 + (posting.Scheme == "RFBS" ? 2 : 1);

    public static string Integration(Posting posting) => posting.Scheme == "RFBS" ? "non_integrated" : "ozon";

    public JsonNode HistoryId(long id) => options.Quirks.HistoryIdsAsStrings ? Id(id) : id;

    public JsonNode ListId(long id) => options.Quirks.ListIdsAsStrings ? Id(id) : id;

    /// <summary>64 bits in /v1/returns/list.</summary>
    public JsonNode ReturnId(long id) => options.Quirks.ReturnIdsAsStrings ? Id(id) : id;

    /// <summary>Whether another page follows, in the form and with the false promise that are switched on.</summary>
    public JsonNode HasNext(bool more, bool anything)
    {
        more |= anything && options.Quirks.HasNextOnLastPage;
        return options.Quirks.HasNextAsString ? (more ? "true" : "false") : more;
    }

    public string AuthorType(ChatMessage message) => message.Author switch
    {
        Author.Buyer => Customer,
        Author.Seller => "Seller",
        Author.Support => "Support",
        _ => "NotificationUser",
    };

    public string AuthorId(ChatMessage message) => message.Author switch
    {
        Author.Ozon => "o3_notification_user_sc",
        Author.Support => "support",
        _ => Id(message.AuthorId),
    };

    /// <summary>The pieces of a message: its text as it is, or a file as a Markdown link behind the same key.</summary>
    public JsonArray Data(ChatMessage message)
    {
        var text = message.FilePath is null ? message.Text : FileLink(message);
        return options.Quirks.ErrorTextPrefix && message.Author == Author.Seller ? ["errorText", text] : [text];
    }

    private string FileLink(ChatMessage message)
    {
        var address = $"{BaseAddress}/v2/chat/file/{message.FilePath}";
        if (message.IsImage)
            return $"![]({address})";
        var name = message.FileName!.Replace('[', '(').Replace(']', ')');
        return $"[{name} ({Math.Max(1, message.FileSize / 1024)} KB)]({address})";
    }
}

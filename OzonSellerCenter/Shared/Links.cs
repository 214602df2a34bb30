using System.Globalization;

namespace OzonSellerCenter.Shared;

/// <summary>Every address of the app, so that none is put together in a page.</summary>
public static class Links
{
    public const string Today = "/";
    public const string Inbox = "/inbox";
    public const string Due = "/due";
    public const string Orders = "/orders";
    public const string OrdersExport = "/orders/export";
    public const string UnpaidOrders = "/orders/unpaid";
    public const string TrackingList = "/orders/tracking";
    public const string Team = "/settings/team";
    public const string StoreSettings = "/settings/store";
    public const string ProactiveSettings = "/settings/proactive";
    public const string SignIn = "/sign-in";
    public const string SignInCode = "/sign-in/code";
    public const string SignOut = "/sign-out";
    public const string SetUp = "/set-up";
    public const string AlertHub = "/hubs/alerts";
    public const string Profile = "/settings/profile";
    public const string AlertSettings = "/settings/alerts";
    public const string KeySettings = "/settings/keys";

    public static string Conversation(long id) => string.Create(CultureInfo.InvariantCulture, $"/inbox/{id}");

    /// <summary>A conversation at one of its messages.</summary>
    /// <param name="filter">The query part of the list beside it, with its question mark; may be empty.</param>
    public static string Message(long conversationId, long messageId, string filter) =>
        string.Create(CultureInfo.InvariantCulture, $"{Conversation(conversationId)}{filter}{(filter.Length == 0 ? '?' : '&')}at={messageId}");

    /// <summary>Download of a whole conversation; <c>pdf</c>, <c>txt</c> or <c>json</c>.</summary>
    public static string Transcript(long id, string format) => string.Create(CultureInfo.InvariantCulture, $"/inbox/{id}/transcript?format={format}");

    public static string Attachment(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/attachments/{id}");

    /// <summary>A PDF, to be shown in a frame of the page.</summary>
    public static string AttachmentPreview(long id) => $"{Attachment(id)}/preview";

    /// <summary>A posting by its number.</summary>
    public static string Order(string postingNumber) => $"{Orders}/{Uri.EscapeDataString(postingNumber)}";

    /// <summary>Labels that were asked for together.</summary>
    public static string Labels(long jobId) => string.Create(CultureInfo.InvariantCulture, $"/orders/labels/{jobId}");

    /// <summary>A PDF of theirs.</summary>
    /// <param name="n">Which of them, from 0 on.</param>
    public static string LabelPdf(long jobId, int n) => string.Create(CultureInfo.InvariantCulture, $"{Labels(jobId)}.pdf?n={n}");

    public static string Invite(string token) => $"/invite/{token}";

    public static string ResetPassword(string token) => $"/reset/{token}";

    public static string Push(string secret) => $"/ozon/push/{secret}";
}

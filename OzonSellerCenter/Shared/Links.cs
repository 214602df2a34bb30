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
    public const string Returns = "/returns";
    public const string Refunds = "/refunds";
    public const string Support = "/support";
    public const string Disputes = "/disputes";
    public const string DisputeHelp = "/disputes/help";
    public const string DisputeInsights = "/support/figures";
    public const string DisputeInsightsExport = "/support/figures/export";
    public const string RefundInsights = "/insights/refunds";
    public const string RefundInsightsExport = "/insights/refunds/export";
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

    /// <summary>The first picture of a product, by the key of what is known of it.</summary>
    public static string ProductPicture(long factId) => string.Create(CultureInfo.InvariantCulture, $"/files/products/{factId}");

    /// <summary>Refund policy and questions of a store.</summary>
    public static string ReturnPolicy(int storeId) => string.Create(CultureInfo.InvariantCulture, $"/returns/policy?store={storeId}");

    public static string Attachment(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/attachments/{id}");

    /// <summary>A PDF, to be shown in a frame of the page.</summary>
    public static string AttachmentPreview(long id) => $"{Attachment(id)}/preview";

    /// <summary>A posting by its number.</summary>
    public static string Order(string postingNumber) => $"{Orders}/{Uri.EscapeDataString(postingNumber)}";

    /// <summary>A buyer's request to return, by our id.</summary>
    public static string Return(long id) => string.Create(CultureInfo.InvariantCulture, $"{Returns}/{id}");

    /// <summary>A picture that the buyer took.</summary>
    public static string ReturnPhoto(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/returns/{id}");

    /// <summary>A picture that the shop took of goods that came back.</summary>
    public static string InspectionPhoto(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/inspections/{id}");

    /// <summary>A refund.</summary>
    public static string Refund(long id) => string.Create(CultureInfo.InvariantCulture, $"{Refunds}/{id}");

    /// <summary>A case.</summary>
    public static string Dispute(long id) => string.Create(CultureInfo.InvariantCulture, $"{Disputes}/{id}");

    /// <summary>A case at the support desk.</summary>
    public static string DisputeDesk(long id) => string.Create(CultureInfo.InvariantCulture, $"{Support}?queue=cases&case={id}");

    /// <summary>Opens a case about a posting, a return or a conversation.</summary>
    /// <param name="query">Such as <c>return=12</c>.</param>
    public static string NewDispute(string query) => $"{Disputes}/new?{query}";

    /// <summary>The original of a piece of evidence, to be saved.</summary>
    public static string Evidence(long id) => string.Create(CultureInfo.InvariantCulture, $"/files/evidence/{id}");

    /// <summary>The copy for viewing of a piece of evidence.</summary>
    public static string EvidenceView(long id) => $"{Evidence(id)}/view";

    /// <summary>The small copy of a piece of evidence.</summary>
    public static string EvidenceThumb(long id) => $"{Evidence(id)}/thumb";

    /// <summary>Where files are uploaded to a case.</summary>
    public static string EvidenceUploads(long disputeId) => $"{Dispute(disputeId)}/uploads";

    /// <summary>A pack of a case.</summary>
    /// <param name="form"><c>pdf</c> or <c>zip</c>.</param>
    public static string Pack(long packId, string form) => string.Create(CultureInfo.InvariantCulture, $"/files/packs/{packId}.{form}");

    /// <summary>Where the writing of a refund goes on.</summary>
    public static string EditRefund(string postingNumber, long refundId) => string.Create(CultureInfo.InvariantCulture, $"{Order(postingNumber)}/refund?draft={refundId}&step=2");

    /// <summary>A refund at the support desk.</summary>
    public static string Review(long refundId) => string.Create(CultureInfo.InvariantCulture, $"{Support}?refund={refundId}");

    /// <summary>Where a refund of a posting is begun.</summary>
    /// <param name="requestId">Our id of the buyer's request it answers; null for one of the shop's own initiative.</param>
    public static string StartRefund(string postingNumber, long? requestId = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{Order(postingNumber)}/refund{(requestId is null ? "" : $"?return={requestId}")}");

    /// <summary>Labels that were asked for together.</summary>
    public static string Labels(long jobId) => string.Create(CultureInfo.InvariantCulture, $"/orders/labels/{jobId}");

    /// <summary>A PDF of theirs.</summary>
    /// <param name="n">Which of them, from 0 on.</param>
    public static string LabelPdf(long jobId, int n) => string.Create(CultureInfo.InvariantCulture, $"{Labels(jobId)}.pdf?n={n}");

    public static string Invite(string token) => $"/invite/{token}";

    public static string ResetPassword(string token) => $"/reset/{token}";

    public static string Push(string secret) => $"/ozon/push/{secret}";
}

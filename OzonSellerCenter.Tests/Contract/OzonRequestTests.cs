using OzonSellerCenter.Ozon;
using OzonSellerCenter.Tests.Ozon;

namespace OzonSellerCenter.Tests.Contract;

[Trait("Needs", "Reference")]
public sealed class OzonRequestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_that_the_client_sends_is_valid_for_Ozon()
    {
        var schema = OzonSchema.OrSkip();
        using var ozon = new OzonStub();

        await SendAllAsync(ozon.Api);

        Assert.Equal(
            [
                "/v1/chat/send/file", "/v1/chat/send/message", "/v1/chat/start", "/v1/posting/cutoff/set", "/v1/posting/fbs/cancel-reason",
                "/v1/posting/fbs/timeslot/change-restrictions", "/v1/posting/fbs/timeslot/set", "/v1/rating/summary", "/v1/returns/list", "/v1/returns/rfbs/action/set", "/v1/roles",
                "/v1/seller/info", "/v2/chat/read", "/v2/conditional-cancellation/approve", "/v2/conditional-cancellation/list",
                "/v2/conditional-cancellation/reject", "/v2/fbs/posting/delivered", "/v2/fbs/posting/delivering", "/v2/fbs/posting/last-mile",
                "/v2/fbs/posting/tracking-number/set", "/v2/posting/fbs/arbitration", "/v2/posting/fbs/awaiting-delivery",
                "/v2/posting/fbs/cancel", "/v2/posting/fbs/cancel-reason/list", "/v2/posting/fbs/package-label/get",
                "/v2/posting/fbs/product/cancel", "/v2/returns/rfbs/get", "/v2/returns/rfbs/list", "/v3/chat/history", "/v3/chat/list", "/v3/posting/fbs/get",
                "/v3/posting/fbs/package-label/create", "/v4/posting/fbs/list", "/v4/posting/fbs/ship", "/v4/posting/fbs/ship/package",
                "/v4/posting/fbs/unfulfilled/list",
            ],
            ozon.Sent.Select(s => PathOf(s.Url)).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(ozon.Sent.SelectMany(s => schema.ValidateRequest(PathOf(s.Url), s.Body)));
    }

    [Fact]
    public void Every_public_call_of_the_client_is_in_this_test()
    {
        var calls = typeof(OzonApi).GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.DeclaredOnly)
            .Select(m => m.Name)
            .Except(["ChatPagesAsync", "ChatHistoryPagesAsync", "PostingPagesAsync", "UnfulfilledPagesAsync", "CancellationPagesAsync", "RfbsReturnPagesAsync", "MarketReturnPagesAsync", "DownloadAsync", "LabelFileAsync"])

            // Ozon's, outside the part of its document that is here; OzonProductTests has them.
            .Except(["ProductInfoListAsync", "CategoryTreeAsync", "PictureAsync"])

            // The sandbox's own, of which Ozon's document knows nothing; OzonExtensionTests has them.
            .Except(["UnpaidOrderListAsync", "UnpaidOrderPagesAsync", "RemindOfPaymentAsync", "PostingAddressAsync", "ChangeAddressAsync"])
            .Except(["CreateRefundAsync", "RefundListAsync", "CreateExchangeAsync"])
            .Except(["ComplaintListAsync", "ComplaintPagesAsync", "AskComplainerAsync", "DecideComplaintAsync"]);

        // A new method belongs into SendAllAsync below.
        Assert.Equal(36, calls.Count());
    }

    private static string PathOf(string url) => new Uri(url).AbsolutePath["/api".Length..];

    private static async Task SendPostingWritesAsync(OzonApi api)
    {
        var a = OzonStub.Account;
        await api.ShipAsync(a, Filled.Of<ShipRequest>(), Stop);
        await api.ShipAsync(a, Filled.Of<ShipRequest>() with { With = null }, Stop);
        await api.ShipPackageAsync(a, Filled.Of<ShipPackageRequest>(), Stop);
        await api.SetTrackingNumbersAsync(a, Filled.Of<TrackingNumbersRequest>(), Stop);
        await api.MarkDeliveringAsync(a, Filled.Of<PostingNumbersRequest>(), Stop);
        await api.MarkLastMileAsync(a, Filled.Of<PostingNumbersRequest>(), Stop);
        await api.MarkDeliveredAsync(a, Filled.Of<PostingNumbersRequest>(), Stop);
        await api.MoveToAwaitingDeliveryAsync(a, Filled.Of<PostingNumbersRequest>(), Stop);
        await api.OpenArbitrationAsync(a, Filled.Of<PostingNumbersRequest>(), Stop);
        await api.CancelReasonsAsync(a, Stop);
        await api.CancelReasonsOfAsync(a, Filled.Of<CancelReasonsRequest>(), Stop);
        await api.CancelPostingAsync(a, new CancelPostingRequest { PostingNumber = "1-1", CancelReasonId = 352 }, Stop);
        await api.CancelPostingAsync(a, Filled.Of<CancelPostingRequest>(), Stop);
        await api.CancelProductsAsync(a, Filled.Of<CancelProductsRequest>(), Stop);
        await api.CancellationListAsync(a, new CancellationListRequest(), Stop);
        await api.CancellationListAsync(a, Filled.Of<CancellationListRequest>(), Stop);
        await api.ApproveCancellationAsync(a, new CancellationDecision { CancellationId = 1 }, Stop);
        await api.RejectCancellationAsync(a, Filled.Of<CancellationDecision>(), Stop);
        await api.CreateLabelsAsync(a, Filled.Of<LabelsRequest>(), Stop);
        await api.LabelTaskAsync(a, Filled.Of<LabelTaskRequest>(), Stop);
        await api.SetCutoffAsync(a, Filled.Of<CutoffRequest>(), Stop);
        await api.TimeslotRestrictionsAsync(a, Filled.Of<TimeslotRestrictionsRequest>(), Stop);
        await api.SetTimeslotAsync(a, Filled.Of<TimeslotRequest>(), Stop);
    }

    /// <summary>Each method with the least and with everything set.</summary>
    private static async Task SendAllAsync(OzonApi api)
    {
        var a = OzonStub.Account;
        var (from, to) = (new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc));

        await api.SellerInfoAsync(a, Stop);
        await api.RolesAsync(a, Stop);
        await api.RatingSummaryAsync(a, Stop);
        await api.ChatListAsync(a, new ChatListRequest(), Stop);
        await api.ChatListAsync(a, Filled.Of<ChatListRequest>(), Stop);
        await api.ChatHistoryAsync(a, new ChatHistoryRequest { ChatId = "c" }, Stop);
        await api.ChatHistoryAsync(a, Filled.Of<ChatHistoryRequest>(), Stop);
        await api.StartChatAsync(a, Filled.Of<ChatStartRequest>(), Stop);
        await api.SendMessageAsync(a, Filled.Of<ChatSendMessageRequest>(), Stop);
        await api.SendFileAsync(a, Filled.Of<ChatSendFileRequest>(), Stop);
        await api.MarkReadAsync(a, new ChatReadRequest { ChatId = "c" }, Stop);
        await api.MarkReadAsync(a, Filled.Of<ChatReadRequest>() with { FromMessageId = 3000000000817031942 }, Stop);
        await SendPostingWritesAsync(api);
        await api.RfbsReturnListAsync(a, new RfbsReturnListRequest(), Stop);
        await api.RfbsReturnListAsync(a, Filled.Of<RfbsReturnListRequest>(), Stop);
        await api.RfbsReturnAsync(a, Filled.Of<RfbsReturnRequest>(), Stop);
        await api.ActOnReturnAsync(a, new RfbsReturnAction { ReturnId = 1, Id = 2001 }, Stop);
        await api.ActOnReturnAsync(a, Filled.Of<RfbsReturnAction>(), Stop);
        await api.MarketReturnListAsync(a, new MarketReturnListRequest(), Stop);
        await api.MarketReturnListAsync(a, Filled.Of<MarketReturnListRequest>(), Stop);
        await api.PostingListAsync(a, new PostingListRequest { Filter = new PostingListFilter { Since = from, To = to } }, Stop);
        await api.PostingListAsync(a, Filled.Of<PostingListRequest>(), Stop);
        await api.UnfulfilledListAsync(
            a, new UnfulfilledListRequest { Filter = new UnfulfilledListFilter { CutoffFrom = from, CutoffTo = to } }, Stop);
        await api.UnfulfilledListAsync(a, Filled.Of<UnfulfilledListRequest>(), Stop);
        await api.PostingAsync(a, new PostingGetRequest { PostingNumber = "1-1" }, Stop);
        await api.PostingAsync(a, Filled.Of<PostingGetRequest>(), Stop);
    }
}

using System.Text.Json;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Contract;

/// <summary>The answers' records against Ozon's schemas: the same records are what the client reads and what the sandbox writes.</summary>
[Trait("Needs", "Reference")]
public sealed class OzonRecordTests
{
    private static void AssertValid<T>(string path, T answer, int status = 200) =>
        Assert.Empty(OzonSchema.OrSkip().ValidateResponse(path, status, JsonSerializer.Serialize(answer, OzonJson.Options)));

    [Fact]
    public void Chat_answers_have_Ozons_names_and_types()
    {
        AssertValid("/v3/chat/list", Filled.Of<ChatListResponse>());
        AssertValid("/v3/chat/list", new ChatListResponse());
        AssertValid("/v3/chat/history", Filled.Of<ChatHistoryResponse>());
        AssertValid("/v1/chat/start", Filled.Of<ChatStartResponse>());
        AssertValid("/v1/chat/send/message", Filled.Of<ChatSendResponse>());
        AssertValid("/v1/chat/send/file", Filled.Of<ChatSendResponse>());
        AssertValid("/v2/chat/read", Filled.Of<ChatReadResponse>());
    }

    [Fact]
    public void Seller_answers_have_Ozons_names_and_types()
    {
        AssertValid("/v1/seller/info", Filled.Of<SellerInfoResponse>());
        AssertValid("/v1/roles", Filled.Of<RolesResponse>());
        AssertValid("/v1/rating/summary", Filled.Of<RatingSummaryResponse>());
    }

    [Fact]
    public void Answers_about_what_was_done_with_postings_have_Ozons_names_and_types()
    {
        var shipped = Filled.Of<ShipResponse>();
        var product = shipped.AdditionalData[0].Products[0] with { Price = new OzonMoney(1530.5m) };
        AssertValid("/v4/posting/fbs/ship", shipped with { AdditionalData = [shipped.AdditionalData[0] with { Products = [product] }] });
        AssertValid("/v4/posting/fbs/ship/package", Filled.Of<ShipPackageResponse>());
        foreach (var path in (string[])["delivering", "last-mile", "delivered", "tracking-number/set"])
            AssertValid("/v2/fbs/posting/" + path, Filled.Of<PostingMovesResponse>());
        foreach (var path in (string[])["/v2/posting/fbs/cancel", "/v2/posting/fbs/arbitration", "/v2/posting/fbs/awaiting-delivery", "/v1/posting/cutoff/set", "/v1/posting/fbs/timeslot/set"])
            AssertValid(path, Filled.Of<OzonDone>());
        AssertValid("/v1/posting/fbs/timeslot/change-restrictions", Filled.Of<TimeslotRestrictionsResponse>());
        AssertValid("/v2/posting/fbs/product/cancel", Filled.Of<CancelProductsResponse>());
        AssertValid("/v2/posting/fbs/cancel-reason/list", Filled.Of<CancelReasonListResponse>());
        var reasons = Filled.Of<PostingCancelReasons>();
        reasons = reasons with { Reasons = [reasons.Reasons[0] with { IsAvailableForCancellation = null }] };
        AssertValid("/v1/posting/fbs/cancel-reason", new CancelReasonsResponse { Result = [reasons] });
        AssertValid("/v2/conditional-cancellation/list", Filled.Of<CancellationListResponse>());
        AssertValid("/v3/posting/fbs/package-label/create", Filled.Of<LabelTasksResponse>());
        AssertValid("/v2/posting/fbs/package-label/get", Filled.Of<LabelTaskResponse>());
    }

    [Fact]
    public void Postings_of_the_lists_have_Ozons_names_and_types()
    {
        var posting = Filled.Of<OzonPosting>();
        posting = posting with
        {
            PreviousSubstatus = null,
            ProviderStatus = null,
            FactDeliveryDate = null,
            RelatedPostings = null,
            Addressee = posting.Addressee! with { Phone = null, Pin = null },
            Products = [posting.Products[0] with { CurrencyCode = null }],
            FinancialData = posting.FinancialData! with { Products = [posting.FinancialData.Products[0] with { CommissionAmount = null }] },
        };

        AssertValid("/v4/posting/fbs/list", Filled.Of<PostingListResponse>() with { Postings = [posting], Count = null });
        AssertValid("/v4/posting/fbs/unfulfilled/list", Filled.Of<PostingListResponse>() with { Postings = [posting] });
    }

    [Fact]
    public void The_single_posting_has_Ozons_names_and_types()
    {
        var posting = Filled.Of<OzonPosting>();
        posting = posting with
        {
            DeliverySchema = null,
            Customer = posting.Customer! with { CustomerEmail = null },
            Products = [posting.Products[0] with { Price = new OzonMoney(1530.5m), ProductColor = null, Weight = null }],
            FinancialData = posting.FinancialData! with { Products = [posting.FinancialData.Products[0] with { Commission = null }] },
        };

        AssertValid("/v3/posting/fbs/get", new PostingGetResponse { Result = posting });
    }

    [Theory]
    [InlineData("/v3/chat/list", 403)]
    [InlineData("/v1/roles", 404)]
    [InlineData("/v1/chat/send/message", 429)]
    public void The_error_envelope_has_Ozons_names_and_types(string path, int status)
    {
        AssertValid(path, new OzonErrorBody { Code = 7, Message = "no", Details = [new OzonErrorDetail { TypeUrl = "t", Value = "AAAA" }] }, status);
        AssertValid(path, new OzonErrorBody { Code = 7, Message = "no", Details = [] }, status);
    }
}

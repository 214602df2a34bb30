using System.Net;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

/// <summary>How the client reads the answers to what is done with postings.</summary>
public sealed class OzonShippingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("\"HAS_INCORRECT_STATUS\"", "HAS_INCORRECT_STATUS")]
    [InlineData("[\"A\",\"B\"]", "A; B")]
    public async Task The_error_of_a_move_is_read_as_text_and_as_the_list_of_Ozons_samples(string error, string expected)
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.OK, $$"""{"result":[{"posting_number":"1-1","result":true,"error":{{error}}}]}""");

        var moved = await ozon.Api.MarkDeliveringAsync(OzonStub.Account, new PostingNumbersRequest { PostingNumber = ["1-1"] }, Stop);

        Assert.Equal(expected, Assert.Single(moved.Value!.Result).Error);
    }

    [Fact]
    public async Task A_write_that_Ozon_does_not_confirm_is_to_be_read_back()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.OK, """{"result":false}""");

        var cancelled = await ozon.Api.CancelPostingAsync(OzonStub.Account, new CancelPostingRequest { PostingNumber = "1-1", CancelReasonId = 352 }, Stop);

        Assert.True(cancelled.Error!.MayHaveActed);
    }

    [Fact]
    public async Task A_decision_is_confirmed_by_an_empty_answer()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.OK, "");

        Assert.True((await ozon.Api.ApproveCancellationAsync(OzonStub.Account, new CancellationDecision { CancellationId = 1 }, Stop)).IsOk);
        Assert.True((await ozon.Api.RejectCancellationAsync(OzonStub.Account, new CancellationDecision { CancellationId = 1 }, Stop)).IsOk);
    }

    [Fact]
    public async Task A_refusal_keeps_Ozons_name_for_it()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.BadRequest, """{"code":3,"message":"POSTING_ALREADY_SHIPPED","details":[]}""");

        var shipped = await ozon.Api.ShipAsync(OzonStub.Account, new ShipRequest { PostingNumber = "1-1" }, Stop);

        Assert.Equal((OzonErrorKind.InvalidRequest, "POSTING_ALREADY_SHIPPED"), (shipped.Error!.Kind, shipped.Error.Message));
        Assert.False(shipped.Error.MayHaveActed);
    }
}

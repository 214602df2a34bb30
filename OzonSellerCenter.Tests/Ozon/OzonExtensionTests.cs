using System.Net;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

/// <summary>How the client reads the answers to what is not Ozon's.</summary>
public sealed class OzonExtensionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("404 page not found")]
    [InlineData("""{"code":5,"message":"Not Found","details":[]}""")]
    [InlineData("<html>nginx</html>")]
    [InlineData("")]
    public async Task Where_it_is_not_offered_every_404_says_so(string body)
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.NotFound, body);

        OzonError?[] errors =
        [
            (await ozon.Api.UnpaidOrderListAsync(OzonStub.Account, new UnpaidOrderListRequest(), Stop)).Error,
            (await ozon.Api.RemindOfPaymentAsync(OzonStub.Account, new PaymentReminderRequest { OrderNumber = "1", Text = "?" }, Stop)).Error,
            (await ozon.Api.PostingAddressAsync(OzonStub.Account, new PostingAddressRequest { PostingNumber = "1-1" }, Stop)).Error,
            (await ozon.Api.ChangeAddressAsync(OzonStub.Account, new AddressChangeRequest { PostingNumber = "1-1", Address = "?" }, Stop)).Error,
            (await ozon.Api.ComplaintListAsync(OzonStub.Account, new ComplaintListRequest(), Stop)).Error,
            (await ozon.Api.AskComplainerAsync(OzonStub.Account, new ComplaintAskRequest { ComplaintId = 1, Text = "?", Reference = "1" }, Stop)).Error,
            (await ozon.Api.DecideComplaintAsync(OzonStub.Account, new ComplaintDecideRequest { ComplaintId = 1, Instance = 1, Outcome = "seller", Reasons = "?", Reference = "1" }, Stop)).Error,
        ];

        Assert.All(errors, e => Assert.Equal((OzonErrorKind.MethodGone, false), (e!.Kind, e.MayHaveActed)));
    }

    [Theory]
    [InlineData("Invalid Api-Key, please check the key and try again", OzonErrorKind.WrongKey)]
    [InlineData(OzonExtensionFault.PostingNotFound, OzonErrorKind.NotFound)]
    public async Task A_404_that_names_its_reason_keeps_it(string message, OzonErrorKind kind)
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.NotFound, $$"""{"code":5,"message":"{{message}}","details":[]}""");

        var changed = await ozon.Api.ChangeAddressAsync(OzonStub.Account, new AddressChangeRequest { PostingNumber = "1-1", Address = "?" }, Stop);

        Assert.Equal((kind, message), (changed.Error!.Kind, changed.Error.Message));
    }

    [Fact]
    public async Task A_server_that_failed_may_have_acted()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.InternalServerError, "");

        var changed = await ozon.Api.ChangeAddressAsync(OzonStub.Account, new AddressChangeRequest { PostingNumber = "1-1", Address = "?" }, Stop);

        Assert.True(changed.Error!.MayHaveActed);
        Assert.Single(ozon.Sent);
    }
}

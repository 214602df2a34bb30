using System.Net;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonFileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_file_is_fetched_with_the_accounts_headers()
    {
        using var ozon = new OzonStub((_, _) => Task.FromResult(new HttpResponseMessage
        {
            Content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("image/jpeg") } },
        }));

        var file = await ozon.Api.DownloadAsync(OzonStub.Account, "https://ozon.test/api/v2/chat/file/a/b.jpg", Stop);

        Assert.Equal([1, 2, 3], file.Value!.Content);
        Assert.Equal("image/jpeg", file.Value.ContentType);
        Assert.Contains("Api-Key: ", Assert.Single(ozon.Sent).Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/api/v2/chat/file/a.jpg")]
    [InlineData("https://ozon.test.evil.example/api/v2/chat/file/a.jpg")]
    [InlineData("https://ozon.test@evil.example/api/v2/chat/file/a.jpg")]
    [InlineData("https://user@ozon.test/api/v2/chat/file/a.jpg")]
    [InlineData("http://ozon.test/api/v2/chat/file/a.jpg")]
    [InlineData("https://ozon.test:8443/api/v2/chat/file/a.jpg")]
    [InlineData("https://ozon.test/account/keys")]
    [InlineData("https://ozon.test/api/../account/keys")]
    [InlineData("https://ozon.test/api/%2e%2e/account/keys")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//evil.example/a")]
    [InlineData("/api/v2/chat/file/a.jpg")]
    [InlineData("")]
    public async Task Nobody_elses_address_is_asked(string url)
    {
        using var ozon = new OzonStub();

        var file = await ozon.Api.DownloadAsync(OzonStub.Account, url, Stop);

        Assert.Equal(OzonErrorKind.ForeignAddress, file.Error?.Kind);
        Assert.Empty(ozon.Sent);
    }

    [Theory]
    [InlineData("https://ir.ozone.ru/s3/ord-tmp-12/small_label/ticket-00-0000-0000.pdf", true)]
    [InlineData("https://ozon.test/api/s3/ticket.pdf", true)]
    [InlineData("http://ir.ozone.ru/s3/ticket.pdf", false)]
    [InlineData("https://ir.ozone.ru:8443/s3/ticket.pdf", false)]
    [InlineData("https://user@ir.ozone.ru/s3/ticket.pdf", false)]
    [InlineData("https://evilozone.ru/s3/ticket.pdf", false)]
    [InlineData("https://ir.ozone.ru.evil.example/s3/ticket.pdf", false)]
    [InlineData("https://ozon.test/account/keys", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("", false)]
    public async Task A_label_is_fetched_from_Ozons_own_hosts_only_and_without_the_key(string url, bool asked)
    {
        using var ozon = new OzonStub((_, _) => Task.FromResult(new HttpResponseMessage
        {
            Content = new ByteArrayContent("%PDF-1.4"u8.ToArray()) { Headers = { ContentType = new("application/pdf") } },
        }));

        var file = await ozon.Api.LabelFileAsync(OzonStub.Account, url, Stop);

        Assert.Equal(asked ? null : OzonErrorKind.ForeignAddress, file.Error?.Kind);
        Assert.Equal(asked ? 1 : 0, ozon.Sent.Count);
        Assert.DoesNotContain(ozon.Sent, s => s.Headers.Contains(OzonStub.Account.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_label_that_is_no_PDF_is_not_taken_for_one()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.OK, "<html>please sign in</html>");

        var file = await ozon.Api.LabelFileAsync(OzonStub.Account, "https://ir.ozone.ru/s3/a.pdf", Stop);

        Assert.Equal(OzonErrorKind.GarbageAnswer, file.Error?.Kind);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_named_so()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.NotFound, """{"code":5,"message":"file not found"}""");

        var file = await ozon.Api.DownloadAsync(OzonStub.Account, "https://ozon.test/api/v2/chat/file/a/b.jpg", Stop);

        Assert.Equal(OzonErrorKind.NotFound, file.Error?.Kind);
    }
}

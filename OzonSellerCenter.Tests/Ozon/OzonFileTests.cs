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

    [Fact]
    public async Task A_file_that_is_gone_is_named_so()
    {
        using var ozon = OzonStub.Answering(HttpStatusCode.NotFound, """{"code":5,"message":"file not found"}""");

        var file = await ozon.Api.DownloadAsync(OzonStub.Account, "https://ozon.test/api/v2/chat/file/a/b.jpg", Stop);

        Assert.Equal(OzonErrorKind.NotFound, file.Error?.Kind);
    }
}

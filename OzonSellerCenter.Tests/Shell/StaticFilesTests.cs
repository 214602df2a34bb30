using System.Net;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.EndToEnd;

namespace OzonSellerCenter.Tests.Shell;

/// <summary>What goes to the browser besides pages, and with which headers.</summary>
public sealed class StaticFilesTests(SellerApp app) : IClassFixture<SellerApp>
{
    [Theory, InlineData("css/tokens.css"), InlineData("js/due-chip.js"), InlineData("icons/sprite.svg"), InlineData("lib/MudBlazor.min.css")]
    public async Task A_file_with_the_hash_of_its_content_is_kept_for_ever_and_goes_out_small(string file)
    {
        using var answer = await GetAsync(AssetFiles.Url(file));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
        var sent = (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        Assert.InRange(sent, 1, new FileInfo(Path.Combine(AssetFiles.Folder, file)).Length / 2);
    }

    [Fact]
    public async Task A_file_without_a_hash_is_asked_for_again()
    {
        using var answer = await GetAsync("/assets/js/drafts.js");
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    [Theory, InlineData("/sign-in"), InlineData("/assets/css/base.css"), InlineData("/health/live"), InlineData("/no-such-page")]
    public async Task No_answer_lets_foreign_code_run(string path)
    {
        using var answer = await GetAsync(path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task The_first_page_needs_nothing_from_other_hosts()
    {
        var page = await app.Http.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("://", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "br");
        request.Headers.Add("Accept", "text/html,*/*");
        return await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

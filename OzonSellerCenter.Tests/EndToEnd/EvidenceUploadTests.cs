using System.Buffers.Binary;
using System.Security.Cryptography;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Tests.Disputes.Evidence;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>A packing video goes up from a real browser to the real app, over breaks of the line and a power cut.</summary>
[Trait("Needs", "Browser")]
public sealed class EvidenceUploadTests(Browser browser) : IDisposable
{
    private const long Megabyte = 1024 * 1024;
    private readonly string _film = Path.Combine(Path.GetTempPath(), $"osc-film-{Guid.NewGuid():N}.mp4");

    [Fact]
    public async Task Two_hundred_megabytes_cut_twice_and_killed_once_arrive_byte_for_byte_in_flat_memory()
    {
        var hash = await MakeFilmAsync(EvidenceLimits.MaxVideo);
        await using var app = await SellerApp.StartWithReturnsAsync();
        await using var agent = await browser.OpenAsync(app);
        await agent.SignInAsync();
        var bought = (await app.Sandbox.DeliveredAsync())[^1];
        await app.Sandbox.BuyerComplainsAsync(bought.Number, "quality", "Пришло разбитым.", (long)(bought.Price * 100), "honest");
        await DisputeSteps.OpenAsync(agent, bought.Number);
        var before = await app.PssAsync();

        var pieces = 0;
        await agent.Page.RouteAsync("**/disputes/uploads/*", async route =>
        {
            // The line breaks twice, after other pieces have arrived.
            if (route.Request.Method == "PATCH" && ++pieces is 4 or 9) await route.AbortAsync("connectionreset");
            else await route.ContinueAsync();
        });
        await agent.Find("evidence-pick").SetInputFilesAsync(_film);
        await Sandbox.Wait.ForAsync(() => pieces >= 12, 120);
        var most = await app.PssAsync() - before;
        await app.KillAsync();
        await app.StartAsync();

        // A page that was lost with the app is loaded anew, and the same file chosen again goes on where it was.
        agent.Page.Dialog += (_, dialog) => dialog.AcceptAsync();
        var arrived = pieces;
        await agent.GoAsync(new Uri(agent.Page.Url).AbsolutePath);
        await agent.Find("evidence-pick").SetInputFilesAsync(_film);
        var kept = Array.Empty<object[]>();
        await Sandbox.Wait.ForAsync(async () =>
        {
            most = Math.Max(most, await app.PssAsync() - before);
            kept = [.. await app.RowsAsync("sellercenter.db", """SELECT "Sha256", "Size", "ContentType" FROM "EvidenceItems" WHERE "Name" LIKE 'osc-film%'""")];
            return kept.Length > 0;
        }, 180);
        Assert.Equal((hash, EvidenceLimits.MaxVideo, "video/mp4"), ((string)kept[0][0], (long)kept[0][1], (string)kept[0][2]));
        Assert.Equal(hash, Convert.ToHexStringLower(await SHA256.HashDataAsync(File.OpenRead(app.PathOf(Path.Combine("files", hash[..2], hash))), CancellationToken.None)));
        Assert.True(pieces - arrived < 20, $"{pieces - arrived} pieces after the break: it began anew");
        Assert.True(most <= 64, $"{most} MB more");
        TestContext.Current.TestOutputHelper?.WriteLine($"{pieces} pieces, {most} MB more at most");
        Assert.Empty(app.Errors());
    }

    public void Dispose() => File.Delete(_film);

    /// <summary>A small film whose picture data is filled up with noise; gives its SHA-256.</summary>
    private async Task<string> MakeFilmAsync(long size)
    {
        var film = SampleFiles.Film("isom", payload: 0);
        var (head, tail) = (film[..24], film[32..]);
        var box = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)(size - head.Length - tail.Length));
        "mdat"u8.CopyTo(box.AsSpan(4));
        await using (var file = File.Create(_film))
        {
            await file.WriteAsync(head);
            await file.WriteAsync(box);
            for (var left = size - head.Length - tail.Length - box.Length; left > 0;)
            {
                var noise = RandomNumberGenerator.GetBytes((int)Math.Min(left, Megabyte));
                await file.WriteAsync(noise);
                left -= noise.Length;
            }

            await file.WriteAsync(tail);
        }

        await using var whole = File.OpenRead(_film);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(whole));
    }
}

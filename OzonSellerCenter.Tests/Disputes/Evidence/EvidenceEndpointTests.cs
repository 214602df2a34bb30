using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Evidence.Checks;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Access;
using static OzonSellerCenter.Tests.Disputes.Evidence.SampleFiles;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>Files of cases over HTTP, through the whole app.</summary>
[Collection(nameof(Memory))]
public sealed class EvidenceEndpointTests(AccessHouse house) : IClassFixture<AccessHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_up_in_pieces_and_comes_back_byte_for_byte_with_safe_headers()
    {
        var dispute = await CaseAsync();
        var photo = Good["jpg"]();
        var id = await BeginAsync(dispute, photo.Length, "Трещина.jpg");
        using (var first = await SendAsync(Who.Agent, HttpMethod.Patch, Of(id), photo[..500], 0)) Assert.Equal((HttpStatusCode.NoContent, "500"), (first.StatusCode, OffsetOf(first)));
        using (var head = await SendAsync(Who.Agent, HttpMethod.Head, Of(id))) Assert.Equal((HttpStatusCode.NoContent, "500"), (head.StatusCode, OffsetOf(head)));
        using (var wrong = await SendAsync(Who.Agent, HttpMethod.Patch, Of(id), photo, 0)) Assert.Equal((HttpStatusCode.Conflict, "500"), (wrong.StatusCode, OffsetOf(wrong)));
        long evidence;
        using (var last = await SendAsync(Who.Agent, HttpMethod.Patch, Of(id), photo[500..], 500))
        {
            Assert.Equal(HttpStatusCode.OK, last.StatusCode);
            evidence = (await last.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("evidenceId").GetInt64();
        }

        using var original = await house[Who.Support].Http.GetAsync(new Uri(Links.Evidence(evidence), UriKind.Relative), Ct);
        Assert.Equal(photo, await original.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("attachment", "Трещина.jpg", "image/jpeg"), (original.Content.Headers.ContentDisposition!.DispositionType, original.Content.Headers.ContentDisposition.FileNameStar, original.Content.Headers.ContentType!.MediaType));
        foreach (var path in new[] { Links.EvidenceView(evidence), Links.EvidenceThumb(evidence) })
        {
            using var copy = await house[Who.Owner].Http.GetAsync(new Uri(path, UriKind.Relative), Ct);
            Assert.Equal(("inline", "image/jpeg"), (copy.Content.Headers.ContentDisposition!.DispositionType, copy.Content.Headers.ContentType!.MediaType));
            CheckSafe(copy);
        }

        CheckSafe(original);
        Assert.Equal(1, await AuditsAsync(dispute));
        using (var part = await GetAsync(evidence, "bytes=10-19"))
        {
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(photo[10..20], await part.Content.ReadAsByteArrayAsync(Ct));
        }

        Assert.Equal(1, await AuditsAsync(dispute));
        using (var start = await GetAsync(evidence, "bytes=0-")) Assert.Equal(HttpStatusCode.PartialContent, start.StatusCode);
        Assert.Equal(2, await AuditsAsync(dispute));
    }

    [Fact]
    public async Task A_refusal_says_why_in_the_language_of_the_person()
    {
        var dispute = await CaseAsync();
        var id = await BeginAsync(dispute, 5, "a.jpg");
        using var refused = await SendAsync(Who.Agent, HttpMethod.Patch, Of(id), "PK\u0003\u0004."u8.ToArray(), 0, language: "ru");
        var answer = await refused.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, EvidenceRefusals.Archive), (refused.StatusCode, answer.GetProperty("key").GetString()));
        Assert.Contains("Это архив", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        using var tooLarge = await SendAsync(Who.Agent, HttpMethod.Post, Links.EvidenceUploads(dispute), json: new { name = "a", size = long.MaxValue, role = 0 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLarge.StatusCode);
        using var reads = await SendAsync(Who.Support, HttpMethod.Post, Links.EvidenceUploads(dispute), json: new { name = "a", size = 5, role = 0 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reads.StatusCode);
    }

    [Fact]
    public async Task Ids_of_others_are_answered_like_ids_that_never_were()
    {
        var dispute = await CaseAsync();
        var id = await BeginAsync(dispute, 100, "a.jpg");
        foreach (var who in new[] { Who.Other, Who.Owner })
        {
            foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Head, HttpMethod.Delete })
                Assert.Equal(await AnswerAsync(who, method, Of(Guid.NewGuid().ToString("N"))), await AnswerAsync(who, method, Of(id)));
        }

        Assert.Equal(await AnswerAsync(Who.Other, HttpMethod.Post, Links.EvidenceUploads(9_999_999)), await AnswerAsync(Who.Other, HttpMethod.Post, Links.EvidenceUploads(dispute)));
        using var still = await SendAsync(Who.Agent, HttpMethod.Head, Of(id));
        Assert.Equal("0", OffsetOf(still));
        using var gone = await SendAsync(Who.Agent, HttpMethod.Delete, Of(id));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);

        async Task<string> AnswerAsync(Who who, HttpMethod method, string path)
        {
            using var answer = method == HttpMethod.Post
                ? await SendAsync(who, method, path, json: new { name = "a", size = 5, role = 0 })
                : await SendAsync(who, method, path, method == HttpMethod.Patch ? [1] : null, method == HttpMethod.Patch ? 0 : null);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            return $"{string.Join('\n', answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(',', h.Value)}"))}\n{await answer.Content.ReadAsStringAsync(Ct)}";
        }
    }

    [Fact]
    public async Task What_our_script_would_not_send_is_refused()
    {
        var dispute = await CaseAsync();
        var id = await BeginAsync(dispute, 20 * 1024 * 1024, "a.mp4");
        using (var bare = await house[Who.Agent].Http.DeleteAsync(new Uri(Of(id), UriKind.Relative), Ct)) Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        using (var elsewhere = await SendAsync(Who.Agent, HttpMethod.Delete, Of(id), origin: "https://evil.example")) Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
        using (var nowhere = await SendAsync(Who.Agent, HttpMethod.Patch, Of(id), [1])) Assert.Equal(HttpStatusCode.BadRequest, nowhere.StatusCode);
        using (var large = await SendAsync(Who.Agent, HttpMethod.Patch, Of(id), new byte[EvidenceLimits.MaxChunk + 1], 0)) Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        foreach (var body in new object?[] { null, "text", new { size = "many" } })
        {
            using var odd = await SendAsync(Who.Agent, HttpMethod.Post, Links.EvidenceUploads(dispute), json: body);
            Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        }

        using (var head = await SendAsync(Who.Agent, HttpMethod.Head, Of(id))) Assert.Equal("0", OffsetOf(head));
    }

    [Fact]
    public async Task A_film_of_200_megabytes_cut_twice_takes_no_memory_worth_mentioning()
    {
        var dispute = await CaseAsync();
        const int rest = 4 * 1024 * 1024;
        var (head, tail) = (Film("isom", payload: 0) is var film ? film[..24] : [], Film("isom", payload: 0)[32..]);
        var size = EvidenceLimits.MaxVideo - rest;
        var piece = RandomNumberGenerator.GetBytes(EvidenceLimits.MaxChunk);
        byte[] opening = [.. head, .. Big((uint)(size - head.Length - tail.Length)), .. "mdat"u8];
        var id = await BeginAsync(dispute, size, "packing.mp4");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (at, before, most, status) = (0L, Rss(), 0L, HttpStatusCode.NoContent);
        for (var n = 0; at < size; n++)
        {
            var length = (int)Math.Min(n is 5 or 9 ? 1_000_003 : piece.Length, size - at);
            var sent = piece[..length];
            if (at == 0) opening.CopyTo(sent, 0);
            if (at + length > size - tail.Length)
            {
                for (var i = 0; i < tail.Length; i++)
                {
                    if (size - tail.Length + i - at is >= 0 and var place && place < length) sent[place] = tail[i];
                }
            }

            hash.AppendData(sent);
            using var answer = await SendAsync(Who.Agent, HttpMethod.Patch, Of(id), sent, at);
            status = answer.StatusCode;
            at += length;
            most = Math.Max(most, Rss() - before);
        }

        Assert.Equal(HttpStatusCode.OK, status);
        await using var db = await house.App.Databases.ForSystemAsync(Ct);
        Assert.Equal(Convert.ToHexStringLower(hash.GetHashAndReset()), await db.EvidenceItems.Where(i => i.DisputeId == dispute).Select(i => i.Sha256).SingleAsync(Ct));

        // The pieces of this test itself, twice: here and in the pipe of the test server.
        Assert.True(most <= 64 * EvidenceLimits.Megabyte + (4 * EvidenceLimits.MaxChunk), $"{most / EvidenceLimits.Megabyte} MB more");

        static long Rss()
        {
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }

    [Fact]
    public async Task The_reader_of_documents_is_served_as_a_script()
    {
        foreach (var path in new[] { "js/lib/pdfjs/pdf.min.mjs", "js/lib/pdfjs/pdf.worker.min.mjs" })
        {
            using var answer = await house[Who.Anonymous].Http.GetAsync(new Uri(AssetFiles.Url(path), UriKind.Relative), Ct);
            Assert.Equal((HttpStatusCode.OK, "text/javascript"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    private static string Of(string uploadId) => $"/disputes/uploads/{uploadId}";

    private static string? OffsetOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Upload-Offset", out var values) ? values.Single() : null;

    private static void CheckSafe(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.Private);
    }

    private Task<HttpResponseMessage> GetAsync(long evidence, string range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Links.Evidence(evidence));
        request.Headers.Add("Range", range);
        return house[Who.Agent].Http.SendAsync(request, Ct);
    }

    private async Task<HttpResponseMessage> SendAsync(Who who, HttpMethod method, string path, byte[]? piece = null, long? offset = null, object? json = null, string? origin = null, string language = "en")
    {
        using var request = new HttpRequestMessage(method, path);
        if (piece is not null) request.Content = new ByteArrayContent(piece);
        if (json is not null)
        {
            request.Content = JsonContent.Create(json);
            await request.Content.LoadIntoBufferAsync(Ct);
        }

        request.Headers.Add(EvidenceEndpoints.OwnHeader, "1");
        request.Headers.Add("Accept-Language", language);
        if (offset is { } at) request.Headers.Add(EvidenceEndpoints.OffsetHeader, at.ToString(CultureInfo.InvariantCulture));
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await house[who].Http.SendAsync(request, Ct);
    }

    private async Task<string> BeginAsync(long dispute, long size, string name)
    {
        using var begun = await SendAsync(Who.Agent, HttpMethod.Post, Links.EvidenceUploads(dispute), json: new { name, size, role = 0 });
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        return (await begun.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    private async Task<long> CaseAsync()
    {
        await using var db = await house.App.Databases.ForSystemAsync(Ct);
        var dispute = new Dispute { StoreId = house.StoreId, Key = Guid.NewGuid().ToString("N"), OpenedAt = house.App.Wall.GetUtcNow().UtcDateTime };
        db.Disputes.Add(dispute);
        await db.CommitAsync(Ct);
        return dispute.Id;
    }

    private async Task<int> AuditsAsync(long dispute)
    {
        await using var db = await house.App.Databases.ForSystemAsync(Ct);
        var number = Dispute.NumberOf(dispute);
        return await db.AuditEntries.CountAsync(a => a.Action == "evidence.Download" && a.Subject == number, Ct);
    }
}

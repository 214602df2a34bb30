using System.Security.Cryptography;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Evidence.Checks;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Disputes.Evidence.SampleFiles;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>Files on their way in: whatever happens to the line and the program, what arrives is what was sent, or nothing.</summary>
public sealed class EvidenceUploadTests
{
    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    private static readonly string[] Fates = ["sent", "line broke", "killed", "disk full"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Providers))]
    public async Task A_film_in_pieces_becomes_evidence_byte_for_byte(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.CaseAsync();
        var film = Film("isom", payload: 100_000);
        var id = await shop.BeginAsync(dispute, film, "..\\упаковка\u202E.avi", EvidenceRole.PackingVideo);
        for (var at = 0; at < film.Length; at += 30_000)
        {
            Assert.Equal(new UploadState(at, film.Length, null, null), await shop.Uploads().StateAsync(shop.Agent, id, Ct));
            Assert.Equal(0, await shop.ReadAsync(db => db.EvidenceItems.CountAsync(Ct)));
            var piece = film[at..Math.Min(film.Length, at + 30_000)];
            var answer = await shop.Uploads().AppendAsync(shop.Agent, id, at, new MemoryStream(piece), Ct);
            Assert.Equal(at + piece.Length < film.Length ? UploadStand.Going : UploadStand.Whole, answer.Stand);
        }

        var item = await shop.ReadAsync(db => db.EvidenceItems.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(("упаковка.avi.mp4", "video/mp4", 7, EvidenceRole.PackingVideo, EvidenceSide.Seller, shop.Agent.Id), (item.Name, item.ContentType, item.Extent, item.Role, item.Side, item.AddedBy));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(film)), item.Sha256);
        Assert.Equal(film, await shop.OriginalAsync(item));
        Assert.Empty(Incoming(shop));
        Assert.Equal(item.Id, (await shop.Uploads().StateAsync(shop.Agent, id, Ct))!.EvidenceId);
        Assert.Equal(item.Id, (await shop.Uploads().AppendAsync(shop.Agent, id, film.Length, Stream.Null, Ct)).EvidenceId);
        Assert.Equal(1, await shop.ReadAsync(db => db.AuditEntries.CountAsync(a => a.Action == "evidence.Add" && a.UserId == shop.Agent.Id, Ct)));
        Assert.Contains(await shop.ReadAsync(db => db.StoreEvents.ToListAsync(Ct)), e => e.Kind == EventKind.Dispute && e.Subject == $"{dispute.Id}");
    }

    [Fact]
    public async Task Cut_and_killed_anywhere_what_arrives_is_what_was_sent()
    {
        await using var shop = await TestShop.OpenAsync();
        var fates = Gen.Select(Gen.Int[1, 40_000], Gen.Int[0, 40_000], Gen.Int[0, 3].Select(n => Fates[n])).Array[1, 40];
        await Gen.Select(Gen.Int[0, 120_000], Gen.Int[0, 255], fates).SampleAsync(async (payload, seed, pieces) =>
        {
            var dispute = await shop.CaseAsync();
            byte[] film = [.. Film("isom", payload), .. Box("free", [(byte)seed])];
            var id = await shop.BeginAsync(dispute, film, "film.mp4");
            var uploads = shop.Uploads();
            foreach (var (length, cut, fate) in pieces)
            {
                var state = (await uploads.StateAsync(shop.Agent, id, Ct))!;
                if (state.EvidenceId is not null) break;
                Assert.Equal(0, await shop.ReadAsync(db => db.EvidenceItems.CountAsync(i => i.DisputeId == dispute.Id, Ct)));
                var piece = film.AsMemory((int)state.Offset, Math.Min(length, film.Length - (int)state.Offset));
                uploads = await SendAsync(shop, uploads, id, state.Offset, piece, Math.Min(cut, piece.Length), fate);
            }

            if ((await uploads.StateAsync(shop.Agent, id, Ct))! is { EvidenceId: null } rest) await uploads.AppendAsync(shop.Agent, id, rest.Offset, new MemoryStream(film[(int)rest.Offset..]), Ct);
            var item = await shop.ReadAsync(db => db.EvidenceItems.AsNoTracking().SingleAsync(i => i.DisputeId == dispute.Id, Ct));
            return Enumerable.SequenceEqual(film, await shop.OriginalAsync(item));
        }, iter: 60, threads: 1);
        Assert.Empty(Incoming(shop));
    }

    [Fact]
    public async Task Of_two_requests_that_write_at_once_one_wins_and_other_people_find_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        var content = Good["jpg"]();
        var id = await shop.BeginAsync(await shop.CaseAsync(), content);
        var slow = new SlowStream(content[..100]);
        var first = shop.Uploads().AppendAsync(shop.Agent, id, 0, slow, Ct);
        await slow.Began;
        Assert.Equal(UploadStand.Busy, (await shop.Uploads().AppendAsync(shop.Agent, id, 0, new MemoryStream(content), Ct)).Stand);
        Assert.Equal(UploadStand.Busy, (await shop.Restarted().AppendAsync(shop.Agent, id, 0, new MemoryStream(content), Ct)).Stand);
        Assert.False(await shop.Uploads().CancelAsync(shop.Agent, id, Ct));
        Assert.Equal(UploadStand.Missing, (await shop.Uploads().AppendAsync(shop.Owner, id, 0, new MemoryStream(content), Ct)).Stand);
        Assert.Null(await shop.Uploads().StateAsync(shop.Owner, id, Ct));
        slow.GoOn();
        Assert.Equal((UploadStand.Going, 100L), (await first is var done ? done.Stand : default, done.Offset));
        Assert.Equal((UploadStand.Elsewhere, 100L), (await shop.Uploads().AppendAsync(shop.Agent, id, 50, new MemoryStream(content), Ct) is var other ? other.Stand : default, other.Offset));
        Assert.Equal(UploadStand.TooMuch, (await shop.Uploads().AppendAsync(shop.Agent, id, 100, new MemoryStream(content), Ct)).Stand);
        Assert.Equal(100, (await shop.Uploads().StateAsync(shop.Agent, id, Ct))!.Offset);
        Assert.Equal(UploadStand.Whole, (await shop.Uploads().AppendAsync(shop.Agent, id, 100, new MemoryStream(content[100..]), Ct)).Stand);
    }

    [Fact]
    public async Task Killed_between_the_move_and_the_row_it_is_no_evidence_and_goes_on()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        var content = Good["pdf"]();
        var id = await shop.BeginAsync(dispute, content, "act.pdf");
        await shop.Uploads().AppendAsync(shop.Agent, id, 0, new MemoryStream(content[..^1]), Ct);
        var unfinished = Assert.Single(Incoming(shop));
        await File.WriteAllBytesAsync(unfinished, content, Ct);

        // All bytes are here, nobody looked at them: an empty piece lets it go on.
        Assert.Equal(new UploadState(content.Length, content.Length, null, null), await shop.Restarted().StateAsync(shop.Agent, id, Ct));
        Assert.True(shop.Files().Adopt(unfinished, Convert.ToHexStringLower(SHA256.HashData(content))));
        Assert.Equal(0, (await shop.Restarted().StateAsync(shop.Agent, id, Ct))!.Offset);
        Assert.Equal(0, await shop.ReadAsync(db => db.EvidenceItems.CountAsync(Ct)));
        Assert.Equal(UploadStand.Whole, (await shop.Restarted().AppendAsync(shop.Agent, id, 0, new MemoryStream(content), Ct)).Stand);
        Assert.Equal(3, (await shop.ReadAsync(db => db.EvidenceItems.AsNoTracking().SingleAsync(Ct))).Extent);
        Assert.Empty(Incoming(shop));
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_but_its_reason()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        var content = Latin("<svg onload=alert(1)>");
        var id = await shop.BeginAsync(dispute, content);
        for (var tries = 0; tries < 2; tries++)
        {
            var answer = await shop.Uploads().AppendAsync(shop.Agent, id, 0, new MemoryStream(content), Ct);
            Assert.Equal((UploadStand.Refused, EvidenceRefusals.Svg), (answer.Stand, answer.Refusal!.Key));
        }

        // Its head is a picture's, but no decoder makes one of it.
        byte[] noise = [.. Good["png"]()];
        noise.AsSpan(50, 20).Fill(0xEE);
        Assert.Equal(EvidenceRefusals.Damaged, (await shop.UploadAsync(dispute, noise)).Refusal!.Key);
        Assert.Equal(0, await shop.ReadAsync(db => db.EvidenceItems.CountAsync(Ct)));
        Assert.Empty(Incoming(shop));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetDirectoryName(shop.Files().PathOf(new string('a', 64))))!, "*", SearchOption.AllDirectories));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_same_file_is_one_piece_of_evidence_in_a_case(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (dispute, other) = (await shop.CaseAsync(), await shop.CaseAsync());
        var content = Good["pdf"]();
        var first = await shop.UploadAsync(dispute, content, "certificate.pdf");
        var again = await shop.UploadAsync(dispute, content, "copy.pdf");
        Assert.Equal((UploadStand.Refused, EvidenceRefusals.Duplicate, "certificate.pdf"), (again.Stand, again.Refusal!.Key, again.Refusal.Args[0]));
        Assert.Equal(UploadStand.Whole, (await shop.UploadAsync(other, content)).Stand);
        var both = await Task.WhenAll(shop.UploadAsync(dispute, Good["jpg"]()), shop.UploadAsync(dispute, Good["jpg"]()));
        Assert.Equal([UploadStand.Whole, UploadStand.Refused], both.Select(b => b.Stand).Order());
        Assert.Empty(Incoming(shop));

        Assert.True((await shop.EvidenceActions().WithdrawAsync(shop.Agent, first.EvidenceId!.Value, "wrong batch", Ct)).IsDone);
        Assert.Equal(UploadStand.Whole, (await shop.UploadAsync(dispute, content, "again.pdf")).Stand);
        Assert.Equal(EvidenceRefusals.Duplicate, (await shop.EvidenceActions().RestoreAsync(shop.Agent, first.EvidenceId.Value, Ct)).Refusal!.Key);
    }

    [Fact]
    public async Task Who_may_not_add_is_told_so_and_a_case_has_its_limits()
    {
        await using var shop = await TestShop.OpenAsync();
        var (dispute, closed) = (await shop.CaseAsync(), await shop.CaseAsync(d => d.State = DisputeState.Closed));
        var submitted = await shop.CaseAsync(d => d.State = DisputeState.Submitted);
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.Equal("NotFound", await BeginAsync(stranger, dispute.Id));
        Assert.Equal("NotFound", await BeginAsync(shop.Agent, 999_999));
        Assert.Equal("EvidenceReadOnly", await BeginAsync(shop.Support, dispute.Id));
        Assert.Equal("EvidenceClosed", await BeginAsync(shop.Agent, closed.Id));
        Assert.Null(await BeginAsync(shop.Owner, submitted.Id));
        Assert.Equal(EvidenceRefusals.Empty, await BeginAsync(shop.Agent, dispute.Id, 0));
        Assert.Equal(EvidenceRefusals.VideoTooLarge, await BeginAsync(shop.Agent, dispute.Id, EvidenceLimits.MaxVideo + 1));

        for (var n = 0; n < 10; n++) await shop.EvidenceAsync(dispute, kind: EvidenceKind.File, size: EvidenceLimits.MaxVideo);
        Assert.Equal(EvidenceRefusals.CaseFull, await BeginAsync(shop.Agent, dispute.Id, EvidenceLimits.MaxVideo));
        Assert.Null(await BeginAsync(shop.Agent, dispute.Id, EvidenceLimits.MaxCase - (10 * EvidenceLimits.MaxVideo)));
        Assert.Equal(EvidenceRefusals.CaseFull, await BeginAsync(shop.Agent, dispute.Id, 1));

        for (var n = 0; n < EvidenceLimits.MaxFiles - 1; n++) await shop.EvidenceAsync(submitted, kind: EvidenceKind.File);
        await shop.EvidenceAsync(submitted);
        Assert.Equal(EvidenceRefusals.TooManyFiles, await BeginAsync(shop.Agent, submitted.Id));

        // The case was closed while the file came.
        var (racing, content) = (await shop.CaseAsync(), Good["jpg"]());
        var id = await shop.BeginAsync(racing, content);
        await shop.WriteAsync(db => db.Disputes.Where(d => d.Id == racing.Id).ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DisputeState.Closed), Ct));
        Assert.Equal("EvidenceClosed", (await shop.Uploads().AppendAsync(shop.Agent, id, 0, new MemoryStream(content), Ct)).Refusal!.Key);

        async Task<string?> BeginAsync(CurrentUser user, long disputeId, long size = 10) =>
            (await shop.Uploads().BeginAsync(user, disputeId, new NewUpload("a.jpg", size, EvidenceRole.None), Ct)).Outcome.Refusal?.Key;
    }

    [Fact]
    public async Task Uploads_nobody_goes_on_with_are_removed_after_a_day_and_cancelled_ones_at_once()
    {
        await using var shop = await TestShop.OpenAsync();
        var (dispute, content) = (await shop.CaseAsync(), Good["jpg"]());
        var (old, cancelled) = (await shop.BeginAsync(dispute, content), await shop.BeginAsync(dispute, content));
        foreach (var id in new[] { old, cancelled }) await shop.Uploads().AppendAsync(shop.Agent, id, 0, new MemoryStream(content[..100]), Ct);
        Assert.False(await shop.Uploads().CancelAsync(shop.Owner, cancelled, Ct));
        Assert.True(await shop.Uploads().CancelAsync(shop.Agent, cancelled, Ct));
        Assert.Null(await shop.Uploads().StateAsync(shop.Agent, cancelled, Ct));
        await shop.Uploads().RemoveStaleAsync(shop.Store.Id, Ct);
        Assert.Single(Incoming(shop));
        shop.Clock.Advance(EvidenceLimits.GivenUpAfter + TimeSpan.FromMinutes(1));
        var young = await shop.BeginAsync(dispute, content);
        await shop.Uploads().RemoveStaleAsync(shop.Store.Id, Ct);
        Assert.Empty(Incoming(shop));
        Assert.Equal([young], await shop.ReadAsync(db => db.EvidenceUploads.Select(u => u.Id).ToListAsync(Ct)));
    }

    private static async Task<EvidenceUploads> SendAsync(TestShop shop, EvidenceUploads uploads, string id, long offset, ReadOnlyMemory<byte> piece, int cut, string fate)
    {
        var restarted = shop.Restarted();
        switch (fate)
        {
            case "sent":
                Assert.True((await uploads.AppendAsync(shop.Agent, id, offset, new MemoryStream(piece.ToArray()), Ct)).Stand is UploadStand.Going or UploadStand.Whole);
                return uploads;
            case "line broke":
                await Assert.ThrowsAsync<IOException>(() => uploads.AppendAsync(shop.Agent, id, offset, new BrokenStream(piece[..cut].ToArray()), Ct));
                Assert.Equal(offset + cut, (await uploads.StateAsync(shop.Agent, id, Ct))!.Offset);
                return uploads;
            case "disk full":
                restarted.Write = (_, _, _, _) => throw new IOException("No space left on device", 28);
                var answer = await restarted.AppendAsync(shop.Agent, id, offset, new MemoryStream(piece.ToArray()), Ct);
                Assert.Equal((piece.Length == 0 ? UploadStand.Whole : UploadStand.DiskFull, piece.Length == 0 ? answer.Offset : offset), (answer.Stand, answer.Offset));
                return uploads;
            default:
                // Half of what was to be written is, and the program is gone.
                restarted.Write = async (file, bytes, at, cancellation) =>
                {
                    await RandomAccess.WriteAsync(file, bytes[..Math.Min(cut, bytes.Length)], at, cancellation);
                    throw new InvalidOperationException("killed");
                };
                if (piece.Length > 0) await Assert.ThrowsAsync<InvalidOperationException>(() => restarted.AppendAsync(shop.Agent, id, offset, new MemoryStream(piece.ToArray()), Ct));
                return shop.Restarted();
        }
    }

    private static string[] Incoming(TestShop shop) =>
        shop.Db.Services.GetRequiredService<DataFolder>().PathOf("files", "incoming") is var folder && Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
}

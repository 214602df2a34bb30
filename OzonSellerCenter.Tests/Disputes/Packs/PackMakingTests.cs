using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes.Packs;

/// <summary>Packs are asked for, made, stopped, cut off.</summary>
public sealed class PackMakingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Two_clicks_ask_for_one_pack_and_another_person_gets_one_of_his_own(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.AskAsync(dispute)));
        Assert.Single(ids.Distinct());
        var (outcome, other) = await shop.Get<PackActions>().AskAsync(shop.Support, dispute.Id, "zh-Hans", Ct);
        Assert.True(outcome.IsDone);
        Assert.NotEqual(ids[0], other);
        Assert.Equal("LanguageUnknown", (await shop.Get<PackActions>().AskAsync(shop.Agent, dispute.Id, "fr", Ct)).Outcome.Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Cases_and_packs_of_others_are_not_there(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        var (actions, queries) = (shop.Get<PackActions>(), shop.Get<PackQueries>());
        Assert.Equal("NotFound", (await actions.AskAsync(stranger, dispute.Id, "ru", Ct)).Outcome.Refusal?.Key);
        var waiting = await shop.AskAsync(dispute);
        Assert.Equal("NotFound", (await actions.CancelAsync(stranger, waiting, Ct)).Refusal?.Key);
        Assert.True(await shop.Get<PackMaker>().MakeNextAsync(shop.Store.Id, Ct));
        Assert.Empty(await queries.OfDisputeAsync(stranger, dispute.Id, Ct));
        Assert.Null(await queries.TakeOutAsync(stranger, waiting, "zip", Ct));
        var pack = await shop.PackAsync(waiting);
        Assert.Equal(new PackFile(pack.ZipSha256!, $"{dispute.Number}-{pack.Id}-ru.zip"), await queries.TakeOutAsync(shop.Support, waiting, "zip", Ct));
        Assert.Equal("pack.download", await shop.ReadAsync(db => db.AuditEntries.OrderByDescending(a => a.Id).Select(a => a.Action).FirstAsync(Ct)));
    }

    [Fact]
    public async Task A_pack_of_200_items_is_made_within_ten_seconds_and_each_hash_is_that_of_the_original()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync();
        var wanted = new List<string>();
        using var view = new MemoryStream(PackBench.Photo(1));
        var copy = (await shop.Get<ContentFiles>().SaveAsync(view, long.MaxValue, Ct))!.Sha256;
        for (var i = 0; i < 200; i++)
        {
            var item = (i % 4) switch
            {
                0 => await shop.EvidenceAsync(dispute, PackBench.Text($"Письмо {i}\n" + string.Concat(Enumerable.Repeat("Здравствуйте! 退货说明 2 490 ₽\n", 40))), $"Письмо {i}.txt", "text/plain"),
                1 => await shop.EvidenceAsync(dispute, Bytes(i, 400_000), $"видео {i}.mp4", "video/mp4"),

                // As telephones take them; of every other there is a copy for viewing, as of all that were uploaded.
                _ => await shop.EvidenceAsync(dispute, PackBench.Photo(i, 3000, 2250), $"фото {i}.jpg", "image/jpeg", e =>
                {
                    if (i % 4 == 2) e.ViewSha256 = copy;
                    return e;
                }),
            };
            wanted.Add(item.Sha256);
        }

        var id = await shop.AskAsync(dispute);
        var watch = Stopwatch.StartNew();
        Assert.True(await shop.Get<PackMaker>().MakeNextAsync(shop.Store.Id, Ct));
        var took = watch.Elapsed;
        var pack = await shop.PackAsync(id);
        TestContext.Current.TestOutputHelper?.WriteLine($"200 items: {took.TotalSeconds:0.00} s, {pack.Size / 1_000_000} MB");
        Assert.Equal(PackState.Ready, pack.State);
        using var zip = shop.ZipOf(pack);
        Assert.Equal(wanted, zip.Entries.Where(e => e.FullName.StartsWith("evidence/", StringComparison.Ordinal)).Select(PackBench.HashOf));
        var words = shop.TextOf(pack);
        Assert.All(wanted, hash => Assert.Contains($"SHA-256{hash}", words, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 50).Select(i => $"Письмо{4 * i}"), letter => Assert.Contains(letter, words, StringComparison.Ordinal));
        Assert.True(took < TimeSpan.FromSeconds(10), $"{took}");
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_pack_that_is_stopped_in_the_middle_leaves_nothing(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await WithLettersAsync(shop, 40);
        var id = await shop.AskAsync(dispute);
        var told = await WhileMakingAsync(shop, async done =>
        {
            if (done == 10) Assert.True((await shop.Get<PackActions>().CancelAsync(shop.Support, id, Ct)).IsDone);
        }, Ct);
        var pack = await shop.PackAsync(id);
        Assert.Equal((PackState.Cancelled, null, null, 10), (pack.State, pack.PdfSha256, pack.Error, pack.Done));
        Assert.Equal(Enumerable.Range(1, 10), told);
        Assert.Empty(shop.Unfinished());
        Assert.Equal("PackOver", (await shop.Get<PackActions>().CancelAsync(shop.Agent, id, Ct)).Refusal?.Key);
        Assert.Equal(PackState.Ready, (await shop.MakeAsync(dispute)).State);
    }

    [Fact]
    public async Task A_pack_that_was_under_way_when_the_program_was_killed_says_so_and_can_be_made_again()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await WithLettersAsync(shop, 3);
        var id = await shop.AskAsync(dispute);
        await shop.WriteAsync(async db => (await db.EvidencePacks.SingleAsync(p => p.Id == id, Ct)).State = PackState.Making);
        var folder = Directory.CreateDirectory(shop.Get<DataFolder>().PathOf("files", "packs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, $"{id}.pdf"), "%PDF-1.4 half", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{id}.zip"), "PK", Ct);
        var printer = new PackPrinter(shop.Get<PackMaker>());
        await printer.WorkOffAsync(shop.Store.Id, Ct);
        var pack = await shop.PackAsync(id);
        Assert.Equal((PackState.Failed, "CutOff"), (pack.State, pack.Error));
        Assert.Empty(shop.Unfinished());

        var again = await shop.AskAsync(dispute);
        await printer.WorkOffAsync(shop.Store.Id, Ct);
        Assert.Equal(PackState.Ready, (await shop.PackAsync(again)).State);
    }

    [Fact]
    public async Task A_pack_whose_program_is_ended_in_good_order_is_made_after_the_start()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await WithLettersAsync(shop, 40);
        var id = await shop.AskAsync(dispute);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WhileMakingAsync(shop, done => done == 5 ? stop.CancelAsync() : Task.CompletedTask, stop.Token));
        Assert.Equal((PackState.Waiting, 0), ((await shop.PackAsync(id)).State, (await shop.PackAsync(id)).Done));
        Assert.Empty(shop.Unfinished());
        await new PackPrinter(shop.Get<PackMaker>()).WorkOffAsync(shop.Store.Id, Ct);
        Assert.Equal(PackState.Ready, (await shop.PackAsync(id)).State);
    }

    [Fact]
    public async Task An_original_that_is_gone_or_was_changed_fails_the_pack_and_is_named()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await WithLettersAsync(shop, 2);
        var video = await shop.EvidenceAsync(dispute, Bytes(1, 5000), "видео.mp4", "video/mp4");
        await File.WriteAllBytesAsync(shop.PlaceOf(video.Sha256), Bytes(2, 5000), Ct);
        var changed = await shop.MakeAsync(dispute);
        Assert.Equal((PackState.Failed, "FileChanged:3", null), (changed.State, changed.Error, changed.ZipSha256));
        File.Delete(shop.PlaceOf(video.Sha256));
        Assert.Equal("FileMissing:3", (await shop.MakeAsync(dispute)).Error);
        Assert.Empty(shop.Unfinished());
    }

    [Fact]
    public async Task A_disk_that_takes_no_more_fails_the_pack_in_words()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await WithLettersAsync(shop, 2);

        // A file where the folder should be: nothing can be written there.
        await File.WriteAllTextAsync(shop.Get<DataFolder>().PathOf("files", "packs"), "", Ct);
        var pack = await shop.MakeAsync(dispute);
        Assert.Equal((PackState.Failed, "Disk"), (pack.State, pack.Error));
        using var full = new PackStream(new FullDisk());
        full.Write([1, 2, 3], 0, 3);
        Assert.Throws<IOException>(full.ThrowIfBroken);
    }

    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<Dispute> WithLettersAsync(TestShop shop, int count)
    {
        var dispute = await shop.DisputeAsync();
        for (var i = 0; i < count; i++) await shop.EvidenceAsync(dispute, PackBench.Text($"Письмо {i}"), $"Письмо {i}.txt", "text/plain");
        return dispute;
    }

    /// <summary>Makes the pack and does something each time its progress is told; half a second passes in between.</summary>
    /// <returns>How far it was, each time it was told.</returns>
    private static async Task<List<int>> WhileMakingAsync(TestShop shop, Func<int, Task> onTold, CancellationToken stopping)
    {
        var told = new List<int>();
        shop.Db.Databases.Committed += Told;
        try
        {
            await shop.Get<PackMaker>().MakeNextAsync(shop.Store.Id, stopping);
        }
        finally
        {
            shop.Db.Databases.Committed -= Told;
        }

        return told;

        void Told(IReadOnlyList<StoreEvent> events)
        {
            var done = shop.ReadAsync(db => db.EvidencePacks.Where(p => p.State == PackState.Making && p.Done > 0).Select(p => p.Done).SingleOrDefaultAsync()).GetAwaiter().GetResult();
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
            if (done == 0 || told.Contains(done)) return;
            told.Add(done);
            onTold(done).GetAwaiter().GetResult();
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
    }
}

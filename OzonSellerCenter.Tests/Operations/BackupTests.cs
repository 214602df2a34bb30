using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Operations.Backups;

namespace OzonSellerCenter.Tests.Operations;

/// <summary>Evidence through a backup and back, and what a restore refuses.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("osc-backup-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(_folder, "backup.zip");

    [Fact]
    public async Task A_thousand_pieces_of_evidence_come_back_byte_for_byte()
    {
        var hashes = await MakeAsync(1000);
        await BackUpAsync();
        await using var restored = Node("restored");
        Assert.Equal(0, await RestoreAsync(restored));
        await restored.GetRequiredService<StartUp>().PrepareAsync(Ct);
        using var said = new StringWriter();
        Assert.Equal(0, await VerifyEvidenceCommand.RunAsync(restored, said, Ct));
        Assert.Contains("1000 pieces of evidence, 0 missing or changed", said.ToString(), StringComparison.Ordinal);
        var files = restored.GetRequiredService<ContentFiles>();
        foreach (var hash in hashes)
        {
            await using var content = files.Open(hash)!;
            Assert.Equal(hash, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, Ct)));
        }
    }

    [Fact]
    public async Task What_was_changed_or_lost_on_the_disk_is_named()
    {
        var hashes = await MakeAsync(3);
        await using var node = Node("one");
        var files = node.GetRequiredService<ContentFiles>();
        await File.AppendAllTextAsync(files.PathOf(hashes[0]), "x", Ct);
        File.Delete(files.PathOf(hashes[1]));
        using var said = new StringWriter();
        Assert.Equal(1, await VerifyEvidenceCommand.RunAsync(node, said, Ct));
        Assert.Contains($"changed ({hashes[0]})", said.ToString(), StringComparison.Ordinal);
        Assert.Contains($"missing ({hashes[1]})", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(hashes[2], said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        await MakeAsync(1);
        await BackUpAsync();
        await using var node = Node("one");
        Assert.Equal(1, await BackupCommand.RunAsync(node, Archive, TextWriter.Null, Ct));
        Assert.Equal(1, await RestoreAsync(node));
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("missing")]
    [InlineData("foreign")]
    [InlineData("climbing")]
    [InlineData("twice")]
    [InlineData("no list")]
    [InlineData("bomb")]
    public async Task A_damaged_or_hostile_archive_restores_nothing(string harm)
    {
        await MakeAsync(5);
        await BackUpAsync();
        Harm(harm);
        await using var node = Node("restored");
        using var said = new StringWriter();
        Assert.Equal(1, await RestoreCommand.RunAsync(node.GetRequiredService<DataFolder>(), Archive, said, Ct));
        Assert.Contains("Nothing was restored", said.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "restored")).Select(Path.GetFileName).Except(["keys"]));
        Assert.False(File.Exists(Path.Combine(_folder, "evil.txt")));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A shop with one case and so many files in it; the hashes of the files.</summary>
    private async Task<List<string>> MakeAsync(int count)
    {
        await using var node = Node("one");
        await node.GetRequiredService<StartUp>().PrepareAsync(Ct);
        var files = node.GetRequiredService<ContentFiles>();
        await using var db = await node.GetRequiredService<Databases>().ForSystemAsync(Ct);
        var store = new Store { Name = "Shop", ClientId = "1000001" };
        db.Stores.Add(store);
        await db.SaveChangesAsync(Ct);
        var dispute = new Dispute { StoreId = store.Id, Key = "one", OpenedAt = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) };
        db.Disputes.Add(dispute);
        await db.SaveChangesAsync(Ct);
        List<string> hashes = [];
        for (var i = 0; i < count; i++)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes($"Доказательство {i}\n{new string('x', i)}"));
            var kept = (await files.SaveAsync(content, 1_000_000, Ct))!;
            hashes.Add(kept.Sha256);
            db.EvidenceItems.Add(new EvidenceItem
            {
                StoreId = store.Id,
                DisputeId = dispute.Id,
                Kind = EvidenceKind.File,
                Side = EvidenceSide.Seller,
                Sha256 = kept.Sha256,
                Size = kept.Size,
                ContentType = "text/plain",
                Name = $"{i}.txt",
                AddedAt = dispute.OpenedAt,
            });
        }

        await db.SaveChangesAsync(Ct);
        return hashes;
    }

    private async Task BackUpAsync()
    {
        await using var node = Node("one");
        Assert.Equal(0, await BackupCommand.RunAsync(node, Archive, TextWriter.Null, Ct));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "one", "backups")));
    }

    private Task<int> RestoreAsync(ServiceProvider node) => RestoreCommand.RunAsync(node.GetRequiredService<DataFolder>(), Archive, TextWriter.Null, Ct);

    private void Harm(string harm)
    {
        using var zip = ZipFile.Open(Archive, ZipArchiveMode.Update);
        var file = zip.Entries.First(e => e.FullName.StartsWith("files/", StringComparison.Ordinal));
        switch (harm)
        {
            case "flipped":
                using (var content = file.Open())
                {
                    var first = content.ReadByte();
                    content.Position = 0;
                    content.WriteByte((byte)(first ^ 1));
                }

                break;
            case "missing":
                file.Delete();
                break;
            case "foreign":
                Write(zip, "files/aa/extra", "x");
                break;
            case "climbing":
                Write(zip, "../evil.txt", "x");
                List(zip, list => list with { Files = [.. list.Files, new BackedUpFile("../evil.txt", Convert.ToHexStringLower(SHA256.HashData("x"u8)), 1)] });
                break;
            case "twice":
                Write(zip, file.FullName, "x");
                break;
            case "no list":
                zip.GetEntry("manifest.json")!.Delete();
                break;
            default:
                // Claims to be one byte and unpacks to a hundred megabytes.
                var name = $"files/ab/ab{new string('0', 62)}";
                using (var content = zip.CreateEntry(name).Open()) content.Write(new byte[100_000_000]);
                List(zip, list => list with { Files = [.. list.Files, new BackedUpFile(name, new string('0', 64), 1)] });
                break;
        }
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var content = zip.CreateEntry(name).Open();
        content.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void List(ZipArchive zip, Func<BackupManifest, BackupManifest> change)
    {
        var entry = zip.GetEntry("manifest.json")!;
        BackupManifest list;
        using (var content = entry.Open()) list = JsonSerializer.Deserialize<BackupManifest>(content, JsonSerializerOptions.Web)!;
        entry.Delete();
        Write(zip, "manifest.json", JsonSerializer.Serialize(change(list), JsonSerializerOptions.Web));
    }

    private ServiceProvider Node(string folder)
    {
        var settings = new Dictionary<string, string?> { ["SellerCenter:DataDirectory"] = Path.Combine(_folder, folder) };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddData(configuration, _folder);
        services.AddStartUp();
        return services.BuildServiceProvider();
    }
}

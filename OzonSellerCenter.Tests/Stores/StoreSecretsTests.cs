using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Tests.Stores;

public sealed class StoreSecretsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("secrets").FullName;

    [Fact]
    public void A_key_comes_back_as_it_was_and_never_looks_the_same_twice()
    {
        var secrets = Open();
        var one = secrets.Protect(1, "ключ-канарейка");
        var two = secrets.Protect(1, "ключ-канарейка");
        Assert.Equal("ключ-канарейка", secrets.Unprotect(1, one));
        Assert.NotEqual(one, two);
        Assert.DoesNotContain("канарейка", Encoding.UTF8.GetString(one), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_copied_to_another_store_does_not_open()
    {
        var secrets = Open();
        var box = secrets.Protect(1, "key");
        Assert.ThrowsAny<CryptographicException>(() => secrets.Unprotect(2, box));
        Assert.Equal((null, "key"), (secrets.TryUnprotect(2, box), secrets.TryUnprotect(1, box)));
    }

    [Fact]
    public void A_changed_or_cut_box_does_not_open()
    {
        var secrets = Open();
        var box = secrets.Protect(1, "key");
        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => secrets.Unprotect(1, changed));
            Assert.ThrowsAny<CryptographicException>(() => secrets.Unprotect(1, box[..i]));
        }
    }

    [Fact]
    public void The_master_key_is_made_once_and_only_its_owner_reads_it()
    {
        var box = Open().Protect(1, "key");
        Assert.Equal("key", Open().Unprotect(1, box));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_root, "keys", "master.key")));
        }
    }

    [Fact]
    public async Task Processes_that_start_together_agree_on_one_key()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(Open)));
        var box = all[0].Protect(1, "key");
        Assert.All(all, secrets => Assert.Equal("key", secrets.Unprotect(1, box)));
        Assert.Single(Directory.GetFiles(Path.Combine(_root, "keys")));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private StoreSecrets Open()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("SellerCenter:DataDirectory", _root)]).Build();
        return new StoreSecrets(new MasterKey(new DataFolder(settings, _root)));
    }
}

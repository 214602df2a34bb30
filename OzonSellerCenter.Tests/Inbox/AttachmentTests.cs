using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

public sealed class AttachmentTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("фото чайника.jpg", "фото чайника.jpg")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\system32\\cmd.exe", "cmd.exe")]
    [InlineData("C:\\Users\\me\\чек.pdf", "чек.pdf")]
    [InlineData("invoice\u202Egpj.exe", "invoicegpj.exe")]
    [InlineData("a\u200Bb\uFEFFc.png", "abc.png")]
    [InlineData("line\r\nSet-Cookie: x=1.txt", "line Set-Cookie x=1.txt")]
    [InlineData("nul", "_nul")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("   ...   ", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("/", "file")]
    [InlineData("a<b>c\"d|e?f*.png", "abcdef.png")]
    [InlineData("x.png\0.exe", "x.png.exe")]
    [InlineData("file.txt:stream", "file.txtstream")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("退货说明.pdf", "退货说明.pdf")]
    public void Names_lose_what_could_mislead_or_harm(string? given, string kept) => Assert.Equal(kept, FileNames.Clean(given));

    [Fact]
    public void Any_name_becomes_a_short_one_without_path_or_hidden_signs() => Gen.String.Sample(given =>
    {
        var name = FileNames.Clean(given);
        Assert.InRange(name.Length, 1, 120);
        Assert.DoesNotContain(name, c => c is '/' or '\\' or ':' || char.IsControl(c));
        Assert.NotEqual("..", name);
        Assert.Equal(name, FileNames.Clean(name));
    });

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = FileNames.Clean(new string('я', 500) + ".jpeg");
        Assert.Equal(120, name.Length);
        Assert.EndsWith(".jpeg", name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("89504E470D0A1A0A", true)]
    [InlineData("FFD8FFE0", true)]
    [InlineData("474946383961", true)]
    [InlineData("474946383761", true)]
    [InlineData("524946460000000057454250", true)]
    [InlineData("3C7376672078", false)] // <svg x
    [InlineData("3C68746D6C3E", false)] // <html>
    [InlineData("4D5A9000", false)] // an executable
    [InlineData("255044462D", false)] // %PDF-
    [InlineData("00000018667479706865696320", false)] // HEIC
    [InlineData("FFD8", false)]
    [InlineData("", false)]
    public void What_a_file_is_stands_in_its_first_bytes(string hex, bool image) => Assert.Equal(image, FileKind.Of(Convert.FromHexString(hex)).IsImage);

    [Fact]
    public async Task A_page_called_photo_is_no_image_and_an_image_called_page_gets_its_own_extension()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await AttachAsync(shop, conversation, "фото.png", "<html><script>alert(1)</script>"u8.ToArray());
        await AttachAsync(shop, conversation, "page.html", Png);
        var files = (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Files;
        Assert.Equal([("фото.png", false), ("page.html.png", true)], files.Select(f => (f.Name, f.IsImage)));
    }

    [Fact]
    public async Task Files_lie_under_their_hash_once_and_empty_or_large_ones_are_refused()
    {
        await using var shop = await TestShop.OpenAsync(settings: ("Inbox:MaxFileMegabytes", "1"));
        var conversation = await shop.ConversationAsync();
        await AttachAsync(shop, conversation, "a.png", Png);
        await AttachAsync(shop, conversation, "b.png", Png);
        var store = shop.Db.Services.GetRequiredService<AttachmentFiles>();
        var hashes = await shop.ReadAsync(db => db.Attachments.Select(a => a.Sha256!).ToListAsync(Ct));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Png)), Assert.Single(hashes.Distinct()));
        Assert.True(File.Exists(store.PathOf(hashes[0])));

        Assert.Equal("FileRefused", (await shop.Drafts.AttachAsync(shop.Agent, conversation.Id, "c.bin", new MemoryStream(), Ct)).Refusal?.Key);
        Assert.Equal("FileRefused", (await shop.Drafts.AttachAsync(shop.Agent, conversation.Id, "d.bin", new MemoryStream(new byte[1024 * 1024 + 1]), Ct)).Refusal?.Key);
        Assert.Equal(2, await shop.ReadAsync(db => db.Attachments.CountAsync(Ct)));
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(store.PathOf(hashes[0])))!;
        Assert.Single(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_draft_holds_ten_files_each_can_be_taken_off_and_nobody_else_may()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        for (var i = 0; i < 10; i++) await AttachAsync(shop, conversation, $"{i}.png", Png);
        Assert.Equal("TooManyFiles", (await shop.Drafts.AttachAsync(shop.Agent, conversation.Id, "11.png", new MemoryStream(Png), Ct)).Refusal?.Key);
        var file = (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Files[0];
        Assert.Equal("NotFound", (await shop.Drafts.DetachAsync(shop.Owner, file.Id, Ct)).Refusal?.Key);
        Assert.True((await shop.Drafts.DetachAsync(shop.Agent, file.Id, Ct)).IsDone);
        Assert.Equal(9, (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Files.Count);
    }

    [Fact]
    public async Task Nothing_is_written_to_the_disk_for_a_stranger()
    {
        await using var shop = await TestShop.OpenAsync();
        var (other, stranger) = await shop.OtherStoreAsync();
        var conversation = await shop.ConversationAsync();
        var outcome = await shop.Drafts.AttachAsync(stranger, conversation.Id, "a.png", new MemoryStream(Png), Ct);
        Assert.Equal("NotFound", outcome.Refusal?.Key);
        Assert.False(Directory.Exists(shop.Db.Services.GetRequiredService<DataFolder>().PathOf("files")));
    }

    private static async Task AttachAsync(TestShop shop, Conversation conversation, string name, byte[] content) =>
        Assert.True((await shop.Drafts.AttachAsync(shop.Agent, conversation.Id, name, new MemoryStream(content), Ct)).IsDone);
}

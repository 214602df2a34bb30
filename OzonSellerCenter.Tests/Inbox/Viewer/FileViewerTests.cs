using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Viewer;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox.Viewer;

/// <summary>Files of a conversation looked at over the page.</summary>
public sealed class FileViewerTests : IDisposable
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private static readonly byte[] Page = "<script>alert(1)</script><b>Чек</b>"u8.ToArray();
    private static readonly byte[] Pdf = "%PDF-1.4\n"u8.ToArray();
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public FileViewerTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task The_viewer_says_which_of_how_many_it_is_and_goes_on_and_back_to_the_ends()
    {
        await using var shop = await TestShop.OpenAsync();
        var (conversation, files) = await SentAsync(shop, ("1.png", Png), ("setup.exe", Pdf), ("2.txt", Page), ("3.png", Png));
        await using var window = shop.WindowOf(shop.Agent);
        var viewer = Render(window, shop.Agent, conversation);
        Assert.Empty(viewer.FindAll("dialog"));

        Assert.True(await viewer.InvokeAsync(() => viewer.Instance.OpenAsync(files["2.txt"], showsPdf: true)));
        Assert.Equal(("2.txt", "2 of 3"), NameAndPlace(viewer));
        Assert.Null(viewer.Find("[data-step='-1']").GetAttribute("aria-disabled"));

        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(1));
        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(1));
        Assert.Equal(("3.png", "3 of 3"), NameAndPlace(viewer));
        Assert.Equal("true", viewer.Find("[data-step='1']").GetAttribute("aria-disabled"));
        Assert.Equal("Picture 3.png", viewer.Find("img").GetAttribute("alt"));
        Assert.Equal($"/files/attachments/{files["3.png"]}", viewer.Find("a[download]").GetAttribute("href"));

        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(-1));
        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(-1));
        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(-1));
        Assert.Equal(("1.png", "1 of 3"), NameAndPlace(viewer));
        await viewer.InvokeAsync(viewer.Instance.Closed);
        Assert.Empty(viewer.FindAll("dialog"));
    }

    [Theory]
    [InlineData("чек.txt", "<pre", "text")]
    [InlineData("чек.pdf", "<pre", "text")]
    [InlineData("чек.pdf", "<iframe", "pdf")]
    [InlineData("чек.txt", "<iframe", "pdf")]
    [InlineData("чек.txt", "data-picture", "png")]
    [InlineData("чек.txt", "viewer-none", "zip")]
    public async Task What_a_file_is_shown_as_stands_in_its_bytes(string name, string shown, string kind)
    {
        await using var shop = await TestShop.OpenAsync();
        byte[] bytes = kind switch { "text" => Page, "pdf" => Pdf, "png" => Png, _ => [0x50, 0x4B, 3, 4] };
        var (conversation, files) = await SentAsync(shop, (name, bytes));
        await using var window = shop.WindowOf(shop.Agent);
        var viewer = Render(window, shop.Agent, conversation);
        await viewer.InvokeAsync(() => viewer.Instance.OpenAsync(files.Values.Single(), showsPdf: true));
        Assert.Contains(shown, viewer.Markup, StringComparison.Ordinal);
        Assert.Empty(viewer.FindAll("script, object, embed, iframe:not([src$='/preview'])"));
        if (kind == "text") Assert.Equal("<script>alert(1)</script><b>Чек</b>", viewer.Find("pre").TextContent);
    }

    [Fact]
    public async Task A_browser_without_a_PDF_reader_offers_the_download()
    {
        await using var shop = await TestShop.OpenAsync();
        var (conversation, files) = await SentAsync(shop, ("чек.pdf", Pdf));
        await using var window = shop.WindowOf(shop.Agent);
        var viewer = Render(window, shop.Agent, conversation);
        await viewer.InvokeAsync(() => viewer.Instance.OpenAsync(files["чек.pdf"], showsPdf: false));
        Assert.Empty(viewer.FindAll("iframe"));
        Assert.NotNull(viewer.Find("[data-testid=viewer-none] a[download]"));
    }

    [Fact]
    public async Task Of_a_long_text_the_beginning_is_shown_and_said_so()
    {
        await using var shop = await TestShop.OpenAsync();
        var (conversation, files) = await SentAsync(shop, ("long.txt", new byte[ViewerQueries.MaxText + 1].Select(_ => (byte)'x').ToArray()));
        await using var window = shop.WindowOf(shop.Agent);
        var viewer = Render(window, shop.Agent, conversation);
        await viewer.InvokeAsync(() => viewer.Instance.OpenAsync(files["long.txt"], showsPdf: true));
        Assert.Equal(ViewerQueries.MaxText, viewer.Find("pre").TextContent.Length);
        Assert.Contains("goes on in the file", viewer.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_another_store_and_of_drafts_are_not_there()
    {
        await using var shop = await TestShop.OpenAsync();
        var (conversation, files) = await SentAsync(shop, ("1.png", Png), ("чек.pdf", Pdf));
        await shop.Drafts.AttachAsync(shop.Agent, conversation.Id, "draft.png", new MemoryStream(Png), Ct);
        var (_, stranger) = await shop.OtherStoreAsync();
        var queries = shop.Db.Services.GetRequiredService<ViewerQueries>();
        Assert.Equal(["1.png", "чек.pdf"], (await queries.FilesAsync(shop.Agent, conversation.Id, Ct)).Select(f => f.Name));
        Assert.Empty(await queries.FilesAsync(stranger, conversation.Id, Ct));
        Assert.Null(await queries.OpenPdfAsync(stranger, files["чек.pdf"], Ct));
        Assert.Null(await queries.OpenPdfAsync(shop.Agent, files["1.png"], Ct));

        await using var window = shop.WindowOf(stranger);
        var viewer = Render(window, stranger, conversation);
        Assert.False(await viewer.InvokeAsync(() => viewer.Instance.OpenAsync(files["1.png"], showsPdf: true)));
        Assert.Empty(viewer.FindAll("dialog"));
    }

    [Theory]
    [InlineData("a.png", true, true)]
    [InlineData("чек.PDF", false, true)]
    [InlineData("a.txt", false, true)]
    [InlineData("a.svg", false, false)]
    [InlineData("a.html", false, false)]
    [InlineData("a.zip", false, false)]
    [InlineData("a", false, false)]
    public async Task In_the_log_what_can_be_looked_at_opens_the_viewer_and_the_rest_is_saved(string name, bool isImage, bool opens)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var file = window.Render<MessageFile>(p => p.Add(f => f.File, new ShownFile(7, name, isImage, 10, true, Moderation.None)));
        Assert.Equal(opens ? "7" : null, file.Find("a").GetAttribute("data-file-id"));
        Assert.Equal("/files/attachments/7", file.Find("a").GetAttribute("href"));
        if (!opens) Assert.Equal(name, file.Find("a").GetAttribute("download"));
    }

    private static IRenderedComponent<FileViewer> Render(BunitContext window, CurrentUser user, Conversation conversation) =>
        window.Render<FileViewer>(p => p.Add(v => v.User, user).Add(v => v.ConversationId, conversation.Id));

    private static (string Name, string Place) NameAndPlace(IRenderedComponent<FileViewer> viewer) =>
        (viewer.Find("[data-testid=viewer-name]").TextContent, viewer.Find("[data-testid=viewer-place]").TextContent);

    /// <summary>A message of ours with files, and their ids by name.</summary>
    private static async Task<(Conversation Conversation, Dictionary<string, long> Files)> SentAsync(TestShop shop, params (string Name, byte[] Content)[] files)
    {
        var conversation = await shop.ConversationAsync();
        var stored = shop.Db.Services.GetRequiredService<AttachmentFiles>();
        var rows = new List<Attachment>();
        foreach (var (name, content) in files)
        {
            var file = (await stored.SaveAsync(new MemoryStream(content), 1_000_000, Ct))!;
            rows.Add(new Attachment { StoreId = shop.Store.Id, ConversationId = conversation.Id, Name = name, IsImage = file.Kind.IsImage, Size = file.Size, Sha256 = file.Sha256 });
        }

        await shop.MessageAsync(conversation, change: m => m.Attachments.AddRange(rows));
        return (conversation, await shop.ReadAsync(db => db.Attachments.ToDictionaryAsync(a => a.Name, a => a.Id, Ct)));
    }
}

using System.Globalization;
using Bunit;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Disputes.Evidence.SampleFiles;

namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>The card with the tiles, and what opens from it.</summary>
public sealed class EvidenceCardTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public EvidenceCardTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_tile_says_whose_it_is_what_it_is_and_who_added_it_and_new_ones_come_by_themselves()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        await shop.EvidenceAsync(dispute);
        await using var window = shop.WindowOf(shop.Agent);
        var card = Card(window, shop.Agent, dispute);
        Assert.Contains("Frozen copy", Tiles(card)[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Order record", Tiles(card)[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("PDF up to 50", card.Find("[data-testid=evidence-drop]").TextContent, StringComparison.Ordinal);

        var item = await shop.ItemAsync((await shop.UploadAsync(dispute, Film("isom"), "packing.mp4", EvidenceRole.PackingVideo)).EvidenceId);
        card.WaitForState(() => Tiles(card).Count == 2, Limit);
        foreach (var words in new[] { "Seller", "packing.mp4", "MP4 · 0:07", shop.Agent.Name, item.Sha256[..4], item.Sha256[^4..] }) Assert.Contains(words, Tiles(card)[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("1", Tiles(card)[1].QuerySelector("[data-testid=evidence-role] option[selected]")?.GetAttribute("value") ?? Tiles(card)[1].QuerySelector("[data-testid=evidence-role]")!.GetAttribute("value"));
        Assert.Equal("2 stored", card.Find("[data-testid=evidence-count]").TextContent);
    }

    [Fact]
    public async Task Withdrawing_wants_a_reason_and_what_is_typed_outlives_what_happens_meanwhile()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        await shop.UploadAsync(dispute, Good["jpg"]());
        await using var window = shop.WindowOf(shop.Agent);
        var card = Card(window, shop.Agent, dispute);
        await card.InvokeAsync(() => card.Find("[data-testid=withdraw]").ClickAsync());
        await card.InvokeAsync(() => card.Find("[data-testid=withdraw-do]").ClickAsync());
        card.WaitForAssertion(() => Assert.Contains("Say why", card.Find("[role=alert]").TextContent, StringComparison.Ordinal), Limit);
        await card.InvokeAsync(() => card.Find("[data-testid=withdraw-why]").ChangeAsync("not this parcel"));
        await shop.UploadAsync(dispute, Good["pdf"](), "act.pdf");
        card.WaitForState(() => Tiles(card).Count == 2, Limit);
        Assert.Equal("not this parcel", card.Find("[data-testid=withdraw-why]").GetAttribute("value"));
        await card.InvokeAsync(() => card.Find("[data-testid=withdraw-do]").ClickAsync());
        card.WaitForAssertion(() => Assert.Contains("not this parcel", card.Find("[data-testid=withdrawn]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Contains("gone", Tiles(card)[1].ClassList);
        await card.InvokeAsync(() => card.Find("[data-testid=restore]").ClickAsync());
        card.WaitForState(() => card.FindAll("[data-testid=withdrawn]").Count == 0, Limit);
    }

    [Fact]
    public async Task Caption_and_purpose_are_kept_and_the_desk_only_reads()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        var id = (await shop.UploadAsync(dispute, Good["jpg"]())).EvidenceId;
        await using (var window = shop.WindowOf(shop.Agent))
        {
            var card = Card(window, shop.Agent, dispute);
            await card.InvokeAsync(() => card.Find("[data-testid=evidence-caption]").ChangeAsync("The seam"));
            await card.InvokeAsync(() => card.Find("[data-testid=evidence-role]").ChangeAsync("2"));
        }

        Assert.Equal(("The seam", EvidenceRole.DefectPhoto), (await shop.ItemAsync(id) is var item ? item.Caption : "", item.Role));
        await using var desk = shop.WindowOf(shop.Support);
        var read = Card(desk, shop.Support, dispute);
        Assert.Contains("The seam", Tiles(read)[0].TextContent, StringComparison.Ordinal);
        Assert.Empty(read.FindAll("[data-testid=evidence-drop], [data-testid=withdraw], [data-testid=evidence-role]"));
    }

    [Fact]
    public async Task Evidence_of_others_is_not_there()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        await shop.EvidenceAsync(dispute);
        var (_, stranger) = await shop.OtherStoreAsync();
        await using var window = shop.WindowOf(stranger);
        var card = window.Render<EvidenceCard>(p => p.Add(c => c.User, stranger).Add(c => c.Dispute, dispute).Add(c => c.MayAdd, true));
        card.WaitForState(() => card.Markup.Contains("No evidence yet", StringComparison.Ordinal), Limit);
        Assert.Empty(card.FindAll("[data-testid=evidence-tile], [data-testid=evidence-drop]"));
    }

    [Fact]
    public async Task The_viewer_shows_pictures_films_and_documents_in_turn_and_leaves_the_rest_to_be_saved()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        var ids = new List<long>();
        foreach (var extension in new[] { "jpg", "heic", "mp4", "pdf" }) ids.Add((await shop.UploadAsync(dispute, Good[extension](), $"a.{extension}")).EvidenceId!.Value);
        var record = await shop.Files().SaveAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes("Заказ 0138-4821-1 доставлен")), 1000, CancellationToken.None);
        ids.Add((await shop.EvidenceAsync(dispute, "order.txt", sha256: record!.Sha256)).Id);
        await using var window = shop.WindowOf(shop.Agent);
        var card = Card(window, shop.Agent, dispute, tiles: 5);
        Assert.Contains("No preview", Tiles(card)[1].TextContent, StringComparison.Ordinal);
        var viewer = card.FindComponent<EvidenceViewer>();
        Assert.False(await viewer.InvokeAsync(() => viewer.Instance.OpenAsync(ids[1], true)));
        Assert.True(await viewer.InvokeAsync(() => viewer.Instance.OpenAsync(ids[0], true)));
        Assert.Equal($"/files/evidence/{ids[0]}/view", viewer.Find("[data-picture]").GetAttribute("src"));
        Assert.Equal("1 of 4", viewer.Find("[data-testid=viewer-place]").TextContent);
        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(-1));
        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(1));
        Assert.Equal($"/files/evidence/{ids[2]}", viewer.Find("[data-testid=viewer-video]").GetAttribute("src"));
        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(1));
        Assert.Single(viewer.FindAll("[data-testid=viewer-pdf]"));
        await viewer.InvokeAsync(() => viewer.Instance.StepAsync(1));
        Assert.Equal("Заказ 0138-4821-1 доставлен", viewer.Find("[data-testid=viewer-text]").TextContent);
        await viewer.InvokeAsync(viewer.Instance.Closed);
        Assert.Empty(viewer.FindAll("[data-testid=evidence-viewer]"));
    }

    [Fact]
    public async Task The_buyers_photo_is_held_beside_the_listings_and_over_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.CaseAsync();
        foreach (var (name, kind, side) in new[] { ("cracked", EvidenceKind.BuyerPhoto, EvidenceSide.Buyer), ("box", EvidenceKind.BuyerPhoto, EvidenceSide.Buyer), ("listing", EvidenceKind.ListingPhoto, EvidenceSide.Record) })
            await shop.EvidenceAsync(dispute, name, kind, side, view: new string('a', 64));
        await using var window = shop.WindowOf(shop.Support);
        var card = Card(window, shop.Support, dispute, tiles: 3);
        await card.InvokeAsync(() => card.Find("[data-testid=compare]").ClickAsync());
        var compare = card.FindComponent<PhotoCompare>();
        Assert.Equal(["cracked", "listing"], compare.FindAll("figure img").Select(i => i.GetAttribute("alt")));
        await compare.InvokeAsync(() => compare.FindAll("select")[0].ChangeAsync("1"));
        await compare.InvokeAsync(() => compare.Find("[data-testid=overlay]").ClickAsync());
        Assert.Equal(["listing", "box"], compare.FindAll(".over img").Select(i => i.GetAttribute("alt")));
        Assert.Equal("range", compare.Find("[data-testid=compare-cut]").GetAttribute("type"));
    }

    private static IRenderedComponent<EvidenceCard> Card(BunitContext window, CurrentUser user, Dispute dispute, int tiles = 1)
    {
        var card = window.Render<EvidenceCard>(p => p.Add(c => c.User, user).Add(c => c.Dispute, dispute).Add(c => c.MayAdd, true));
        card.WaitForState(() => Tiles(card).Count == tiles, Limit);
        return card;
    }

    private static List<AngleSharp.Dom.IElement> Tiles(IRenderedComponent<EvidenceCard> card) => [.. card.FindAll("[data-testid=evidence-tile]")];
}

using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes.Packs;

/// <summary>Packs of a case on the screen.</summary>
public sealed class PackScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public PackScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_pack_is_asked_for_seen_growing_and_saved()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var panel = Panel(window, shop.Agent, dispute);
        panel.WaitForState(() => panel.Markup.Contains("No pack has been made yet", StringComparison.Ordinal), Limit);
        await panel.Find("[data-testid=pack-language]").ChangeAsync("zh-Hans");
        await panel.Find("[data-testid=pack-form]").SubmitAsync();
        panel.WaitForElement("[data-state=Waiting]", Limit);
        Assert.True(panel.Find("[data-testid=pack-make]").HasAttribute("disabled"));

        await ChangeAsync(shop, dispute, p => (p.State, p.Done, p.Total) = (PackState.Making, 7, 20));
        panel.WaitForElement("progress[value='7'][max='20']", Limit);
        await ChangeAsync(shop, dispute, p =>
        {
            p.End(PackState.Ready, shop.Now);
            (p.PdfSha256, p.ZipSha256, p.Size) = (new string('a', 64), new string('b', 64), 4_100_000);
        });
        panel.WaitForElement("[data-testid=pack-zip]", Limit);
        var id = await shop.ReadAsync(db => db.EvidencePacks.Select(p => p.Id).SingleAsync(Ct));
        Assert.Equal(($"/files/packs/{id}.pdf", $"/files/packs/{id}.zip"), (panel.Find("[data-testid=pack-pdf]").GetAttribute("href"), panel.Find("[data-testid=pack-zip]").GetAttribute("href")));
        var shown = panel.Find("[data-testid=pack]").TextContent;
        foreach (var words in new[] { "Ready", "简体中文", "user-1000001-Agent", "3.9\u00a0MB", new string('b', 64) }) Assert.Contains(words, shown, StringComparison.Ordinal);
        Assert.False(panel.Find("[data-testid=pack-make]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_pack_can_be_stopped_and_a_failure_says_which_piece_and_what_to_do()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync();
        await shop.AskAsync(dispute);
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop.Support, dispute);
        panel.WaitForElement("[data-testid=pack-stop]", Limit);
        Assert.False(panel.Find("[data-testid=pack-make]").HasAttribute("disabled"));
        await panel.Find("[data-testid=pack-stop]").ClickAsync();
        panel.WaitForElement("[data-state=Cancelled]", Limit);
        await ChangeAsync(shop, dispute, p => p.End(PackState.Failed, shop.Now, "FileMissing:7"));
        panel.WaitForElement("[data-state=Failed]", Limit);
        Assert.Contains("The original of piece 7 is not on this machine.", panel.Markup, StringComparison.Ordinal);

        var (_, stranger) = await shop.OtherStoreAsync();
        await using var other = shop.WindowOf(stranger);
        var nothing = Panel(other, stranger, dispute);
        nothing.WaitForState(() => nothing.Markup.Contains("No pack has been made yet", StringComparison.Ordinal), Limit);
        await nothing.Find("[data-testid=pack-form]").SubmitAsync();
        nothing.WaitForState(() => nothing.Markup.Contains("There is no such case or pack.", StringComparison.Ordinal), Limit);
    }

    private static IRenderedComponent<PackPanel> Panel(BunitContext window, CurrentUser user, Dispute dispute) =>
        window.Render<PackPanel>(p => p.Add(x => x.User, user).Add(x => x.Dispute, dispute));

    /// <summary>As the maker writes it: row and event in one commit.</summary>
    private static Task ChangeAsync(TestShop shop, Dispute dispute, Action<EvidencePack> change) => shop.WriteAsync(async db =>
    {
        change(await db.EvidencePacks.SingleAsync(Ct));
        DisputeBook.Announce(db, dispute);
    });
}

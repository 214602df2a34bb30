using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders.Labels;

public sealed class LabelScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public LabelScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_label_is_asked_for_waited_for_with_the_time_of_the_next_try_and_seen_in_the_page()
    {
        await using var shop = await TestShop.OpenAsync();
        await LabelActionsTests.PostingAsync(shop, "1-1");
        await using var window = shop.WindowOf(shop.Agent);
        var panel = Panel(window, shop, "1-1");
        panel.WaitForElement("[data-testid=label-make]", Limit);
        await panel.Find("[data-testid=label-make]").ClickAsync();
        panel.WaitForElement("[data-state=Waiting]", Limit);
        Assert.Empty(panel.FindAll("[data-testid=label-make]"));
        var id = await shop.ReadAsync(db => db.LabelJobs.Select(j => j.Id).SingleAsync(Ct));

        await ChangeAsync(shop, j => j.Take([new LabelFile(7, "big_label"), new LabelFile(8, "small_label")], shop.Now));
        await ChangeAsync(shop, j => j.Await(j.Files, shop.Now));
        panel.WaitForState(() => panel.FindAll("[data-state=Asked]").Count == 1 && panel.Markup.Contains("has not finished the labels yet", StringComparison.Ordinal), Limit);
        Assert.Equal("15:00:04", panel.Find("[data-testid=label-next]").TextContent);

        await ChangeAsync(shop, j => j.Finish([new LabelFile(7, "big_label", new string('a', 64), 5, 1), new LabelFile(8, "small_label", IsRefused: true)], shop.Now, null));
        panel.WaitForElement("iframe", Limit);
        Assert.Equal(($"/orders/labels/{id}.pdf?n=0", "Preview: Large labels"), (panel.Find("iframe").GetAttribute("src"), panel.Find("iframe").GetAttribute("title")));
        Assert.Equal($"/orders/labels/{id}.pdf?n=0", panel.Find("[data-testid=label-download]").GetAttribute("href"));
        Assert.Single(panel.FindAll("[data-testid=label-file]"));
        await panel.Find("[data-testid=label-preview]").ClickAsync();
        Assert.Empty(panel.FindAll("iframe"));
        Assert.Equal("Make it again", panel.Find("[data-testid=label-make]").TextContent);
    }

    [Fact]
    public async Task The_page_of_a_job_names_what_has_no_label_and_says_what_went_wrong()
    {
        await using var shop = await TestShop.OpenAsync();
        await LabelActionsTests.PostingAsync(shop, "1-1");
        await LabelActionsTests.PostingAsync(shop, "2-1");
        await using var window = shop.WindowOf(shop.Agent);
        var id = await AskAsync(shop, "1-1", "2-1");
        var page = window.Render<LabelJobPage>(p => p.Add(l => l.Id, id));
        page.WaitForElement("[data-testid=label-job]", Limit);
        Assert.Contains("2 postings", page.Find("header").TextContent, StringComparison.Ordinal);
        await ChangeAsync(shop, j =>
        {
            j.Name(new Dictionary<string, string> { ["2-1"] = "HAS_INCORRECT_STATUS" });
            j.Finish([new LabelFile(7, "big_label", new string('a', 64), 5, 1)], shop.Now, null);
        });
        page.WaitForElement("iframe", Limit);
        Assert.Contains("1 of 2", page.Find("[data-testid=label-file]").TextContent, StringComparison.Ordinal);
        var named = page.Find("[data-testid=label-unprinted]").TextContent;
        foreach (var words in new[] { "1 posting has no label", "2-1", "does not await shipment any more" }) Assert.Contains(words, named, StringComparison.Ordinal);

        var panel = Panel(window, shop, "1-1");
        panel.WaitForElement("[data-testid=label-job]", Limit);
        Assert.Contains("Printed together with 1 other posting.", panel.Markup, StringComparison.Ordinal);
        await ChangeAsync(shop, j => j.Fail(shop.Now, "NothingPrinted", "NO_POSTINGS_FOR_BATCH_DOWNLOAD"));
        page.WaitForElement("[data-state=Failed]", Limit);
        Assert.Contains("Ozon says: NO_POSTINGS_FOR_BATCH_DOWNLOAD", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_sees_no_label_and_a_posting_that_needs_none_shows_none()
    {
        await using var shop = await TestShop.OpenAsync();
        await LabelActionsTests.PostingAsync(shop, "1-1");
        await shop.PostingAsync("2-1", "delivered");
        var id = await AskAsync(shop, "1-1");
        await using var window = shop.WindowOf(shop.Support);
        var page = window.Render<LabelJobPage>(p => p.Add(l => l.Id, id));
        page.WaitForState(() => page.Markup.Contains("There are no such labels", StringComparison.Ordinal), Limit);
        Assert.Equal("", window.Render<LabelPanel>(p => p.Add(l => l.User, shop.Support).Add(l => l.PostingNumber, "1-1")).Markup.Trim());
        Assert.Equal("", Panel(window, shop, "2-1").Markup.Trim());
    }

    private static IRenderedComponent<LabelPanel> Panel(BunitContext window, TestShop shop, string number) =>
        window.Render<LabelPanel>(p => p.Add(l => l.User, shop.Agent).Add(l => l.PostingNumber, number));

    private static async Task<long> AskAsync(TestShop shop, params string[] numbers) =>
        Assert.Single((await new LabelActions(shop.Db.Databases, shop.Clock).AskAsync(shop.Agent, numbers, Guid.NewGuid(), Ct)).Jobs);

    /// <summary>As the printer writes it: row and event in one commit.</summary>
    private static Task ChangeAsync(TestShop shop, Action<LabelJob> change) => shop.WriteAsync(async db =>
    {
        var job = await db.LabelJobs.Include(j => j.Labels).SingleAsync(Ct);
        change(job);
        db.Announce(job.StoreId, EventKind.Labels, job.Id.ToString(CultureInfo.InvariantCulture));
    });
}

using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Tracking;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders.Tracking;

public sealed class TrackingScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public TrackingScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_list_is_seen_line_by_line_then_set_and_Ozons_answer_comes_by_itself()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var number in new[] { "1-1", "2-1" }) await shop.PostingAsync(number, "delivering", p => p.AvailableActions = "set_track_number");
        await shop.PostingAsync("3-1", "cancelled");
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<TrackingPage>();
        Give(page, "Posting;Tracking number\r\n1-1;RB1\r\n2-1;RB2\r\n3-1;RB3\r\n9-9;RB9");
        page.WaitForElement("[data-testid=tracking-summary]", Limit);
        Assert.Equal("4 lines read. 2 numbers can be set; the other lines change nothing.", page.Find("[data-testid=tracking-summary]").TextContent);
        Assert.Equal(["2", "3", "4", "5"], LinesIn(page));
        Assert.Contains("Ozon takes no number for it now (Cancelled)", page.Find("[data-line='4']").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Matched", "Unknown", "NotAllowed"], page.FindAll("[data-testid=tracking-count]").Select(c => c.GetAttribute("data-verdict")));
        await page.Find("[data-testid=tracking-problems]").ClickAsync();
        Assert.Equal(["4", "5"], LinesIn(page));
        await page.Find("[data-testid=tracking-problems]").ClickAsync();
        Assert.Equal(0, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));

        Assert.Equal("Set 2 numbers", page.Find("[data-testid=tracking-set]").TextContent);
        await page.Find("[data-testid=tracking-set]").ClickAsync();
        page.WaitForElement("[data-testid=tracking-result]", Limit);
        Assert.Equal("2 numbers given to Ozon.", page.Find("[data-testid=tracking-result]").TextContent.Trim());
        page.WaitForAssertion(() => Assert.Equal("under way 2", page.Find("[data-testid=asked-open]").TextContent), Limit);
        Assert.Contains("given to Ozon", page.Find("[data-line='2']").TextContent, StringComparison.Ordinal);

        await EndAsync(shop, "1-1", c => c.Settle(shop.Now));
        await EndAsync(shop, "2-1", c => (c.State, c.Error, c.ErrorDetail) = (CommandState.Failed, "InvalidRequest", "HAS_INCORRECT_STATUS"));
        page.WaitForState(() => page.FindAll("[data-testid=asked-refused]").Count == 1, Limit);
        Assert.Equal("done 1", page.Find("[data-testid=asked-done]").TextContent);
        Assert.Empty(page.FindAll("[data-testid=asked-open]"));
        var refused = page.Find("[data-testid=asked-refused]").TextContent;
        Assert.Contains("2-1", refused, StringComparison.Ordinal);
        Assert.Contains("HAS_INCORRECT_STATUS", refused, StringComparison.Ordinal);

        await page.Find("[data-testid=tracking-again]").ClickAsync();
        Assert.Empty(page.FindAll("[data-testid=tracking-preview]"));
        Assert.False(page.Find("section.card").HasAttribute("hidden"));
    }

    [Theory]
    [InlineData("too many", "The list has 5,001 lines; at most 5,000 are taken at once. Split it.")]
    [InlineData("too large", "The list is larger than 1 MB.")]
    [InlineData("empty", "There is no line in it.")]
    public async Task A_list_that_cannot_be_taken_is_refused_as_a_whole(string kind, string said)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<TrackingPage>();
        Give(page, kind switch
        {
            "too many" => string.Join('\n', Enumerable.Range(0, 5_001).Select(i => $"{i}-1;R{i}")),
            "too large" => new string('x', 1_000_001),
            _ => "\r\n;;;\r\n",
        });
        page.WaitForElement(".box.over", Limit);
        Assert.Contains(said, page.Find(".box.over").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing was set.", page.Find(".box.over").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=tracking-preview]"));
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_told_in_its_line()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var number in new[] { "1-1", "2-1" }) await shop.PostingAsync(number, "delivering", p => p.AvailableActions = "set_track_number");
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<TrackingPage>();
        Give(page, "1-1 RB1\n2-1 RB2");
        page.WaitForElement("[data-testid=tracking-set]", Limit);
        await shop.WriteAsync(async db => (await db.Postings.SingleAsync(p => p.PostingNumber == "2-1", Ct)).AvailableActions = "");
        await page.Find("[data-testid=tracking-set]").ClickAsync();
        page.WaitForElement("[data-testid=tracking-result]", Limit);
        Assert.Equal("1 number given to Ozon.", page.Find("[data-testid=tracking-result]").TextContent.Trim());
        await page.Find("[data-testid=tracking-problems]").ClickAsync();
        Assert.Equal(["2"], LinesIn(page));
        Assert.Contains("not allowed any more", page.Find("[data-line='2']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_run_goes_on_where_it_stopped_and_sets_each_number_once()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.WriteAsync(db =>
        {
            db.Postings.AddRange(Enumerable.Range(1, 200).Select(i => new Posting
            {
                StoreId = shop.Store.Id,
                PostingNumber = $"{i}-1",
                Status = "delivering",
                AvailableActions = "set_track_number",
            }));
            return Task.CompletedTask;
        });
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<TrackingPage>();
        Give(page, string.Join('\n', Enumerable.Range(1, 200).Select(i => $"{i}-1;RB{i}")));
        page.WaitForElement("[data-testid=tracking-set]", Limit);

        // Somebody else writes meanwhile, so the first line has to wait.
        await using var other = await shop.Db.Databases.ForSystemAsync(Ct);
        var turn = await other.Database.BeginTransactionAsync(Ct);
        var running = page.Find("[data-testid=tracking-set]").ClickAsync();
        page.WaitForElement("[data-testid=bulk-stop]", Limit);
        await page.Find("[data-testid=bulk-stop]").ClickAsync();
        await turn.DisposeAsync();
        await running;
        Assert.Equal(1, await shop.ReadAsync(db => db.PostingDeeds.CountAsync(Ct)));
        Assert.Contains("199 not begun.", page.Find("[data-testid=tracking-result]").TextContent, StringComparison.Ordinal);

        await page.Find("[data-testid=tracking-go-on]").ClickAsync();
        page.WaitForState(() => page.Find("[data-testid=tracking-result]").TextContent.Trim() == "200 numbers given to Ozon.", Limit);
        Assert.Empty(page.FindAll("[data-testid=tracking-go-on]"));
        Assert.Equal(200, await shop.ReadAsync(db => db.PostingDeeds.Select(d => d.PostingNumber).Distinct().CountAsync(Ct)));
        Assert.Equal(200, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));
    }

    private static void Give(IRenderedComponent<TrackingPage> page, string text) =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, "list.csv"));

    private static string?[] LinesIn(IRenderedComponent<TrackingPage> page) => [.. page.FindAll("[data-testid=tracking-line]").Select(l => l.GetAttribute("data-line"))];

    /// <summary>As the outbox writes it: the command's end and the event in one commit.</summary>
    private static Task EndAsync(TestShop shop, string number, Action<OutboundCommand> end) => shop.WriteAsync(async db =>
    {
        end(await db.OutboundCommands.SingleAsync(c => c.Subject == ShipmentClock.SubjectOf(number), Ct));
        db.Announce(shop.Store.Id, EventKind.Posting, number);
    });
}

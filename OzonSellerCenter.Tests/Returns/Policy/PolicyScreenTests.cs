using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Policy;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Returns.Policy;

/// <summary>The rules beside a request, and the page that tells them all.</summary>
public sealed class PolicyScreenTests : IDisposable
{
    private const long Sku = 1904686181;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public PolicyScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task The_verdict_stands_above_its_rules_each_with_owner_source_and_day()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var panel = Panel(window, shop, Question(shop) with { IsDefect = true, Photos = 2 });
        Assert.Equal("Within", panel.Find("[data-testid=policy-verdict]").GetAttribute("data-verdict"));
        Assert.Contains("asked on day 3 of 15", panel.Find("[data-testid=policy-verdict]").TextContent, StringComparison.Ordinal);
        var lines = panel.FindAll("[data-testid=policy-line]");
        Assert.Equal(["Period", "Category", "NoReason", "Photos", "WayBack", "ExportDuty", "Repaid"], lines.Select(l => l.GetAttribute("data-kind")));
        foreach (var words in new[] { "In the return period", "Last day 6\u00a0December 2026; 3 used", "docs.ozon.com · 22\u00a0November 2026" }) Assert.Contains(words, Plain(lines[0].TextContent), StringComparison.Ordinal);
        Assert.Equal("Ozon", lines[0].QuerySelector(".who")!.TextContent);
        Assert.Contains("guessed from the category", lines[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("House", lines[2].QuerySelector(".who")!.TextContent);
        Assert.Contains("2 photos", lines[3].TextContent, StringComparison.Ordinal);
        Assert.Contains("The seller pays the way back", lines[4].TextContent, StringComparison.Ordinal);
        Assert.Contains("3\u00a0980\u00a0₽ and the return postage", lines[6].TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("[data-testid=policy-group]"));
    }

    [Theory]
    [InlineData(null, 0, "Unknown", "the day of delivery is missing")]
    [InlineData(20, 0, "Outside", "asked on day 20, the period is 15 days")]
    [InlineData(3, ReturnGroup.Food, "Outside", "Such goods are not taken back")]
    public async Task What_is_too_late_never_taken_back_or_not_known_says_so(int? daysAgo, ReturnGroup group, string verdict, string words)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var panel = Panel(window, shop, Question(shop) with { DeliveredAt = daysAgo is { } days ? shop.Now.AddDays(-days) : null, Group = group });
        Assert.Equal(verdict, panel.Find("[data-testid=policy-verdict]").GetAttribute("data-verdict"));
        Assert.Contains(words, panel.Find("[data-testid=policy-verdict]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_sets_the_kind_of_the_product_and_leaves_it_to_its_category_again()
    {
        await using var shop = await TestShop.OpenAsync();
        await OrderedAsync(shop);
        await using var window = shop.WindowOf(shop.Agent);
        var panel = Panel(window, shop, Question(shop), mayChange: true);
        Assert.Contains("By category: Светильники", panel.Find("[data-testid=policy-group]").TextContent, StringComparison.Ordinal);
        await panel.Find("[data-testid=policy-group]").ChangeAsync("Medical");
        var queries = shop.Db.Services.GetRequiredService<PolicyQueries>();
        Assert.Equal((ReturnGroup.Medical, false), (await queries.ProductAsync(shop.Agent, shop.Store.Id, Sku, Ct)) is var set ? (set.Group, set.IsGuess) : default);
        await panel.Find("[data-testid=policy-group]").ChangeAsync("");
        Assert.True((await queries.ProductAsync(shop.Agent, shop.Store.Id, Sku, Ct)).IsGuess);
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        Assert.Equal(["– → Medical", "Medical → –"], await db.AuditEntries.Where(a => a.Action == "product.return-group").OrderBy(a => a.Id).Select(a => a.Details!).ToListAsync(Ct));
        Assert.Equal(2, await db.StoreEvents.CountAsync(e => e.Kind == EventKind.Product && e.Subject == "1904686181", Ct));
    }

    [Fact]
    public async Task The_support_desk_is_refused_and_a_stranger_finds_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        await OrderedAsync(shop);
        var (_, other) = await shop.OtherStoreAsync();
        var actions = shop.Db.Services.GetRequiredService<ProductGroupActions>();
        Assert.Equal("SupportReadsOnly", (await actions.SetAsync(shop.Support, shop.Store.Id, Sku, ReturnGroup.Books, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.SetAsync(other, shop.Store.Id, Sku, ReturnGroup.Books, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.SetAsync(shop.Owner, shop.Store.Id, 5, ReturnGroup.Books, Ct)).Refusal?.Key);
        Assert.True((await actions.SetAsync(shop.Owner, shop.Store.Id, Sku, ReturnGroup.Books, Ct)).IsDone);
        var seen = await shop.Db.Services.GetRequiredService<PolicyQueries>().ProductAsync(other, shop.Store.Id, Sku, Ct);
        Assert.Equal((ReturnGroup.Other, true), (seen.Group, seen.IsGuess));
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop, Question(shop), mayChange: true);
        await panel.Find("[data-testid=policy-group]").ChangeAsync("Medical");
        Assert.Contains("only reads", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_tells_every_period_with_its_source_and_follows_a_changed_rule()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.WriteAsync(async db => (await db.Stores.SingleAsync(s => s.Id == shop.Store.Id, Ct)).ReturnPolicy = "Возврат 15 дней");
        await using var window = shop.WindowOf(shop.Owner);
        var page = window.Render<PolicyPage>();
        page.WaitForState(() => page.FindAll("[data-testid=policy-period]").Count == 10, Limit);
        var food = page.FindAll("[data-testid=policy-period]")[0].TextContent;
        foreach (var words in new[] { "Food and pet food", "not taken back", "1 day", "docs.ozon.com" }) Assert.Contains(words, food, StringComparison.Ordinal);
        Assert.Contains("Возврат 15 дней", page.Markup, StringComparison.Ordinal);
        Assert.Equal(9, page.FindAll("[data-testid=faq] summary").Count);
        Assert.Equal(PolicySources.Faq.Count, page.FindAll("[data-testid=faq] .src").Count);
        await shop.Db.Services.GetRequiredService<RuleActions>().ChangeAsync(shop.Owner, shop.Store.Id, RuleKeys.ReturnPeriod(ReturnGroup.Food, isProper: false), 3, "Tried", Ct);
        page.WaitForAssertion(() => Assert.Contains("3 days", page.FindAll("[data-testid=policy-period]")[0].TextContent, StringComparison.Ordinal), Limit);
    }

    [Theory]
    [InlineData("ru", "Вернуть можно: заявка на 3-й день из 15.")]
    [InlineData("zh-Hans", "可以退：签收后第 3 天申请，期限 15 天。")]
    public async Task The_verdict_is_told_in_the_persons_language(string language, string head)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        Assert.Equal(head, Panel(window, shop, Question(shop)).Find("[data-testid=policy-verdict] b").TextContent);
    }

    private static string Plain(string text) => string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static PolicyQuestion Question(TestShop shop) => new()
    {
        ProductName = "Лампа",
        Category = "Светильники",
        Group = ReturnGroup.Other,
        GroupIsGuess = true,
        DeliveredAt = shop.Now.AddDays(-3),
        AskedAt = shop.Now,
        IsDefect = false,
        Photos = 0,
        PriceMinor = 398_000,
        Currency = "RUB",
        Scheme = Scheme.Rfbs,
    };

    private static IRenderedComponent<PolicyPanel> Panel(BunitContext window, TestShop shop, PolicyQuestion question, bool mayChange = false) =>
        window.Render<PolicyPanel>(p => p
            .Add(c => c.Verdict, ReturnPolicy.Judge(question, new StoreRules([], sandbox: true), ShopTime.Moscow))
            .Add(c => c.StoreId, shop.Store.Id)
            .Add(c => c.Sku, Sku)
            .Add(c => c.MayChange, mayChange));

    private static async Task OrderedAsync(TestShop shop)
    {
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        db.Postings.Add(new Posting
        {
            StoreId = shop.Store.Id,
            PostingNumber = "0138-4821-1",
            Items = [new PostingItem { StoreId = shop.Store.Id, Sku = Sku, Name = "Лампа", Quantity = 1 }],
        });
        await db.CommitAsync(Ct);
    }
}

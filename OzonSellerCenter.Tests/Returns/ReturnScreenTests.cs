using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.List;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Returns;

/// <summary>The list, the page and its forms.</summary>
public sealed class ReturnScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public ReturnScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task The_list_says_what_is_wanted_by_when_and_what_silence_leads_to_and_follows_changes()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.ReturnAsync("1-R1", r => r.Offers = 1);
        await using var window = Window(shop, shop.Agent);
        var list = window.Render<ReturnList>(p => p.Add(l => l.User, shop.Agent));
        list.WaitForState(() => list.FindAll("[data-testid=return-row]").Count == 1, Limit);
        var row = list.Find("[data-testid=return-row]");
        Assert.Equal($"/returns/{request.Id}", row.GetAttribute("href"));
        foreach (var words in new[] { "1-R1", "Чайник", "2\u00a0490\u00a0₽", "rFBS", "Товар не соответствует описанию", "Defect", "0138-4821-1", "offers used 1/2", "approved automatically", "Ожидает решения продавца" })
        {
            Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        }

        Assert.NotNull(row.QuerySelector("due-chip"));
        await shop.ChangeAsync(request.Id, r => (r.Stage, r.StateName, r.DecideBy) = (ReturnStage.Delivering, "Товар в пути", null));
        list.WaitForAssertion(() => Assert.Equal("1 change, show", list.Find(".new-pill button").TextContent), Limit);
        Assert.Contains("Товар в пути", list.Find("[data-testid=return-row]").TextContent, StringComparison.Ordinal);
        await list.Find(".new-pill button").ClickAsync();
        list.WaitForAssertion(() => Assert.Contains("Nothing waits", list.Find(".state").TextContent, StringComparison.Ordinal), Limit);
    }

    [Fact]
    public async Task Several_are_marked_as_received_and_that_is_taken_back()
    {
        await using var shop = await TestShop.OpenAsync();
        foreach (var number in new[] { "1-R1", "2-R1" }) await shop.ReturnAsync(number, r => (r.Stage, r.State, r.Actions) = (ReturnStage.Delivering, "OnWay", [ReturnShop.Received]));
        await shop.ReturnAsync("3-R1", r => (r.Stage, r.State, r.Actions) = (ReturnStage.Delivering, "OnWay", [ReturnShop.Reject]));
        await using var window = Window(shop, shop.Agent);
        var list = window.Render<ReturnList>(p => p.Add(l => l.User, shop.Agent).Add(l => l.Filter, new ReturnFilter { Tab = ReturnTab.Delivering }));
        list.WaitForState(() => list.FindAll("[data-testid=pick]").Count == 1 && list.FindAll("[data-testid=return-row]").Count == 3, Limit);
        await list.Find("[data-testid=pick]").ClickAsync();
        foreach (var number in new[] { "1-R1", "2-R1", "3-R1" }) await list.Find($"[data-number='{number}']").ClickAsync();
        list.WaitForAssertion(() => Assert.Equal("2", list.Find("[data-testid=bulk-received] .num").TextContent), Limit);
        await list.Find("[data-testid=bulk-received-do]").ClickAsync();
        list.WaitForAssertion(() => Assert.Contains("2 requests go", list.Find("[data-testid=bulk-result]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Equal(2, await shop.ReadAsync(db => db.ReturnRequests.CountAsync(r => r.OpenDeedId != null, Ct)));
        await list.Find("[data-testid=bulk-undo]").ClickAsync();
        list.WaitForState(() => list.FindAll("[data-testid=bulk-undo]").Count == 0 && list.FindAll("[data-testid=bulk-result]").Count == 1, Limit);
        Assert.Equal(0, await shop.ReadAsync(db => db.ReturnRequests.CountAsync(r => r.OpenDeedId != null, Ct)));
    }

    [Fact]
    public async Task A_rejection_wants_a_reason_and_words_tells_the_buyer_and_can_be_taken_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.ReturnAsync();
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, request.Id);
        Assert.Contains("the return is approved automatically", page.Find("[data-testid=return-silence]").TextContent, StringComparison.Ordinal);
        Assert.Contains("offers used 0/2", page.Find("[data-testid=act-1020]").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/orders/0138-4821-1/refund?return={request.Id}&action=32", page.Find("[data-testid=act-32]").GetAttribute("href"));
        await page.Find("[data-testid='act--1']").ClickAsync();
        await page.Find("[data-testid=form-Reject]").SubmitAsync();
        Assert.Contains("Choose one of Ozon’s reasons", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=rejection]").ChangeAsync("7");
        await page.Find("[data-testid=form-Reject]").SubmitAsync();
        Assert.Contains("Say why", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=decision-comment]").InputAsync("Товар со следами использования");
        Assert.Contains("Причина: Товар со следами использования.", page.Find("[data-testid=tell-text]").GetAttribute("value"), StringComparison.Ordinal);
        await page.Find("[data-testid=form-Reject]").SubmitAsync();
        page.WaitForState(() => page.FindAll("[data-testid=take-back]").Count == 1, Limit);
        var wish = Assert.IsType<ActWish>((await shop.ReadAsync(db => db.ReturnDeeds.AsNoTracking().SingleAsync(Ct))).Wish);
        Assert.Equal((-1L, 7L, "Товар со следами использования"), (wish.Action.Id, wish.Rejection!.Id, wish.Comment));
        Assert.Equal(BuyerNoteState.Planned, (await shop.ReadAsync(db => db.BuyerNotes.SingleAsync(Ct))).State);
        await page.Find("[data-testid=take-back]").ClickAsync();
        page.WaitForState(() => page.FindAll("[data-testid=deed-under-way]").Count == 0, Limit);
        Assert.Equal("Cancelled", page.Find("[data-testid=return-deed]").GetAttribute("data-state"));
    }

    [Fact]
    public async Task What_was_typed_stays_readable_when_Ozon_decided_meanwhile()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.ReturnAsync();
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, request.Id);
        await page.Find("[data-testid='act--1']").ClickAsync();
        await page.Find("[data-testid=decision-comment]").InputAsync("Мой ответ");
        await shop.ChangeAsync(request.Id, r => (r.Stage, r.State, r.StateName, r.Actions, r.DecideBy) = (ReturnStage.Approved, "ApprovedByOzon", "Одобрено Ozon", [], null));
        page.WaitForAssertion(() => Assert.Contains("Одобрено Ozon", page.Find("[data-testid=decision-form]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Equal("Мой ответ", page.Find("[data-testid=decision-comment]").GetAttribute("value"));
        Assert.True(page.Find("[data-testid=decision-comment]").HasAttribute("readonly"));
        Assert.Empty(page.FindAll("[data-testid=do-it]"));
    }

    [Fact]
    public async Task The_buyer_is_not_told_when_that_is_switched_off()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.ReturnAsync();
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, request.Id);
        await page.Find("[data-testid=act-31]").ClickAsync();
        await page.Find("[data-testid=tell]").ChangeAsync(false);
        await page.Find("[data-testid=form-TakeBack]").SubmitAsync();
        page.WaitForState(() => page.FindAll("[data-testid=deed-under-way]").Count == 1, Limit);
        Assert.Equal(BuyerNoteState.Skipped, (await shop.ReadAsync(db => db.BuyerNotes.SingleAsync(Ct))).State);
    }

    [Fact]
    public async Task An_FBO_request_says_where_it_is_decided_before_anything_is_typed_and_who_only_reads_has_no_button()
    {
        await using var shop = await TestShop.OpenAsync();
        var fbo = await shop.ReturnAsync("1", r => (r.Scheme, r.Actions) = (Scheme.Fbo, []), ReturnSource.Market);
        var own = await shop.ReturnAsync("2");
        await using var window = Window(shop, shop.Support);
        var note = Page(window, fbo.Id).Find("[data-testid=no-api]").TextContent;
        foreach (var words in new[] { "FBO", "own cabinet", "the return is approved automatically" }) Assert.Contains(words, note, StringComparison.Ordinal);
        var page = Page(window, own.Id);
        Assert.NotNull(page.Find("[data-testid=reads-only]"));
        Assert.Empty(page.FindAll("[data-testid^=act-]"));
    }

    [Fact]
    public async Task What_was_found_is_written_once_and_its_value_lies_within_what_was_paid()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.ReturnAsync(change: r => (r.Stage, r.State, r.Actions) = (ReturnStage.Checkout, "ReceivedBySeller", [ReturnShop.Refund]));
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, request.Id);
        await page.Find("[data-testid=value]").ChangeAsync("3000");
        await page.Find("[data-testid=condition]").ChangeAsync("3");
        await page.Find("[data-testid=inspection-form]").SubmitAsync();
        Assert.Contains("between nothing and what was paid", page.Find("[data-testid=inspection] [role=alert]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=value]").ChangeAsync("1500,50");
        await page.Find("[data-testid=inspection-form]").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("1\u00a0500.50\u00a0₽", page.Find("[data-testid=inspected]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Equal((GoodsCondition.Used, 150_050L, shop.Agent.Id), await shop.ReadAsync(async db => await db.Inspections.Select(i => new ValueTuple<GoodsCondition, long, string>(i.Condition, i.Value, i.By)).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Only_pictures_are_taken_in()
    {
        await using var shop = await TestShop.OpenAsync();
        var actions = shop.Db.Services.GetRequiredService<InspectionActions>();
        var (done, photo) = await actions.TakeAsync("../a.png", new MemoryStream([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]), Ct);
        Assert.Equal((true, "a.png", "image/png"), (done.IsDone, photo!.Name, photo.ContentType));
        Assert.Equal("PhotoRefused", (await actions.TakeAsync("a.png", new MemoryStream("<svg/>"u8.ToArray()), Ct)).Outcome.Refusal!.Key);
        Assert.Equal("PhotoRefused", (await actions.TakeAsync("a.gif", new MemoryStream("GIF89a.........."u8.ToArray()), Ct)).Outcome.Refusal!.Key);
    }

    [Fact]
    public async Task Steps_of_an_exchange_by_hand_are_kept_with_the_request()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.ReturnAsync();
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, request.Id);
        Assert.Contains("Ozon has no method", page.Find("[data-testid=exchange-by-hand]").TextContent, StringComparison.Ordinal);
        await page.FindAll("[data-testid=exchange-step]")[0].ChangeAsync(true);
        page.WaitForState(() => page.FindAll("[data-testid=exchange-step]")[0].HasAttribute("checked"), Limit);
        Assert.Equal(OzonSellerCenter.Returns.Page.ExchangeSteps.Agreed, await shop.ReadAsync(db => db.ReturnRequests.Select(r => r.ExchangeDone).SingleAsync(Ct)));
    }

    [Fact]
    public async Task An_id_of_others_is_shown_like_one_that_never_was()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.ReturnAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        await using var window = Window(shop, stranger);
        var (foreign, unknown) = (window.Render<ReturnPage>(p => p.Add(r => r.Id, request.Id)), window.Render<ReturnPage>(p => p.Add(r => r.Id, 999_999)));
        foreach (var page in new[] { foreign, unknown }) page.WaitForState(() => page.FindAll("[data-testid=return-missing]").Count == 1, Limit);
        Assert.Equal(unknown.Markup, foreign.Markup);
    }

    private static BunitContext Window(TestShop shop, CurrentUser user)
    {
        var window = shop.WindowOf(user);
        window.Services.AddMudServices();
        return window;
    }

    private static IRenderedComponent<ReturnPage> Page(BunitContext window, long id)
    {
        var page = window.Render<ReturnPage>(p => p.Add(r => r.Id, id));
        page.WaitForState(() => page.FindAll("[data-testid=return-page]").Count == 1, Limit);
        return page;
    }
}

using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Returns;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>What the shop does with a case on its page, and how one is opened.</summary>
public sealed class DisputeActingTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public DisputeActingTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Proof_is_prepared_by_topic_and_sent_to_the_buyer()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync(change: p => (p.DeliveredAt, p.TrackingNumber) = (new DateTime(2026, 11, 12, 9, 0, 0, DateTimeKind.Utc), "RA1"));
        var dispute = await shop.DisputeAsync(topic: DisputeTopic.Delivery);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await page.Find("[data-testid=act-ShowProof]").ClickAsync();
        var text = page.Find("[data-testid=case-words]").GetAttribute("value")!;
        foreach (var words in new[] { "RA1", "12 ноября 2026", "12:00" }) Assert.Contains(words, text, StringComparison.Ordinal);
        await page.Find("[data-testid=case-words]").InputAsync(" ");
        await page.Find("[data-testid=form-ShowProof]").SubmitAsync();
        Assert.Contains("Write some words", page.Find("[data-testid=form-ShowProof] [role=alert]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=case-words]").InputAsync("Вручено 12 ноября.");
        await page.Find("[data-testid=form-ShowProof]").SubmitAsync();
        page.WaitForState(() => page.FindAll("[data-testid=case-done]").Count == 1, Limit);
        Assert.Equal(("Вручено 12 ноября.", BuyerNoteState.Waiting), await shop.ReadAsync(async db => await db.BuyerNotes.Select(n => new ValueTuple<string, BuyerNoteState>(n.Text, n.State)).SingleAsync(Ct)));
        Assert.Equal("ShowProof", page.Find("[data-testid=case-step]").GetAttribute("data-event"));
    }

    [Fact]
    public async Task A_case_is_settled_with_words_and_an_amount_within_the_claim()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync(change: d => d.Offer = 50_000);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await page.Find("[data-testid=act-Settle]").ClickAsync();
        Assert.Equal("500", page.Find("[data-testid=case-amount]").GetAttribute("value"));
        await page.Find("[data-testid=case-amount]").ChangeAsync("2490,01");
        await page.Find("[data-testid=form-Settle]").SubmitAsync();
        Assert.Equal(2, page.FindAll("[data-testid=form-Settle] [role=alert]").Count);
        await page.Find("[data-testid=case-amount]").ChangeAsync("700");
        await page.Find("[data-testid=case-words]").InputAsync("Вернём часть");
        await page.Find("[data-testid=form-Settle]").SubmitAsync();
        page.WaitForState(() => page.Find("[data-testid=dispute-state]").GetAttribute("data-state") == "Closed", Limit);
        Assert.Equal((DisputeOutcome.Settled, 70_000L), ((await shop.DisputeAsync(dispute.Id)).Outcome, (await shop.DisputeAsync(dispute.Id)).Awarded));
        Assert.Empty(page.FindAll(".acts button"));
    }

    [Fact]
    public async Task What_was_typed_stays_readable_when_the_case_was_decided_meanwhile()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync();
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await page.Find("[data-testid=act-Settle]").ClickAsync();
        await page.Find("[data-testid=case-words]").InputAsync("Моя договорённость");
        await shop.FireAsync(dispute.Id, DisputeEvent.OzonDecide, d => (d.Outcome, d.Reasons) = (DisputeOutcome.Buyer, "Видео нет"));
        page.WaitForState(() => page.Find("[data-testid=dispute-state]").GetAttribute("data-state") == "Decided", Limit);
        Assert.Equal("Моя договорённость", page.Find("[data-testid=case-words]").GetAttribute("value"));
        Assert.Empty(page.FindAll("[data-testid=do-it]"));
        Assert.Contains("Видео нет", page.Find("[data-testid=reasons]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("[data-testid=act-Appeal]"));
    }

    [Fact]
    public async Task Handing_over_what_Ozon_decided_and_the_appeal_follow_each_other()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Withholding);
        foreach (var what in new[] { DisputeEvent.Submit, DisputeEvent.TakeUp, DisputeEvent.Release }) await shop.FireAsync(dispute.Id, what);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await DoAsync(page, "HandOver", p => p.Find("[data-testid=case-ticket]").ChangeAsync("77-1"));
        page.WaitForState(() => page.Find("[data-testid=dispute-state]").GetAttribute("data-state") == "AtOzon", Limit);
        await page.Find("[data-testid=act-OzonDecided]").ClickAsync();
        await page.Find("[data-testid=form-OzonDecided]").SubmitAsync();
        Assert.Equal(2, page.FindAll("[data-testid=form-OzonDecided] [role=alert]").Count);
        await page.Find("[data-testid=outcome-Split]").ChangeAsync("on");
        await page.Find("[data-testid=case-amount]").ChangeAsync("1200");
        await page.Find("[data-testid=case-words]").InputAsync("Возвращена часть");
        await page.Find("[data-testid=form-OzonDecided]").SubmitAsync();
        page.WaitForState(() => page.Find("[data-testid=dispute-state]").GetAttribute("data-state") == "Decided", Limit);
        Assert.Equal((DisputeOutcome.Split, 120_000L, "77-1"), ((await shop.DisputeAsync(dispute.Id)).Outcome, (await shop.DisputeAsync(dispute.Id)).Awarded, (await shop.DisputeAsync(dispute.Id)).OzonTicket));
        await DoAsync(page, "Appeal", p => p.Find("[data-testid=case-words]").InputAsync("Есть видео"));
        page.WaitForState(() => page.FindAll("[data-testid=account-form]").Count == 1, Limit);
        Assert.Equal((DisputeState.Gathering, 2), ((await shop.DisputeAsync(dispute.Id)).State, (await shop.DisputeAsync(dispute.Id)).Instance));
    }

    [Fact]
    public async Task Who_only_reads_has_no_button_and_an_id_of_others_is_shown_like_one_that_never_was()
    {
        await using var shop = await TestShop.OpenAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        var dispute = await shop.DisputeAsync();
        await using var support = Window(shop, shop.Support);
        var page = Page(support, dispute.Id);
        Assert.NotNull(page.Find("[data-testid=reads-only]"));
        Assert.Empty(page.FindAll("[data-testid^=act-], [data-testid=account-form]"));
        Assert.True(page.Find("[data-testid=case-owner]").HasAttribute("disabled"));
        await using var window = Window(shop, stranger);
        var (foreign, unknown) = (window.Render<DisputePage>(p => p.Add(r => r.Id, dispute.Id)), window.Render<DisputePage>(p => p.Add(r => r.Id, 999_999)));
        foreach (var missing in new[] { foreign, unknown }) missing.WaitForState(() => missing.FindAll("[data-testid=dispute-missing]").Count == 1, Limit);
        Assert.Equal(unknown.Markup, foreign.Markup);
    }

    [Fact]
    public async Task A_case_is_opened_from_a_return_with_errors_in_place_and_the_kinds_with_their_limits()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync();
        var request = await shop.ReturnAsync(change: r => r.Stage = ReturnStage.Rejected);
        await using var window = Window(shop, shop.Agent);
        window.Services.GetRequiredService<NavigationManager>().NavigateTo($"/disputes/new?return={request.Id}");
        var page = window.Render<DisputeNewPage>();
        page.WaitForState(() => page.FindAll("[data-testid=new-case]").Count == 1, Limit);
        Assert.Contains("He has 5 days; Ozon decides within 72 hours", page.Find(".kinds").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=kind-Carrier], [data-testid=open-case]"));
        Assert.Equal("Пришёл не тот цвет", page.Find("[data-testid=new-claim]").GetAttribute("value"));
        await page.Find("[data-testid=new-claim]").InputAsync("");
        await page.Find("[data-testid=new-amount]").ChangeAsync("3000");
        await page.Find("form").SubmitAsync();
        Assert.NotNull(page.Find("[data-testid=claim-error]"));
        Assert.Contains("2\u00a0490", page.Find("[data-testid=amount-error]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=new-claim]").InputAsync("Цвет не тот");
        await page.Find("[data-testid=new-amount]").ChangeAsync("2490");
        await page.Find("form").SubmitAsync();
        var dispute = await shop.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((DisputeKind.ReturnContested, request.Id, 249_000L), (dispute.Kind, dispute.ReturnRequestId!.Value, dispute.ClaimAmount));
        Assert.EndsWith($"/disputes/{dispute.Id}", window.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        window.Services.GetRequiredService<NavigationManager>().NavigateTo($"/disputes/new?return={request.Id}");
        page = window.Render<DisputeNewPage>();
        page.WaitForState(() => page.FindAll("[data-testid=open-case]").Count == 1, Limit);
    }

    [Fact]
    public async Task Things_of_others_are_no_ground_for_a_case()
    {
        await using var shop = await TestShop.OpenAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        await shop.PostingAsync();
        await using var window = Window(shop, stranger);
        window.Services.GetRequiredService<NavigationManager>().NavigateTo("/disputes/new?order=0138-4821-1");
        var page = window.Render<DisputeNewPage>();
        page.WaitForState(() => page.FindAll("[data-testid=ground-missing]").Count == 1, Limit);
    }

    [Fact]
    public async Task An_order_and_a_return_show_their_cases_and_the_way_to_a_new_one()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync();
        var request = await shop.ReturnAsync();
        var dispute = await shop.DisputeAsync();
        await using var window = Window(shop, shop.Agent);
        window.Services.AddSingleton(new OrderAside(typeof(OrderDisputes), BesideChat: true));
        var order = window.Render<OrderPage>(p => p.Add(o => o.PostingNumber, DisputeHouse.Number));
        order.WaitForState(() => order.FindAll("[data-testid=order-dispute]").Count == 1, Limit);
        Assert.Equal(($"/disputes/{dispute.Id}", "/disputes/new?order=0138-4821-1"), (order.Find("[data-testid=order-dispute]").GetAttribute("href"), order.Find("[data-testid=new-dispute]").GetAttribute("href")));
        var page = window.Render<ReturnPage>(p => p.Add(r => r.Id, request.Id));
        page.WaitForState(() => page.FindAll("[data-testid=order-dispute]").Count == 1, Limit);
        Assert.Equal($"/disputes/new?return={request.Id}", page.Find("[data-testid=new-dispute]").GetAttribute("href"));
        await shop.FireAsync(dispute.Id, DisputeEvent.Withdraw);
        order.WaitForAssertion(() => Assert.Contains("Taken back", order.Find("[data-testid=order-dispute]").TextContent, StringComparison.Ordinal), Limit);
    }

    [Fact]
    public async Task Help_is_honest_about_where_each_way_comes_from()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = Window(shop, shop.Agent);
        var help = window.Render<DisputeHelpPage>();
        Assert.Equal(6, help.FindAll("[data-testid=help-way] .src").Count);
        Assert.Contains("no legal advice", help.Markup, StringComparison.Ordinal);
        Assert.Contains("30 calendar days", help.Markup, StringComparison.Ordinal);
    }

    private static async Task DoAsync(IRenderedComponent<DisputePage> page, string act, Func<IRenderedComponent<DisputePage>, Task> fill)
    {
        await page.Find($"[data-testid=act-{act}]").ClickAsync();
        await fill(page);
        await page.Find($"[data-testid=form-{act}]").SubmitAsync();
    }

    private static BunitContext Window(TestShop shop, CurrentUser user)
    {
        var window = shop.WindowOf(user);
        window.Services.AddMudServices();
        window.Services.AddSingleton<TimeProvider>(shop.Clock);
        return window;
    }

    private static IRenderedComponent<DisputePage> Page(BunitContext window, long id)
    {
        var page = window.Render<DisputePage>(p => p.Add(r => r.Id, id));
        page.WaitForState(() => page.FindAll("[data-testid=dispute-page]").Count == 1, Limit);
        return page;
    }
}

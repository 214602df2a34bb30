using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Review;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Returns.Refunds.RefundHouse;

namespace OzonSellerCenter.Tests.Returns.Refunds;

/// <summary>The form of a refund, its page and the support desk, as people see them.</summary>
public sealed class RefundScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public RefundScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task An_offer_goes_through_the_steps_to_its_page()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = Form(window, Links.StartRefund(Number, request.Id));
        await NextAsync(page, 1);
        await page.WaitForElement($"[data-testid='way-Answer-{Offer.Id}']", Limit).ChangeAsync("on");
        await page.WaitForElement("[data-testid=refund-amount]", Limit).InputAsync("2490");
        page.WaitForAssertion(() => Assert.Contains("Offer between", page.Find("[data-testid=refund-live]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Contains("0 of 2 offers used", page.Find("[data-testid=offer-warning]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=refund-next]").ClickAsync();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-testid=amount-error]")), Limit);
        await page.Find("[data-testid=refund-amount]").InputAsync("500,50");
        await NextAsync(page, 2);
        await page.WaitForElement("[data-testid=refund-reason]", Limit).ChangeAsync("Defect");
        await page.Find("[data-testid=refund-explanation]").InputAsync("Мало");
        await page.Find("[data-testid=refund-next]").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("at least 20", page.Find("[data-testid=explanation-error]").TextContent, StringComparison.Ordinal), Limit);
        await page.Find("[data-testid=refund-explanation]").InputAsync("Трещина видна на фото, товар остаётся у покупателя.");
        await NextAsync(page, 3);
        page.WaitForAssertion(() => Assert.Equal("500.50\u00a0₽", page.Find("[data-testid=refund-sum]").TextContent), Limit);
        await page.Find("[data-testid=refund-next]").ClickAsync();
        var refund = await shop.ReadAsync(db => db.Refunds.SingleAsync(Ct));
        Assert.Equal((RefundState.Approved, 50_050), (refund.State, refund.Amount));
        Assert.EndsWith(Links.Refund(refund.Id), window.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_kept_after_a_pause_and_found_again()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = Form(window, Links.StartRefund(Number, request.Id));
        await NextAsync(page, 1);
        await page.WaitForElement($"[data-testid='way-Answer-{Offer.Id}']", Limit).ChangeAsync("on");
        await page.WaitForElement("[data-testid=refund-amount]", Limit).InputAsync("700");
        shop.Clock.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Contains("Draft saved", page.Find("[data-testid=refund-saved]").TextContent, StringComparison.Ordinal), Limit);
        await using var later = shop.WindowOf(shop.Agent);
        var again = Form(later, Links.StartRefund(Number, request.Id) + "&step=2");
        Assert.Equal("700", again.WaitForElement("[data-testid=refund-amount]", Limit).GetAttribute("value"));
    }

    [Fact]
    public async Task When_Ozon_moves_on_meanwhile_it_is_told_and_the_text_stays()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = Form(window, Links.StartRefund(Number, request.Id));
        await NextAsync(page, 1);
        await page.WaitForElement($"[data-testid='way-Answer-{Offer.Id}']", Limit).ChangeAsync("on");
        await page.WaitForElement("[data-testid=refund-amount]", Limit).InputAsync("700");
        await shop.WriteAsync(async db =>
        {
            var row = await db.ReturnRequests.SingleAsync(Ct);
            (row.State, row.StateName) = ("OnSellerClarification", "Уточнение");
            ReturnActions.Announce(db, row);
        });
        page.WaitForAssertion(() => Assert.Contains("Уточнение", page.Find("[data-testid=refund-happened]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Equal("700", page.Find("[data-testid=refund-amount]").GetAttribute("value"));
    }

    [Fact]
    public async Task Where_nothing_is_offered_it_says_so_before_anything_is_typed()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync(r => r.Scheme = Scheme.Fbo);
        await using var window = shop.WindowOf(shop.Agent);
        Assert.Contains("Ozon’s own cabinet", Form(window, Links.StartRefund(Number, request.Id)).WaitForElement("[data-testid=refund-closed]", Limit).TextContent, StringComparison.Ordinal);
        Assert.Contains("no way to refund", Form(window, Links.StartRefund(Number)).WaitForElement("[data-testid=refund-closed]", Limit).TextContent, StringComparison.Ordinal);
        await using var desk = shop.WindowOf(shop.Support);
        Assert.Contains("You only read", Form(desk, Links.StartRefund(Number, request.Id)).WaitForElement("[data-testid=refund-closed]", Limit).TextContent, StringComparison.Ordinal);
        var (_, other) = await shop.OtherStoreAsync();
        await using var stranger = shop.WindowOf(other);
        Assert.NotNull(Form(stranger, Links.StartRefund(Number, request.Id)).WaitForElement("[data-testid=refund-missing]", Limit));
    }

    [Fact]
    public async Task The_page_follows_the_refund_and_takes_it_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var request = await shop.RequestAsync();
        var (id, version) = await shop.DraftAsync(Whole, request.Id);
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<RefundPage>(p => p.Add(c => c.Id, id));
        page.WaitForElement("[data-testid=refund-edit]", Limit);
        await shop.Refunds().SubmitAsync(shop.Agent, id, version, Ct);
        page.WaitForElement("[data-testid=refund-take-back]", Limit);
        await page.Find("[data-testid=refund-withdraw]").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Taken back", page.Find("[data-testid=refund-state]").TextContent), Limit);
        var (_, other) = await shop.OtherStoreAsync();
        await using var stranger = shop.WindowOf(other);
        Assert.NotNull(stranger.Render<RefundPage>(p => p.Add(c => c.Id, id)).WaitForElement("[data-testid=refund-missing]", Limit));
    }

    [Fact]
    public async Task The_desk_refuses_with_words_and_asks_for_the_password_before_money()
    {
        await using var shop = await TestShop.OpenAsync();
        var id = await shop.WaitingAsync();
        await using var window = shop.WindowOf(shop.Support);
        window.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.Review(id));
        var desk = window.Render<SupportPage>();
        await desk.WaitForElement("[data-testid=review-approve]", Limit).ClickAsync();
        desk.WaitForElement("[data-testid=password-again]", Limit);
        Assert.Equal(RefundState.Submitted, (await shop.RefundAsync(id)).State);
        await desk.Find("[data-testid=review-refuse]").ClickAsync();
        desk.WaitForAssertion(() => Assert.Contains("Say why", desk.Find("[data-testid=review-refused]").TextContent, StringComparison.Ordinal), Limit);
        await desk.Find("[data-testid=review-words]").InputAsync("Не доказано");
        await desk.Find("[data-testid=review-refuse]").ClickAsync();
        desk.WaitForAssertion(() => Assert.Equal("Refused", desk.Find("[data-testid=review-state]").TextContent), Limit);
        await using var agents = shop.WindowOf(shop.Agent);
        Assert.NotNull(agents.Render<SupportPage>().WaitForElement("[data-testid=support-not-for-you]", Limit));
    }

    [Fact]
    public async Task Every_state_event_reason_way_and_cause_has_its_words()
    {
        await using var shop = await TestShop.OpenAsync();
        var texts = shop.Db.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<RefundTexts>>();
        var keys = Enum.GetNames<RefundState>().SelectMany(s => new[] { $"State_{s}", $"Now_{s}" })
            .Concat(Enum.GetNames<RefundEvent>().Select(e => $"Event_{e}"))
            .Concat(Enum.GetNames<RefundReason>().Select(r => $"Reason_{r}")).Concat(Enum.GetNames<RefundReason>().Where(r => r != "None").Select(r => $"Template_{r}"))
            .Concat(Enum.GetNames<RefundScope>().Select(s => $"Scope_{s}"))
            .Concat(Enum.GetNames<RefundWay>().SelectMany(w => new[] { $"Way_{w}", $"WayGloss_{w}" }))
            .Concat(Enum.GetNames<ReturnAct>().Where(a => ReturnActs.Pays(Enum.Parse<ReturnAct>(a))).Select(a => $"ActGloss_{a}"))
            .Concat(Enum.GetNames<OzonSellerCenter.Returns.Telling.BuyerStep>().Select(s => $"Telling_{s}"))
            .Concat(Enum.GetNames<OzonSellerCenter.Returns.Telling.BuyerNoteState>().Select(s => $"TellingState_{s}"))
            .Concat(Enum.GetNames<ReviewTab>().SelectMany(t => new[] { $"Tab_{t}", $"Nothing_{t}" }))
            .Concat(Enum.GetNames<OzonErrorKind>().Concat(["NotDelivered", "NotVerified", "OvertakenAtOzon", "BuyerDeclined", "BuyerWithdrew", "SettledByHand"])
                .Select(RefundWords.CauseOf).SelectMany(c => new[] { $"Failure_{c}", $"Failure_{c}_Next" }));
        Assert.DoesNotContain(keys.Distinct(), k => texts[k].ResourceNotFound);
    }

    private static IRenderedComponent<RefundFormPage> Form(BunitContext window, string address)
    {
        window.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return window.Render<RefundFormPage>(p => p.Add(c => c.PostingNumber, Number));
    }

    private static async Task NextAsync(IRenderedComponent<RefundFormPage> page, int step)
    {
        page.WaitForElement($"[data-testid=refund-step-{step}]", Limit);
        await page.Find("[data-testid=refund-next]").ClickAsync();
        page.WaitForElement($"[data-testid=refund-step-{step + 1}]", Limit);
    }
}

using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Disputes.Desk.Figures;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Returns.Refunds;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Disputes.Desk.DeskHouse;

namespace OzonSellerCenter.Tests.Disputes.Desk;

/// <summary>The desk as reviewers see it.</summary>
public sealed class DeskScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public DeskScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Two_queues_stand_beside_each_other_and_each_keeps_its_address()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        var own = await shop.CaseAsync("own", change: d => d.Owner = shop.Owner.Id);
        await using var window = shop.WindowOf(shop.Owner);
        var page = At(window, Links.Support);
        Assert.Contains("2", page.WaitForElement("[data-testid=queue-cases] .c", Limit).TextContent, StringComparison.Ordinal);
        page.WaitForElement("[data-testid=tab-Waiting]", Limit);
        Navigate(window, "/support?queue=cases");
        page.WaitForElement($"[data-testid=case-row][data-case='{id}']", Limit);
        Assert.Contains("you had a hand in it", page.Find($"[data-case='{own}'] [data-testid=case-barred]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll($"[data-case='{id}'] [data-testid=case-barred]"));
        await page.Find("[data-testid=desk-kind]").ChangeAsync("Carrier");
        Assert.EndsWith("kind=carrier", window.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=case-row]")), Limit);
        Navigate(window, Links.DisputeDesk(id));
        page.WaitForElement("[data-testid=case-panel]", Limit);
        Navigate(window, "/support?tab=decided");
        Assert.Equal("page", page.WaitForElement("[data-testid=tab-Decided]", Limit).GetAttribute("aria-current"));
        Assert.Equal("/support?queue=cases", page.Find("[data-testid=queue-cases]").GetAttribute("href"));
        await using var agents = shop.WindowOf(shop.Agent);
        Assert.NotNull(At(agents, "/support?queue=cases").WaitForElement("[data-testid=support-not-for-you]", Limit));
    }

    [Fact]
    public async Task A_posting_number_leads_to_a_new_case()
    {
        await using var shop = await DeskHouse.OpenAsync();
        await using var window = shop.WindowOf(shop.Support);
        var page = At(window, "/support?queue=cases");
        await page.WaitForElement("[data-testid=desk-open-number]", Limit).ChangeAsync(" 0138-4821-1 ");
        await page.Find(".desk-open").SubmitAsync();
        Assert.EndsWith(Links.NewDispute("order=0138-4821-1"), window.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_is_typed_checked_looked_at_and_wants_the_password()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop.Support, id);
        panel.WaitForElement("[data-testid=not-involved]", Limit);
        await panel.Find("[data-testid=decision-next]").ClickAsync();
        Assert.Contains("for whom", panel.WaitForElement("[data-testid=outcome-error]", Limit).TextContent, StringComparison.Ordinal);
        await panel.Find("[data-testid=verdict-Split]").ChangeAsync("on");
        await panel.WaitForElement("[data-testid=verdict-amount]", Limit).InputAsync("2000");
        await panel.Find("[data-testid=decision-next]").ClickAsync();
        Assert.Contains("1,999".Replace(",", "\u00a0", StringComparison.Ordinal), panel.WaitForElement("[data-testid=amount-error]", Limit).TextContent, StringComparison.Ordinal);
        await panel.Find("[data-testid=verdict-amount]").InputAsync("500,50");
        Assert.Contains("--v:25", panel.WaitForElement("[data-testid=verdict-share] i", Limit).GetAttribute("style"), StringComparison.Ordinal);
        await panel.Find("[data-testid=verdict-reasons]").InputAsync("Мало");
        await panel.Find("[data-testid=decision-next]").ClickAsync();
        Assert.Contains("at least 80", panel.WaitForElement("[data-testid=reasons-error]", Limit).TextContent, StringComparison.Ordinal);
        await panel.Find("[data-testid=verdict-reasons]").InputAsync(Reasons);
        Assert.Contains("500.50\u00a0₽ go back to the buyer", panel.Find("[data-testid=decision-effects]").TextContent, StringComparison.Ordinal);
        await panel.Find("[data-testid=decision-next]").ClickAsync();
        var review = panel.WaitForElement("[data-testid=decision-review]", Limit).TextContent;
        Assert.Contains("500.50", review, StringComparison.Ordinal);
        Assert.Contains(Reasons, review, StringComparison.Ordinal);
        await panel.Find("[data-testid=decision-confirm]").ClickAsync();
        panel.WaitForElement("[data-testid=password-again]", Limit);
        Assert.Equal(DisputeState.Submitted, (await shop.DisputeAsync(id)).State);
        Assert.Empty(await shop.PaidAsync());
    }

    [Fact]
    public async Task More_than_is_left_of_the_order_is_said_before_it_is_confirmed()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync(claim: 249_100);
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop.Support, id);
        await panel.WaitForElement("[data-testid=verdict-Buyer]", Limit).ChangeAsync("on");
        await panel.Find("[data-testid=verdict-reasons]").InputAsync(Reasons);
        Assert.Empty(panel.FindAll("[data-testid=decision-effects]"));
        await panel.Find("[data-testid=decision-next]").ClickAsync();
        Assert.Contains("2\u00a0490", panel.WaitForElement("[data-testid=amount-error]", Limit).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_without_money_is_made_and_shown_with_its_reasons()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop.Support, id);
        await panel.WaitForElement("[data-testid=case-take]", Limit).ClickAsync();
        panel.WaitForAssertion(() => Assert.Equal("Under review by you", panel.Find("[data-testid=case-state]").TextContent), Limit);
        await panel.Find("[data-testid=verdict-Seller]").ChangeAsync("on");
        await panel.Find("[data-testid=verdict-reasons]").InputAsync(Reasons);
        await panel.Find("[data-testid=decision-next]").ClickAsync();
        await panel.WaitForElement("[data-testid=decision-confirm]", Limit).ClickAsync();
        panel.WaitForAssertion(() => Assert.Equal("Seller", panel.Find("[data-testid=case-outcome]").TextContent), Limit);
        Assert.Contains(Reasons, panel.Find("[data-testid=case-decision]").TextContent, StringComparison.Ordinal);
        Assert.Equal((DisputeState.Decided, shop.Support.Id), ((await shop.DisputeAsync(id)).State, (await shop.DisputeAsync(id)).Reviewer));
    }

    [Fact]
    public async Task What_changes_while_it_is_read_has_to_be_seen_and_what_is_typed_stays()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop.Support, id);
        await panel.WaitForElement("[data-testid=verdict-reasons]", Limit).InputAsync(Reasons);
        await panel.Find("[data-testid=verdict-Seller]").ChangeAsync("on");
        await shop.WriteAsync(async db =>
        {
            var dispute = await db.Disputes.SingleAsync(Ct);
            dispute.Account = "Магазин дописал.";
            db.EvidenceItems.Add(Piece(shop.Store.Id, id, 'c', shop.Agent.Id));
            DisputeBook.Announce(db, dispute);
        });
        var changed = panel.WaitForElement("[data-testid=case-changed]", Limit).TextContent;
        Assert.Contains("changed its account", changed, StringComparison.Ordinal);
        Assert.Contains("Evidence was added", changed, StringComparison.Ordinal);
        Assert.True(panel.Find("[data-testid=decision-next]").HasAttribute("disabled"));
        Assert.Equal(Reasons, panel.Find("[data-testid=verdict-reasons]").GetAttribute("value"));
        await panel.Find("[data-testid=case-seen]").ClickAsync();
        await panel.Find("[data-testid=decision-next]").ClickAsync();
        await panel.WaitForElement("[data-testid=decision-confirm]", Limit).ClickAsync();
        panel.WaitForElement("[data-testid=case-outcome]", Limit);
    }

    [Fact]
    public async Task Who_had_a_hand_in_it_reads_who_may_decide()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync(change: d => d.Owner = shop.Owner.Id);
        await using var window = shop.WindowOf(shop.Owner);
        var bar = Panel(window, shop.Owner, id).WaitForElement("[data-testid=case-bar]", Limit).TextContent;
        Assert.Contains(shop.Support.Id, bar, StringComparison.Ordinal);
        Assert.DoesNotContain($"may: {shop.Owner.Id}", bar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_real_store_the_pack_is_let_go_and_Ozon_decides()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync(RefundHouse.Number);
        var id = await shop.CaseAsync();
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop.Support, id);
        panel.WaitForElement("[data-testid=ozon-decides]", Limit);
        Assert.Empty(panel.FindAll("[data-testid=verdict-Buyer]"));
        await panel.Find("[data-testid=release-words]").InputAsync("Приложите видео.");
        await panel.Find("[data-testid=case-release]").ClickAsync();
        panel.WaitForAssertion(() => Assert.Equal("To be handed to Ozon", panel.Find("[data-testid=case-state]").TextContent), Limit);
    }

    [Fact]
    public async Task The_buyer_is_asked_with_his_clock_told_and_a_refused_question_stays()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        await using var window = shop.WindowOf(shop.Support);
        var panel = Panel(window, shop.Support, id);
        await panel.WaitForElement("[data-testid=case-ask]", Limit).ClickAsync();
        await panel.WaitForElement("[data-testid=ask-buyer]", Limit).ChangeAsync("on");
        Assert.Contains("27 November, 15:00".Replace("27 ", "27\u00a0", StringComparison.Ordinal), panel.Find("[data-testid=ask-form]").TextContent, StringComparison.Ordinal);
        await panel.Find("[data-testid=ask-form]").SubmitAsync();
        panel.WaitForElement("[data-testid=case-refused]", Limit);
        await panel.Find("[data-testid=ask-words]").InputAsync("Пришлите фото.");
        await panel.Find("[data-testid=ask-form]").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Equal("The buyer was asked", panel.Find("[data-testid=case-state]").TextContent), Limit);
        await shop.FireAsync(id, DisputeEvent.BuyerAnswer, "Вот фото <b>трещины</b>.");
        panel.WaitForAssertion(() => Assert.Contains("Вот фото <b>трещины</b>.", panel.Find("[data-testid=case-sides]").TextContent, StringComparison.Ordinal), Limit);
    }

    [Fact]
    public async Task The_figures_are_drawn_and_told_as_a_table()
    {
        await using var shop = await DeskHouse.OpenAsync();
        var id = await shop.CaseAsync();
        Assert.True((await shop.Desk().DecideAsync(shop.Support, id, await shop.VersionAsync(id), ForSeller, null, Ct)).IsDone);
        await using var window = shop.WindowOf(shop.Owner);
        Navigate(window, Links.DisputeInsights);
        var page = window.Render<DeskFiguresPage>();
        Assert.Equal("Complaint", page.WaitForElement("[data-testid=figures-ByKind] [data-testid=figure-line]", Limit).GetAttribute("data-line"));
        Assert.Contains("1 cases came out", page.Find("svg[role=img].week-chart").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Single(page.FindAll("svg.week-chart rect"));
        Assert.Equal(14, page.FindAll("[data-testid=figure-week]").Count);
        await using var agents = shop.WindowOf(shop.Agent);
        Assert.NotNull(agents.Render<DeskFiguresPage>().WaitForElement("[data-testid=figures-not-for-you]", Limit));
    }

    [Fact]
    public async Task Every_word_the_desk_may_need_is_there()
    {
        await using var shop = await TestShop.OpenAsync();
        var texts = shop.Db.Services.GetRequiredService<IStringLocalizer<DeskTexts>>();
        var group = ReturnGroup.Other;
        var rules = Enum.GetValues<DisputeKind>().SelectMany(kind => Enum.GetValues<DisputeTopic>().SelectMany(topic =>
            CaseQueries.RulesOf(new Dispute { Key = "", Kind = kind, Topic = topic }, group))).Distinct();
        var keys = Enum.GetNames<DisputeState>().SelectMany(s => new[] { $"State_{s}", $"Now_{s}", $"Clock_{s}" })
            .Concat(Enum.GetNames<DisputeEvent>().Select(e => $"Event_{e}")).Concat(Enum.GetNames<DisputeOutcome>().Select(o => $"Outcome_{o}"))
            .Concat(Enum.GetNames<DisputeKind>().SelectMany(k => new[] { $"Kind_{k}", $"Side_{k}" })).Concat(Enum.GetNames<DisputeTopic>().Select(t => $"Topic_{t}"))
            .Concat(Enum.GetNames<DeskTab>().SelectMany(t => new[] { $"DeskTab_{t}", $"DeskNothing_{t}" }))
            .Concat(rules.Select(DeskWords.RuleTextOf)).Concat(rules.Select(r => $"Unit_{RuleDefaults.For(sandbox: true).First(d => d.Key == r).Unit}"));
        Assert.DoesNotContain(keys.Distinct(), k => texts[k].ResourceNotFound);
    }

    private static IRenderedComponent<SupportPage> At(BunitContext window, string address)
    {
        Navigate(window, address);
        return window.Render<SupportPage>();
    }

    private static IRenderedComponent<DeskPanel> Panel(BunitContext window, CurrentUser user, long id) => window.Render<DeskPanel>(p => p.Add(c => c.User, user).Add(c => c.Id, id));

    private static void Navigate(BunitContext window, string address) => window.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
}

using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.List;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>The list of cases, the page of one, and opening one.</summary>
public sealed class DisputeScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public DisputeScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task The_list_keeps_the_kinds_apart_and_says_who_has_to_do_what_by_when()
    {
        await using var shop = await TestShop.OpenAsync();
        var complaint = await shop.DisputeAsync(DisputeKind.Complaint, d => d.Owner = shop.Agent.Id);
        await shop.DisputeAsync(DisputeKind.Withholding);
        await using var window = Window(shop, shop.Agent);
        var list = window.Render<DisputeList>(p => p.Add(l => l.User, shop.Agent));
        list.WaitForState(() => list.FindAll("[data-testid=dispute-row]").Count == 2 && list.FindAll(".tabs .c").Count == 3, Limit);
        Assert.Equal(["All2", "Complaints1", "Contested returns", "Withholdings1", "Carrier"], list.FindAll(".tabs a").Select(a => a.TextContent.Trim()));
        var row = list.Find("[data-testid=dispute-row]");
        Assert.Equal($"/disputes/{complaint.Id}", row.GetAttribute("href"));
        foreach (var words in new[] { complaint.Number, "Complaint", "Quality", "2\u00a0490\u00a0₽", "We write the account", shop.Agent.Name, "0138-4821-1", "Чайник" }) Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector("due-chip"));

        await shop.FireAsync(complaint.Id, DisputeEvent.Withdraw);
        list.WaitForAssertion(() => Assert.Equal("1 change, show", list.Find(".new-pill button").TextContent), Limit);
        Assert.Contains("Taken back", list.Find("[data-testid=dispute-row] [data-testid=next-step]").TextContent, StringComparison.Ordinal);
        await list.Find(".new-pill button").ClickAsync();
        list.WaitForAssertion(() => Assert.Single(list.FindAll("[data-testid=dispute-row]")), Limit);
    }

    [Fact]
    public async Task A_filter_goes_into_the_address()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = Window(shop, shop.Agent);
        var list = window.Render<DisputeList>(p => p.Add(l => l.User, shop.Agent).Add(l => l.Filter, new DisputeFilter { Kind = DisputeKind.Withholding }));
        list.WaitForAssertion(() => Assert.Contains("No open case", list.Find(".state").TextContent, StringComparison.Ordinal), Limit);
        await list.Find("[data-testid=dispute-standing]").ChangeAsync("AtOzon");
        Assert.EndsWith("/disputes?kind=withholding&state=atozon", window.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.EndsWith("kind=withholding&whose=mine", list.Find("[data-testid=dispute-Mine]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_both_sides_what_is_missing_and_the_facts_without_a_score()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync(change: p => p.DeliveredAt = shop.Now.AddDays(-12));
        var earlier = await shop.DisputeAsync(DisputeKind.Complaint);
        await shop.FireAsync(earlier.Id, DisputeEvent.Withdraw);
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        Assert.Equal(("ru", "Чайник треснул на второй день."), (page.Find("[data-testid=claim]").GetAttribute("lang"), page.Find("[data-testid=claim]").TextContent));
        Assert.Equal("claims 2\u00a0490\u00a0₽", page.Find("[data-testid=claim-amount]").TextContent);
        Assert.Equal("1 earlier complaint of this buyer", page.Find("[data-testid=earlier-line]").TextContent);
        Assert.Equal("Evidence", page.Find("[data-testid=case-steps] [aria-current=step]").GetAttribute("data-step"));
        Assert.Contains("House", page.Find("[data-testid=dispute-clock]").TextContent, StringComparison.Ordinal);
        var first = page.Find("[data-testid=check-line]");
        Assert.Equal(("PackingVideo", "false"), (first.GetAttribute("data-check"), first.GetAttribute("data-there")));
        Assert.Contains("Ozon asks for it first", first.TextContent, StringComparison.Ordinal);
        Assert.Equal(["DeliveredBefore", "NoBuyerPhoto", "EarlierOurs", "NoPackingVideo"], page.FindAll("[data-testid=fact]").Select(f => f.GetAttribute("data-fact")));
        Assert.Equal("Delivered 12 days before the complaint", page.Find("[data-fact=DeliveredBefore]").TextContent);
        Assert.Equal(earlier.Number, page.Find("[data-testid=earlier-case] .mono").TextContent);
        Assert.DoesNotContain("115568", page.Markup, StringComparison.Ordinal);
        Assert.Contains("decided without your account", page.Find("[data-testid=case-silence]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_is_built_from_the_record_kept_by_itself_and_survives_what_happens_around_it()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync(change: p => p.DeliveredAt = new DateTime(2026, 11, 12, 9, 0, 0, DateTimeKind.Utc));
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        Assert.Equal("Вручено 12 ноября 2026\u00a0г. в 12:00.", page.Find("[data-testid=ask-Delivered]").GetAttribute("value")!.Replace(" г.", "\u00a0г.", StringComparison.Ordinal));
        await page.Find("[data-testid=ask-Packed]").InputAsync("Упаковано в две коробки, снято на видео");
        await page.Find("[data-testid=build-account]").ClickAsync();
        var built = page.Find("[data-testid=account-text]").GetAttribute("value")!;
        Assert.Contains("1. Упаковка. Упаковано в две коробки, снято на видео.", built, StringComparison.Ordinal);
        Assert.Contains("Вручение. Вручено 12 ноября", built, StringComparison.Ordinal);
        await page.Find("[data-testid=account-text]").InputAsync($"{built}\nИ ещё.");
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("saved", page.Find("[data-testid=account-saved]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Equal($"{built}\nИ ещё.", (await shop.DisputeAsync(dispute.Id)).Account);

        // Somebody else changes the case, not its words, while more is typed.
        await page.Find("[data-testid=account-text]").InputAsync("Заново");
        await shop.Disputes().AssignAsync(shop.Owner, dispute.Id, shop.Owner.Id, Ct);
        page.WaitForAssertion(() => Assert.Equal(shop.Owner.Id, page.Find("[data-testid=case-owner]").GetAttribute("value")), Limit);
        Assert.Equal("Заново", page.Find("[data-testid=account-text]").GetAttribute("value"));
        Assert.Empty(page.FindAll("[data-testid=account-elsewhere]"));
        await page.Find("[data-testid=build-account]").ClickAsync();
        await page.Find("[data-testid=former-account]").ClickAsync();
        Assert.Equal("Заново", page.Find("[data-testid=account-text]").GetAttribute("value"));
    }

    [Fact]
    public async Task New_evidence_stands_in_the_checklist_and_in_the_question_that_nobody_answered()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await page.Find("[data-testid=ask-Packed]").InputAsync("В коробку");
        await shop.WriteAsync(db =>
        {
            db.EvidenceItems.Add(DisputeHouse.Evidence(EvidenceKind.File, EvidenceRole.PackingVideo, of: dispute));
            DisputeBook.Announce(db, dispute);
            return Task.CompletedTask;
        });
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[data-check=PackingVideo]").GetAttribute("data-there")), Limit);
        Assert.Equal("Приложены: видео упаковки.", page.Find("[data-testid=ask-Shows]").GetAttribute("value"));
        Assert.Equal("В коробку", page.Find("[data-testid=ask-Packed]").GetAttribute("value"));
    }

    [Fact]
    public async Task Of_two_who_write_at_the_same_time_neither_loses_his_words()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await page.Find("[data-testid=account-text]").InputAsync("Моё");
        await shop.WriteAsync(dispute.Id, shop.Owner);
        page.WaitForState(() => page.FindAll("[data-testid=account-elsewhere]").Count == 1, Limit);
        Assert.Equal("Моё", page.Find("[data-testid=account-text]").GetAttribute("value"));
        Assert.Equal(DisputeHouse.Account, (await shop.DisputeAsync(dispute.Id)).Account);
        await page.Find("[data-testid=keep-mine]").ClickAsync();
        page.WaitForState(() => page.FindAll("[data-testid=account-elsewhere]").Count == 0, Limit);
        Assert.Equal("Моё", (await shop.DisputeAsync(dispute.Id)).Account);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_a_good_account_is_handed_in()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await page.Find("[data-testid=account-offer]").InputAsync("2490,01");
        await page.Find("[data-testid=account-submit]").ClickAsync();
        Assert.Contains("at least 80", page.Find("[data-testid=account-error]").TextContent, StringComparison.Ordinal);
        Assert.Contains("2\u00a0490", page.Find("[data-testid=offer-error]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("[data-testid=account-text]").GetAttribute("aria-invalid"));
        await page.Find("[data-testid=account-offer]").InputAsync("500");
        await page.Find("[data-testid=account-text]").InputAsync(DisputeHouse.Account);
        Assert.Empty(page.FindAll("[data-testid=account-error], [data-testid=offer-error]"));
        await page.Find("[data-testid=account-submit]").ClickAsync();
        page.WaitForState(() => page.FindAll("[data-testid=account-form]").Count == 0, Limit);
        Assert.Equal("Submitted", page.Find("[data-testid=dispute-state]").GetAttribute("data-state"));
        Assert.Equal((DisputeHouse.Account, "offers 500\u00a0₽"), (page.Find("[data-testid=our-account]").TextContent, page.Find("[data-testid=our-offer]").TextContent));
    }

    [Fact]
    public async Task What_was_typed_can_be_read_when_the_time_ended_meanwhile()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        await page.Find("[data-testid=account-text]").InputAsync("Не успел");
        await shop.FireAsync(dispute.Id, DisputeEvent.StepIn);
        page.WaitForState(() => page.FindAll("[data-testid=account-gone]").Count == 1, Limit);
        var box = page.Find("[data-testid=account-text]");
        Assert.Equal(("Не успел", true), (box.GetAttribute("value"), box.HasAttribute("readonly")));
        Assert.Empty(page.FindAll("[data-testid=account-submit]"));
    }

    [Fact]
    public async Task A_late_decision_is_pushed_in_the_chat_with_support_once_and_by_hand_without_one()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await shop.DisputeAsync(DisputeKind.Complaint);
        Assert.Null((await shop.Disputes().SubmitAsync(shop.Agent, dispute.Id, await shop.WriteAsync(dispute.Id), Ct)).Refusal?.Key);
        shop.Clock.Advance(TimeSpan.FromHours(25));
        await using var window = Window(shop, shop.Agent);
        var page = Page(window, dispute.Id);
        Assert.Contains("primary", page.Find("[data-testid=act-Escalate]").ClassName, StringComparison.Ordinal);
        await page.Find("[data-testid=act-Escalate]").ClickAsync();
        Assert.Contains("Срок решения истёк", page.Find("[data-testid=case-words]").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Contains("Copy the text", page.Find("[data-testid=form-Escalate]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=form-Escalate]").SubmitAsync();
        page.WaitForState(() => page.FindAll("[data-testid=case-done]").Count == 1, Limit);
        Assert.NotNull((await shop.DisputeAsync(dispute.Id)).EscalatedAt);

        var chat = await shop.ConversationAsync(kind: ConversationKind.Support);
        page = Page(window, dispute.Id);
        await page.Find("[data-testid=act-Escalate]").ClickAsync();
        await page.Find("[data-testid=form-Escalate]").SubmitAsync();
        page.WaitForState(() => page.FindAll("[data-testid=case-done]").Count == 1, Limit);
        var message = await shop.ReadAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.ConversationId == chat.Id, Ct));
        Assert.StartsWith($"Здравствуйте! Прошу рассмотреть спор {dispute.Number}", message.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await shop.StepsAsync(dispute.Id)).Count(s => s.Event == DisputeEvent.Escalate));
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

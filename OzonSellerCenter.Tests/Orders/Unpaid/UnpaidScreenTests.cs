using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Unpaid;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders.Unpaid;

/// <summary>The page of unpaid orders, and the shop's words for its reminders.</summary>
public sealed class UnpaidScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public UnpaidScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task One_press_reminds_and_what_is_sent_shows_by_itself()
    {
        await using var shop = await ShopAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = Open(window, "unpaid-order");
        var row = page.Find("[data-testid=unpaid-order]").TextContent;
        foreach (var part in new[] { "Дмитрий", "Чайник × 2", "0300-0001", "2,390" }) Assert.Contains(part.Replace(',', '\u00a0'), row, StringComparison.Ordinal);
        Assert.Equal(((DateTimeOffset)shop.Now.AddHours(40)).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), page.Find("due-chip").GetAttribute("due"));
        Assert.Empty(page.FindAll("[data-testid=reminder-form]"));
        await page.Find("[data-testid=remind]").ClickAsync();
        page.WaitForElement("[data-testid=reminding]", Limit);
        Assert.Empty(page.FindAll("[data-testid=remind]"));
        await shop.WriteAsync(async db =>
        {
            (await db.OutboundCommands.SingleAsync(Ct)).Settle(shop.Now);
            (await db.UnpaidOrders.SingleAsync(Ct)).RemindedAt = shop.Now;
            db.Announce(shop.Store.Id, EventKind.Unpaid, "0300-0001");
        });
        page.WaitForElement("[data-testid=reminded]", Limit);
    }

    [Fact]
    public async Task What_a_colleague_did_meanwhile_is_refused_with_the_reason_and_a_failure_lets_one_try_again()
    {
        await using var shop = await ShopAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = Open(window, "unpaid-order");
        await shop.WriteAsync(async db => (await db.UnpaidOrders.SingleAsync(Ct)).RemindedAt = shop.Now);
        await page.Find("[data-testid=remind]").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("once only", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Limit);
        await shop.WriteAsync(async db =>
        {
            (await db.UnpaidOrders.SingleAsync(Ct)).RemindedAt = null;
            db.Announce(shop.Store.Id, EventKind.Unpaid, "0300-0001");
        });
        page.WaitForElement("[data-testid=remind]", Limit);
        await page.Find("[data-testid=remind]").ClickAsync();
        await shop.WriteAsync(async db =>
        {
            var command = await db.OutboundCommands.SingleAsync(Ct);
            (command.State, command.Error, command.ErrorDetail) = (CommandState.Failed, "InvalidRequest", "ORDER_ALREADY_PAID");
            db.Announce(shop.Store.Id, EventKind.Unpaid, "0300-0001");
        });
        page.WaitForAssertion(() => Assert.Contains("was paid meanwhile", page.Find("[data-testid=remind-failed]").TextContent, StringComparison.Ordinal), Limit);
        Assert.NotEmpty(page.FindAll("[data-testid=remind]"));
    }

    [Fact]
    public async Task A_real_store_reads_that_there_is_no_such_list_and_what_to_do_instead()
    {
        await using var shop = await TestShop.OpenAsync();
        await OfferAsync(shop, StoreExtension.NotOffered);
        await using var window = shop.WindowOf(shop.Owner);
        var page = Open(window, "unpaid-not-offered");
        Assert.Contains("Ozon shows sellers no unpaid orders", page.Find("[data-testid=unpaid-not-offered]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Writing to such a buyer is not possible", page.Find("[data-testid=unpaid-not-offered]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=reminder-form]"));
    }

    [Fact]
    public async Task The_owner_writes_the_words_and_the_support_desk_only_reads()
    {
        await using var shop = await ShopAsync();
        await using (var window = shop.WindowOf(shop.Owner))
        {
            var page = Open(window, "reminder-form");
            await page.Find("[data-testid=reminder-text]").ChangeAsync("{buyer}, {tracking}?");
            await page.Find("[data-testid=reminder-form] form").SubmitAsync();
            Assert.Equal("There is no {tracking}. You can use {buyer}, {order}, {sum}, {until}.", page.Find("[data-testid=reminder-form] [role=alert]").TextContent);
            await page.Find("[data-testid=reminder-text]").ChangeAsync(" {buyer}, оплатите {order} до {until}. ");
            await page.Find("[data-testid=reminder-form] form").SubmitAsync();
            Assert.Empty(page.FindAll("[data-testid=reminder-form] [role=alert]"));
        }

        await using var desk = shop.WindowOf(shop.Support);
        Assert.Empty(Open(desk, "unpaid-order").FindAll("[data-testid=remind], [data-testid=reminder-form]"));
        var actions = shop.Db.Services.GetRequiredService<UnpaidActions>();
        var order = await shop.ReadAsync(db => db.UnpaidOrders.AsNoTracking().SingleAsync(Ct));
        Assert.True((await actions.RemindAsync(shop.Agent, order.Id, Ct)).IsDone);
        Assert.Equal("Дмитрий, оплатите 0300-0001 до 26 ноября, 07:00.", await shop.ReadAsync(db => db.UnpaidOrders.Select(o => o.ReminderText).SingleAsync(Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Only_who_may_does_it_and_a_foreign_order_is_like_none(Provider provider)
    {
        await using var shop = await ShopAsync(provider);
        var (_, other) = await shop.OtherStoreAsync();
        var actions = shop.Db.Services.GetRequiredService<UnpaidActions>();
        var queries = shop.Db.Services.GetRequiredService<UnpaidQueries>();
        var id = await shop.ReadAsync(db => db.UnpaidOrders.Select(o => o.Id).SingleAsync(Ct));
        Assert.Equal("NotFound", (await actions.RemindAsync(other, id, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.SetTemplateAsync(other, shop.Store.Id, "x", Ct)).Refusal?.Key);
        Assert.Equal("SupportReadsOnly", (await actions.RemindAsync(shop.Support, id, Ct)).Refusal?.Key);
        Assert.Equal("OwnersOnly", (await actions.SetTemplateAsync(shop.Agent, shop.Store.Id, "x", Ct)).Refusal?.Key);
        Assert.Empty((await queries.OpenAsync(other, Ct)).Rows);
        var row = Assert.Single((await queries.OpenAsync(shop.Support, Ct)).Rows);
        Assert.Equal([new UnpaidItem(11, "KT-170", "Чайник", 2, 119_500)], row.Order.Items);
        Assert.True((await actions.RemindAsync(shop.Owner, id, Ct)).IsDone);
        Assert.True(Assert.Single((await queries.OpenAsync(shop.Agent, Ct)).Rows).IsUnderWay);
    }

    [Theory]
    [InlineData("", "TemplateEmpty")]
    [InlineData("  ", "TemplateEmpty")]
    [InlineData("{Buyer}", "PlaceholderUnknown")]
    [InlineData("{}", "PlaceholderUnknown")]
    [InlineData("{buyer} {order} {sum} {until}", null)]
    public void A_template_names_only_what_there_is(string template, string? wrong) => Assert.Equal(wrong, PaymentReminder.WhatIsWrong(template)?.Key);

    [Theory, InlineData(1000, null), InlineData(1001, "TemplateTooLong")]
    public void A_template_has_a_longest_length(int length, string? wrong) => Assert.Equal(wrong, PaymentReminder.WhatIsWrong(new string('я', length))?.Key);

    [Fact]
    public void Its_clock_leads_to_the_page() => Assert.Equal(Links.UnpaidOrders, SubjectLinks.Of(UnpaidClock.SubjectOf("0300-0001")));

    [Fact]
    public void Nobody_is_greeted_with_an_empty_name() =>
        Assert.Equal("уважаемый покупатель!", PaymentReminder.Fill("{buyer}!", new UnpaidOrder { OrderNumber = "1" }, ShopTime.Moscow));

    private static async Task<TestShop> ShopAsync(Provider provider = Provider.Sqlite)
    {
        var shop = await TestShop.OpenAsync(provider);
        await OfferAsync(shop, null);
        await shop.WriteAsync(async db => await db.UnpaidOrders.AddAsync(new UnpaidOrder
        {
            StoreId = shop.Store.Id,
            OrderNumber = "0300-0001",
            BuyerName = "Дмитрий",
            Total = 239_000,
            Items = [new UnpaidItem(11, "KT-170", "Чайник", 2, 119_500)],
            CreatedAt = shop.Now.AddHours(-8),
            ExpiresAt = shop.Now.AddHours(40),
        }, Ct));
        return shop;
    }

    private static Task OfferAsync(TestShop shop, string? error) =>
        shop.WriteAsync(async db => await db.SyncStates.AddAsync(new SyncState { StoreId = shop.Store.Id, Kind = StoreExtension.Kind, Error = error, FailedAt = shop.Now }, Ct));

    private static IRenderedComponent<UnpaidPage> Open(BunitContext window, string sign)
    {
        var page = window.Render<UnpaidPage>();
        page.WaitForElement($"[data-testid={sign}]", Limit);
        return page;
    }
}

using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>The buttons of an order, their forms, and what the page says of what is on its way.</summary>
public sealed class OrderActingTests : IDisposable
{
    private const string Number = "0138-4821-1";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public OrderActingTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Every_line_has_to_be_in_stock_before_it_can_be_packed_and_it_may_be_split()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window, "ship,cancel,product_cancel", pieces: 3);
        await page.Find("[data-testid=act-Pack]").ClickAsync();
        Assert.True(page.Find("[data-testid=do-it]").HasAttribute("disabled"));
        await page.Find("[data-testid=in-stock]").ChangeAsync(true);
        await page.Find("[data-testid=packages]").ChangeAsync("2");
        Assert.Equal(["2", "1"], page.FindAll("[data-testid=pieces]").Select(p => p.GetAttribute("value")));
        await page.Find("[data-testid=form-Pack]").SubmitAsync();
        var pack = Assert.IsType<PackWish>((await WantedAsync(shop)).Wish);
        Assert.Equal([2, 1], pack.Packages.Select(p => Assert.Single(p).Quantity));
        page.WaitForAssertion(() => Assert.Contains("Packed in 2 parcels", page.Find("[data-testid=deed-under-way]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Contains("waits to be sent", page.Find("[data-testid=order-deed]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_leads_to_a_cancellation_that_says_what_it_costs_and_can_be_taken_back()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window, "ship,cancel,product_cancel", pieces: 3);
        await page.Find("[data-testid=act-Pack]").ClickAsync();
        await page.Find("[data-testid=form-Pack] .btn.quiet").ClickAsync();
        page.WaitForState(() => page.FindAll("[data-testid=form-CancelItems]").Count == 1, Limit);
        await page.Find("[data-testid=take-out]").ChangeAsync("1");
        await page.Find("[data-testid=cancel-reason]").ChangeAsync("666");
        Assert.Contains("does not count", page.Find("[data-testid=cancel-cost]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=cancel-reason]").ChangeAsync("352");
        Assert.Contains("74.70\u00a0₽–224.10\u00a0₽", page.Find("[data-testid=cancel-cost]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=form-CancelItems]").SubmitAsync();
        Assert.Contains("Say why", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=cancel-message]").ChangeAsync("Разбили на складе");
        await page.Find("[data-testid=form-CancelItems]").SubmitAsync();
        page.WaitForState(() => page.FindAll("[data-testid=take-back]").Count == 1, Limit);
        Assert.Empty(page.FindAll("[data-testid=acting-form]"));
        await page.Find("[data-testid=take-back]").ClickAsync();
        page.WaitForState(() => page.FindAll("[data-testid=deed-under-way]").Count == 0, Limit);
        Assert.Equal("Cancelled", page.Find("[data-testid=order-deed]").GetAttribute("data-state"));
    }

    [Fact]
    public async Task A_second_move_of_the_delivery_shows_how_many_are_left_and_none_is_none()
    {
        await using var shop = await TestShop.OpenAsync();
        var facts = shop.Db.Services.GetRequiredService<FakePostingFacts>();
        facts.Choices = new PostingChoices([], shop.Now.AddDays(1), shop.Now.AddDays(9), 1);
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window, "set_timeslot", pieces: 1);
        await page.Find("[data-testid=act-DeliveryDate]").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("1 time", page.Find("[data-testid=moves-left]").TextContent, StringComparison.Ordinal), Limit);
        await page.Find("[data-testid=act-DeliveryDate]").ClickAsync();
        facts.Choices = facts.Choices with { MovesLeft = 0 };
        await page.Find("[data-testid=act-DeliveryDate]").ClickAsync();
        page.WaitForAssertion(() => Assert.True(page.Find("[data-testid=do-it]").HasAttribute("disabled")), Limit);
        await page.Find("[data-testid=act-DeliveryDate]").ClickAsync();
        facts.Choices = PostingChoices.Failed("OzonDidNotTell");
        await page.Find("[data-testid=act-DeliveryDate]").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Ozon did not answer.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Limit);
    }

    [Fact]
    public async Task One_press_hands_it_over_and_a_refusal_says_why()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var page = await OpenAsync(shop, window, "non_int_delivering,set_track_number", pieces: 1);
        await page.Find("[data-testid=act-HandOver]").ClickAsync();
        await shop.WriteAsync(async db =>
        {
            var command = await db.OutboundCommands.SingleAsync(Ct);
            (command.State, command.Error, command.ErrorDetail) = (CommandState.Failed, "InvalidRequest", "HAS_INCORRECT_STATUS");
            db.Announce(shop.Store.Id, EventKind.Posting, Number);
        });
        page.WaitForAssertion(() => Assert.Contains("HAS_INCORRECT_STATUS", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Equal("Failed", page.Find("[data-testid=order-deed]").GetAttribute("data-state"));
    }

    [Fact]
    public async Task The_support_desk_sees_no_buttons()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = shop.WindowOf(shop.Support);
        var page = await OpenAsync(shop, window, "ship,cancel", pieces: 1);
        Assert.Empty(page.FindAll("[data-testid=order-acting]"));
        Assert.NotEmpty(page.FindAll("[data-testid=order-history]"));
    }

    [Fact]
    public async Task A_buyers_wish_to_cancel_is_turned_down_with_a_reason_only()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync(Number, "delivering");
        await shop.WriteAsync(async db =>
        {
            await db.CancellationRequests.AddAsync(new CancellationRequest
            {
                StoreId = shop.Store.Id,
                CancellationId = 7,
                PostingNumber = Number,
                Reason = "Покупатель передумал",
                Message = "Нашёл дешевле",
                AskedAt = shop.Now,
                AutoApproveAt = shop.Now.AddDays(3),
            }, Ct);
        });
        await using var window = shop.WindowOf(shop.Agent);
        var page = window.Render<OrderPage>(p => p.Add(l => l.PostingNumber, Number));
        page.WaitForState(() => page.FindAll("[data-testid=cancellation]").Count == 1, Limit);
        await page.Find("[data-testid=cancellation-reject]").ClickAsync();
        Assert.Contains("Say why", page.Find("[data-testid=cancellation] [role=alert]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=cancellation-comment]").ChangeAsync("Посылка уже в вашем городе");
        await page.Find("[data-testid=cancellation-reject]").ClickAsync();
        Assert.Equal(new RejectCancellationWish(7, "Посылка уже в вашем городе"), (await WantedAsync(shop)).Wish);
        page.WaitForState(() => page.FindAll("[data-testid=cancellation-reject]").Count == 0, Limit);
    }

    private static async Task<IRenderedComponent<OrderPage>> OpenAsync(TestShop shop, BunitContext window, string actions, int pieces)
    {
        await shop.PostingAsync(Number, "awaiting_packaging", p =>
        {
            p.AvailableActions = actions;
            p.Items[0].Quantity = pieces;
        });
        var page = window.Render<OrderPage>(p => p.Add(l => l.PostingNumber, Number));
        page.WaitForState(() => page.FindAll("[data-testid=order-page]").Count == 1, Limit);
        return page;
    }

    private static async Task<PostingDeed> WantedAsync(TestShop shop)
    {
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        return await db.PostingDeeds.AsNoTracking().SingleAsync(Ct);
    }
}

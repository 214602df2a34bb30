using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>From finding a product to the order's number.</summary>
public sealed class CheckoutTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<List<string>> FoundAsync(string wanted) =>
        [.. Regex.Matches((await _host.OpenAsync("?q=" + Uri.EscapeDataString(wanted))).Text, "class=\"name\">([^<]*)<").Select(m => m.Groups[1].Value)];

    [Fact]
    public async Task Products_are_found_by_any_of_their_words_whatever_the_case_and_the_letter_yo()
    {
        var whitened = await FoundAsync("зеленый термос");
        Assert.Equal("Термос из нержавеющей стали, 1 л", Assert.Single(whitened));
        Assert.Equal(whitened, await FoundAsync("ТЕРМОС  ЗЕЛЁНЫЙ"));
        Assert.Equal("Чайник заварочный стеклянный, 800 мл", Assert.Single(await FoundAsync("kt-080")));
        Assert.Equal(40, (await FoundAsync(" ")).Count);
        Assert.Empty(await FoundAsync("самовар"));
        Assert.Contains("Ничего не нашлось", (await _host.OpenAsync("?q=" + Uri.EscapeDataString("самовар"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cart_counts_pieces_and_belongs_to_one_buyer_in_one_shop()
    {
        Assert.Equal((HttpStatusCode.Redirect, "/sandbox/shop/cart"), (await _host.AddAsync() is var added ? (added.Status, added.Location) : default));
        await _host.AddAsync();
        Assert.Contains("4 980 ₽", (await _host.OpenAsync("/cart")).Text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        await _host.FillInAsync("/cart", ("sku", "1904686181"), ("quantity", "5"));
        Assert.Contains("value=\"5\"", (await _host.OpenAsync("/cart")).Text, StringComparison.Ordinal);
        await _host.FillInAsync("/cart", ("sku", "1904686181"), ("quantity", "100"));
        Assert.Contains("value=\"5\"", (await _host.OpenAsync("/cart")).Text, StringComparison.Ordinal);
        Assert.Contains("Здесь пока пусто", (await _host.OpenAsync("/cart?shop=1000002")).Text, StringComparison.Ordinal);
        Assert.Contains("Здесь пока пусто", (await _host.OpenAsync("/cart?shop=1000001&buyer=115605")).Text, StringComparison.Ordinal);
        Assert.Contains("value=\"5\"", (await _host.OpenAsync("/cart?buyer=115568")).Text, StringComparison.Ordinal);
        await _host.FillInAsync("/cart", ("sku", "1904686181"), ("quantity", "0"));
        Assert.Contains("Здесь пока пусто", (await _host.OpenAsync("/cart")).Text, StringComparison.Ordinal);
        Assert.Equal("/sandbox/shop/cart", (await _host.OpenAsync("/checkout")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.AddAsync(1)).Status);
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_the_field_and_what_was_typed_stays()
    {
        await _host.AddAsync();
        var fields = await _host.CheckoutAsync(("address", "дом"), ("payment", ""), ("coupon", "<b>НЕТ"), ("points", "9999"), ("carrier", "RFBS"));
        var page = await _host.FillInAsync("/checkout", fields);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var field in (string[])["address", "payment", "coupon", "points"])
            Assert.Contains($"id=\"checkout-{field}-problem\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"checkout-carrier-problem\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"дом\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"9999\"", page.Text, StringComparison.Ordinal);
        Assert.Matches("value=\"RFBS\"[^>]*checked", page.Text);
        Assert.Equal(Shopping.Hidden(page.Text, "key"), fields.Single(f => f.Field == "key").Value);
        Assert.Equal(0, await _host.ReadAsync(db => db.ShopOrders.Count()));
    }

    [Fact]
    public async Task A_paid_order_is_with_the_seller_at_full_price_and_costs_the_buyer_what_he_was_shown()
    {
        var number = await _host.BuyAsync(("coupon", "привет10"), ("points", "100"), ("delivery", "express"));
        var order = await _host.OrderAsync(number);
        Assert.Equal((2490_00, 249_00, 100_00, 399_00, 2540_00), (order.Goods, order.Discount, order.Points, order.Delivery, order.Total));
        var thanks = (await _host.OpenAsync("/bought/" + number)).Text;
        Assert.Contains($"data-testid=\"order-number\">{number}<", thanks, StringComparison.Ordinal);
        Assert.Contains("2 540 ₽", thanks.Replace('\u00a0', ' '), StringComparison.Ordinal);
        var posting = await _host.PostingAsync(number + "-1");
        Assert.Equal(("awaiting_packaging", number, "2490.0000", true), ((string)posting["status"]!, (string)posting["order_number"]!, (string)posting["products"]![0]!["price"]!, (bool)posting["is_express"]!));
        Assert.Equal(400, await _host.ReadAsync(db => db.Buyers.Single(b => b.Id == order.BuyerId).Points));
        Assert.Contains("Здесь пока пусто", (await _host.OpenAsync("/cart")).Text, StringComparison.Ordinal);
        Assert.Contains(number, (await _host.OpenAsync("/orders")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("standard", 3, 7)]
    [InlineData("express", 1, 3)]
    public async Task The_delivery_chosen_sets_the_promise(string delivery, int from, int to)
    {
        var number = await _host.BuyAsync(("delivery", delivery));
        var posting = await _host.ReadAsync(db => db.Postings.Single(p => p.OrderNumber == number));
        Assert.Equal((posting.InProcessAt.AddDays(from), posting.InProcessAt.AddDays(to)), (posting.DeliveryFrom, posting.DeliveryTo));
        Assert.True(posting.ShipBy > posting.InProcessAt && posting.ShipBy < posting.DeliveryTo);
    }

    [Fact]
    public async Task The_same_form_sent_twice_even_at_once_makes_one_order()
    {
        await _host.AddAsync();
        var fields = await _host.CheckoutAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _host.FillInAsync("/checkout", fields)));
        Assert.Single(answers.Select(a => a.Location).Distinct());
        await _host.AddAsync();
        Assert.Equal(answers[0].Location, (await _host.FillInAsync("/checkout", fields)).Location);
        Assert.Equal((1, 1), await _host.ReadAsync(db => (db.ShopOrders.Count(), db.CartLines.Count())));
    }

    [Fact]
    public async Task A_form_that_another_buyer_has_sent_before_buys_for_the_one_who_sends_it_now()
    {
        await _host.AddAsync();
        var fields = await _host.CheckoutAsync();
        await _host.FillInAsync("/checkout", fields);
        await _host.OpenAsync("?buyer=115605");
        await _host.AddAsync();
        Assert.StartsWith("/sandbox/shop/bought/", (await _host.FillInAsync("/checkout", fields)).Location, StringComparison.Ordinal);
        Assert.Equal([115568, 115605], await _host.ReadAsync(db => db.ShopOrders.OrderBy(o => o.Id).Select(o => o.BuyerId).ToList()));
    }

    [Fact]
    public async Task A_sum_that_changed_meanwhile_is_shown_before_anything_is_bought()
    {
        await _host.AddAsync();
        var fields = await _host.CheckoutAsync();
        await _host.AddAsync();
        var page = await _host.FillInAsync("/checkout", fields);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Сумма изменилась", page.Text, StringComparison.Ordinal);
        Assert.Equal("512900", Shopping.Hidden(page.Text, "total"));
        Assert.Equal(0, await _host.ReadAsync(db => db.ShopOrders.Count()));
        var again = await _host.FillInAsync("/checkout", [.. fields.Where(f => f.Field != "total"), ("total", "512900")]);
        Assert.StartsWith("/sandbox/shop/bought/", again.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ozon_tells_the_seller_of_it_at_once()
    {
        await _host.ControlAsync("push-url", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["url"] = "http://127.0.0.1:9/push" });
        var number = await _host.BuyAsync();
        var push = Assert.Single(await _host.ReadAsync(db => db.PushDeliveries.Select(d => d.Body).ToList()));
        Assert.Equal(("TYPE_NEW_POSTING", number + "-1"), ((string)JsonNode.Parse(push)!["message_type"]!, (string)JsonNode.Parse(push)!["posting_number"]!));
    }
}

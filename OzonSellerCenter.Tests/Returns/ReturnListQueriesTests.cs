using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.List;
using OzonSellerCenter.Returns.Page;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Returns;

/// <summary>The list of requests on both databases.</summary>
public sealed class ReturnListQueriesTests
{
    private static readonly string?[] Texts = [null, "55765650-R1", "чайник & 100 % + два", "=1+1"];

    private static readonly Gen<ReturnFilter> Filters = Gen.Select(
        Gen.Enum<ReturnTab>(), Gen.Enum<Scheme>(), Gen.Int[0, 3000].Nullable(), Gen.Int[0, 3].Select(i => Texts[i]), Gen.Int[0, 3].Select(i => Texts[i]), Gen.Int[1, 99].Nullable(), Gen.Int[0, 3])
        .Select((tab, scheme, from, text, product, store, flags) => new ReturnFilter
        {
            Tab = tab,
            Scheme = scheme == Scheme.Unknown ? null : scheme,
            Reason = text,
            Defect = (flags & 1) != 0,
            Product = product,
            From = from is { } days ? new DateOnly(2020, 1, 1).AddDays(days) : null,
            To = from is { } more ? new DateOnly(2020, 2, 1).AddDays(more) : null,
            Soon = (flags & 2) != 0,
            Store = store,
            Text = text,
        });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public void A_filter_comes_back_out_of_its_address() => Filters.Sample(filter => ReturnFilter.Parse(filter.ToQuery()) == filter);

    [Theory]
    [InlineData("?tab=nonsense&scheme=unknown&store=-1&from=31.12.2026&to=9999-12-31&text=%20&product=&unknown=1")]
    [InlineData("")]
    public void Unknown_words_in_an_address_are_ignored(string query) => Assert.Equal(ReturnFilter.Default, ReturnFilter.Parse(query));

    [Theory, MemberData(nameof(Providers))]
    public async Task What_is_new_stands_by_its_clock_with_wishes_to_cancel_between_and_the_rest_newest_first(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.ReturnAsync("late", r => r.AskedAt = shop.Now.AddHours(-70));
        await shop.ReturnAsync("early", r => r.AskedAt = shop.Now.AddHours(-1));
        await shop.ReturnAsync("unknown", r => r.State = "SomeNewWord");
        await shop.ReturnAsync("old", r => (r.Stage, r.State, r.AskedAt) = (ReturnStage.Approved, "Approved", shop.Now.AddDays(-9)));
        await shop.PostingAsync("0138-4821-1", change: p => p.Scheme = Scheme.Rfbs);
        await CancellationAsync(shop, 900, shop.Now.AddHours(10));

        Assert.Equal(["late", "900", "early", "unknown"], await NumbersAsync(shop, new()));
        Assert.Equal(["early", "unknown", "900", "late", "old"], await NumbersAsync(shop, new() { Tab = ReturnTab.All }));
        Assert.Equal(["late", "900"], await NumbersAsync(shop, new() { Soon = true }));
        Assert.Equal(["old"], await NumbersAsync(shop, new() { Tab = ReturnTab.Approved }));
        var counts = (await Queries(shop).CountsAsync(shop.Agent, null, Ct)).Of;
        Assert.Equal((4, 1, 0), (counts[ReturnTab.New], counts[ReturnTab.Approved], counts[ReturnTab.Rejected]));
        Assert.Equal(3, await Queries(shop).ToDecideAsync(shop.Agent, Ct));
        var row = (await Queries(shop).ListAsync(shop.Agent, new(), null, Ct)).Rows.Single(r => r.IsCancellation);
        Assert.Equal(("Чайник стеклянный, 1,7 л", 249_000L, "0138-4821-1"), (row.Product, row.Sum, row.PostingNumber));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Pages_follow_each_other_without_a_gap_or_a_double(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        for (var i = 0; i < 7; i++) await shop.ReturnAsync($"{i}", r => r.AskedAt = shop.Now.AddHours(-i / 2));
        await CancellationAsync(shop, 900, shop.Now.AddHours(71));
        foreach (var filter in new ReturnFilter[] { new(), new() { Tab = ReturnTab.All } })
        {
            var (found, after) = (new List<string>(), (ReturnPlace?)null);
            do
            {
                var page = await Queries(shop).ListAsync(shop.Agent, filter, after, Ct, size: 3);
                found.AddRange(page.Rows.Select(r => r.Number));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(await NumbersAsync(shop, filter), found);
            Assert.Equal(8, found.Distinct().Count());
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Filters_narrow_and_fragments_are_found_in_small_and_large_letters(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.ReturnAsync("1-R1", r => (r.AskedAt, r.Scheme) = (new DateTime(2026, 11, 23, 21, 0, 0, DateTimeKind.Utc), Scheme.Rfbs));
        await shop.ReturnAsync("2-R1", r => (r.AskedAt, r.Scheme, r.Reason, r.IsDefect, r.Sku, r.OfferId, r.ProductName, r.Comment) =
            (new DateTime(2026, 11, 23, 20, 59, 0, DateTimeKind.Utc), Scheme.Fbo, "Не подошёл", false, 5, "LM-1", "Лампа", ""), ReturnSource.Market);
        Assert.Equal(["1-R1"], await AllAsync(shop, new() { From = new(2026, 11, 24) }));
        Assert.Equal(["2-R1"], await AllAsync(shop, new() { To = new(2026, 11, 23) }));
        Assert.Equal(["2-R1"], await AllAsync(shop, new() { Scheme = Scheme.Fbo }));
        Assert.Equal(["2-R1"], await AllAsync(shop, new() { Reason = "Не подошёл" }));
        Assert.Equal(["1-R1"], await AllAsync(shop, new() { Defect = true }));
        foreach (var product in new[] { "5", "LM-1", "лАМП" }) Assert.Equal(["2-R1"], await AllAsync(shop, new() { Product = product }));
        foreach (var text in new[] { "1-r1", "НЕ ТОТ ЦВЕТ", "чайник цвет" }) Assert.Equal(["1-R1"], await AllAsync(shop, new() { Text = text }));
        Assert.Empty(await AllAsync(shop, new() { Text = "100%" }));
        Assert.Equal(["Не подошёл", "Товар не соответствует описанию"], await Queries(shop).ReasonsAsync(shop.Agent, null, Ct));
        await shop.ChangeAsync(1, r => r.Comment = "Разбита крышка");
        Assert.Equal(["1-R1"], await AllAsync(shop, new() { Text = "РАЗБИТА" }));
        Assert.Empty(await AllAsync(shop, new() { Text = "цвет" }));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Requests_of_other_stores_are_nowhere(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        var request = await shop.ReturnAsync(change: r => r.Actions = [ReturnShop.Received]);
        await CancellationAsync(shop, 900, shop.Now.AddHours(3));
        var pages = shop.Db.Services.GetRequiredService<ReturnPageQueries>();
        foreach (var filter in new ReturnFilter[] { new(), new() { Tab = ReturnTab.All }, new() { Store = shop.Store.Id }, new() { Text = "55765650" } })
        {
            Assert.Empty((await Queries(shop).ListAsync(stranger, filter, null, Ct)).Rows);
            Assert.NotEmpty((await Queries(shop).ListAsync(shop.Support, filter, null, Ct)).Rows);
        }

        Assert.Empty(await Queries(shop).RowsAsync(stranger, new(), [request.Id], Ct));
        Assert.Equal(0, await Queries(shop).ToDecideAsync(stranger, Ct));
        Assert.Empty(await Queries(shop).ReceivableAsync(stranger, [request.Id], Ct));
        Assert.Empty(await Queries(shop).ReceivableAsync(shop.Support, [request.Id], Ct));
        Assert.Equal(33, (await Queries(shop).ReceivableAsync(shop.Agent, [request.Id], Ct))[request.Id].ActionId);
        Assert.Empty(await Queries(shop).ReasonsAsync(stranger, shop.Store.Id, Ct));
        Assert.Null(await pages.OpenAsync(stranger, request.Id, Ct));
        Assert.Equal(StoreRole.Support, (await pages.OpenAsync(shop.Support, request.Id, Ct))!.Role);
        Assert.Empty(await pages.OfOrderAsync(stranger, shop.Store.Id, "0138-4821", "0138-4821-1", Ct));
        Assert.Single(await pages.OfOrderAsync(shop.Agent, shop.Store.Id, "0138-4821", "0138-4821-1", Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_page_tells_the_money_so_far_and_what_else_the_buyer_sent_back(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync("0138-4821-1");
        await shop.PostingAsync("0777-1-1");
        var request = await shop.ReturnAsync();
        await shop.ReturnAsync("earlier", r => (r.PostingNumber, r.Stage) = ("0777-1-1", ReturnStage.Rejected));
        await shop.WriteAsync(db =>
        {
            db.RefundLedgers.Add(new() { StoreId = shop.Store.Id, PostingNumber = "0138-4821-1", Paid = 249_000, Held = 80_000 });
            return Task.CompletedTask;
        });
        var open = await shop.Db.Services.GetRequiredService<ReturnPageQueries>().OpenAsync(shop.Agent, request.Id, Ct);
        Assert.Equal(new ReturnMoneySoFar(249_000, 0, 80_000, 169_000, "RUB"), open!.Money);
        Assert.Equal("earlier", Assert.Single(open.Earlier).Number);
        Assert.Equal((IfNobodyActs.Approved, false), (open.Silence, open.CanExchange));
    }

    private static ReturnListQueries Queries(TestShop shop) => shop.Db.Services.GetRequiredService<ReturnListQueries>();

    private static Task CancellationAsync(TestShop shop, long id, DateTime dueAt) => shop.WriteAsync(db =>
    {
        db.CancellationRequests.Add(new() { StoreId = shop.Store.Id, CancellationId = id, PostingNumber = "0138-4821-1", Reason = "Передумал", Message = "55765650", AskedAt = shop.Now.AddHours(-5), AutoApproveAt = dueAt });
        return Task.CompletedTask;
    });

    private static Task<string[]> AllAsync(TestShop shop, ReturnFilter filter) => NumbersAsync(shop, filter with { Tab = ReturnTab.All });

    private static async Task<string[]> NumbersAsync(TestShop shop, ReturnFilter filter) =>
        [.. (await Queries(shop).ListAsync(shop.Agent, filter, null, Ct)).Rows.Select(r => r.Number)];
}

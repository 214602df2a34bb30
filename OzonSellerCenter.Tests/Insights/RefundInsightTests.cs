using System.Text;
using OzonSellerCenter.Data;
using OzonSellerCenter.Insights;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Tests.Background;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Insights;

/// <summary>The figures as they are read from the database, with the eyes of a person.</summary>
public sealed class RefundInsightTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task Requests_deliveries_and_money_come_together_and_others_see_none_of_it(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await FillAsync(test);
        var (_, stranger) = await test.Db.AddStoreAsync("1000002");
        var queries = test.Get<RefundInsightQueries>();
        foreach (var by in Enum.GetValues<RefundGrouping>())
        {
            var figures = await queries.AskAsync(test.Owner, new RefundQuestion(90, by), Ct);
            Assert.Equal((2, 3L, 1), (figures.All.Requests, figures.All.Delivered, figures.All.Defects));
            Assert.Equal(2, figures.Lines.Sum(l => l.Requests));
            Assert.Equal(150_000, figures.Lines.SelectMany(l => l.Refunded).Sum(m => m.Minor));
        }

        Assert.Equal("Тула", Assert.Single((await queries.AskAsync(test.Owner, new RefundQuestion(90, RefundGrouping.Warehouse), Ct)).Lines, l => l.Key.Length > 0).Name);
        Assert.Equal((0, 0L), await AllOf(queries, stranger, new RefundQuestion()));
        Assert.Equal((0, 0L), await AllOf(queries, stranger, new RefundQuestion(Store: test.StoreId)));
    }

    [Fact]
    public async Task The_file_holds_the_lines_and_no_formula()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await FillAsync(test, "=HYPERLINK(1)");
        using var file = new MemoryStream();
        await test.Get<RefundExport>().CsvAsync(test.Owner, new RefundQuestion(By: RefundGrouping.Reason), file, Ct);
        var text = Encoding.UTF8.GetString(file.ToArray());
        Assert.Contains("'=HYPERLINK(1)", text, StringComparison.Ordinal);
        Assert.Contains("1500", text, StringComparison.Ordinal);
    }

    private static async Task<(int Requests, long? Delivered)> AllOf(RefundInsightQueries queries, CurrentUser user, RefundQuestion question) =>
        await queries.AskAsync(user, question, Ct) is var figures ? (figures.All.Requests, figures.All.Delivered) : default;

    private static async Task FillAsync(BackgroundTest test, string reason = "Брак")
    {
        await using var db = await test.Databases.ForSystemAsync(Ct);
        var posting = new Posting { StoreId = test.StoreId, PostingNumber = "0300-1", OrderNumber = "0300", Scheme = Scheme.Rfbs, Status = "delivered", DeliveredAt = test.Now.AddDays(-5), Warehouse = "Тула" };
        posting.Items.Add(new PostingItem { StoreId = test.StoreId, Sku = 11, Name = "Лампа", Quantity = 3, Price = 150_000 });
        var back = new ReturnRequest { StoreId = test.StoreId, Source = ReturnSource.Rfbs, ReturnId = 1, Number = "1-R1", PostingNumber = "0300-1", Sku = 11, ProductName = "Лампа", Reason = reason, IsDefect = true, Scheme = Scheme.Rfbs, AskedAt = test.Now.AddDays(-2) };
        var other = new ReturnRequest { StoreId = test.StoreId, Source = ReturnSource.Market, ReturnId = 2, Number = "2", PostingNumber = "0300-9", Sku = 12, ProductName = "Плед", Reason = "Передумал", Scheme = Scheme.Fbs, AskedAt = test.Now.AddDays(-3) };
        var old = new ReturnRequest { StoreId = test.StoreId, Source = ReturnSource.Rfbs, ReturnId = 3, Number = "3-R1", AskedAt = test.Now.AddDays(-100) };
        db.AddRange(posting, back, other, old);
        await db.SaveChangesAsync(Ct);
        db.Add(new Refund { StoreId = test.StoreId, Key = "one", PostingNumber = "0300-1", ReturnRequestId = back.Id, State = RefundState.Paid, Amount = 149_000, Postage = 1_000 });
        await db.CommitAsync(Ct);
    }
}

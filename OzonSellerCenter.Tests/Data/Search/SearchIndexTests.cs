using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Data.Search;

public sealed class SearchIndexTests
{
    private const int Documents = 3_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task The_newest_come_first_whether_what_is_asked_for_is_frequent_or_rare_and_old(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        await using var db = await test.Databases.ForSystemAsync(Ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(Ct))
        {
            // The rare word stands in the two oldest of all.
            await SearchIndex.Texts.WriteAsync(
                db, [.. Enumerable.Range(1, Documents).Select(i => new SearchDocument(i, [i <= 2 ? ["заказ", "редкое"] : ["заказ"]], [SearchSigns.OfStore(1)]))], Ct);
            await transaction.CommitAsync(Ct);
        }

        Assert.Equal([3000, 2999, 2998], await NewestAsync("заказ", SearchKey.Newest, 3));
        Assert.Equal([9, 8, 7], await NewestAsync("заказ", 10, 3));
        Assert.Equal([2, 1], await NewestAsync("редкое", SearchKey.Newest, 50));
        Assert.Equal([1], await NewestAsync("редкое", 2, 50));
        Assert.Empty(await NewestAsync("неслыханное", SearchKey.Newest, 50));

        Task<List<long>> NewestAsync(string word, long before, int take) =>
            SearchIndex.Texts.NewestAsync(db, new SearchMatch().RequireAny([SearchSigns.OfStore(1)]).RequireAny([word]), before, take, Ct);
    }
}

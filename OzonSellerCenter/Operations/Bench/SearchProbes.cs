using System.Globalization;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>A page of 50 results for each kind of query, in the words of the bulk test data.</summary>
internal sealed class SearchProbes(IServiceProvider services, BenchPerson person, int conversations)
{
    /// <summary>{0}: the number of another order each time.</summary>
    private static readonly (string Kind, string Query)[] Queries =
    [
        ("common word", "заказ "), ("word form, other layout", "jnghfdktybt "), ("two words", "трещина палатка "), ("three words, rare together", "Гульнара кабель 110 "),
        ("phrase", "\"не подошёл размер\""), ("beginning, two letters", "по"), ("beginning, five letters", "возвр"), ("order number", "{0}"), ("fragment of many numbers", "800"),
        ("buyer and side", "Тимур from:seller "), ("unread", "unread товар "), ("overdue", "overdue детали "), ("nothing", "неслыханное "), ("never together", "неслыханное заказ "),
        ("order and word", "order:{0} здравствуйте "),
    ];

    private readonly SearchQueries _search = services.GetRequiredService<SearchQueries>();

    public IEnumerable<BenchProbe> All(CancellationToken cancellation) => Queries.Select(query => new BenchProbe($"search: {query.Kind}", async i =>
    {
        // Numbers as the bulk data has them; spread over all orders.
        var order = 1 + (int)(i * 7_919L % (conversations / 2));
        var text = string.Format(CultureInfo.InvariantCulture, query.Query, string.Create(CultureInfo.InvariantCulture, $"{80_000_000 + order}-{order % 10_000:0000}"));
        return (await _search.FindAsync(person.User, InboxFilter.Default with { Query = text }, null, cancellation)).Hits.Count;
    })
    {
        Goal = new BenchGoal { P95 = 50, Growth = 5 },
    });
}

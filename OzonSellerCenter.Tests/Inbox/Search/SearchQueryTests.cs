using CsCheck;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;

namespace OzonSellerCenter.Tests.Inbox.Search;

public sealed class SearchQueryTests
{
    /// <summary>Anything a person, a script or a cat types.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.OneOf(
            "возврат", "from:", "buyer", "from:buyer", "overdue", "Unread", "order:4821", "store:\"Дом и свет\"", "tag:", "\"", "«", "»", " ", ":", "*", "^", "AND", "NEAR(",
            ")", "%", "_", "\\", "'", "\0", "ghbdtn", "акщьЖигнук", "\"не подошёл\"", "-", "😀", "OR", "a:b:\"c").Array[0, 20].Select(w => string.Join("", w.Select((p, i) => i % 3 == 0 ? p + " " : p))));

    [Fact]
    public void Whatever_is_typed_is_a_query_and_comes_back_out_of_its_text() => Texts.Sample(text =>
    {
        var query = SearchQuery.Parse(text);
        if (text.Length > SearchQuery.MaxLength) return query.Refusal!.Key == "SearchTooLong";
        var again = SearchQuery.Parse(query.ToString());
        return again.ToString() == query.ToString() && again.Terms.SequenceEqual(query.Terms) && (again.From, again.Overdue, again.Unread) == (query.From, query.Overdue, query.Unread)
            && again.Orders.SequenceEqual(query.Orders) && again.Stores.SequenceEqual(query.Stores) && again.Tags.SequenceEqual(query.Tags)
            && again.Assigned.SequenceEqual(query.Assigned) && again.Refusal?.Key == query.Refusal?.Key;
    });

    [Fact]
    public void Words_phrases_and_filters_are_told_apart()
    {
        var query = SearchQuery.Parse("""трещина "не подошёл" from:Buyer overdue UNREAD order:48-21 store:"Дом и свет" tag:vip assigned:Анна чайн""");
        Assert.Equal([new("трещина"), new("не подошёл", IsQuoted: true), new("чайн", IsOpen: true)], query.Terms);
        Assert.Equal((MessageAuthor.Buyer, true, true), (query.From, query.Overdue, query.Unread));
        Assert.Equal(["48-21"], query.Orders);
        Assert.Equal(["Дом и свет"], query.Stores);
        Assert.Equal(["vip"], query.Tags);
        Assert.Equal(["Анна"], query.Assigned);
        Assert.Null(query.Refusal);
    }

    [Theory]
    [InlineData("возвр", true)]
    [InlineData("возвр ", false)]
    [InlineData("\"возвр\"", false)]
    [InlineData("\"возвр", false)]
    [InlineData("возвр overdue", false)]
    public void Only_the_last_word_is_still_being_typed(string text, bool isOpen) => Assert.Equal(isOpen, Assert.Single(SearchQuery.Parse(text).Terms).IsOpen);

    [Theory]
    [InlineData("акщьЖигнук")]
    [InlineData("АКЩЬ:игнук")]
    [InlineData("from:buyer")]
    [InlineData("from:\"buyer\"")]
    public void Filters_are_known_in_the_other_keyboard_layout(string text) => Assert.Equal(MessageAuthor.Buyer, SearchQuery.Parse(text).From);

    [Theory]
    [InlineData("from:nobody", "from:nobody")]
    [InlineData("12:30", "12:30")]
    [InlineData("\"overdue\"", "overdue")]
    [InlineData("AND", "AND")]
    [InlineData("order:", "order:")]
    public void What_is_no_filter_is_a_word(string text, string term) => Assert.Equal(term, Assert.Single(SearchQuery.Parse(text).Terms).Text);

    [Theory]
    [InlineData(null, "SearchNothing")]
    [InlineData(" \t\n", "SearchNothing")]
    [InlineData("?!…😀 \"\" «", "SearchNothing")]
    [InlineData("order:12", "SearchNumberTooShort")]
    [InlineData("a b c d e f g h i j k l m n o p q", "SearchTooManyWords")]
    public void What_cannot_be_carried_out_says_why(string? text, string key) => Assert.Equal(key, SearchQuery.Parse(text).Refusal?.Key);

    [Fact]
    public void A_query_of_ten_kilobytes_is_refused() => Assert.Equal("SearchTooLong", SearchQuery.Parse(new string('я', 10_240)).Refusal?.Key);
}

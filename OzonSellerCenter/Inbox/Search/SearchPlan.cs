using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>A query in the terms of the index, for the stores that may be looked into.</summary>
/// <param name="Match">What an entry has to hold; null when nothing can.</param>
/// <param name="IsCut">A fragment of a number fits more conversations than are looked at.</param>
internal sealed record SearchPlan(SearchMatch? Match, bool IsCut)
{
    /// <summary>Conversations that are asked for by name at most: two pages. Measured: 0.3 ms for each among ten million messages.</summary>
    public const int MaxConversations = 100;

    private const int MaxWords = 200;
    private const int MaxPhrases = 40;

    public static async Task<SearchPlan> OfAsync(SellerCenterDb db, SearchQuery query, IReadOnlyCollection<int> stores, CancellationToken cancellation)
    {
        var nothing = new SearchPlan(null, false);
        if (stores.Count == 0) return nothing;
        var ofStores = stores.Select(SearchSigns.OfStore).ToList();
        var (match, isCut) = (new SearchMatch().RequireAny(ofStores), false);
        if (query.From is { } author) match.RequireAny([SearchSigns.OfAuthor((int)author)]);
        foreach (var number in query.Orders)
        {
            var about = await AboutNumberAsync(number);
            if (about.Count == 0) return nothing;
            match.RequireAny(about);
        }

        foreach (var term in query.Terms)
        {
            var anyOf = new List<IReadOnlyList<string>>();
            foreach (var phrase in SearchPhrase.Of(term))
            {
                anyOf.Add(phrase.Stems);
                anyOf.AddRange(await LongerAsync(db, phrase, cancellation));
                anyOf.AddRange((await AboutNumberAsync(phrase.Text)).Select(sign => (string[])[sign]));
            }

            match.Require(anyOf);
        }

        return new SearchPlan(match, isCut);

        async Task<List<string>> AboutNumberAsync(string text)
        {
            var pieces = SearchIndex.PiecesOf(SearchWords.NumberOf(text));
            if (pieces.Count == 0) return [];
            var ofNumber = new SearchMatch().RequireAny(ofStores).Require([pieces]);
            var found = await SearchIndex.Numbers.NewestAsync(db, ofNumber, SearchKey.Newest, MaxConversations + 1, cancellation);
            isCut |= found.Count > MaxConversations;
            return [.. found.Take(MaxConversations).Select(SearchSigns.OfConversation)];
        }
    }

    /// <summary>The phrase with its last word gone on.</summary>
    private static async Task<IEnumerable<IReadOnlyList<string>>> LongerAsync(SellerCenterDb db, SearchPhrase phrase, CancellationToken cancellation)
    {
        if (phrase.Beginning is not { } beginning) return [];
        var words = await SearchVocabulary.BeginningWithAsync(db, beginning, phrase.Stems.Count == 1 ? MaxWords : MaxPhrases, cancellation);
        return words.Where(w => w != phrase.Stems[^1]).Select(w => (IReadOnlyList<string>)[.. phrase.Stems.SkipLast(1), w]);
    }
}

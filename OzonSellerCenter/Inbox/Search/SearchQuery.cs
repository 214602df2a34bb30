using System.Text.RegularExpressions;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>One thing to be found: a word as it was typed, or a phrase in quotes. What has several words (<c>USB-C</c>) is a phrase too.</summary>
/// <param name="Text">As typed, without quotes.</param>
/// <param name="IsQuoted">It stood in quotes.</param>
/// <param name="IsOpen">It is still being typed: the last word of it may go on.</param>
public sealed record SearchTerm(string Text, bool IsQuoted = false, bool IsOpen = false);

/// <summary>What a person typed into the search box, taken apart. Every text is a query: what is no filter is a word, and what is no word is
/// nothing. Filters: <c>from:buyer|seller|support</c>, <c>overdue</c>, <c>unread</c>, <c>order:NUMBER</c>, <c>store:</c>, <c>tag:</c>,
/// <c>assigned:</c>, each also in the other keyboard layout.</summary>
public sealed partial record SearchQuery
{
    /// <summary>Characters of a query at most.</summary>
    public const int MaxLength = 300;

    /// <summary>Words and phrases of a query at most.</summary>
    public const int MaxTerms = 16;

    public IReadOnlyList<SearchTerm> Terms { get; init; } = [];

    /// <summary>Only messages of this side.</summary>
    public MessageAuthor? From { get; init; }

    public bool Overdue { get; init; }

    public bool Unread { get; init; }

    /// <summary>Fragments of an order, posting or tracking number.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>Parts of a store's name, or its Client-Id.</summary>
    public IReadOnlyList<string> Stores { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Names of people to whom conversations are assigned.</summary>
    public IReadOnlyList<string> Assigned { get; init; } = [];

    /// <summary>Why it is not carried out; null when it is. Keys: <c>SearchTooLong</c> (limit), <c>SearchTooManyWords</c> (limit),
    /// <c>SearchNothing</c>, <c>SearchNumberTooShort</c> (limit).</summary>
    public Reason? Refusal { get; init; }

    /// <summary>Takes a text apart. Never fails, whatever it is.</summary>
    public static SearchQuery Parse(string? text)
    {
        if (text is null || text.Length > MaxLength) return new SearchQuery { Refusal = text is null ? new Reason("SearchNothing") : new Reason("SearchTooLong", MaxLength) };
        var query = new SearchQuery();
        foreach (var piece in Pieces(text)) query = query.With(piece);
        return query with { Refusal = query.WhyNot() };
    }

    /// <summary>The query as text; parsed it is the same again.</summary>
    public override string ToString()
    {
        var filters = new List<string>();
        if (From is { } from) filters.Add($"from:{from.ToString().ToLowerInvariant()}");
        if (Overdue) filters.Add("overdue");
        if (Unread) filters.Add("unread");
        foreach (var (name, values) in new[] { ("order", Orders), ("store", Stores), ("tag", Tags), ("assigned", Assigned) })
        {
            filters.AddRange(values.Select(v => $"{name}:\"{v}\""));
        }

        // The last word is open unless something follows it.
        var terms = string.Join(' ', Terms.Select(t => t.IsQuoted ? $"\"{t.Text}\"" : t.Text));
        return $"{string.Join(' ', filters.Append(terms).Where(p => p.Length > 0))}{(Terms is [.., { IsOpen: true }] ? "" : " ")}";
    }

    private SearchQuery With(Piece piece)
    {
        if (piece is { IsQuoted: true, Name: null }) return Add(piece);
        if (WithFilter(piece) is { } filtered) return filtered;
        return KeyboardLayout.Other(piece.Whole) is { } other && WithFilter(Split(other)) is { } meant ? meant : Add(piece);
    }

    private SearchQuery? WithFilter(Piece piece) => (piece.Name?.ToLowerInvariant(), piece.Text.ToLowerInvariant()) switch
    {
        (null, "overdue") => this with { Overdue = true },
        (null, "unread") => this with { Unread = true },
        ("from", "buyer") => this with { From = MessageAuthor.Buyer },
        ("from", "seller") => this with { From = MessageAuthor.Seller },
        ("from", "support") => this with { From = MessageAuthor.Support },
        ("order", not "") => this with { Orders = [.. Orders, piece.Text] },
        ("store", not "") => this with { Stores = [.. Stores, piece.Text] },
        ("tag", not "") => this with { Tags = [.. Tags, piece.Text] },
        ("assigned", not "") => this with { Assigned = [.. Assigned, piece.Text] },
        _ => null,
    };

    private SearchQuery Add(Piece piece) =>
        SearchWords.Of(piece.Whole).Count == 0 ? this : this with { Terms = [.. Terms, new SearchTerm(piece.Whole, piece.IsQuoted, piece.IsOpen)] };

    private Reason? WhyNot()
    {
        if (Terms.Count + Orders.Count + Stores.Count + Tags.Count + Assigned.Count > MaxTerms) return new Reason("SearchTooManyWords", MaxTerms);
        if (Orders.Any(o => SearchWords.NumberOf(o).Length < SearchIndex.FragmentLength)) return new Reason("SearchNumberTooShort", SearchIndex.FragmentLength);
        return this is { Terms: [], From: null, Overdue: false, Unread: false, Orders: [], Stores: [], Tags: [], Assigned: [] } ? new Reason("SearchNothing") : null;
    }

    /// <summary>Pieces between blanks; quotes hold one together, and one that is not closed goes to the end.</summary>
    private static IEnumerable<Piece> Pieces(string text)
    {
        foreach (Match match in PieceOfQuery().Matches(text))
        {
            if (match.Groups["word"] is { Success: true, Value: var word }) yield return Split(word) with { IsOpen = match.Index + match.Length == text.Length };
            else yield return new Piece(match.Groups["name"] is { Success: true, Value: var name } ? name : null, match.Groups["quoted"].Value, IsQuoted: true);
        }
    }

    /// <summary>What stands before and behind the first colon; nothing before it when there is none.</summary>
    private static Piece Split(string word) =>
        word.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? new Piece(word[..colon], word[(colon + 1)..]) : new Piece(null, word);

    [GeneratedRegex("""(?:(?<name>[^\s:"«»“”„]+):)?["«»“”„](?<quoted>[^"«»“”„]*)(?:["«»“”„]|$)|(?<word>[^\s"«»“”„]+)""")]
    private static partial Regex PieceOfQuery();

    /// <summary>A piece of the text: the value of a filter, or a word or phrase.</summary>
    private readonly record struct Piece(string? Name, string Text, bool IsQuoted = false, bool IsOpen = false)
    {
        public string Whole => Name is null ? Text : $"{Name}:{Text}";
    }
}

using OzonSellerCenter.Data.Search;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>Words that stand side by side, by their stems, as one of the ways in which a term can be meant.</summary>
/// <param name="Text">As typed, or as the other keyboard layout gives it.</param>
/// <param name="Stems">At least one.</param>
/// <param name="Beginning">The last word may go on from here; null when it is whole.</param>
/// <param name="IsOtherLayout">It was typed in the other keyboard layout.</param>
public sealed record SearchPhrase(string Text, IReadOnlyList<string> Stems, string? Beginning, bool IsOtherLayout)
{
    /// <summary>Letters from which on a beginning finds whole words.</summary>
    private const int ShortestBeginning = 2;

    /// <summary>How a term can be meant: as it stands, and as if the keyboard had been in the other layout.</summary>
    public static IEnumerable<SearchPhrase> Of(SearchTerm term)
    {
        foreach (var text in new[] { term.Text, KeyboardLayout.Other(term.Text) })
        {
            if (text is null || SearchWords.Of(text) is not { Count: > 0 } words) continue;
            var beginning = term.IsOpen && words[^1].Written.Length >= ShortestBeginning ? words[^1].Written : null;
            yield return new SearchPhrase(text, words.ConvertAll(w => w.Stem), beginning, text != term.Text);
        }
    }

    /// <summary>Whether the words from a place on are this phrase.</summary>
    public bool IsAt(List<SearchWord> words, int at)
    {
        if (at + Stems.Count > words.Count) return false;
        for (var i = 0; i < Stems.Count; i++)
        {
            var word = words[at + i];
            var goesOn = i == Stems.Count - 1 && Beginning is not null
                && (word.Stem.StartsWith(Beginning, StringComparison.Ordinal) || word.Written.StartsWith(Beginning, StringComparison.Ordinal));
            if (word.Stem != Stems[i] && !goesOn) return false;
        }

        return true;
    }
}

/// <summary>A piece of a text, found or not.</summary>
public readonly record struct MarkedPiece(string Text, bool IsFound);

/// <summary>Finds again, in a text or number on the screen, what the index found: by word form, beginning and fragment.</summary>
public sealed class SearchMarks
{
    /// <summary>Characters shown before the first word that was found.</summary>
    private const int Before = 20;

    private const int LineLength = 200;

    private readonly List<SearchPhrase> _phrases;
    private readonly List<(string Fragment, SearchPhrase? Of)> _fragments;

    public SearchMarks(SearchQuery query)
    {
        _phrases = [.. query.Terms.SelectMany(SearchPhrase.Of)];
        _fragments =
        [
            .. _phrases.Select(p => (SearchWords.NumberOf(p.Text), (SearchPhrase?)p)),
            .. query.Orders.Select(o => (SearchWords.NumberOf(o), (SearchPhrase?)null)),
        ];
        _fragments.RemoveAll(f => f.Fragment.Length < SearchIndex.FragmentLength);
    }

    /// <summary>The text in pieces.</summary>
    public IReadOnlyList<MarkedPiece> In(string text) => Pieces(text, PlacesIn(text));

    /// <summary>A number in pieces; also a part of it can be found.</summary>
    public IReadOnlyList<MarkedPiece> InNumber(string number) => Pieces(number, PlacesInNumber(number));

    /// <summary>One line of a message around the first thing found; its beginning when nothing is.</summary>
    public string LineOf(string text)
    {
        var start = PlacesIn(text) is [var first, ..] ? Math.Max(0, first.Start - Before) : 0;

        // From the beginning of a word on, not from its middle.
        if (start > 0) start = text.IndexOfAny([' ', '\n', '\t'], start) is var blank and >= 0 && blank < start + Before ? blank + 1 : start;
        var line = text.AsSpan(start, Math.Min(LineLength, text.Length - start));
        return (start > 0 ? "…" : "") + string.Join(' ', line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether something is found in it.</summary>
    public bool IsIn(string? text) => text is not null && PlacesIn(text).Count > 0;

    /// <inheritdoc cref="IsIn"/>
    public bool IsInNumber(string? number) => number is not null && PlacesInNumber(number).Count > 0;

    /// <summary>What of the query was found here only as if it had been typed in the other keyboard layout.</summary>
    public IEnumerable<string> OtherLayoutIn(IEnumerable<string> texts, IEnumerable<string> numbers)
    {
        var words = texts.Select(SearchWords.Of).ToList();
        var digits = numbers.Select(SearchWords.NumberOf).ToList();
        return _phrases.Where(p => p.IsOtherLayout)
            .Where(p => words.Exists(w => Enumerable.Range(0, w.Count).Any(at => p.IsAt(w, at)))
                || _fragments.Exists(f => f.Of == p && digits.Exists(d => d.Contains(f.Fragment, StringComparison.Ordinal))))
            .Select(p => p.Text);
    }

    private List<(int Start, int End)> PlacesIn(string text)
    {
        var places = new List<(int, int)>();
        var words = SearchWords.Of(text);
        for (var at = 0; at < words.Count;)
        {
            var length = _phrases.Where(p => p.IsAt(words, at)).Select(p => p.Stems.Count).DefaultIfEmpty().Max();
            if (length > 0) places.Add((words[at].Start, words[at + length - 1].End));
            at += Math.Max(1, length);
        }

        return places;
    }

    private List<(int Start, int End)> PlacesInNumber(string number)
    {
        // The number without what separates its parts, and where each character of it stands.
        var kept = Enumerable.Range(0, number.Length).Where(i => char.IsLetterOrDigit(number[i])).ToList();
        var bare = SearchWords.NumberOf(number);
        if (bare.Length != kept.Count) return [];
        foreach (var (fragment, _) in _fragments)
        {
            if (bare.IndexOf(fragment, StringComparison.Ordinal) is var at and >= 0) return [(kept[at], kept[at + fragment.Length - 1] + 1)];
        }

        return [];
    }

    private static List<MarkedPiece> Pieces(string text, List<(int Start, int End)> places)
    {
        var (pieces, done) = (new List<MarkedPiece>(), 0);
        foreach (var (start, end) in places)
        {
            if (start > done) pieces.Add(new MarkedPiece(text[done..start], false));
            pieces.Add(new MarkedPiece(text[start..end], true));
            done = end;
        }

        if (done < text.Length) pieces.Add(new MarkedPiece(text[done..], false));
        return pieces;
    }
}

namespace OzonSellerCenter.Data.Search;

/// <summary>What a document has to hold: of each clause at least one phrase. Holds nothing but words and signs, so no text that a person
/// types can become an operator of a database.</summary>
public sealed class SearchMatch
{
    private readonly List<IReadOnlyList<IReadOnlyList<string>>> _clauses = [];

    /// <summary>How many words and signs are looked for in each document, at least 1.</summary>
    internal int Words => Math.Max(1, _clauses.Sum(clause => clause.Sum(phrase => phrase.Count)));

    /// <summary>Adds a clause: one of these phrases, each a list of words that stand side by side.</summary>
    /// <returns>This.</returns>
    public SearchMatch Require(IReadOnlyList<IReadOnlyList<string>> anyOf)
    {
        _clauses.Add(anyOf);
        return this;
    }

    /// <summary>Adds a clause of single words or signs.</summary>
    /// <returns>This.</returns>
    public SearchMatch RequireAny(IEnumerable<string> words) => Require([.. words.Select(w => (string[])[w])]);

    /// <summary>As FTS5 of SQLite reads it.</summary>
    internal string ToFts5() => Text(" AND ", " OR ", phrase => $"\"{string.Join(' ', phrase)}\"");

    /// <summary>As <c>tsquery</c> of PostgreSQL reads it.</summary>
    internal string ToTsQuery() => Text(" & ", " | ", phrase => phrase.Count == 1 ? $"'{phrase[0]}'" : $"({string.Join(" <-> ", phrase.Select(w => $"'{w}'"))})");

    private string Text(string and, string or, Func<IReadOnlyList<string>, string> phrase) =>
        string.Join(and, _clauses.Select(clause => $"({string.Join(or, clause.Select(phrase))})"));
}

namespace OzonSellerCenter.Inbox;

/// <summary>Finds people in a text: @ and the whole name, as a word of its own (Chinese writes on without a blank). Names may hold blanks; the
/// longest that fits is meant.</summary>
public static class MentionText
{
    /// <summary>The names of <paramref name="names"/> that are mentioned, as they are known, each once, in the order of the text.</summary>
    public static IReadOnlyList<string> In(string text, IEnumerable<string> names) =>
        [.. Pieces(text, names).Where(p => p.Name is not null).Select(p => p.Name!).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The text cut into pieces; those with a name are mentions and still have their @.</summary>
    public static IEnumerable<(string Text, string? Name)> Pieces(string text, IEnumerable<string> names)
    {
        var longestFirst = names.Where(n => n.Length > 0).OrderByDescending(n => n.Length).ToList();
        var done = 0;
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at < done || (at > 0 && char.IsLetterOrDigit(text[at - 1]))) continue;
            if (longestFirst.Find(name => StandsAt(text, at + 1, name)) is not { } found) continue;
            if (at > done) yield return (text[done..at], null);
            done = at + 1 + found.Length;
            yield return (text[at..done], found);
        }

        if (done < text.Length) yield return (text[done..], null);
    }

    private static bool StandsAt(string text, int at, string name) =>
        string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && at + name.Length <= text.Length
        && (at + name.Length == text.Length || IsHan(name[^1]) || !char.IsLetterOrDigit(text[at + name.Length]));

    private static bool IsHan(char sign) => sign is >= '\u4e00' and <= '\u9fff';
}

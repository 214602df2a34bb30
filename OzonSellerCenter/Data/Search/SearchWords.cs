using System.Globalization;
using System.Text;

namespace OzonSellerCenter.Data.Search;

/// <summary>A word in a text: where it stands, how it is written there in one spelling (lower case, <c>е</c> for <c>ё</c>), and its stem.</summary>
public readonly record struct SearchWord(int Start, int Length, string Written, string Stem)
{
    public int End => Start + Length;
}

/// <summary>Takes texts apart into words, the same way for the index, for queries and for marking. Neither database does it itself: SQLite
/// knows neither Russian word forms nor ё, and both have to find the same.</summary>
public static class SearchWords
{
    /// <summary>Characters of a word that count; what is longer is cut, in texts and queries alike.</summary>
    public const int MaxLength = 40;

    private static readonly string[] OfBriefDeeds = ["нут", "нул", "нет"];

    /// <summary>The words of a text from left to right. Words are letters and digits; a Chinese character is a word of its own.</summary>
    public static List<SearchWord> Of(string text)
    {
        var words = new List<SearchWord>();
        for (var at = 0; at < text.Length;)
        {
            var length = LengthAt(text, at, out var isWord);
            if (isWord && Spelling(text.AsSpan(at, length)) is { Length: > 0 } written) words.Add(new SearchWord(at, length, written, StemOf(written)));
            at += length;
        }

        return words;
    }

    /// <summary>The stems alone.</summary>
    public static List<string> StemsOf(string text) => Of(text).ConvertAll(w => w.Stem);

    /// <summary>Letters and digits of a number without what separates them, so that it is found however it was copied.</summary>
    public static string NumberOf(string text) => Spelling(text);

    private static string StemOf(string written)
    {
        if (!written.All(c => c is >= 'а' and <= 'я')) return written;
        var stem = RussianStemmer.StemOf(written);

        // Snowball keeps вернуть, вернул, вернёте and верните apart, and these are what buyers write most. Cut off the stem, it can only bring
        // words together, never part forms that Snowball brought together.
        return stem.Length > 4 && OfBriefDeeds.Any(e => stem.EndsWith(e, StringComparison.Ordinal)) ? stem[..^2] : stem;
    }

    /// <summary>How far the word, or what is between words, goes from here.</summary>
    private static int LengthAt(string text, int start, out bool isWord)
    {
        Rune.DecodeFromUtf16(text.AsSpan(start), out var first, out var at);
        isWord = IsOfWord(first);
        if (IsHan(first)) return at;
        while (start + at < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(start + at), out var rune, out var length);

            // Accents belong to their letter, and soft hyphens and joiners stand inside a word without being seen.
            var joins = isWord && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;
            if (!joins && (IsOfWord(rune) != isWord || IsHan(rune))) break;
            at += length;
        }

        return at;
    }

    private static string Spelling(ReadOnlySpan<char> word)
    {
        var spelling = new StringBuilder(word.Length);

        // Half a surrogate pair cannot be normalised; reading by runes replaces it.
        foreach (var rune in string.Concat(word.ToString().EnumerateRunes()).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (IsOfWord(rune) && spelling.Length < MaxLength) spelling.Append(Rune.ToLowerInvariant(rune));
        }

        return spelling.Replace('ё', 'е').ToString();
    }

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune);

    private static bool IsHan(Rune rune) => rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x3FFFF);
}

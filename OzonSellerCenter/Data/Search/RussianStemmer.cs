using System.Buffers;

namespace OzonSellerCenter.Data.Search;

/// <summary>The Russian stemmer of the Snowball project (snowballstem.org/algorithms/russian/stemmer.html), so that every form of a word is
/// found by every other: <c>возврата</c>, <c>возвраты</c> → <c>возврат</c>. Only cuts off at the end; never makes a word longer.</summary>
public static class RussianStemmer
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("аеиоуыэюя");

    private static readonly Endings PerfectiveGerunds = new(
        ["в", "вши", "вшись"],
        ["ив", "ивши", "ившись", "ыв", "ывши", "ывшись"]);

    private static readonly Endings Reflexives = new([], ["ся", "сь"]);

    private static readonly Endings Adjectives = new(
        [],
        [
            "ее", "ие", "ые", "ое", "ими", "ыми", "ей", "ий", "ый", "ой", "ем", "им", "ым", "ом", "его", "ого", "ему", "ому", "их", "ых",
            "ую", "юю", "ая", "яя", "ою", "ею",
        ]);

    private static readonly Endings Participles = new(["ем", "нн", "вш", "ющ", "щ"], ["ивш", "ывш", "ующ"]);

    private static readonly Endings Verbs = new(
        ["ла", "на", "ете", "йте", "ли", "й", "л", "ем", "н", "ло", "но", "ет", "ют", "ны", "ть", "ешь", "нно"],
        [
            "ила", "ыла", "ена", "ейте", "уйте", "ите", "или", "ыли", "ей", "уй", "ил", "ыл", "им", "ым", "ен", "ило", "ыло", "ено", "ят",
            "ует", "уют", "ит", "ыт", "ены", "ить", "ыть", "ишь", "ую", "ю",
        ]);

    private static readonly Endings Nouns = new(
        [],
        [
            "а", "ев", "ов", "ие", "ье", "е", "иями", "ями", "ами", "еи", "ии", "и", "ией", "ей", "ой", "ий", "й", "иям", "ям", "ием", "ем",
            "ам", "ом", "о", "у", "ах", "иях", "ях", "ы", "ь", "ию", "ью", "ю", "ия", "ья", "я",
        ]);

    private static readonly Endings Derivations = new([], ["ост", "ость"]);

    private static readonly Endings Superlatives = new([], ["ейш", "ейше"]);

    /// <summary>The stem of a word in lower case with <c>е</c> for <c>ё</c>. A word in other letters comes back as it is.</summary>
    public static string StemOf(string word)
    {
        // Endings are looked for only behind the first vowel: a root without one would not be left.
        var root = FirstVowel(word) + 1;
        if (root == 0 || root == word.Length) return word;
        ReadOnlySpan<char> stem = word;
        if (!PerfectiveGerunds.Cut(ref stem, root))
        {
            Reflexives.Cut(ref stem, root);
            if (Adjectives.Cut(ref stem, root)) Participles.Cut(ref stem, root);
            else if (!Verbs.Cut(ref stem, root)) Nouns.Cut(ref stem, root);
        }

        if (stem.Length > root && stem[^1] == 'и') stem = stem[..^1];
        Derivations.Cut(ref stem, Math.Max(root, SecondRegion(word)));
        Tidy(ref stem, root);
        return stem.Length == word.Length ? word : stem.ToString();
    }

    private static void Tidy(ref ReadOnlySpan<char> stem, int root)
    {
        var isSuperlative = Superlatives.Cut(ref stem, root);
        if (stem.Length - root >= 2 && stem.EndsWith("нн", StringComparison.Ordinal)) stem = stem[..^1];
        else if (!isSuperlative && stem.Length > root && stem[^1] == 'ь') stem = stem[..^1];
    }

    private static int FirstVowel(string word) => word.AsSpan().IndexOfAny(Vowels);

    /// <summary>R2 of Snowball: behind the second consonant that follows a vowel.</summary>
    private static int SecondRegion(string word) => AfterVowelAndConsonant(word, AfterVowelAndConsonant(word, 0));

    private static int AfterVowelAndConsonant(string word, int from)
    {
        var vowel = word.AsSpan(from).IndexOfAny(Vowels);
        if (vowel < 0) return word.Length;
        var consonant = word.AsSpan(from + vowel).IndexOfAnyExcept(Vowels);
        return consonant < 0 ? word.Length : from + vowel + consonant + 1;
    }

    /// <summary>A set of endings of which the longest that fits counts; those of the first kind only behind <c>а</c> or <c>я</c>.</summary>
    private sealed class Endings(string[] behindAOrYa, string[] anywhere)
    {
        private readonly (string Ending, bool NeedsAOrYa)[] _all =
            [.. behindAOrYa.Select(e => (e, true)).Concat(anywhere.Select(e => (e, false))).OrderByDescending(e => e.Item1.Length)];

        /// <summary>Cuts the ending off if it lies wholly at or behind <paramref name="from"/>.</summary>
        public bool Cut(ref ReadOnlySpan<char> word, int from)
        {
            foreach (var (ending, needsAOrYa) in _all)
            {
                var start = word.Length - ending.Length;
                if (start < from || !word.EndsWith(ending, StringComparison.Ordinal)) continue;
                if (needsAOrYa && (start - 1 < from || word[start - 1] is not ('а' or 'я'))) return false;
                word = word[..start];
                return true;
            }

            return false;
        }
    }
}

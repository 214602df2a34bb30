using System.Collections.Frozen;

namespace OzonSellerCenter.Data.Search;

/// <summary>What was typed with the keyboard in the other layout: <c>ghbdtn</c> was meant as <c>привет</c>, <c>руддщ</c> as <c>hello</c>.</summary>
public static class KeyboardLayout
{
    /// <summary>The keys of a US keyboard, row by row, and <see cref="Cyrillic"/> the same keys of a Russian (ЙЦУКЕН) one.</summary>
    public const string Latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>";

    /// <inheritdoc cref="Latin"/>
    public const string Cyrillic = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";

    private static readonly FrozenDictionary<char, char> ToCyrillic = Latin.Zip(Cyrillic).ToFrozenDictionary(p => p.First, p => p.Second);
    private static readonly FrozenDictionary<char, char> ToLatin = Cyrillic.Zip(Latin).ToFrozenDictionary(p => p.First, p => p.Second);

    /// <summary>The text as the other layout gives it; null when it has no letters, or letters of both: then no layout was mistaken.</summary>
    public static string? Other(string text)
    {
        var (hasLatin, hasCyrillic) = (text.Any(char.IsAsciiLetter), text.Any(ToLatin.ContainsKey));
        if (hasLatin == hasCyrillic) return null;
        var keys = hasLatin ? ToCyrillic : ToLatin;
        return string.Create(text.Length, (text, keys), static (other, source) =>
        {
            for (var i = 0; i < other.Length; i++) other[i] = source.keys.GetValueOrDefault(source.text[i], source.text[i]);
        });
    }
}

using System.Globalization;
using System.Text;

namespace OzonSellerCenter.Inbox;

/// <summary>Names of files as strangers give them, made harmless to show, to store and to save.</summary>
public static class FileNames
{
    private const int MaxLength = 120;
    private const string Fallback = "file";

    // Windows takes these for devices, whatever extension follows.
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>The last part of a path, without control and direction signs (<c>gpj.exe</c> must not read as <c>exe.jpg</c>), without signs
    /// that file systems or headers take amiss, at most 120 characters with the extension kept. Never empty.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Normalize(NormalizationForm.FormC).Split('/', '\\')[^1];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (IsHarmless(rune)) kept.Append(rune.ToString());
            else if (Rune.IsWhiteSpace(rune)) kept.Append(' ');
        }

        var words = string.Join(' ', kept.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim('.', ' ');
        if (words.Length == 0) return Fallback;
        if (Devices.Contains(words.Split('.')[0].Trim())) words = $"_{words}";
        return Shorten(words);
    }

    /// <summary>The name with the extension of what the file really is, when it says otherwise.</summary>
    public static string WithExtension(string name, IReadOnlyList<string> extensions) =>
        extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) ? name : Shorten(name + extensions[0]);

    // Format characters (Cf) hold the direction overrides, zero-width joiners and the like.
    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not ('<' or '>' or ':' or '"' or '|' or '?' or '*' or ';' or '%' or '\'' or '`');

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength) return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > 10) extension = "";
        var cut = MaxLength - extension.Length;
        if (char.IsHighSurrogate(name[cut - 1])) cut--;
        return name[..cut] + extension;
    }
}

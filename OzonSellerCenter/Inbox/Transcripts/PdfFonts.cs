using System.Text;
using PdfSharp.Fonts;

namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>The fonts of a PDF come with the program, because a server often has none (their licences: <c>Fonts/LICENSES.txt</c>).
/// A file holds only the signs it uses.</summary>
internal sealed class PdfFonts : IFontResolver
{
    /// <summary>Latin, Cyrillic and much else.</summary>
    public static FontFace Text { get; } = Read("DejaVuSans");

    private static readonly FontFace Han = Read("DroidSansFallback");
    private static readonly FontFace Signs = Read("SymbolaSigns");

    // The writer knows one resolver for the whole process.
    static PdfFonts() => GlobalFontSettings.FontResolver = new PdfFonts();

    private PdfFonts()
    {
    }

    /// <summary>The font that has a sign; null when none has.</summary>
    public static FontFace? FaceOf(Rune sign) => Text.Has(sign) ? Text : Han.Has(sign) ? Han : Signs.Has(sign) ? Signs : null;

    /// <summary>Whether a line may end behind the sign, as between Han characters.</summary>
    public static bool StandsAlone(FontFace face) => face == Han;

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(familyName);

    public byte[]? GetFont(string faceName) => new[] { Text, Han, Signs }.Single(f => f.Name == faceName).File;

    private static FontFace Read(string name)
    {
        using var resource = typeof(PdfFonts).Assembly.GetManifestResourceStream($"{typeof(PdfFonts).Namespace}.Fonts.{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in the program.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new FontFace(name, bytes);
    }
}

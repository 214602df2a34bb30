using System.Globalization;
using System.Text;

namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>Signs of one font that stand side by side, their width in parts of the font size.</summary>
internal sealed record PdfRun(FontFace Face, string Text, double Width);

/// <summary>Breaks text into lines of runs. What no font has is written as its code point, so that nothing is left out in silence.</summary>
internal static class PdfLines
{
    /// <param name="width">Of a line, in parts of the font size.</param>
    public static IEnumerable<IReadOnlyList<PdfRun>> Break(string text, double width)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var signs = Signs(paragraph).ToList();
            var start = 0;
            do
            {
                var end = EndOfLine(signs, start, width);
                yield return Runs(signs, start, end);
                start = end;
            }
            while (start < signs.Count);
        }
    }

    /// <summary>The end of the line that begins at a sign: behind the last space or Han character that fits; in the middle of a word only when
    /// the word is longer than a line.</summary>
    private static int EndOfLine(List<Sign> signs, int start, double width)
    {
        var (used, lastBreak) = (0.0, start);
        for (var i = start; i < signs.Count; i++)
        {
            used += signs[i].Width;

            // A space may hang over the edge.
            if (used > width && i > start && !signs[i].IsSpace) return lastBreak > start ? lastBreak : i;
            if (signs[i].IsSpace || PdfFonts.StandsAlone(signs[i].Face)) lastBreak = i + 1;
        }

        return signs.Count;
    }

    private static List<PdfRun> Runs(List<Sign> signs, int start, int end)
    {
        var runs = new List<PdfRun>();
        while (start < end)
        {
            var (face, text, width) = (signs[start].Face, new StringBuilder(), 0.0);
            for (; start < end && signs[start].Face == face; start++)
            {
                text.Append(signs[start].Value.ToString());
                width += signs[start].Width;
            }

            runs.Add(new PdfRun(face, text.ToString(), width));
        }

        return runs;
    }

    private static IEnumerable<Sign> Signs(string paragraph)
    {
        foreach (var rune in paragraph.Replace("\t", "    ", StringComparison.Ordinal).EnumerateRunes())
        {
            // Joiners, direction marks and emoji selectors have no look of their own; the enclosed record has them.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format || rune.Value is 0xFE0E or 0xFE0F) continue;
            if (PdfFonts.FaceOf(rune) is { } face)
            {
                yield return Of(rune, face);
                continue;
            }

            foreach (var letter in string.Create(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]").EnumerateRunes()) yield return Of(letter, PdfFonts.Text);
        }

        static Sign Of(Rune rune, FontFace face) => new(rune, face, face.WidthOf(rune));
    }

    private readonly record struct Sign(Rune Value, FontFace Face, double Width)
    {
        public bool IsSpace => Value.Value == ' ';
    }
}

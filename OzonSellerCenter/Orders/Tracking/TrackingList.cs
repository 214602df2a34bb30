using System.Text;
using System.Text.RegularExpressions;

namespace OzonSellerCenter.Orders.Tracking;

/// <summary>Reads a list of postings and tracking numbers: pasted out of a spreadsheet, a message or a carrier's site, or a CSV file. Any text can be
/// read, and every line that says something is told once. Each line is a line: a quote that is not closed spoils its own and no other.</summary>
public static partial class TrackingList
{
    /// <summary>Lines taken at most.</summary>
    public const int MaxLines = 5_000;

    /// <summary>Bytes of a file taken at most.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>Between columns; the first of equals wins.</summary>
    private static readonly char[] Separators = ['\t', ';', ','];

    private static readonly HashSet<string> PostingNames = new(StringComparer.Ordinal)
    {
        "posting", "postingnumber", "postingno", "shipment", "shipmentnumber", "отправление", "номеротправления", "货件", "货件号", "货件编号", "发货号", "发货编号",
    };

    private static readonly HashSet<string> NumberNames = new(StringComparer.Ordinal)
    {
        "tracking", "trackingnumber", "trackingno", "track", "tracknumber", "trackno", "трек", "трекномер", "трекинг", "трекингномер", "номеротслеживания",
        "运单", "运单号", "物流单号", "快递单号", "跟踪号", "追踪号",
    };

    /// <summary>Reads a text. Nothing is looked up: what reads well is <see cref="TrackingVerdict.Open"/>.</summary>
    public static TrackingSheet Parse(string text)
    {
        var lines = Lines(text);
        var separator = SeparatorOf(lines);
        int? header = null;
        var (posting, number) = (0, 1);
        if (lines.Count > 0 && ColumnsOf(Cells(lines[0].Text, separator)) is { } named) (header, posting, number) = (lines[0].Line, named.Posting, named.Number);
        var read = lines.Skip(header is null ? 0 : 1).Select(line =>
        {
            var cells = Cells(line.Text, separator);
            return Read(line.Line, cells.ElementAtOrDefault(posting) ?? "", cells.ElementAtOrDefault(number) ?? "");
        });
        return new TrackingSheet(Reconcile([.. read]), header);
    }

    /// <summary>Whether a line says nothing: spreadsheets end a file with rows of separators alone.</summary>
    internal static bool IsBlank(string line) => line.All(c => char.IsWhiteSpace(c) || Separators.Contains(c));

    private static List<(int Line, string Text)> Lines(string text)
    {
        var lines = new List<(int, string)>();
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        for (var at = 1; reader.ReadLine() is { } line; at++)
        {
            if (!IsBlank(line)) lines.Add((at, line));
        }

        return lines;
    }

    /// <summary>What stands in most lines, and oftenest; null when columns are set apart by blanks.</summary>
    private static char? SeparatorOf(List<(int Line, string Text)> lines)
    {
        var found = Separators
            .Select(s => (Separator: s, Counts: lines.ConvertAll(l => Outside(l.Text, s))))
            .Where(s => s.Counts.Count(c => c > 0) * 2 >= lines.Count)
            .Select(s => (s.Separator, Total: s.Counts.Sum()))
            .Where(s => s.Total > 0)
            .ToList();
        return found.Count == 0 ? null : found.MaxBy(s => s.Total).Separator;
    }

    private static int Outside(string line, char separator)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted) count++;
        }

        return count;
    }

    private static (int Posting, int Number)? ColumnsOf(List<string> cells)
    {
        var names = cells.ConvertAll(c => string.Concat(c.Where(char.IsLetter)).ToLowerInvariant());
        var (posting, number) = (names.FindIndex(PostingNames.Contains), names.FindIndex(NumberNames.Contains));
        return posting >= 0 && number >= 0 ? (posting, number) : null;
    }

    private static List<string> Cells(string line, char? separator)
    {
        if (separator is { } between && Split(line, between) is { Count: > 1 } cells) return cells;

        // "0138-4821-1 RB 123 456 785 CN": the number is all that follows.
        var trimmed = line.Trim();
        var gap = trimmed.AsSpan().IndexOfAny(' ', '\t');
        return gap < 0 ? [Clean(trimmed)] : [Clean(trimmed[..gap]), Clean(trimmed[gap..])];
    }

    private static List<string> Split(string line, char separator)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append(c);
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == separator && !quoted)
            {
                cells.Add(Clean(cell.ToString()));
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(Clean(cell.ToString()));
        return cells;
    }

    /// <summary>Without what spreadsheets put around a text (<c>="…"</c>, <c>'</c>) and what no number holds: control characters, halves of characters.</summary>
    private static string Clean(string cell) =>
        string.Concat(cell.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\uFEFF')).Trim().Trim('"').TrimStart('=', '\'').Trim('"').Trim();

    private static TrackingLine Read(int line, string posting, string number) => new(line, posting, number,
        posting.Length == 0 ? TrackingVerdict.PostingMissing
        : number.Length == 0 ? TrackingVerdict.NumberMissing
        : number.Length > WishCheck.MaxTracking ? TrackingVerdict.NumberTooLong
        : Rounded().IsMatch(number) ? TrackingVerdict.NumberDamaged
        : TrackingVerdict.Open);

    /// <summary>A posting named twice with one number counts once; with two of them nobody knows which is right.</summary>
    private static List<TrackingLine> Reconcile(List<TrackingLine> lines)
    {
        var byPosting = lines.Where(l => l.Verdict == TrackingVerdict.Open).ToLookup(l => l.PostingNumber, StringComparer.Ordinal);
        return lines.ConvertAll(line =>
        {
            if (line.Verdict != TrackingVerdict.Open) return line;
            var same = byPosting[line.PostingNumber];
            return same.Any(o => o.Number != line.Number) ? line with { Verdict = TrackingVerdict.Conflicting }
                : same.First().Line != line.Line ? line with { Verdict = TrackingVerdict.Repeated }
                : line;
        });
    }

    [GeneratedRegex(@"^\d([.,]\d+)?[eE]\+?\d+$")]
    private static partial Regex Rounded();
}

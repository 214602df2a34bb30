using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace OzonSellerCenter.Disputes.Evidence.Checks;

/// <summary>Looks through a PDF for what acts, hides files or locks it, and counts its pages. It follows no reference and builds no document: it
/// reads every name there is, in the file and in its packed objects (ISO 32000-1, 7.3.5 and 7.5.7), so a broken table cannot mislead it.</summary>
internal sealed class PdfScan
{
    // Packed objects of honest documents are a small part of them.
    private const long MaxUnpacked = 64 * EvidenceLimits.Megabyte;
    private const int MaxPacked = 100_000;
    private const int MaxName = 127;

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["JavaScript"] = EvidenceRefusals.PdfScript,
        ["XFA"] = EvidenceRefusals.PdfScript,
        ["Launch"] = EvidenceRefusals.PdfLaunch,
        ["EmbeddedFile"] = EvidenceRefusals.PdfFiles,
        ["EmbeddedFiles"] = EvidenceRefusals.PdfFiles,
        ["RichMedia"] = EvidenceRefusals.PdfFiles,
        ["Encrypt"] = EvidenceRefusals.PdfLocked,
    };

    private readonly HashSet<long> _pages = [];
    private readonly Stream _content;
    private readonly FileBytes _file;
    private long _counted;
    private long _unpacked;

    // What is known of the object that is being read.
    private long _object;
    private bool _isTree;
    private long _count;
    private long _packed;
    private long _first;
    private long _predictor;
    private string? _filter;

    private string _name = "";
    private long _before;
    private long _number;

    private PdfScan(Stream content) => (_content, _file) = (content, new FileBytes(content));

    /// <returns>Pages.</returns>
    public static int Read(Stream content)
    {
        CheckEnd(content);
        content.Position = 0;
        var scan = new PdfScan(content);
        scan.Scan(scan._file, packed: null, first: 0);
        scan.EndObject();
        var pages = Math.Max(scan._pages.Count, scan._counted);
        if (pages == 0) throw NotTakenException.Damaged;
        return pages <= EvidenceLimits.MaxPages ? (int)pages : throw new NotTakenException(EvidenceRefusals.PdfPages);
    }

    // Readers look for the end mark in the last kilobyte; what stands behind it is not of the document.
    private static void CheckEnd(Stream content)
    {
        content.Position = Math.Max(0, content.Length - 2048);
        var tail = new byte[content.Length - content.Position];
        content.ReadExactly(tail);
        var mark = tail.AsSpan().LastIndexOf("%%EOF"u8);
        if (mark < 0) throw NotTakenException.Damaged;
        if (tail.AsSpan(mark + 5).IndexOfAnyExcept("\r\n\t \0"u8) >= 0) throw new NotTakenException(EvidenceRefusals.Trailing);
    }

    /// <param name="packed">With packed objects: their numbers and places are read first and put here.</param>
    private void Scan(FileBytes file, List<(long Number, long At)>? packed, long first)
    {
        for (var next = 0; file.Peek() >= 0;)
        {
            for (; next < packed?.Count && file.Position >= first + Math.Max(0, packed[next].At); next++) BeginObject(packed[next].Number);

            var b = file.Next();
            if (b == '/') Name(ReadName(file));
            else if (b is >= '0' and <= '9') Number(b, file, file.Position < first ? packed : null);
            else if (b is >= 'a' and <= 'z') Word(b, file, isPacked: packed is not null);
            else if (b is not (' ' or '\r' or '\n' or '\t' or '\f' or 0 or '[')) _name = "";
        }
    }

    private static string ReadName(FileBytes file)
    {
        var name = new StringBuilder();
        while (file.Peek() is > ' ' and var b && b is not ('/' or '<' or '>' or '[' or ']' or '(' or ')' or '{' or '}' or '%') && name.Length < MaxName)
        {
            file.Next();
            if (b == '#' && IsHex(file.Peek()))
            {
                // #4A is a letter like any other.
                var high = Hex(file.Next());
                b = IsHex(file.Peek()) ? (high << 4) | Hex(file.Next()) : high;
            }

            name.Append((char)b);
        }

        return name.ToString();
    }

    private static bool IsHex(int b) => b >= 0 && char.IsAsciiHexDigit((char)b);

    private static int Hex(int b) => int.Parse([(char)b], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void Name(string name)
    {
        if (Refused.TryGetValue(name, out var key)) throw new NotTakenException(key);
        if (_name == "Type" && name == "Page") _pages.Add(_object);
        if (_name == "Type" && name == "Pages") _isTree = true;
        if (_name == "Filter") _filter = name;
        _name = name;
    }

    private void Number(int digit, FileBytes file, List<(long Number, long At)>? head)
    {
        var value = (long)(digit - '0');
        while (file.Peek() is >= '0' and <= '9' and var b)
        {
            file.Next();
            value = Math.Min(value * 10 + (b - '0'), int.MaxValue);
        }

        switch (_name)
        {
            case "Count": _count = Math.Max(_count, value); break;
            case "N": _packed = value; break;
            case "First": _first = value; break;
            case "Predictor": _predictor = value; break;
        }

        _name = "";
        (_before, _number) = (_number, value);
        if (head is null) return;
        if (head.Count > MaxPacked) throw NotTakenException.Damaged;
        if (head.Count == 0 || head[^1].At >= 0) head.Add((value, -1));
        else head[^1] = (head[^1].Number, value);
    }

    private void Word(int letter, FileBytes file, bool isPacked)
    {
        var word = new StringBuilder().Append((char)letter);
        while (file.Peek() is >= 'a' and <= 'z' && word.Length < 12) word.Append((char)file.Next());
        _name = "";
        switch (word.ToString())
        {
            case "obj" when !isPacked: BeginObject(_before); break;
            case "endobj" when !isPacked: BeginObject(0); break;
            case "stream" when !isPacked && _packed > 0 && _first > 0: Unpack(); break;
        }
    }

    private void BeginObject(long number)
    {
        EndObject();
        (_object, _isTree, _count, _packed, _first, _predictor, _filter) = (number, false, 0, 0, 0, 0, null);
    }

    private void EndObject()
    {
        if (_isTree) _counted = Math.Max(_counted, _count);
    }

    private void Unpack()
    {
        if (_file.Peek() == '\r') _file.Next();
        if (_file.Peek() == '\n') _file.Next();
        var (at, first) = (_file.Position, _first);

        // Packed otherwise we could not look into it.
        if (_filter is not ("FlateDecode" or "Fl") || _predictor > 1) throw NotTakenException.Damaged;
        _content.Position = at;
        using (var inflated = new Counted(new ZLibStream(_content, CompressionMode.Decompress, leaveOpen: true), this))
        {
            try
            {
                Scan(new FileBytes(inflated), [], first);
            }
            catch (InvalidDataException)
            {
                // Its end is broken; what came before was read, and no reader gets more.
            }
        }

        BeginObject(0);
        _file.ComeBack(at);
    }

    /// <summary>Unpacked bytes, which have a limit over the whole document.</summary>
    private sealed class Counted(ZLibStream inflated, PdfScan scan) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var count = inflated.Read(buffer);
            return (scan._unpacked += count) <= MaxUnpacked ? count : throw NotTakenException.Damaged;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            if (disposing) inflated.Dispose();
            base.Dispose(disposing);
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

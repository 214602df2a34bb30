using System.Buffers.Binary;
using System.Text;

namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>What a TrueType file tells about its signs: which it has and how wide they are. Lines are broken by it.</summary>
internal sealed class FontFace
{
    private readonly Dictionary<int, ushort> _glyphs = [];
    private readonly ushort[] _advances;
    private readonly double _unitsPerEm;

    /// <summary>Reads the tables <c>cmap</c>, <c>head</c>, <c>hhea</c> and <c>hmtx</c> (OpenType 1.9).</summary>
    /// <param name="name">By which the PDF writer asks for it.</param>
    public FontFace(string name, byte[] file)
    {
        (Name, File) = (name, file);
        _unitsPerEm = UShort(Table("head") + 18);
        var metrics = Table("hmtx");
        _advances = [.. Enumerable.Range(0, UShort(Table("hhea") + 34)).Select(i => (ushort)UShort(metrics + (4 * i)))];
        ReadSigns();
    }

    public string Name { get; }

    public byte[] File { get; }

    public bool Has(Rune sign) => _glyphs.ContainsKey(sign.Value);

    /// <summary>Width of a sign in parts of the font size; glyph 0 stands for what the font lacks.</summary>
    public double WidthOf(Rune sign)
    {
        var glyph = _glyphs.GetValueOrDefault(sign.Value);

        // The last width holds for all glyphs behind it.
        return _advances[Math.Min(glyph, _advances.Length - 1)] / _unitsPerEm;
    }

    private void ReadSigns()
    {
        var cmap = Table("cmap");
        var tables = Enumerable.Range(0, UShort(cmap + 2)).Select(i => cmap + 4 + (8 * i))
            .ToDictionary(at => (Platform: UShort(at), Encoding: UShort(at + 2)), at => cmap + Int(at + 4));
        if (tables.TryGetValue((3, 10), out var full)) ReadGroups(full);
        else ReadSegments(tables[(3, 1)]);
    }

    // Format 12: groups of code point from, to, first glyph.
    private void ReadGroups(int table)
    {
        for (var (group, left) = (table + 16, Int(table + 12)); left > 0; left--, group += 12)
        {
            var (first, last, glyph) = (Int(group), Int(group + 4), Int(group + 8));
            for (var sign = first; sign <= last; sign++) Add(sign, glyph + sign - first);
        }
    }

    // Format 4: arrays of ends, starts, deltas and offsets into the array of glyphs behind them.
    private void ReadSegments(int table)
    {
        var length = UShort(table + 6);
        var (ends, starts, deltas, offsets) = (table + 14, table + 16 + length, table + 16 + (2 * length), table + 16 + (3 * length));
        for (var segment = 0; segment < length; segment += 2)
        {
            var offset = UShort(offsets + segment);
            var first = UShort(starts + segment);
            for (var sign = first; sign <= UShort(ends + segment) && sign != 0xFFFF; sign++)
            {
                var glyph = offset == 0 ? sign : UShort(offsets + segment + offset + (2 * (sign - first)));
                if (glyph != 0) Add(sign, (glyph + UShort(deltas + segment)) & 0xFFFF);
            }
        }
    }

    private void Add(int sign, int glyph)
    {
        if (glyph != 0) _glyphs[sign] = (ushort)glyph;
    }

    private int Table(string tag)
    {
        for (var i = 0; i < UShort(4); i++)
        {
            if (Encoding.ASCII.GetString(File, 12 + (16 * i), 4) == tag) return Int(12 + (16 * i) + 8);
        }

        throw new InvalidDataException($"{Name} has no table {tag}.");
    }

    private int UShort(int at) => BinaryPrimitives.ReadUInt16BigEndian(File.AsSpan(at));

    private int Int(int at) => BinaryPrimitives.ReadInt32BigEndian(File.AsSpan(at));
}

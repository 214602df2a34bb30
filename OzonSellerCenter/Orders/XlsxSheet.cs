using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace OzonSellerCenter.Orders;

/// <summary>Writes a workbook with one sheet straight into a stream, row by row (ECMA-376, the least that spreadsheets open). Every text is a text
/// cell, so nothing in it is reckoned as a formula.</summary>
internal sealed class XlsxSheet : IDisposable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Characters of a cell at most, by the format.</summary>
    private const int MaxText = 32_767;

    private const int MaxName = 31;

    /// <summary>Bytes that are held before they are sent.</summary>
    private const int SentAtOnce = 65_536;

    private readonly Held _held = new();
    private readonly Stream _output;
    private readonly ZipArchive _file;
    private readonly XmlWriter _rows;

    /// <summary>Begins a workbook.</summary>
    /// <param name="output">Where it goes; need not be able to seek, and stays open.</param>
    /// <param name="name">Of the sheet; a word of the program, never of a person.</param>
    public XlsxSheet(Stream output, string name)
    {
        _output = output;
        _file = new ZipArchive(_held, ZipArchiveMode.Create, leaveOpen: true);
        AddPart("[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Kinds}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Kinds}.worksheet+xml"/></Types>
            """);
        AddPart("_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        AddPart("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
        AddPart("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{name[..Math.Min(name.Length, MaxName)]}" sheetId="1" r:id="r1"/></sheets></workbook>
            """);
        _rows = XmlWriter.Create(
            _file.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(), new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true });
        _rows.WriteStartElement("worksheet", Main);
        _rows.WriteStartElement("sheetData", Main);
    }

    /// <summary>Adds a row; a cell is a text, a number or nothing.</summary>
    public async Task AddAsync(IEnumerable<object?> cells, CancellationToken cancellation)
    {
        _rows.WriteStartElement("row", Main);
        foreach (var cell in cells) Add(cell);
        _rows.WriteEndElement();
        if (_held.Length >= SentAtOnce) await SendAsync(cancellation);
    }

    /// <summary>Ends the file. Without it the file stays broken, so that nobody takes a part of the list for all of it.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        Dispose();
        await SendAsync(cancellation);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _file.Dispose();
    }

    private void Add(object? cell)
    {
        _rows.WriteStartElement("c", Main);
        if (cell is decimal number)
        {
            _rows.WriteElementString("v", Main, number.ToString(CultureInfo.InvariantCulture));
        }
        else if (cell is string text)
        {
            _rows.WriteAttributeString("t", "inlineStr");
            _rows.WriteStartElement("is", Main);
            _rows.WriteElementString("t", Main, Clean(text));
            _rows.WriteEndElement();
        }

        _rows.WriteEndElement();
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        await _output.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), cancellation);
        _held.SetLength(0);
    }

    // What XML has no place for, such as half a surrogate pair, would break the whole file.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var fits = rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not (0xFFFE or 0xFFFF));
            if (fits && clean.Length < MaxText - 1) clean.Append(rune);
        }

        return clean.ToString();
    }

    private void AddPart(string path, string content)
    {
        using var part = _file.CreateEntry(path).Open();
        part.Write(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{content}"));
    }

    /// <summary>What was packed and not yet sent: packing writes in place, which the body of an answer does not allow.</summary>
    private sealed class Held : MemoryStream
    {
        public override bool CanSeek => false;
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace OzonSellerCenter.Orders;

/// <summary>Writes a workbook with one sheet straight into a stream, row by row (ECMA-376, the least that spreadsheets open). Every text is a text
/// cell, so nothing in it is reckoned as a formula.</summary>
internal sealed class XlsxSheet : IAsyncDisposable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Characters of a cell at most, by the format.</summary>
    private const int MaxText = 32_767;

    private const int MaxName = 31;

    private readonly ZipArchive _file;
    private readonly Stream _part;
    private readonly XmlWriter _rows;

    private XlsxSheet(ZipArchive file, Stream part, XmlWriter rows) => (_file, _part, _rows) = (file, part, rows);

    /// <summary>Begins a workbook.</summary>
    /// <param name="output">Where it goes; need not be able to seek, and stays open.</param>
    /// <param name="name">Of the sheet; a word of the program, never of a person.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<XlsxSheet> BeginAsync(Stream output, string name, CancellationToken cancellation)
    {
        var file = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        await AddPartAsync(file, "[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Kinds}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Kinds}.worksheet+xml"/></Types>
            """, cancellation);
        await AddPartAsync(
            file, "_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""", cancellation);
        await AddPartAsync(
            file, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""", cancellation);
        await AddPartAsync(file, "xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{name[..Math.Min(name.Length, MaxName)]}" sheetId="1" r:id="r1"/></sheets></workbook>
            """, cancellation);
        var part = await file.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(cancellation);
        var rows = XmlWriter.Create(part, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(false), WriteEndDocumentOnClose = false });
        await rows.WriteStartDocumentAsync();
        await rows.WriteStartElementAsync(null, "worksheet", Main);
        await rows.WriteStartElementAsync(null, "sheetData", Main);
        return new XlsxSheet(file, part, rows);
    }

    /// <summary>Adds a row; a cell is a text, a number or nothing.</summary>
    public async Task AddAsync(IEnumerable<object?> cells)
    {
        await _rows.WriteStartElementAsync(null, "row", Main);
        foreach (var cell in cells)
        {
            await _rows.WriteStartElementAsync(null, "c", Main);
            if (cell is decimal number)
            {
                await _rows.WriteElementStringAsync(null, "v", Main, number.ToString(CultureInfo.InvariantCulture));
            }
            else if (cell is string text)
            {
                await _rows.WriteAttributeStringAsync(null, "t", null, "inlineStr");
                await _rows.WriteStartElementAsync(null, "is", Main);
                await _rows.WriteElementStringAsync(null, "t", Main, Clean(text));
                await _rows.WriteEndElementAsync();
            }

            await _rows.WriteEndElementAsync();
        }

        await _rows.WriteEndElementAsync();
    }

    /// <summary>Ends the sheet. Without it the file stays broken, so that nobody takes a part of the list for all of it.</summary>
    public async Task EndAsync()
    {
        await _rows.WriteEndDocumentAsync();
        await _rows.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync();
        await _part.DisposeAsync();
        await _file.DisposeAsync();
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

    private static async Task AddPartAsync(ZipArchive file, string path, string content, CancellationToken cancellation)
    {
        await using var part = await file.CreateEntry(path).OpenAsync(cancellation);
        await part.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{content}"), cancellation);
    }
}

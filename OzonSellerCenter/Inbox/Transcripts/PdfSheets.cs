using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Events;
using PdfSharp.Pdf;

namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>How a piece of text looks; the size in points.</summary>
internal sealed record PdfInk(double Size, XBrush Brush);

/// <summary>A4 pages that fill up from top to bottom, with a foot on each. Lengths in points.</summary>
internal sealed class PdfSheets : IDisposable
{
    private const double Side = 48;
    private const double Top = 48;
    private const double Bottom = 64;
    private const double LineHeight = 1.45;
    private static readonly XPdfFontOptions Embedding = new(PdfFontEncoding.Unicode, PdfFontEmbedding.TryComputeSubset);
    private static readonly PdfInk Foot = new(6.5, XBrushes.DimGray);

    private readonly PdfDocument _document = new();
    private readonly Dictionary<(FontFace Face, double Size), XFont> _fonts = [];
    private XGraphics? _page;
    private double _y;

    public PdfSheets()
    {
        _document.Options.FlateEncodeMode = PdfFlateEncodeMode.BestSpeed;
        _document.RenderEvents.RenderTextEvent += WriteSurrogates;
    }

    public void Describe(string title, string author, string language, DateTime madeAt)
    {
        (_document.Info.Title, _document.Info.Author, _document.Info.CreationDate) = (title, author, madeAt);
        _document.Language = language;
    }

    public void Enclose(string name, byte[] content) => _document.AddEmbeddedFile(name, new MemoryStream(content));

    /// <summary>Free space before what comes next; none at the top of a page.</summary>
    public void Gap(double height) => _y += height;

    /// <summary>A new page, unless there is room for so much on this one.</summary>
    public void Keep(double height)
    {
        if (_page is null || _y + height > _page.PageSize.Height - Bottom) Turn();
    }

    /// <summary>Text in as many lines as it takes, over as many pages.</summary>
    /// <param name="indent">Space on its left.</param>
    public void Write(string text, PdfInk ink, double indent = 0)
    {
        foreach (var line in PdfLines.Break(text, ((XUnit.FromMillimeter(210).Point - (2 * Side) - indent) / ink.Size) - 0.5))
        {
            Keep(ink.Size * LineHeight);
            Draw(_page!, line, ink, Side + indent, _y + ink.Size);
            _y += ink.Size * LineHeight;
        }
    }

    /// <summary>Writes the feet and closes the file.</summary>
    public byte[] Finish(string foot)
    {
        _page?.Dispose();
        _page = null;
        for (var i = 0; i < _document.PageCount; i++)
        {
            using var page = XGraphics.FromPdfPage(_document.Pages[i], XGraphicsPdfPageOptions.Append);
            var (y, right) = (page.PageSize.Height - (Bottom / 2), page.PageSize.Width - Side);
            page.DrawLine(XPens.LightGray, Side, y - 12, right, y - 12);
            Draw(page, PdfLines.Break(foot, double.MaxValue).First(), Foot, Side, y);
            var number = PdfLines.Break(string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {_document.PageCount}"), double.MaxValue).First();
            Draw(page, number, Foot, right - (number.Sum(run => run.Width) * Foot.Size), y);
        }

        using var file = new MemoryStream();
        _document.Save(file);
        return file.ToArray();
    }

    public void Dispose()
    {
        _page?.Dispose();
        _document.Dispose();
    }

    private void Turn()
    {
        _page?.Dispose();
        var page = _document.AddPage();
        page.Size = PdfSharp.PageSize.A4;
        _page = XGraphics.FromPdfPage(page);
        _y = Top;
    }

    private void Draw(XGraphics page, IReadOnlyList<PdfRun> line, PdfInk ink, double x, double y)
    {
        foreach (var run in line)
        {
            if (!_fonts.TryGetValue((run.Face, ink.Size), out var font))
            {
                font = _fonts[(run.Face, ink.Size)] = new XFont(run.Face.Name, ink.Size, XFontStyleEx.Regular, Embedding);
            }

            page.DrawString(run.Text, font, ink.Brush, x, y);
            x += run.Width * ink.Size;
        }
    }

    // The table by which a reader copies and searches text is UTF-16, but PDFsharp 6.2 writes the bare code point there: an emoji came out
    // as two wrong signs. As a pair of surrogates in one number it is written right; the glyph is already chosen here.
    private static void WriteSurrogates(object? sender, RenderTextEventArgs text)
    {
        var signs = text.CodePointGlyphIndexPairs;
        for (var i = 0; i < signs.Length; i++)
        {
            if (signs[i].CodePoint <= 0xFFFF) continue;
            var pair = char.ConvertFromUtf32(signs[i].CodePoint);
            signs[i].CodePoint = (pair[0] << 16) | pair[1];
        }
    }
}

using System.Globalization;
using OzonSellerCenter.Inbox.Transcripts;
using SkiaSharp;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>How a piece of text looks; the size in points.</summary>
internal sealed record PackInk(float Size, SKColor Color);

/// <summary>A4 pages that fill up from top to bottom, with a head and a page number on each. Without a document they only count: what is written twice
/// in the same way falls on the same pages, and so the table of contents is known before it is written. Lengths in points.</summary>
/// <param name="document">Null to count.</param>
/// <param name="head">Stands on each page.</param>
/// <param name="pages">How many there will be.</param>
internal sealed class PackSheets(SKDocument? document, string head, int pages) : IDisposable
{
    private const float Width = 595.28f;
    private const float Height = 841.89f;
    private const float Side = 48;
    private const float Top = 68;
    private const float Bottom = 60;
    private const float LineHeight = 1.45f;
    private const float TallestPicture = 460;

    private static readonly PackInk Edge = new(7.5f, SKColors.DimGray);
    private static readonly Dictionary<FontFace, SKTypeface> Typefaces = [];

    private readonly SKPaint _paint = new() { IsAntialias = true };
    private readonly Dictionary<(FontFace Face, float Size), SKFont> _fonts = [];
    private SKCanvas? _canvas;
    private float _y;

    /// <summary>The page that is being filled, from 1 on; 0 before the first.</summary>
    public int Page { get; private set; }

    /// <summary>Free space before what comes next; none at the top of a page.</summary>
    public void Gap(float height) => _y += height;

    /// <summary>A new page, unless there is room for so much on this one.</summary>
    public void Keep(float height)
    {
        if (Page == 0 || _y + height > Height - Bottom) Turn();
    }

    /// <summary>A new page in any case.</summary>
    public void Turn()
    {
        Close();
        Page++;
        _canvas = document?.BeginPage(Width, Height);
        Draw(One(head), Edge, Side, 40);
        Line(48);
        var number = One(string.Create(CultureInfo.InvariantCulture, $"{Page} / {pages}"));
        Draw(number, Edge, Width - Side - WidthOf(number, Edge), Height - 32);
        _y = Top;
    }

    /// <summary>Text in as many lines as it takes, over as many pages.</summary>
    /// <param name="indent">Space on its left.</param>
    public void Write(string text, PackInk ink, float indent = 0)
    {
        foreach (var line in Broken(text, ink, indent)) Write(line, ink, indent);
    }

    /// <summary>A label with what it says beside it.</summary>
    public void Pair(string label, string value, PackInk labels, PackInk values, float indent)
    {
        Keep(values.Size * LineHeight);
        Draw(One(label), labels, Side, _y + values.Size);
        Write(value.Length > 0 ? value : "—", values, indent);
    }

    /// <summary>A line of the table of contents, cut to one line, that leads to an anchor.</summary>
    public void Entry(string text, int page, string anchor, PackInk ink, float indent)
    {
        var number = One(page.ToString(CultureInfo.InvariantCulture));
        var space = Width - (2 * Side) - indent - 40;
        var lines = PdfLines.Break(text, space / ink.Size).Take(2).ToList();
        Keep(ink.Size * LineHeight);
        Draw(lines.Count > 1 ? [.. lines[0], .. One("…")] : lines[0], ink, Side + indent, _y + ink.Size);
        Draw(number, ink, Width - Side - WidthOf(number, ink), _y + ink.Size);
        _canvas?.DrawLinkDestinationAnnotation(new SKRect(Side + indent, _y, Width - Side, _y + (ink.Size * LineHeight)), anchor);
        _y += ink.Size * LineHeight;
    }

    /// <summary>Where an entry of the table of contents leads: to what is written next.</summary>
    public void Anchor(string name) => _canvas?.DrawNamedDestinationAnnotation(new SKPoint(0, Math.Max(0, _y - 12)), name);

    public void Rule()
    {
        Line(_y);
        _y += 8;
    }

    /// <summary>A picture as wide as the page allows, or a frame with words when it could not be drawn after all.</summary>
    /// <param name="draw">Asked when it is really drawn.</param>
    public void Picture(PackPicture picture, Func<SKData?> draw, string broken)
    {
        // 96 dots are an inch at most: a small picture does not become a blurred poster.
        var scale = Math.Min(Math.Min((Width - (2 * Side)) / picture.Width, TallestPicture / picture.Height), 72f / 96);
        var (width, height) = (picture.Width * scale, picture.Height * scale);
        Keep(height + 4);
        if (_canvas is not null)
        {
            using var data = draw();
            using var image = data is null ? null : SKImage.FromEncodedData(data);
            var frame = new SKRect(Side, _y + 4, Side + width, _y + 4 + height);
            if (image is not null) _canvas.DrawImage(image, frame, new SKSamplingOptions(SKFilterMode.Linear));
            else Draw(One(broken), Edge, Side, _y + 4 + Edge.Size);
        }

        _y += height + 8;
    }

    /// <summary>Ends the last page.</summary>
    public void Close()
    {
        if (_canvas is null) return;
        document!.EndPage();
        _canvas = null;
    }

    public void Dispose()
    {
        foreach (var font in _fonts.Values) font.Dispose();
        _paint.Dispose();
    }

    private static IEnumerable<IReadOnlyList<PdfRun>> Broken(string text, PackInk ink, float indent) => PdfLines.Break(text, ((Width - (2 * Side) - indent) / ink.Size) - 0.5);

    private static IReadOnlyList<PdfRun> One(string text) => PdfLines.Break(text.ReplaceLineEndings(" "), double.MaxValue).First();

    private static float WidthOf(IReadOnlyList<PdfRun> line, PackInk ink) => (float)line.Sum(run => run.Width) * ink.Size;

    private void Write(IReadOnlyList<PdfRun> line, PackInk ink, float indent)
    {
        Keep(ink.Size * LineHeight);
        Draw(line, ink, Side + indent, _y + ink.Size);
        _y += ink.Size * LineHeight;
    }

    private void Draw(IReadOnlyList<PdfRun> line, PackInk ink, float x, float y)
    {
        if (_canvas is null) return;
        _paint.Color = ink.Color;
        foreach (var run in line)
        {
            if (!_fonts.TryGetValue((run.Face, ink.Size), out var font)) font = _fonts[(run.Face, ink.Size)] = new SKFont(TypefaceOf(run.Face), ink.Size) { Subpixel = true };
            _canvas.DrawText(run.Text, x, y, SKTextAlign.Left, font, _paint);
            x += (float)run.Width * ink.Size;
        }
    }

    private void Line(float y)
    {
        if (_canvas is null) return;
        _paint.Color = SKColors.LightGray;
        _canvas.DrawLine(Side, y, Width - Side, y, _paint);
    }

    // Made once for the process; the whole font goes into the file, which is why one pack has some three megabytes more than its pictures.
    private static SKTypeface TypefaceOf(FontFace face)
    {
        lock (Typefaces)
        {
            if (!Typefaces.TryGetValue(face, out var typeface))
            {
                using var data = SKData.CreateCopy(face.File);
                typeface = Typefaces[face] = SKTypeface.FromData(data);
            }

            return typeface;
        }
    }
}

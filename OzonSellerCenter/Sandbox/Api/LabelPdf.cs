using System.Globalization;
using System.Text;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Draws labels: one page for each posting with its number, its barcode (Code 128) and what is inside, in ASCII.</summary>
internal static class LabelPdf
{
    // Widths of bars and gaps of Code 128's 107 symbols.
    private const string Symbols =
        "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 "
        + "223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
        + "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 "
        + "311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
        + "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
        + "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112";

    private const int StartB = 104;
    private const int Stop = 106;
    private const int FirstPage = 4;
    private static readonly string[] Widths = Symbols.Split(' ');

    /// <param name="postings">One label each.</param>
    /// <param name="small">58 × 40 mm instead of 75 × 120 mm.</param>
    public static byte[] Of(IEnumerable<Posting> postings, bool small)
    {
        var (width, height) = small ? (164.4, 113.4) : (212.6, 340.2);
        var pages = postings.Select(p => Page(p, width, height)).ToList();
        var kids = string.Join(' ', pages.Select((_, i) => $"{FirstPage + (2 * i)} 0 R"));
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{kids}] /Count {pages.Count} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        ];
        for (var i = 0; i < pages.Count; i++)
        {
            objects.Add(Invariant($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:0.##} {height:0.##}] ")
                + $"/Resources << /Font << /F1 3 0 R >> >> /Contents {FirstPage + (2 * i) + 1} 0 R >>");
            objects.Add($"<< /Length {pages[i].Length} >>\nstream\n{pages[i]}\nendstream");
        }
        return File(objects);
    }

    private static byte[] File(List<string> objects)
    {
        var pdf = new StringBuilder("%PDF-1.4\n");
        List<int> offsets = [];
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            pdf.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }

    private static string Page(Posting posting, double width, double height)
    {
        var drawn = new StringBuilder();
        var y = height - 20;
        Text(posting.PostingNumber, 12);
        Text(posting.Scheme == "RFBS" ? "rFBS" : "Ozon FBS", 8);
        Bars(drawn, PostingJson.LowerBarcode(posting), width, y - 30);
        y -= 42;
        Text(PostingJson.LowerBarcode(posting), 8);
        foreach (var item in posting.Items)
        {
            // A small label has room for one line.
            if (y > 6)
                Text($"{item.OfferId} x {item.Quantity}", 7);
        }
        return drawn.ToString();

        void Text(string line, int size)
        {
            drawn.Append(Invariant($"BT /F1 {size} Tf 12 {y:0.##} Td ({Escaped(line)}) Tj ET\n"));
            y -= size + 4;
        }
    }

    private static void Bars(StringBuilder drawn, string text, double width, double bottom)
    {
        var codes = text.Select(c => c - ' ').Prepend(StartB).ToList();
        var check = codes.Select((code, place) => code * Math.Max(1, place)).Sum() % 103;
        var widths = string.Concat(codes.Append(check).Append(Stop).Select(code => Widths[code]));
        var module = (width - 24) / widths.Sum(w => w - '0');
        var x = 12.0;
        for (var i = 0; i < widths.Length; i++)
        {
            var bar = (widths[i] - '0') * module;
            if (i % 2 == 0)
                drawn.Append(Invariant($"{x:0.###} {bottom:0.##} {bar:0.###} 30 re f\n"));
            x += bar;
        }
    }

    private static string Escaped(string text) =>
        string.Concat(text.Select(c => c is '(' or ')' or '\\' ? $"\\{c}" : c is >= ' ' and <= '~' ? $"{c}" : "?"));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

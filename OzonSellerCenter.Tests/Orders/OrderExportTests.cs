using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

public sealed class OrderExportTests : IDisposable
{
    private static readonly XNamespace Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private readonly (CultureInfo, CultureInfo) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    public OrderExportTests() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo("en-GB"), CultureInfo.GetCultureInfo("en"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("＝1")]
    public void What_a_spreadsheet_would_reckon_is_marked_as_text(string evil) => Assert.Equal("'" + evil, OrderExport.Safe(evil));

    [Theory, InlineData("0138-4821-1"), InlineData("Чайник = хорошо"), InlineData(""), InlineData(null)]
    public void Other_texts_stay_as_they_are(string? text) => Assert.Equal(text, OrderExport.Safe(text));

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Csv_holds_the_list_as_shown_and_no_formula(Provider provider)
    {
        await using var shop = await ShopAsync(provider);
        var rows = await CsvAsync(shop, shop.Agent, new() { Tab = OrderTab.Delivered });
        Assert.Equal(["0777-0002-1", "0777-0001-1"], rows.Select(r => r["Posting"]));
        var evil = rows[1];
        Assert.Equal("'=cmd|' /C calc'!A0 (KT-170) × 1", evil["Products"]);
        Assert.Equal("'@Казань", evil["City"]);
        Assert.Equal("'+7900", evil["Tracking number"]);
        Assert.Equal(("2490", "RUB", "1", "Delivered"), (evil["Total"], evil["Currency"], evil["Pieces"], evil["Status"]));

        // By the clock of the store, which is Moscow's.
        Assert.Equal("2026-11-23 15:00", evil["Taken into work"]);
        Assert.DoesNotContain(rows.SelectMany(r => r.Values), v => v.Length > 0 && "=+-@\t\r".Contains(v[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Csv_takes_the_separators_of_the_language_so_that_a_spreadsheet_opens_it()
    {
        await using var shop = await ShopAsync();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ru-RU");
        await shop.WriteAsync(async db => (await db.Postings.FindAsync([1L], Ct))!.Total = 249_050);
        var output = new MemoryStream();
        await ExportOf(shop).CsvAsync(shop.Agent, new() { Text = "0001" }, output, Ct);
        Assert.Equal(new byte[] { 0xEF, 0xBB, 0xBF }, output.ToArray()[..3]);
        Assert.Contains(";2490,5;RUB;", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_ends_at_its_cap_and_holds_nothing_of_other_stores()
    {
        await using var shop = await ShopAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.Equal(2, (await CsvAsync(shop, shop.Agent, new(), maxRows: 2)).Count);
        Assert.Equal(3, (await CsvAsync(shop, shop.Agent, new(), maxRows: 1000)).Count);
        Assert.Empty(await CsvAsync(shop, stranger, new()));
        Assert.Empty(await CsvAsync(shop, stranger, new() { Store = shop.Store.Id }));
    }

    [Fact]
    public async Task A_workbook_holds_texts_as_texts_and_sums_as_numbers()
    {
        await using var shop = await ShopAsync();
        var output = new MemoryStream();
        await using (var forward = new ForwardOnly(output)) await ExportOf(shop).XlsxAsync(shop.Agent, new() { Tab = OrderTab.Delivered }, forward, Ct);
        output.Position = 0;
        await using var file = await ZipArchive.CreateAsync(output, ZipArchiveMode.Read, leaveOpen: false, null, Ct);
        Assert.Equal(
            ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"],
            file.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        foreach (var part in file.Entries) await XDocument.LoadAsync(await part.OpenAsync(Ct), LoadOptions.None, Ct);
        var sheet = await XDocument.LoadAsync(await file.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Ct), LoadOptions.None, Ct);
        var rows = sheet.Descendants(Sheet + "row").Select(r => r.Elements(Sheet + "c").ToList()).ToList();
        Assert.Equal(3, rows.Count);
        Assert.Equal("Posting", rows[0][0].Value);
        Assert.Equal("'=cmd|' /C calc'!A0 (KT-170) × 1", rows[2][10].Value);
        Assert.Equal((null, "2490"), (rows[2][12].Attribute("t")?.Value, rows[2][12].Element(Sheet + "v")?.Value));
        Assert.Empty(sheet.Descendants(Sheet + "f"));
        Assert.All(rows.SelectMany(r => r).Where(c => c.Element(Sheet + "v") is null && c.HasElements), c => Assert.Equal("inlineStr", c.Attribute("t")?.Value));
    }

    private static OrderExport ExportOf(TestShop shop) => shop.Db.Services.GetRequiredService<OrderExport>();

    private static async Task<TestShop> ShopAsync(Provider provider = Provider.Sqlite)
    {
        var shop = await TestShop.OpenAsync(provider);
        await shop.PostingAsync("0777-0001-1", "delivered", p =>
        {
            (p.InProcessAt, p.City, p.TrackingNumber) = (shop.Now.AddDays(-1), "@Казань", "+7900");

            // The control character has no place in XML.
            (p.Items[0].Name, p.Warehouse) = ("=cmd|' /C calc'!A0", "Тула\u0001");
        });
        await shop.PostingAsync("0777-0002-1", "delivered", p => p.InProcessAt = shop.Now);
        await shop.PostingAsync("0777-0003-1", "cancelled", p => p.InProcessAt = shop.Now);
        return shop;
    }

    private static async Task<List<Dictionary<string, string>>> CsvAsync(TestShop shop, CurrentUser user, OrderFilter filter, int maxRows = OrderExport.MaxRows)
    {
        var output = new MemoryStream();
        await ExportOf(shop).CsvAsync(user, filter, output, Ct, maxRows);
        output.Position = 0;
        using var csv = new CsvReader(new StreamReader(output), new CsvConfiguration(CultureInfo.CurrentCulture));
        var rows = new List<Dictionary<string, string>>();
        await csv.ReadAsync();
        csv.ReadHeader();
        while (await csv.ReadAsync()) rows.Add(csv.HeaderRecord!.ToDictionary(h => h, h => csv.GetField(h)!));
        return rows;
    }

    /// <summary>As the body of an answer: it goes forward only, and never waits in place.</summary>
    private sealed class ForwardOnly(Stream inner) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer, offset, count, cancellationToken);
    }
}

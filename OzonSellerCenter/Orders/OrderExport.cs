using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>Writes the list of postings as a table, page by page as it is read: however long it is, the server holds one page of it. Texts that a
/// spreadsheet would take for a formula are marked as text.</summary>
public sealed class OrderExport(Databases databases, OrderListQueries orders, IStringLocalizer<OrdersTexts> texts)
{
    /// <summary>Rows of a file at most; the screen says so.</summary>
    public const int MaxRows = 50_000;

    private const int PageSize = 500;

    private static readonly string[] Columns =
    [
        "ColumnPosting", "ColumnOrder", "ColumnStore", "ColumnScheme", "ColumnStatus", "ColumnTaken", "ColumnShipBy", "ColumnDelivering", "ColumnDelivered",
        "ColumnCancelled", "ColumnProducts", "ColumnPieces", "ColumnTotal", "ColumnCurrency", "ColumnCity", "ColumnWarehouse", "ColumnCarrier", "ColumnTracking",
    ];

    /// <summary>Text with the separators of the person's language and a mark by which spreadsheets know that it is UTF-8.</summary>
    public async Task CsvAsync(CurrentUser user, OrderFilter filter, Stream output, CancellationToken cancellation, int maxRows = MaxRows)
    {
        // Spreadsheets take the separators of the system's language, so that of the person is the best guess.
        var culture = CultureInfo.CurrentCulture;
        await using var text = new StreamWriter(output, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, new CsvConfiguration(culture), leaveOpen: true);
        foreach (var column in Columns) csv.WriteField(texts[column].Value);
        await csv.NextRecordAsync();
        await foreach (var cells in CellsAsync(user, filter, maxRows, cancellation))
        {
            foreach (var cell in cells) csv.WriteField(cell is decimal number ? number.ToString(culture) : (string?)cell);
            await csv.NextRecordAsync();
        }
    }

    /// <summary>A workbook with one sheet.</summary>
    public async Task XlsxAsync(CurrentUser user, OrderFilter filter, Stream output, CancellationToken cancellation, int maxRows = MaxRows)
    {
        using var sheet = new XlsxSheet(output, texts["Orders"].Value);
        await sheet.AddAsync(Columns.Select(c => (object?)texts[c].Value), cancellation);
        await foreach (var cells in CellsAsync(user, filter, maxRows, cancellation)) await sheet.AddAsync(cells, cancellation);
        await sheet.EndAsync(cancellation);
    }

    /// <summary>A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front, which they read as "this is
    /// text". See OWASP, "CSV Injection".</summary>
    internal static string? Safe(string? text) => text is [('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠'), ..] ? $"'{text}" : text;

    private async IAsyncEnumerable<IReadOnlyList<object?>> CellsAsync(
        CurrentUser user, OrderFilter filter, int maxRows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var stores = (await orders.StoresAsync(user, cancellation)).ToDictionary(s => s.Id);
        var (after, left) = ((OrderPlace?)null, maxRows);
        do
        {
            var page = await orders.ListAsync(user, filter, after, cancellation, Math.Min(PageSize, left));
            var items = await ItemsAsync(user, [.. page.Rows.Select(r => r.Id)], cancellation);
            foreach (var row in page.Rows.Where(r => stores.ContainsKey(r.StoreId))) yield return CellsOf(row, stores[row.StoreId], [.. items[row.Id]]);
            (after, left) = (page.Next, left - page.Rows.Count);
        }
        while (after is not null && left > 0);
    }

    private async Task<ILookup<long, PostingItem>> ItemsAsync(CurrentUser user, List<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return (await db.PostingItems.AsNoTracking().Where(i => ids.Contains(i.PostingId)).OrderBy(i => i.Id).ToListAsync(cancellation)).ToLookup(i => i.PostingId);
    }

    private object?[] CellsOf(OrderRow row, OrderStore store, List<PostingItem> items)
    {
        var zone = ShopTime.In(store.TimeZone);
        return
        [
            Safe(row.PostingNumber), Safe(row.OrderNumber), Safe(store.Name), OrderWords.SchemeOf(row.Scheme), Safe(texts.StatusOf(row.Status)),
            Local(row.InProcessAt), Local(row.ShipBy), Local(row.DeliveringAt), Local(row.DeliveredAt), Local(row.CancelledAt),
            Safe(string.Join("; ", items.Select(i => $"{i.Name} ({i.OfferId}) × {i.Quantity}"))), (decimal)items.Sum(i => i.Quantity),
            row.Total / 100m, row.Currency, Safe(row.City), Safe(row.Warehouse), Safe(row.Carrier), Safe(row.TrackingNumber),
        ];

        // By the clock of the store, in the form that every spreadsheet reads.
        string? Local(DateTime? at) => at is { } instant ? zone.Local(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : null;
    }
}

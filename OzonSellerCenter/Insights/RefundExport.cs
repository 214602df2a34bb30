using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Insights;

/// <summary>Writes the lines of the analysis as a table.</summary>
public sealed class RefundExport(RefundInsightQueries queries, IStringLocalizer<InsightTexts> texts)
{
    private static readonly string[] Columns = ["Key", "Name", "Delivered", "Requests", "Pieces", "Rate", "Defects", "Refunded", "Currency"];

    /// <summary>Text with the separators of the person's language and a mark by which spreadsheets know that it is UTF-8.</summary>
    public async Task CsvAsync(CurrentUser user, RefundQuestion question, Stream output, CancellationToken cancellation)
    {
        var culture = CultureInfo.CurrentCulture;
        await using var text = new StreamWriter(output, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, new CsvConfiguration(culture), leaveOpen: true);
        foreach (var column in Columns) csv.WriteField(texts[$"Column{column}"].Value);
        await csv.NextRecordAsync();
        foreach (var cells in await CellsAsync(user, question, cancellation))
        {
            foreach (var cell in cells) csv.WriteField(cell is decimal number ? number.ToString(culture) : (string?)cell);
            await csv.NextRecordAsync();
        }
    }

    /// <summary>A workbook with one sheet.</summary>
    public async Task XlsxAsync(CurrentUser user, RefundQuestion question, Stream output, CancellationToken cancellation)
    {
        using var sheet = new XlsxSheet(output, texts["Sheet"].Value);
        await sheet.AddAsync(Columns.Select(c => (object?)texts[$"Column{c}"].Value), cancellation);
        foreach (var cells in await CellsAsync(user, question, cancellation)) await sheet.AddAsync(cells, cancellation);
        await sheet.EndAsync(cancellation);
    }

    // Money of two currencies cannot be added, so each has a line of its own.
    private async Task<IReadOnlyList<object?[]>> CellsAsync(CurrentUser user, RefundQuestion question, CancellationToken cancellation)
    {
        var figures = await queries.AskAsync(user, question, cancellation);
        return
        [
            .. figures.Lines.SelectMany(line => line.Refunded.Select(m => ((decimal?)(m.Minor / 100m), m.Currency)).DefaultIfEmpty((null, "")).Select(money => new object?[]
            {
                OrderExport.Safe(line.Key), OrderExport.Safe(line.Name), (decimal?)line.Delivered, (decimal)line.Requests, (decimal)line.Pieces,
                line.Rate is { } rate ? Math.Round((decimal)rate, 4) : null, (decimal)line.Defects, money.Item1, money.Currency,
            })),
        ];
    }
}

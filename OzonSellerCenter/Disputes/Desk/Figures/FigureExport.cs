using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Disputes.Desk.Figures;

/// <summary>Writes the lines of the desk's figures as a table.</summary>
public sealed class FigureExport(FigureQueries queries, IStringLocalizer<DeskTexts> texts)
{
    /// <summary>Outcomes in the order of the columns.</summary>
    internal static readonly DisputeOutcome[] Outcomes = [DisputeOutcome.Seller, DisputeOutcome.Buyer, DisputeOutcome.Split, DisputeOutcome.Withdrawn, DisputeOutcome.Settled, DisputeOutcome.Lapsed];

    /// <summary>Text with the separators of the person's language and a mark by which spreadsheets know that it is UTF-8.</summary>
    public async Task CsvAsync(CurrentUser user, FigureQuestion question, Stream output, CancellationToken cancellation)
    {
        var culture = CultureInfo.CurrentCulture;
        var figures = await queries.AskAsync(user, question, cancellation);
        await using var text = new StreamWriter(output, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, new CsvConfiguration(culture), leaveOpen: true);
        foreach (var column in new[] { "ColumnBy", "ColumnName", "ColumnEnded" }) csv.WriteField(texts[column].Value);
        foreach (var outcome in Outcomes) csv.WriteField(texts[$"Outcome_{outcome}"].Value);
        foreach (var column in new[] { "ColumnMedianHours", "ColumnNinthHours", "ColumnOnTime", "ColumnAwarded", "ColumnChanged" }) csv.WriteField(texts[column].Value);
        await csv.NextRecordAsync();
        foreach (var (by, name, line) in LinesOf(figures))
        {
            csv.WriteField(OrderExport.Safe(by));
            csv.WriteField(OrderExport.Safe(name));
            csv.WriteField(line.All.ToString(culture));
            foreach (var outcome in Outcomes) csv.WriteField(line.Count(outcome).ToString(culture));
            csv.WriteField(Number(line.Median?.TotalHours, 1));
            csv.WriteField(Number(line.Ninth?.TotalHours, 1));
            csv.WriteField(Number(line.OnTime, 4));
            csv.WriteField(Number(line.Awarded, 4));
            csv.WriteField(line.Changed.ToString(culture));
            await csv.NextRecordAsync();
        }

        string Number(double? value, int digits) => value is { } number ? Math.Round(number, digits).ToString(culture) : "";
    }

    private IEnumerable<(string By, string Name, FigureLine Line)> LinesOf(DeskFigures figures) =>
    [
        (texts["ByAll"].Value, "", figures.All),
        .. figures.Kinds.Select(l => (texts["ByKind"].Value, texts[$"Kind_{l.Key}"].Value, l)),
        .. figures.Topics.Select(l => (texts["ByTopic"].Value, texts[$"Topic_{l.Key}"].Value, l)),
        .. figures.Reviewers.Select(l => (texts["ByReviewer"].Value, figures.Names.GetValueOrDefault(l.Key, ""), l)),
    ];
}

using System.Globalization;
using System.Text.Json;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>A run as it is kept in a file, so that a later one of another size can be held against it.</summary>
internal sealed record BenchReport(DateTime At, BenchGround Ground, List<BenchFigures> Figures)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<BenchReport> ReadAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<BenchReport>(file, Json, cancellation) ?? throw new InvalidDataException($"{path} is empty.");
    }

    public async Task WriteAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Json, cancellation);
    }
}

/// <summary>The table as Markdown, line by line, so that each figure is seen when it is there.</summary>
internal static class BenchTable
{
    private const int WhatWidth = 44;

    public static string Head(BenchReport? against) =>
        Line("what", "n", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "floor p50", "ratio", against is null ? "growth" : $"× {against.Ground.Conversations}", "goal", "") + Environment.NewLine
        + Line(new string('-', WhatWidth), "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---", "---");

    public static string RowOf(BenchFigures figures) => Line(
        figures.What,
        figures.Rounds.ToString(CultureInfo.InvariantCulture),
        Time(figures.P50),
        Time(figures.P95),
        Time(figures.P99),
        figures.Cpu is { } cpu ? Time(cpu) : "",
        figures.Floor is { } floor ? Time(floor) : "",
        Times(figures.Ratio),
        Times(figures.Growth),
        Words(figures.Goal),
        figures.IsReached switch { true => "ok", false => "over", null => "" });

    private static string Words(BenchGoal goal) => string.Join(", ", new[]
    {
        goal.P50 is { } p50 ? Invariant($"p50 ≤ {p50}") : null,
        goal.P95 is { } p95 ? Invariant($"p95 ≤ {p95}") : null,
        goal.Ratio is { } ratio ? Invariant($"≤ {ratio}× floor") : null,
        goal.Growth is { } growth ? Invariant($"≤ {growth}× grown") : null,
    }.OfType<string>());

    private static string Line(params ReadOnlySpan<string> cells) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {cells[0],-WhatWidth} | {cells[1],4} | {cells[2],8} | {cells[3],8} | {cells[4],8} | {cells[5],8} | {cells[6],9} | {cells[7],6} | {cells[8],9} | {cells[9],-26} | {cells[10],-4} |");

    private static string Time(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    private static string Times(double? ratio) => ratio is { } times ? Invariant($"{times:0.0}×") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

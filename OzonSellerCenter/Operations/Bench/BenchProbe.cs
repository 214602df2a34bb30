using System.Diagnostics;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>One thing that is measured.</summary>
/// <param name="What">As it stands in the table.</param>
/// <param name="RunAsync">Does it once, given the number of the round, and says how many rows came.</param>
internal sealed record BenchProbe(string What, Func<int, Task<int>> RunAsync)
{
    /// <summary>The same rows by prepared statements on an open connection: what the database itself costs.</summary>
    public Func<int, Task<int>>? FloorAsync { get; init; }

    public BenchGoal Goal { get; init; } = new();

    /// <summary>The runtime goes over hot code a second time, and does so beside the work. A few rounds give no figures worth the wait.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private const int RoundsOfAMeasurement = 50;

    /// <summary>Warms up, then takes both in turn, so that what else the machine does falls on both alike.</summary>
    public async Task<BenchFigures> MeasureAsync(int rounds)
    {
        var (times, floors, rows, floorRows, cpu) = (new List<double>(rounds), new List<double>(rounds), 0L, 0L, TimeSpan.Zero);
        var (warmUp, start, number) = (Math.Max(5, rounds / 10), Stopwatch.GetTimestamp(), 0);
        for (var round = -1; round < rounds - 1; number++)
        {
            if (round >= 0 || (number >= warmUp && (rounds < RoundsOfAMeasurement || Stopwatch.GetElapsedTime(start) > WarmUp))) round++;
            if (number % 2 == 0) await RunOnceAsync();
            if (FloorAsync is not null)
            {
                var (floor, count) = await TimeAsync(FloorAsync, number);
                if (round >= 0) floors.Add(floor);
                floorRows += count;
            }

            if (number % 2 != 0) await RunOnceAsync();

            async Task RunOnceAsync()
            {
                var before = Environment.CpuUsage.TotalTime;
                var (time, count) = await TimeAsync(RunAsync, number);
                rows += count;
                if (round < 0) return;
                times.Add(time);
                cpu += Environment.CpuUsage.TotalTime - before;
            }
        }

        if (FloorAsync is not null && floorRows != rows)
        {
            throw new InvalidOperationException($"{What}: the app read {rows} rows, the floor {floorRows}. They are not the same question any more.");
        }

        return FiguresOf(What, times, floors, Goal) with { Cpu = cpu.TotalMilliseconds / rounds };
    }

    /// <param name="what">As it stands in the table.</param>
    /// <param name="times">Milliseconds of each round.</param>
    /// <param name="floors">Those of the floor; empty when there is none.</param>
    /// <param name="goal">What is to be reached.</param>
    public static BenchFigures FiguresOf(string what, List<double> times, List<double> floors, BenchGoal goal)
    {
        times.Sort();
        floors.Sort();
        return new BenchFigures(what, times.Count, At(times, 50), At(times, 95), At(times, 99), floors.Count == 0 ? null : At(floors, 50), goal);
    }

    private static double At(List<double> sorted, int percent) => sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];

    private static async Task<(double Milliseconds, int Rows)> TimeAsync(Func<int, Task<int>> work, int round)
    {
        var start = Stopwatch.GetTimestamp();
        var rows = await work(round);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, rows);
    }
}

/// <summary>What is to be reached; what is null is not asked for. Times in milliseconds.</summary>
internal sealed record BenchGoal
{
    public double? P50 { get; init; }
    public double? P95 { get; init; }

    /// <summary>Times the floor.</summary>
    public double? Ratio { get; init; }

    /// <summary>Times its own p50 in the smaller run that this one is held against.</summary>
    public double? Growth { get; init; }
}

/// <summary>Figures of one thing, in milliseconds.</summary>
internal sealed record BenchFigures(string What, int Rounds, double P50, double P95, double P99, double? Floor, BenchGoal Goal)
{
    /// <summary>Processor time of one round in the mean, with all that the runtime does beside: it says more than the clock on a busy machine.
    /// Null when it was not taken.</summary>
    public double? Cpu { get; init; }

    /// <summary>p50 over p50 of the run that this one is held against; null when there is none.</summary>
    public double? Growth { get; init; }

    public double? Ratio => Floor is { } floor ? P50 / floor : null;

    /// <summary>Null when nothing was to be reached.</summary>
    public bool? IsReached => Goal == new BenchGoal()
        ? null
        : P50 <= (Goal.P50 ?? double.MaxValue) && P95 <= (Goal.P95 ?? double.MaxValue)
            && (Ratio ?? 0) <= (Goal.Ratio ?? double.MaxValue) && (Growth ?? 0) <= (Goal.Growth ?? double.MaxValue);
}

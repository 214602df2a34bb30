using System.CommandLine;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations.Bench;

/// <summary><c>bench</c>: how long the inbox takes on the data that is there, through the classes the screens use and with the rights of a person;
/// beside it the floor, what the database alone takes for the same rows.</summary>
internal static class BenchCommand
{
    public static Command Create(Func<WebApplication> compose)
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each thing is done.", DefaultValueFactory = _ => 200 };
        var user = new Option<string?>("--user") { Description = "E-mail of the person who looks; the one with most stores unless said otherwise." };
        var json = new Option<string?>("--json") { Description = "File for the figures." };
        var against = new Option<string?>("--against") { Description = "Figures of a smaller run, to be held against these." };
        var only = new Option<string?>("--only") { Description = "Only what has this in its name." };
        rounds.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<int>() is < 10 or > 100_000) option.AddError("--rounds must be 10 to 100000.");
        });
        var command = new Command("bench", "Measures the inbox on the data that is there; see seed. Answers are written to sandbox stores only, and taken back.")
        {
            rounds, user, json, against, only,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = compose();
            await app.Services.GetRequiredService<StartUp>().PrepareAsync(cancellation);
            var wish = new Wish(parsed.GetValue(rounds), parsed.GetValue(user), parsed.GetValue(json), parsed.GetValue(against), parsed.GetValue(only));
            return await RunAsync(app.Services, wish, Console.Out, cancellation);
        });
        return command;
    }

    /// <summary>What is asked for.</summary>
    internal sealed record Wish(int Rounds, string? Email = null, string? Json = null, string? Against = null, string? Only = null);

    /// <returns>The exit code: 0 also where a goal is missed, for a machine may be busy; the table says which.</returns>
    internal static async Task<int> RunAsync(IServiceProvider services, Wish wish, TextWriter output, CancellationToken cancellation)
    {
        var former = wish.Against is { } path ? await BenchReport.ReadAsync(path, cancellation) : null;
        await using var db = await services.GetRequiredService<Databases>().ForSystemAsync(cancellation);
        if (await BenchPerson.FindAsync(db, wish.Email, cancellation) is not { } person)
        {
            await Console.Error.WriteLineAsync(wish.Email is null ? "Nobody can answer in any store yet." : $"{wish.Email} can answer in no store.");
            return 1;
        }

        var ground = await BenchGround.OfAsync(db, person, cancellation);
        await output.WriteLineAsync(ground.ToString());
        await output.WriteLineAsync(BenchTable.Head(former));
        await using var floor = new BenchFloor(await services.GetRequiredService<Databases>().ForSystemAsync(cancellation));
        var report = new BenchReport(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ground, []);
        var probes = await new InboxProbes(services, person, floor).AllAsync(wish.Rounds, cancellation);
        probes.AddRange(new SearchProbes(services, person, ground.Conversations).All(cancellation));
        probes.AddRange(new OrderProbes(services, person, floor, ground.Orders).All(cancellation));
        foreach (var probe in probes.Where(p => IsWished(p.What)))
        {
            await TellAsync(await probe.MeasureAsync(wish.Rounds));
        }

        if (IsWished("send") && await new SendProbe(services, person, floor).MeasureAsync(wish.Rounds, cancellation) is { } sending) await TellAsync(sending);
        if (wish.Json is { } file) await report.WriteAsync(file, cancellation);
        return 0;

        bool IsWished(string what) => wish.Only is null || what.Contains(wish.Only, StringComparison.OrdinalIgnoreCase);

        async Task TellAsync(BenchFigures figures)
        {
            var earlier = former?.Figures.Find(f => f.What == figures.What);
            report.Figures.Add(figures with { Growth = earlier is null ? null : figures.P50 / earlier.P50 });
            await output.WriteLineAsync(BenchTable.RowOf(report.Figures[^1]));
        }
    }
}

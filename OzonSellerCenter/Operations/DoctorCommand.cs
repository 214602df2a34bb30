using System.CommandLine;

namespace OzonSellerCenter.Operations;

/// <summary><c>doctor</c>: looks at everything the app needs and says in words what is wrong and what to do. Changes nothing, and may run
/// beside the app.</summary>
internal static class DoctorCommand
{
    public static Command Create(Func<WebApplication> compose)
    {
        var command = new Command("doctor", "Checks folder, database, keys, clock, stores and the way to Ozon. Exit code 1 when something is broken.");
        command.SetAction(async (_, cancellation) =>
        {
            try
            {
                await using var app = compose();
                return await RunAsync(app.Services, Console.Out, cancellation);
            }
            catch (Exception fault) when (fault is InvalidOperationException or InvalidDataException or FormatException or UnauthorizedAccessException or IOException)
            {
                Write(Console.Out, Finding.Broken("settings", fault.Message));
                return 1;
            }
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(IServiceProvider services, TextWriter output, CancellationToken cancellation)
    {
        var broken = false;
        await foreach (var finding in FindingsAsync(services, cancellation))
        {
            broken |= finding.Grade == Grade.Broken;
            Write(output, finding);
        }

        return broken ? 1 : 0;
    }

    private static async IAsyncEnumerable<Finding> FindingsAsync(
        IServiceProvider services, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var finding in new FolderChecks(services).Findings()) yield return finding;
        var database = new DatabaseChecks(services);
        await foreach (var finding in database.FindingsAsync(cancellation)) yield return finding;
        if (database.IsReadable)
        {
            await foreach (var finding in new StoreChecks(services).FindingsAsync(cancellation)) yield return finding;
        }

        await foreach (var finding in new OzonChecks(services).FindingsAsync(cancellation)) yield return finding;
    }

    private static void Write(TextWriter output, Finding finding) => output.WriteLine($"{Word(finding.Grade),-7} {finding.What,-12} {finding.Words}");

    private static string Word(Grade grade) => grade switch
    {
        Grade.Good => "ok",
        Grade.Notice => "note",
        _ => "BROKEN",
    };
}

/// <summary>How bad it is.</summary>
internal enum Grade
{
    Good,

    /// <summary>Worth knowing; the app works.</summary>
    Notice,

    /// <summary>The app does not start or does not work.</summary>
    Broken,
}

/// <summary>What the doctor found, in words that say what to do.</summary>
internal sealed record Finding(Grade Grade, string What, string Words)
{
    public static Finding Good(string what, string words) => new(Grade.Good, what, words);

    public static Finding Notice(string what, string words) => new(Grade.Notice, what, words);

    public static Finding Broken(string what, string words) => new(Grade.Broken, what, words);
}

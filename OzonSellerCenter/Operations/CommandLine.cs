using System.CommandLine;
using OzonSellerCenter.Operations.Backups;
using OzonSellerCenter.Operations.Bench;

namespace OzonSellerCenter.Operations;

/// <summary>No command: serve. Everything else is done by the same program with the same settings, and ends.</summary>
internal static class CommandLine
{
    /// <summary>The doctor says in its own words what broke; the bench writes nothing but its table.</summary>
    private const string Quiet = "--Serilog:MinimumLevel:Override:Microsoft=Fatal";

    /// <param name="args">Commands, or settings such as <c>--urls</c>, which are passed on to the host.</param>
    /// <param name="compose">Builds the app without starting it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> compose)
    {
        var root = new RootCommand("Ozon Seller Center. Without a command it serves the app.") { TreatUnmatchedTokensAsErrors = false };
        root.Subcommands.Add(SeedCommand.Create(() => compose(args)));
        root.Subcommands.Add(ReindexCommand.Create(() => compose(args)));
        root.Subcommands.Add(BenchCommand.Create(() => compose([.. args, Quiet])));
        root.Subcommands.Add(UserCommand.Create(() => compose(args)));
        root.Subcommands.Add(DoctorCommand.Create(() => compose([.. args, Quiet])));
        root.Subcommands.Add(BackupCommand.Create(() => compose([.. args, Quiet])));
        root.Subcommands.Add(RestoreCommand.Create(() => compose([.. args, Quiet])));
        root.Subcommands.Add(VerifyEvidenceCommand.Create(() => compose([.. args, Quiet])));
        root.Subcommands.Add(VerifyPackCommand.Create());
        root.SetAction((parsed, cancellation) => ServeAsync(parsed, () => compose(args), cancellation));

        // The host has its own handling of SIGTERM and a stop of its own length; a bug shall fail loudly with its stack.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        try
        {
            return await root.Parse(args).InvokeAsync(invocation);
        }
        catch (StartUpRefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return refused.ExitCode;
        }
    }

    private static async Task<int> ServeAsync(ParseResult parsed, Func<WebApplication> compose, CancellationToken cancellation)
    {
        if (parsed.UnmatchedTokens is [var first, ..] && !first.StartsWith('-') && !first.StartsWith('/'))
        {
            await Console.Error.WriteLineAsync($"There is no command \"{first}\". --help shows those there are.");
            return 1;
        }

        await using var app = compose();
        await app.Services.GetRequiredService<StartUp>().PrepareAsync(cancellation);
        await app.RunAsync();
        return 0;
    }
}

using System.CommandLine;
using OzonSellerCenter.Disputes.Packs;

namespace OzonSellerCenter.Operations;

/// <summary><c>verify-pack FILE</c>: says whether an evidence pack is as it was made. Needs neither settings nor database, unpacks and writes nothing.</summary>
internal static class VerifyPackCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The ZIP of an evidence pack." };
        var command = new Command("verify-pack", "Checks every file of an evidence pack against its list. Exit code 1 when something differs.") { file };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(file)!, Console.Out, cancellation));
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string path, TextWriter output, CancellationToken cancellation)
    {
        PackCheck check;
        try
        {
            await using var file = File.OpenRead(path);
            check = await PackCheck.OfAsync(file, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await output.WriteLineAsync($"The file cannot be read: {fault.Message}");
            return 1;
        }

        if (check.Manifest is { } pack) await output.WriteLineAsync($"Case {Plain(pack.Case)}, made {pack.MadeAt:u} with {Plain(pack.Tool)}: {check.Right} of {pack.Files.Count} files are as listed.");
        foreach (var finding in check.Findings) await output.WriteLineAsync(finding);
        await output.WriteLineAsync(check.Findings.Count == 0 ? "The pack is as it was made." : $"The pack is NOT as it was made: {check.Findings.Count} findings.");
        return check.Findings.Count == 0 ? 0 : 1;
    }

    // What the list says goes to a terminal.
    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}

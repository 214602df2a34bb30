using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;

namespace OzonSellerCenter.Operations;

/// <summary><c>reindex</c>: builds the search index anew from what is in the database. May run beside the app; killed, it goes on where it was
/// when it is called again.</summary>
internal static class ReindexCommand
{
    private const int MessagesPerLine = 100_000;

    public static Command Create(Func<WebApplication> compose)
    {
        var restart = new Option<bool>("--restart") { Description = "Begins anew even where an unfinished run could go on." };
        var command = new Command("reindex", "Builds the search index anew. Until it is done, search does not find everything.") { restart };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = compose();
            await app.Services.GetRequiredService<StartUp>().PrepareBesideAsync("The app is running; the index is built beside it.", cancellation);
            await using var db = await app.Services.GetRequiredService<Databases>().ForSystemAsync(cancellation);
            return await RunAsync(db, parsed.GetValue(restart), Console.Out, cancellation);
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(SellerCenterDb db, bool restart, TextWriter output, CancellationToken cancellation)
    {
        var progress = restart ? null : await SearchRebuild.ProgressAsync(db, cancellation);
        if (progress is null) await SearchRebuild.StartAsync(db, cancellation);
        else await output.WriteLineAsync($"Going on behind conversation {progress.Conversations} and message {progress.Messages}.");
        await FinishAsync(db, output, cancellation);
        return 0;
    }

    /// <summary>Takes in everything that is still missing.</summary>
    internal static async Task FinishAsync(SellerCenterDb db, TextWriter output, CancellationToken cancellation)
    {
        var (clock, told) = (Stopwatch.StartNew(), 0L);
        var last = await db.Messages.MaxAsync(m => (long?)m.Id, cancellation) ?? 0;
        while (await SearchRebuild.StepAsync(db, cancellation) is { } progress)
        {
            if (progress.Messages < told + MessagesPerLine) continue;
            told = progress.Messages;
            await output.WriteLineAsync($"Search index: message {progress.Messages} of {last}, {clock.Elapsed.TotalSeconds:0} s");
        }

        await output.WriteLineAsync($"Search index: complete after {clock.Elapsed.TotalSeconds:0.0} s.");
    }
}

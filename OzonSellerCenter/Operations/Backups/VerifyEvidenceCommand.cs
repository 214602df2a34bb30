using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;

namespace OzonSellerCenter.Operations.Backups;

/// <summary><c>verify-evidence</c>: reads every piece of evidence and says which is missing or not what it was. Changes nothing.</summary>
internal static class VerifyEvidenceCommand
{
    private const int Batch = 500;

    public static Command Create(Func<WebApplication> compose)
    {
        var command = new Command("verify-evidence", "Reads every piece of evidence and compares its SHA-256. Exit code 1 when one is missing or was changed.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var app = compose();
            await app.Services.GetRequiredService<StartUp>().PrepareBesideAsync("The app is running; the evidence is read beside it.", cancellation);
            return await RunAsync(app.Services, Console.Out, cancellation);
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(IServiceProvider services, TextWriter output, CancellationToken cancellation)
    {
        var files = services.GetRequiredService<ContentFiles>();
        var (checkedSoFar, bad) = (0, 0);
        await using var db = await services.GetRequiredService<Databases>().ForSystemAsync(cancellation);
        for (var last = 0L; ;)
        {
            var items = await db.EvidenceItems.Where(i => i.Id > last).OrderBy(i => i.Id).Take(Batch).Select(i => new { i.Id, i.DisputeId, i.Sha256, i.Size }).ToListAsync(cancellation);
            if (items.Count == 0) break;
            last = items[^1].Id;
            foreach (var item in items)
            {
                checkedSoFar++;
                var wrong = await WrongAsync(files, item.Sha256, item.Size, cancellation);
                if (wrong is null) continue;
                bad++;
                await output.WriteLineAsync($"{Dispute.NumberOf(item.DisputeId)}, evidence {item.Id}: {wrong} ({item.Sha256})");
            }
        }

        await output.WriteLineAsync($"{checkedSoFar} pieces of evidence, {bad} missing or changed.");
        return bad == 0 ? 0 : 1;
    }

    private static async Task<string?> WrongAsync(ContentFiles files, string sha256, long size, CancellationToken cancellation)
    {
        await using var content = files.Open(sha256);
        if (content is null) return "missing";
        return content.Length == size && Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)) == sha256 ? null : "changed";
    }
}

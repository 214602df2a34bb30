using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Has labels made at Ozon, waits for them, and keeps the files. To ask twice does no harm, so whatever is cut off is simply done again.</summary>
internal sealed class LabelPrinter(
    OzonApi ozon, Databases databases, ContentFiles files, StoreGate gate, TimeProvider clock, ILogger<LabelPrinter> log)
{
    /// <summary>The largest file kept, in bytes; a label has some 50 KB.</summary>
    private const long MaxBytes = 200_000_000;

    /// <summary>Ozon's word for a posting that has no label (any more) because of its state.</summary>
    private const string WrongStatus = "HAS_INCORRECT_STATUS";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes every job that is due one step further.</summary>
    public async Task WorkOffAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        foreach (var job in await DueAsync(storeId, cancellation))
        {
            var error = job.State == LabelState.Waiting ? await AskAsync(store, job, cancellation) : await LookAsync(store, job, cancellation);
            if (error is null) continue;
            log.LogInformation("Labels of job {JobId} of store {StoreId} have to wait: {Kind}", job.Id, storeId, error.Kind);
            var reason = IsNotReady(error) ? "NotReady" : error.Kind.ToString();
            await ChangeAsync(job, j => j.PutOff(Now, error.RetryAfter ?? LabelJob.NotReadyPause, reason, IsRefusal(error) ? error.Message : null), cancellation);
            await gate.NoteAsync(storeId, error, cancellation);
            if (StoreGate.StateOf(error.Kind) is not null) return;
        }
    }

    private async Task<List<LabelJob>> DueAsync(int storeId, CancellationToken cancellation)
    {
        var now = Now;
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.LabelJobs.AsNoTracking().Include(j => j.Labels)
            .Where(j => j.StoreId == storeId && (j.State == LabelState.Waiting || j.State == LabelState.Asked) && j.NextTryAt <= now)
            .OrderBy(j => j.NextTryAt).ThenBy(j => j.Id).Take(20).AsSplitQuery().ToListAsync(cancellation);
    }

    /// <returns>Why it has to be tried again; null when the job has its tasks, or has come to its end.</returns>
    private async Task<OzonError?> AskAsync(OpenStore store, LabelJob job, CancellationToken cancellation)
    {
        var printable = await PrintableAsync(job, cancellation);
        var request = new Request { Problems = job.Labels.Select(l => l.PostingNumber).Except(printable).ToDictionary(n => n, _ => WrongStatus) };
        if (printable.Length > 0 && await AskAsync(store.Account, printable, request, cancellation) is { } error) return error;
        await ChangeAsync(job, j =>
        {
            j.Name(request.Problems);
            if (request.Tasks.Count > 0) j.Take(request.Tasks, Now);
            else j.Fail(Now, "NothingPrinted", null);
        }, cancellation);
        return null;
    }

    /// <summary>Ozon may refuse all for the sake of one: then halves are asked for by themselves, until the one stands alone.</summary>
    private async Task<OzonError?> AskAsync(OzonAccount account, string[] numbers, Request request, CancellationToken cancellation)
    {
        var answer = await ozon.CreateLabelsAsync(account, new LabelsRequest { PostingNumbers = numbers }, cancellation);
        if (answer is { IsOk: true, Value.Tasks.Count: 0 }) return new OzonError(OzonErrorKind.GarbageAnswer, "Ozon's answer names no task.");
        if (answer.IsOk)
        {
            request.Tasks.AddRange(answer.Value.Tasks.Select(t => new LabelFile(t.TaskId, t.TaskType)));
            return null;
        }

        if (!IsRefusal(answer.Error) || IsNotReady(answer.Error)) return answer.Error;
        if (numbers.Length == 1 || ++request.Splits > Request.MaxSplits)
        {
            foreach (var number in numbers) request.Problems[number] = answer.Error.Message;
            return null;
        }

        var half = numbers.Length / 2;
        return await AskAsync(account, numbers[..half], request, cancellation) ?? await AskAsync(account, numbers[half..], request, cancellation);
    }

    /// <summary>What Ozon says within the first minute after the assembly: "The next postings aren't ready".</summary>
    private static bool IsNotReady(OzonError error) => IsRefusal(error) && error.Message.Contains("ready", StringComparison.OrdinalIgnoreCase);

    private static bool IsRefusal(OzonError error) => error.Kind is OzonErrorKind.InvalidRequest or OzonErrorKind.NotFound or OzonErrorKind.Conflict;

    /// <returns>Why it has to be tried again; null when what Ozon told is on record.</returns>
    private async Task<OzonError?> LookAsync(OpenStore store, LabelJob job, CancellationToken cancellation)
    {
        var (seen, problems, detail) = (new List<LabelFile>(), new Dictionary<string, string>(), (string?)null);
        foreach (var file in job.Files)
        {
            var task = file.IsOver() ? null : await ozon.LabelTaskAsync(store.Account, new LabelTaskRequest { TaskId = file.TaskId }, cancellation);
            if (task?.Error is { Kind: OzonErrorKind.NotFound })
            {
                await ChangeAsync(job, j => j.AskAnew(Now), cancellation);
                return null;
            }

            if (task?.Error is { } error) return error;
            if (task?.Value is not { } told)
            {
                seen.Add(file);
                continue;
            }

            var (made, failed) = await FetchAsync(store, file, told, cancellation);
            if (failed is not null) return failed;
            seen.Add(made);
            detail ??= made.IsRefused ? told.Error?.Message : null;
            if (!made.IsOver()) continue;
            foreach (var unprinted in told.Status?.UnprintedPostings ?? []) problems.TryAdd(unprinted.PostingNumber, unprinted.Message);
        }

        await ChangeAsync(job, j =>
        {
            j.Name(problems);
            if (seen.TrueForAll(f => f.IsOver())) j.Finish(seen, Now, detail);
            else j.Await(seen, Now);
        }, cancellation);
        return null;
    }

    /// <summary>The file as its task stands now; fetched once it is there.</summary>
    private async Task<(LabelFile File, OzonError? Error)> FetchAsync(OpenStore store, LabelFile file, LabelTaskResponse told, CancellationToken cancellation)
    {
        if (told.FileUrl.Length == 0) return (file with { IsRefused = told.Status?.Code is "error" or "completed" }, null);
        var pdf = await ozon.LabelFileAsync(store.Account, told.FileUrl, cancellation);
        if (!pdf.IsOk) return (file, pdf.Error);
        using var content = new MemoryStream(pdf.Value.Content);
        return await files.SaveAsync(content, MaxBytes, cancellation) is { } kept
            ? (file with { Sha256 = kept.Sha256, Size = kept.Size, Printed = told.Status?.PrintedPostingsCount ?? 0 }, null)
            : (file, new OzonError(OzonErrorKind.GarbageAnswer, "The file is too large."));
    }

    /// <summary>Those that can still be printed, as they are known now.</summary>
    private async Task<string[]> PrintableAsync(LabelJob job, CancellationToken cancellation)
    {
        var numbers = job.Labels.ConvertAll(l => l.PostingNumber);
        await using var db = await databases.ForStoreAsync(job.StoreId, cancellation);
        var postings = await db.Postings.Where(p => p.StoreId == job.StoreId && numbers.Contains(p.PostingNumber))
            .Select(p => new { p.PostingNumber, p.Status, p.AvailableActions }).ToListAsync(cancellation);
        return [.. postings.Where(p => LabelActions.CanPrint(p.Status, p.AvailableActions)).Select(p => p.PostingNumber).Order(StringComparer.Ordinal)];
    }

    /// <summary>Changes a job as it was read; when another node was faster, its word stands.</summary>
    private Task ChangeAsync(LabelJob read, Action<LabelJob> change, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(read.StoreId, cancellation);
        var job = await db.LabelJobs.Include(j => j.Labels).AsSplitQuery().SingleAsync(j => j.Id == read.Id, cancellation);
        if (job.Version != read.Version) return;
        change(job);
        db.Announce(job.StoreId, EventKind.Labels, $"{job.Id}");
        await db.CommitAsync(cancellation);
    });

    /// <summary>What becomes of a wish for labels while Ozon is asked.</summary>
    private sealed class Request
    {
        /// <summary>One in a thousand is found with ten; where more is needed, it is not one that is bad.</summary>
        public const int MaxSplits = 50;

        public List<LabelFile> Tasks { get; } = [];

        public required Dictionary<string, string> Problems { get; init; }

        public int Splits { get; set; }
    }
}

using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>
/// Labels the current way: a task for each size, then its file. The methods that Ozon switched off on 2 November 2026
/// (/v2/posting/fbs/package-label, /v1 and /v2 of create, /v1 of get) are not here.
/// </summary>
internal sealed class LabelMethods(SandboxData data, Wire wire)
{
    /// <summary>Where the files lie. As with Ozon the address is the secret: no key is asked for.</summary>
    public const string Files = "/s3/ord-tmp-12/";

    private const int MostPostings = 1000;
    private const string NothingToPrint = "NO_POSTINGS_FOR_BATCH_DOWNLOAD";

    // Ozon: ask 45 to 60 seconds after the assembly.
    private static readonly TimeSpan ReadyAfter = TimeSpan.FromSeconds(45);

    public IEnumerable<ApiMethod> All =>
    [
        new("/v3/posting/fbs/package-label/create", "PostingFbsPackageLabelCreateRequest", CreateAsync),
        new("/v2/posting/fbs/package-label/get", "PostingFbsPackageLabelGetRequest", GetAsync),
    ];

    /// <summary>Sends the PDF at that address below <see cref="Files"/>.</summary>
    public async Task SendFileAsync(HttpContext http, string path)
    {
        var key = Path.GetFileNameWithoutExtension(path);
        await using var db = await data.OpenAsync(http.RequestAborted);
        var task = await db.LabelTasks.AsNoTracking().SingleOrDefaultAsync(t => t.FileKey == key && t.PrintedAt != null, http.RequestAborted);
        if (task is null || path != FileName(task))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var postings = await OwnAsync(db, task.ClientId, task.PostingNumbers, http.RequestAborted);
        var printed = task.PostingNumbers.Except(task.Unprinted.Select(u => u.PostingNumber)).Select(n => postings[n])
            .Where(p => task.Id > p.LastOldLabel).ToList();
        if (printed.Count == 0)
        {
            // All of them were readdressed since.
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var pdf = LabelPdf.Of(printed, small: task.Type == "small_label");
        http.Response.ContentType = "application/pdf";
        http.Response.ContentLength = pdf.Length;
        await http.Response.Body.WriteAsync(pdf, http.RequestAborted);
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        var numbers = call.Body.Texts("posting_numbers").Distinct().ToList();
        if (numbers.Count is 0 or > MostPostings)
            call.Body.Reject("posting_numbers", $"value must contain between 1 and {MostPostings} items, inclusive");
        if (call.Body.Problem is { } problem)
            return problem;
        var (tasks, fault) = await data.WriteAsync<(List<LabelTask> Made, string? Fault)>(async db =>
        {
            var postings = await OwnAsync(db, call.ClientId, numbers, call.Cancel);
            if (postings.Count == 0)
                return ([], "POSTING_NUMBERS_IS_INCORRECT_FOR_COMPANY");
            if (!postings.Values.Any(p => IsPrintable(p)))
                return ([], NothingToPrint);
            List<LabelTask> made = [.. ((string[])["big_label", "small_label"]).Select(type =>
                new LabelTask { ClientId = call.ClientId, Type = type, PostingNumbers = numbers, FileKey = Guid.NewGuid().ToString("n") })];
            db.LabelTasks.AddRange(made);
            return (made, null);
        }, call.Cancel);
        return fault is not null ? ApiAnswer.Fault(fault) : ApiAnswer.Ok(new JsonObject
        {
            ["tasks"] = new JsonArray([.. tasks.Select(t => new JsonObject { ["task_id"] = LabelTask.FirstId + t.Id, ["task_type"] = t.Type })]),
        });
    }

    private async Task<ApiAnswer> GetAsync(ApiCall call)
    {
        var id = call.Body.Number("task_id") - LabelTask.FirstId;
        if (call.Body.Problem is { } problem)
            return problem;
        var task = await data.WriteAsync(async db =>
        {
            var found = await db.LabelTasks.SingleOrDefaultAsync(t => t.Id == id && t.ClientId == call.ClientId, call.Cancel);
            if (found is { PrintedAt: null, WasAskedFor: true })
                await PrintAsync(db, found, call.Cancel);
            found?.WasAskedFor = true;
            return found;
        }, call.Cancel);
        return task is null ? ApiAnswer.NotFound("task not found") : ApiAnswer.Ok(Json(task));
    }

    /// <summary>Prints what can be printed, as soon as nothing in the batch is too fresh for it.</summary>
    private async Task PrintAsync(SandboxDb db, LabelTask task, CancellationToken cancel)
    {
        var now = data.Now;
        var postings = await OwnAsync(db, task.ClientId, task.PostingNumbers, cancel);
        if (postings.Values.Any(p => IsPrintable(p) && now - p.PackedAt < ReadyAfter))
            return;
        task.PrintedAt = now;
        task.Unprinted.AddRange(task.PostingNumbers.Where(n => !postings.TryGetValue(n, out var p) || !IsPrintable(p))
            .Select(n => new UnprintedPosting { PostingNumber = n, Message = postings.ContainsKey(n) ? PostingFault.WrongStatus : PostingFault.NotFound }));
    }

    private static bool IsPrintable(Posting posting) => posting.Status == "awaiting_deliver";

    private static Task<Dictionary<string, Posting>> OwnAsync(SandboxDb db, long clientId, List<string> numbers, CancellationToken cancel) =>
        db.Postings.AsNoTracking().Where(p => p.ClientId == clientId && p.Scheme != "FBO" && numbers.Contains(p.PostingNumber))
            .ToDictionaryAsync(p => p.PostingNumber, cancel);

    private static string FileName(LabelTask task) => $"{task.Type}/{task.FileKey}.pdf";

    private JsonObject Json(LabelTask task)
    {
        var printed = task.PrintedAt is null ? 0 : task.PostingNumbers.Count - task.Unprinted.Count;
        var failed = task.PrintedAt is not null && printed == 0;
        return new JsonObject
        {
            ["file_url"] = printed == 0 ? "" : $"{wire.BaseAddress}{Files}{FileName(task)}",
            ["status"] = new JsonObject
            {
                ["code"] = failed ? "error" : task.PrintedAt is null ? "in_progress" : "completed",
                ["postings_count"] = task.PostingNumbers.Count,
                ["printed_postings_count"] = printed,
                ["unprinted_postings"] = new JsonArray([.. task.Unprinted.Select(u => new JsonObject { ["posting_number"] = u.PostingNumber, ["message"] = u.Message })]),
            },
            ["error"] = failed ? new JsonObject { ["code"] = NothingToPrint, ["message"] = NothingToPrint } : null,
        };
    }
}

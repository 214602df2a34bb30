using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Labels are asked for, waited for and kept, whatever Ozon says meanwhile.</summary>
public sealed class LabelPrinterTests
{
    private const string Create = "/v3/posting/fbs/package-label/create";
    private const string Get = "/v2/posting/fbs/package-label/get";
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(4);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task Each_size_is_kept_and_what_has_no_label_is_named(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var id = await AskAsync(test, "1-1", "2-1");
        var isReady = false;
        test.Ozon.Answer = (path, body) => path switch
        {
            Create => Tasks(7, 8),
            Get when !isReady => Pending,
            Get => Printed($"{body["task_id"]}", 1, ("2-1", "HAS_INCORRECT_STATUS")),
            "/s3/7.pdf" => Pdf("big"),
            "/s3/8.pdf" => Pdf("small"),
            _ => null,
        };
        await StepAsync(test);
        var job = await JobAsync(test, id);
        Assert.Equal((LabelState.Asked, test.Now + Quick, null), (job.State, job.NextTryAt, job.Error));
        Assert.Equal(["1-1", "2-1"], Numbers(test.Ozon.Calls.Single(c => c.Path == Create).Body));

        // Before its time nobody asks; then two quick looks, and from then on one in 50 seconds.
        await StepAsync(test);
        Assert.Equal(0, test.Ozon.CallsOf(Get));
        foreach (var pause in new[] { Quick, Quick, LabelJob.NotReadyPause, LabelJob.NotReadyPause })
        {
            await LaterAsync(test, id);
            job = await JobAsync(test, id);
            Assert.Equal((LabelState.Asked, test.Now + pause, "NotReady"), (job.State, job.NextTryAt, job.Error));
        }

        isReady = true;
        await LaterAsync(test, id);
        job = await JobAsync(test, id);
        Assert.Equal((LabelState.Ready, test.Now, null), (job.State, job.DoneAt, job.Error));
        Assert.Equal([("big_label", 1, "%PDF-big"), ("small_label", 1, "%PDF-small")], job.Files.Select(f => (f.Kind, f.Printed, Text(test, f.Sha256!))));
        Assert.Equal([("1-1", null), ("2-1", "HAS_INCORRECT_STATUS")], job.Labels.OrderBy(l => l.PostingNumber).Select(l => (l.PostingNumber, l.Problem)));
        await LaterAsync(test, id);
        Assert.Equal(1, test.Ozon.CallsOf(Create));
    }

    [Fact]
    public async Task What_is_not_ready_is_asked_for_again_after_50_seconds_and_says_so()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var id = await AskAsync(test, "1-1");
        test.Ozon.Answer = (path, _) => path == Create ? Refusal("The next postings aren't ready") : null;
        await StepAsync(test);
        var job = await JobAsync(test, id);
        Assert.Equal((LabelState.Waiting, test.Now.AddSeconds(50), "NotReady", "The next postings aren't ready"), (job.State, job.NextTryAt, job.Error, job.ErrorDetail));
        for (var i = 1; i < LabelJob.MaxTries; i++) await LaterAsync(test, id);
        job = await JobAsync(test, id);
        Assert.Equal((LabelState.Failed, "GivenUp", "The next postings aren't ready"), (job.State, job.Error, job.ErrorDetail));
        await LaterAsync(test, id);
        Assert.Equal(LabelJob.MaxTries, test.Ozon.CallsOf(Create));
    }

    [Fact]
    public async Task One_posting_for_whose_sake_Ozon_refuses_all_is_found_and_the_rest_is_printed()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var numbers = Enumerable.Range(1, 30).Select(i => $"{i:D2}-1").ToArray();
        var id = await AskAsync(test, numbers);
        var tasks = 100;
        test.Ozon.Answer = (path, body) => path switch
        {
            Create when Numbers(body).Contains("17-1") => Refusal("POSTING_NUMBERS_IS_INCORRECT_FOR_COMPANY"),
            Create => Tasks(++tasks),
            Get => Printed($"{body["task_id"]}", 1),
            _ when path.StartsWith("/s3/", StringComparison.Ordinal) => Pdf(path),
            _ => null,
        };
        await StepAsync(test);
        Assert.InRange(test.Ozon.CallsOf(Create), 3, 11);
        await LaterAsync(test, id);
        var job = await JobAsync(test, id);
        Assert.Equal(LabelState.Ready, job.State);
        Assert.Equal([("17-1", "POSTING_NUMBERS_IS_INCORRECT_FOR_COMPANY")], job.Labels.Where(l => l.Problem is not null).Select(l => (l.PostingNumber, l.Problem!)));
        var asked = test.Ozon.Calls.Where(c => c.Path == Create).Select(c => Numbers(c.Body)).Where(n => !n.Contains("17-1")).SelectMany(n => n).ToList();
        Assert.Equal(numbers.Where(n => n != "17-1"), asked.Order(StringComparer.Ordinal));
        Assert.All(job.Files, f => Assert.NotNull(f.Sha256));
    }

    [Fact]
    public async Task Ozon_is_not_asked_for_what_has_left_meanwhile()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var id = await AskAsync(test, "1-1", "2-1");
        await PostingAsync(test, "2-1", p => p.Status = "delivering");
        test.Ozon.Answer = (path, _) => path == Create ? Tasks(7) : null;
        await StepAsync(test);
        Assert.Equal(["1-1"], Numbers(test.Ozon.Calls.Single(c => c.Path == Create).Body));
        Assert.Equal("HAS_INCORRECT_STATUS", (await JobAsync(test, id)).Labels.Single(l => l.PostingNumber == "2-1").Problem);

        var late = await AskAsync(test, "3-1");
        await PostingAsync(test, "3-1", p => p.Status = "cancelled");
        await StepAsync(test);
        Assert.Equal((LabelState.Failed, "NothingPrinted"), ((await JobAsync(test, late)).State, (await JobAsync(test, late)).Error));
        Assert.Equal(1, test.Ozon.CallsOf(Create));
    }

    [Fact]
    public async Task What_was_cut_off_is_done_again_and_a_lost_task_is_asked_for_anew()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var id = await AskAsync(test, "1-1");
        var (creates, looks, files) = (0, 0, 0);
        test.Ozon.Answer = (path, _) => path switch
        {
            Create => ++creates == 1 ? Fate.CutAfterActing.Answer() : creates == 2 ? Fate.DeathAfterActing.Answer() : Tasks(creates),
            Get => ++looks == 1 ? FakeOzon.Json("""{"code":5,"message":"task not found"}""", HttpStatusCode.NotFound) : Printed("9", 1),
            "/s3/9.pdf" => ++files == 1 ? Fate.CutAfterActing.Answer() : Pdf("label"),
            _ => null,
        };
        await StepAsync(test);
        Assert.Equal((LabelState.Waiting, "Unclear"), ((await JobAsync(test, id)).State, (await JobAsync(test, id)).Error));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LaterAsync(test, id));
        await StepAsync(test);
        Assert.Equal(LabelState.Asked, (await JobAsync(test, id)).State);

        await LaterAsync(test, id);
        Assert.Equal((LabelState.Waiting, "TaskGone"), ((await JobAsync(test, id)).State, (await JobAsync(test, id)).Error));
        for (var i = 0; i < 3; i++) await LaterAsync(test, id);
        var job = await JobAsync(test, id);
        Assert.Equal((LabelState.Ready, 4, "%PDF-label"), (job.State, creates, Text(test, job.Files.Single().Sha256!)));
    }

    [Fact]
    public async Task With_a_wrong_key_it_waits_for_the_key_and_costs_no_try()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var id = await AskAsync(test, "1-1");
        test.Ozon.Answer = (path, _) => path == Create ? FakeOzon.Json("""{"code":5,"message":"Invalid Api-Key, please contact support"}""", HttpStatusCode.NotFound) : null;
        await StepAsync(test);
        Assert.Equal(ConnectionState.WrongKey, (await test.StoreAsync()).Connection);
        for (var i = 0; i < 50; i++) await LaterAsync(test, id);
        Assert.Equal((LabelState.Waiting, 1), ((await JobAsync(test, id)).State, test.Ozon.CallsOf(Create)));
        await test.StoreAsync(s => s.Connection = ConnectionState.Working);
        test.Ozon.Answer = (path, _) => path == Create ? Tasks(7) : null;
        await StepAsync(test);
        Assert.Equal(LabelState.Asked, (await JobAsync(test, id)).State);
    }

    private static HttpResponseMessage Pending => FakeOzon.Json("""{"file_url":"","status":{"code":"in_progress","postings_count":2}}""");

    private static HttpResponseMessage Tasks(params int[] ids) => FakeOzon.Json(new JsonObject
    {
        ["tasks"] = new JsonArray([.. ids.Select((id, i) => new JsonObject { ["task_id"] = id, ["task_type"] = i == 0 ? "big_label" : "small_label" })]),
    }.ToJsonString());

    private static HttpResponseMessage Printed(string task, int printed, params (string Number, string Message)[] unprinted) => FakeOzon.Json(new JsonObject
    {
        ["file_url"] = $"https://ozon.test/s3/{task}.pdf",
        ["status"] = new JsonObject
        {
            ["code"] = "completed",
            ["printed_postings_count"] = printed,
            ["unprinted_postings"] = new JsonArray([.. unprinted.Select(u => new JsonObject { ["posting_number"] = u.Number, ["message"] = u.Message })]),
        },
    }.ToJsonString());

    private static HttpResponseMessage Refusal(string message) => FakeOzon.Json($$"""{"code":3,"message":"{{message}}"}""", HttpStatusCode.BadRequest);

    private static HttpResponseMessage Pdf(string content) => new(HttpStatusCode.OK) { Content = new StringContent($"%PDF-{content}") };

    private static List<string> Numbers(JsonObject body) => [.. body["posting_numbers"]!.AsArray().Select(n => (string)n!)];

    private static string Text(BackgroundTest test, string hash)
    {
        using var reader = new StreamReader(test.Get<ContentFiles>().Open(hash)!);
        return reader.ReadToEnd();
    }

    private static async Task<long> AskAsync(BackgroundTest test, params string[] numbers)
    {
        foreach (var number in numbers) await PostingAsync(test, number);
        var asked = await test.Get<LabelActions>().AskAsync(test.Owner, numbers, Guid.NewGuid(), Ct);
        Assert.Empty(asked.Refused);
        return Assert.Single(asked.Jobs);
    }

    private static async Task PostingAsync(BackgroundTest test, string number, Action<Posting>? change = null)
    {
        await using var db = await test.Databases.ForSystemAsync(Ct);
        var posting = await db.Postings.SingleOrDefaultAsync(p => p.PostingNumber == number, Ct);
        posting ??= db.Postings.Add(new Posting { StoreId = test.StoreId, PostingNumber = number, Status = "awaiting_deliver", AvailableActions = "cancel,label_download" }).Entity;
        change?.Invoke(posting);
        await db.CommitAsync(Ct);
    }

    private static Task<LabelJob> JobAsync(BackgroundTest test, long id) => test.ReadAsync(db => db.LabelJobs.AsNoTracking().Include(j => j.Labels).SingleAsync(j => j.Id == id, Ct));

    private static Task StepAsync(BackgroundTest test) => test.Get<LabelPrinter>().WorkOffAsync(test.StoreId, Ct);

    /// <summary>At the time the job named for its next try.</summary>
    private static async Task LaterAsync(BackgroundTest test, long id)
    {
        var next = (await JobAsync(test, id)).NextTryAt;
        if (next > test.Now) test.Time.Advance(next - test.Now);
        await StepAsync(test);
    }
}

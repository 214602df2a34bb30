using System.Net;
using System.Text.Json.Nodes;
using UglyToad.PdfPig;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Labels: asked for, waited for, fetched.</summary>
public sealed class LabelTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private Task<Answer> CreateAsync(params string[] numbers) => _host.CallAsync(
        "/v3/posting/fbs/package-label/create", new JsonObject { ["posting_numbers"] = new JsonArray([.. numbers.Select(n => JsonValue.Create(n))]) });

    private async Task<long> TaskAsync(params string[] numbers)
    {
        var tasks = (await CreateAsync(numbers)).Json["tasks"]!.AsArray();
        Assert.Equal(["big_label", "small_label"], tasks.Select(t => (string)t!["task_type"]!));
        return (long)tasks[0]!["task_id"]!;
    }

    private async Task<JsonNode> GetAsync(long task) =>
        (await _host.CallAsync("/v2/posting/fbs/package-label/get", new JsonObject { ["task_id"] = task })).Json;

    private static string Code(JsonNode task) => (string)task["status"]!["code"]!;

    [Fact]
    public async Task Labels_are_ready_the_second_time_and_open_without_a_key()
    {
        var (first, second) = (await _host.FindAsync("awaiting_deliver"), await _host.NewAsync("RFBS", status: "awaiting_deliver"));
        var task = await TaskAsync(first.PostingNumber, second.PostingNumber);
        var early = await GetAsync(task);
        Assert.Equal(("in_progress", ""), (Code(early), (string)early["file_url"]!));
        var ready = await GetAsync(task);
        Assert.Equal(("completed", 2, 2), (Code(ready), (int)ready["status"]!["postings_count"]!, (int)ready["status"]!["printed_postings_count"]!));
        var pdf = await _host.Http.GetByteArrayAsync(new Uri((string)ready["file_url"]!), TestContext.Current.CancellationToken);
        using var document = PdfDocument.Open(pdf);
        Assert.Equal(2, document.NumberOfPages);
        Assert.Contains(first.PostingNumber, document.GetPage(1).Text, StringComparison.Ordinal);
        Assert.Contains(second.PostingNumber, document.GetPage(2).Text, StringComparison.Ordinal);
        Assert.Contains(first.Items[0].OfferId, document.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_on_a_label_of_either_size_lies_outside_it()
    {
        var number = (await _host.NewAsync(lines: 5, status: "awaiting_deliver")).PostingNumber;
        foreach (var made in (await CreateAsync(number)).Json["tasks"]!.AsArray())
        {
            await GetAsync((long)made!["task_id"]!);
            var url = (string)(await GetAsync((long)made["task_id"]!))["file_url"]!;
            using var document = PdfDocument.Open(await _host.Http.GetByteArrayAsync(new Uri(url), TestContext.Current.CancellationToken));
            var page = Assert.Single(document.GetPages());
            Assert.Contains(number, page.Text, StringComparison.Ordinal);
            Assert.All(page.Letters, l => Assert.True(l.StartBaseLine.Y > 3 && l.EndBaseLine.X < page.Width - 3, $"{l.Value} at {l.StartBaseLine}"));
        }
    }

    [Fact]
    public async Task One_bad_posting_is_named_and_the_rest_is_printed()
    {
        var (good, wrong) = ((await _host.FindAsync("awaiting_deliver")).PostingNumber, (await _host.FindAsync("delivered")).PostingNumber);
        var task = await TaskAsync(good, wrong, "none");
        await GetAsync(task);
        var status = (await GetAsync(task))["status"]!;
        Assert.Equal(("completed", 3, 1), ((string)status["code"]!, (int)status["postings_count"]!, (int)status["printed_postings_count"]!));
        Assert.Equal(
            [(wrong, "HAS_INCORRECT_STATUS"), ("none", "POSTING_NOT_FOUND")],
            status["unprinted_postings"]!.AsArray().Select(u => ((string)u!["posting_number"]!, (string)u["message"]!)));
    }

    [Fact]
    public async Task A_posting_just_put_together_has_its_label_three_quarters_of_a_minute_later()
    {
        var posting = await _host.NewAsync();
        await _host.ShipAsync(posting);
        var task = await TaskAsync(posting.PostingNumber);
        await GetAsync(task);
        Assert.Equal("in_progress", Code(await GetAsync(task)));
        await _host.AdvanceAsync("PT50S");
        Assert.Equal("completed", Code(await GetAsync(task)));
    }

    [Fact]
    public async Task A_batch_whose_postings_are_gone_ends_in_an_error()
    {
        var number = (await _host.FindAsync("awaiting_deliver")).PostingNumber;
        var task = await TaskAsync(number);
        await GetAsync(task);
        await _host.CallAsync("/v2/posting/fbs/cancel", new JsonObject { ["posting_number"] = number, ["cancel_reason_id"] = 352 });
        var ended = await GetAsync(task);
        Assert.Equal(("error", "NO_POSTINGS_FOR_BATCH_DOWNLOAD"), (Code(ended), (string)ended["error"]!["code"]!));
    }

    [Fact]
    public async Task Nothing_to_print_foreign_postings_and_unknown_tasks_are_refused()
    {
        Assert.Equal("400/3 NO_POSTINGS_FOR_BATCH_DOWNLOAD", (await CreateAsync((await _host.FindAsync("delivered")).PostingNumber)).Refusal);
        Assert.Equal("400/3 POSTING_NUMBERS_IS_INCORRECT_FOR_COMPANY", (await CreateAsync("none")).Refusal);
        Assert.StartsWith("400/3 Request validation error", (await CreateAsync()).Refusal, StringComparison.Ordinal);
        var task = await TaskAsync((await _host.FindAsync("awaiting_deliver")).PostingNumber);
        var foreign = await _host.CallAsync("/v2/posting/fbs/package-label/get", new JsonObject { ["task_id"] = task }, "1000002", "sandbox-key-1000002");
        Assert.Equal("404/5 task not found", foreign.Refusal);
        var guessed = await _host.Http.GetAsync(new Uri("/sandbox/ozon/s3/ord-tmp-12/big_label/1.pdf", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
    }
}

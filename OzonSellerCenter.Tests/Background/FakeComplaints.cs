using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;

namespace OzonSellerCenter.Tests.Background;

/// <summary>A complaint as the fake keeps it.</summary>
internal sealed class FakeComplaint(long id, DateTime openedAt)
{
    public long Id => id;
    public string Kind { get; init; } = "complaint";
    public string Topic { get; init; } = "quality";
    public string Posting { get; init; } = $"0400-{id}-1";
    public long? ReturnId { get; init; }
    public string State { get; set; } = "open";
    public DateTime OpenedAt { get; } = openedAt;
    public DateTime UpdatedAt { get; set; } = openedAt;
    public DateTime? OzonCalledAt { get; set; }
    public List<string> Photos { get; } = [];
    public List<JsonObject> Entries { get; } = [];
}

/// <summary>Complaints at an Ozon in memory that tells of them. Fates decide about what the desk says next.</summary>
internal sealed class FakeComplaints
{
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly BackgroundTest _test;

    public FakeComplaints(BackgroundTest test)
    {
        _test = test;
        var before = test.Ozon.Answer;
        test.Ozon.Answer = (path, body) => Answer(path, body) ?? before?.Invoke(path, body);
    }

    public List<FakeComplaint> All { get; } = [];
    public Queue<Fate> Fates { get; } = new();

    /// <summary>References that said something, each once.</summary>
    public HashSet<string> Said { get; } = [];
    public bool HasPhotos { get; set; } = true;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public FakeComplaint Add(FakeComplaint complaint)
    {
        All.Add(complaint);
        return complaint;
    }

    /// <summary>The buyer says or does something.</summary>
    public void Happens(FakeComplaint complaint, string type, string text, string? state = null, string by = "buyer", string outcome = "", int instance = 0)
    {
        _test.Time.Advance(TimeSpan.FromSeconds(1));
        complaint.UpdatedAt = _test.Now;
        complaint.State = state ?? complaint.State;
        complaint.Entries.Add(new JsonObject { ["type"] = type, ["by"] = by, ["text"] = text, ["at"] = _test.Now, ["outcome"] = outcome, ["amount"] = Money(100_000), ["instance"] = instance });
    }

    public Task PollAsync() => _test.Get<ComplaintSync>().PollAsync(_test.StoreId, Ct);

    public Task<Dispute> CaseAsync(FakeComplaint complaint) => _test.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(d => d.OzonId == $"{complaint.Id}", Ct));

    public async Task<List<DisputeStep>> StepsAsync(FakeComplaint complaint)
    {
        var id = (await CaseAsync(complaint)).Id;
        return await _test.ReadAsync(db => db.DisputeSteps.AsNoTracking().Where(s => s.DisputeId == id).OrderBy(s => s.Id).ToListAsync(Ct));
    }

    public Task<List<EvidenceItem>> EvidenceAsync() => _test.ReadAsync(db => db.EvidenceItems.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Ct));

    /// <summary>Lets something happen to a case as the desk or the shop does it; the step's id.</summary>
    public async Task<long> FireAsync(long disputeId, DisputeEvent what, string words = "", long amount = 0, DisputeOutcome outcome = DisputeOutcome.None)
    {
        _test.Time.Advance(TimeSpan.FromSeconds(1));
        await using var db = await _test.Databases.ForSystemAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var dispute = await db.Disputes.SingleAsync(d => d.Id == disputeId, Ct);
        if (outcome != DisputeOutcome.None) dispute.Outcome = outcome;
        if (what == DisputeEvent.TakeUp) dispute.Reviewer = "reviewer";
        Assert.True(await _test.Get<DisputeBook>().FireAsync(db, dispute, what, words, amount, Ct), $"{dispute.State} {what}");
        await db.CommitAsync(Ct);
        return await db.DisputeSteps.Where(s => s.DisputeId == disputeId).MaxAsync(s => s.Id, Ct);
    }

    private HttpResponseMessage? Answer(string path, JsonObject body) => path switch
    {
        "/extension/v1/complaint/list" => List(body),
        "/extension/v1/complaint/ask" => Say(body, (complaint, reference) => complaint.Entries.Add(new JsonObject { ["type"] = "question", ["by"] = "desk", ["text"] = (string)body["text"]!, ["reference"] = reference })),
        "/extension/v1/complaint/decide" => Say(body, (complaint, reference) =>
        {
            complaint.State = "decided";
            complaint.Entries.Add(new JsonObject { ["type"] = "decision", ["by"] = "desk", ["text"] = (string)body["reasons"]!, ["reference"] = reference, ["outcome"] = (string)body["outcome"]!, ["amount"] = body["amount"]!.DeepClone(), ["instance"] = (int)body["instance"]! });
        }),
        _ when path.StartsWith("/extension/v1/complaint/photo/", StringComparison.Ordinal) =>
            HasPhotos ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(path.EndsWith("text.png", StringComparison.Ordinal) ? "no picture"u8.ToArray() : Png) } : FakeOzon.Json("{}", HttpStatusCode.ServiceUnavailable),
        _ => null,
    };

    private HttpResponseMessage Say(JsonObject body, Action<FakeComplaint, string> say)
    {
        var fate = Fates.TryDequeue(out var next) ? next : null;
        if (fate is { Acts: false }) return fate.Answer();
        var (complaint, reference) = (All.Find(c => c.Id == (long)body["complaint_id"]!), (string)body["reference"]!);
        if (complaint is null) return FakeOzon.Json("""{"code":5,"message":"COMPLAINT_NOT_FOUND"}""", HttpStatusCode.NotFound);
        if (Said.Add(reference)) say(complaint, reference);
        complaint.UpdatedAt = _test.Now;
        return fate is null ? FakeOzon.Json("""{"result":true}""") : fate.Answer();
    }

    private HttpResponseMessage List(JsonObject body)
    {
        var since = DateTime.TryParse((string?)body["filter"]?["updated_since"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at) ? at : DateTime.MinValue;
        var (after, limit) = ((long?)body["last_id"] ?? 0, (int)body["limit"]!);
        var page = All.Where(c => c.Id > after && c.UpdatedAt >= since).OrderBy(c => c.Id).Take(limit).ToList();
        return FakeOzon.Json(new JsonObject { ["result"] = new JsonArray([.. page.Select(c => (JsonNode)Shown(c))]), ["last_id"] = page.Count == 0 ? 0 : page[^1].Id }.ToJsonString());
    }

    private static JsonObject Shown(FakeComplaint complaint) => new()
    {
        ["complaint_id"] = complaint.Id,
        ["kind"] = complaint.Kind,
        ["topic"] = complaint.Topic,
        ["posting_number"] = complaint.Posting,
        ["order_number"] = complaint.Posting[..complaint.Posting.LastIndexOf('-')],
        ["scheme"] = "RFBS",
        ["customer_id"] = 77,
        ["sku"] = 11,
        ["product_name"] = "Лампа",
        ["return_id"] = complaint.ReturnId,
        ["words"] = "Сломалась",
        ["amount"] = Money(200_000),
        ["photos"] = new JsonArray([.. complaint.Photos.Select(p => (JsonNode)$"https://ozon.test/extension/v1/complaint/photo/{p}")]),
        ["state"] = complaint.State,
        ["opened_at"] = complaint.OpenedAt,
        ["updated_at"] = complaint.UpdatedAt,
        ["ozon_called_at"] = complaint.OzonCalledAt,
        ["entries"] = new JsonArray([.. complaint.Entries.Select(e => e.DeepClone())]),
    };

    private static JsonObject Money(long kopecks) => new() { ["amount"] = (kopecks / 100m).ToString("0.00", CultureInfo.InvariantCulture), ["currency"] = "RUB" };
}

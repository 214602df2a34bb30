using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What the tests of complaints do again and again.</summary>
internal static class ComplaintCalls
{
    public const string Wrong = "Цвет не тот, что в описании";
    private const string List = "/extension/v1/complaint/list";

    /// <summary>Somebody complains; the complaint's id.</summary>
    public static async Task<long> ComplainedAsync(
        this SandboxHost host, Posting posting, string topic = "quality", string nature = Complaint.Honest, string kind = Complaint.ByBuyer, JsonArray? photos = null) =>
        long.Parse((string)(await host.ControlAsync("complaint", new JsonObject
        {
            ["clientId"] = SandboxHost.ClientId,
            ["postingNumber"] = posting.PostingNumber,
            ["kind"] = kind,
            ["topic"] = topic,
            ["nature"] = nature,
            ["text"] = Wrong,
            ["photos"] = photos,
        }))["complaintId"]!, null);

    /// <summary>A return that was turned down and is contested.</summary>
    public static async Task<(long ReturnId, long ComplaintId)> ContestedAsync(this SandboxHost host, Posting posting)
    {
        var id = await host.RefusedAsync(posting);
        return (id, await host.ComplainedAsync(posting, kind: Complaint.ReturnContested));
    }

    /// <summary>A return that was turned down.</summary>
    public static async Task<long> RefusedAsync(this SandboxHost host, Posting posting)
    {
        var id = await host.AskedAsync(posting);
        await host.DecideAsync(id, ReturnActions.Reject, comment: "Следы использования", reason: 101);
        return id;
    }

    /// <summary>The buyer acts.</summary>
    public static Task ActOnComplaintAsync(this SandboxHost host, long id, string act, string? text = null) =>
        host.ControlAsync("complaint-act", new JsonObject { ["clientId"] = SandboxHost.ClientId, ["complaintId"] = id, ["act"] = act, ["text"] = text });

    public static Task<Answer> AskAsync(this SandboxHost host, long id, string text, string reference) =>
        host.CallAsync("/extension/v1/complaint/ask", new JsonObject { ["complaint_id"] = id, ["text"] = text, ["reference"] = reference });

    public static Task<Answer> JudgeAsync(this SandboxHost host, long id, string outcome, string amount = "0", string reference = "d1", int instance = 1, string reasons = "Так решили") =>
        host.CallAsync("/extension/v1/complaint/decide", new JsonObject
        {
            ["complaint_id"] = id,
            ["instance"] = instance,
            ["outcome"] = outcome,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "RUB" },
            ["reasons"] = reasons,
            ["reference"] = reference,
        });

    public static async Task<List<JsonNode>> ComplaintsAsync(this SandboxHost host, long after = 0, int limit = 100, DateTime? since = null, string? posting = null) =>
    [
        .. (await host.CallAsync(List, new JsonObject { ["limit"] = limit, ["last_id"] = after, ["filter"] = new JsonObject { ["updated_since"] = since, ["posting_number"] = posting } }))
            .Json["result"]!.AsArray().Select(c => c!),
    ];

    /// <summary>As the seller is told of it.</summary>
    public static async Task<JsonNode> ToldAsync(this SandboxHost host, long id) => (await host.ComplaintsAsync()).Single(c => (long)c["complaint_id"]! == id);

    public static Task<Complaint> ComplaintAsync(this SandboxHost host, long id) => host.ReadAsync(db => db.Complaints.Single(c => c.Id == id));
}

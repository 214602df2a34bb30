using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>The dates that a seller who delivers himself may move: of shipment, and of delivery (twice at most).</summary>
internal sealed class DateMethods(SandboxData data, PostingBook book, PushEvents events)
{
    /// <summary>rFBS: the order must be ready within ten days (Ozon, order management).</summary>
    private static readonly TimeSpan LongestPreparation = TimeSpan.FromDays(10);

    /// <summary>rFBS: the longest delivery since 11 March 2024.</summary>
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromDays(30);

    public IEnumerable<ApiMethod> All =>
    [
        new("/v1/posting/cutoff/set", "SetPostingCutoffRequest", SetCutoffAsync),
        new("/v1/posting/fbs/timeslot/change-restrictions", "PostingFbsTimeslotChangeRestrictionsRequest", RestrictionsAsync),
        new("/v1/posting/fbs/timeslot/set", "PostingFbsTimeslotSetRequest", SetTimeslotAsync),
    ];

    private async Task<ApiAnswer> SetCutoffAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var wanted = call.Body.Instant("new_cutoff_date");
        if (wanted is null)
            call.Body.Reject("new_cutoff_date", "value is required");
        if (call.Body.Problem is { } problem)
            return problem;
        var fault = await book.DoAsync(call.ClientId, number, PostingActions.SetCutoff, async (db, posting) =>
        {
            if (wanted < data.Now || wanted > posting.InProcessAt + LongestPreparation)
            {
                call.Body.Reject("new_cutoff_date", "value must be between now and 10 days after the order");
                return null;
            }
            var old = posting.ShipBy;
            posting.ShipBy = wanted!.Value;
            await events.CutoffChangedAsync(db, posting, old, call.Cancel);
            return null;
        }, call.Cancel);
        return Done(call, fault);
    }

    private async Task<ApiAnswer> RestrictionsAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var posting = await db.Postings.AsNoTracking()
            .SingleOrDefaultAsync(p => p.ClientId == call.ClientId && p.PostingNumber == number && p.Scheme != "FBO", call.Cancel);
        if (posting is null)
            return ApiAnswer.Fault(PostingFault.NotFound);
        if (posting.Scheme != "RFBS")
            return ApiAnswer.Fault(PostingFault.WrongCarrier);
        var (begin, end) = Allowed(posting);
        var open = PostingActions.Of(posting, data.Now).Contains(PostingActions.SetTimeslot);
        return ApiAnswer.Ok(new JsonObject
        {
            ["delivery_interval"] = new JsonObject { ["begin"] = Wire.Time(begin), ["end"] = Wire.Time(end) },
            ["remaining_changes_count"] = open ? PostingActions.MostDateMoves - posting.DateMoves : 0,
        });
    }

    private async Task<ApiAnswer> SetTimeslotAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        var slot = call.Body.Section("new_timeslot");
        var (from, to) = (slot.Instant("from"), slot.Instant("to"));
        if (from is null || to is null || to < from)
            slot.Reject("to", "value must be a period");
        if (call.Body.Problem is { } problem)
            return problem;
        var fault = await book.DoAsync(call.ClientId, number, PostingActions.SetTimeslot, async (db, posting) =>
        {
            var (begin, end) = Allowed(posting);
            if (from < begin || to > end)
            {
                slot.Reject("from", "value must be inside the allowed interval");
                return null;
            }
            var old = (posting.DeliveryFrom, posting.DeliveryTo);
            (posting.DeliveryFrom, posting.DeliveryTo) = (from!.Value, to!.Value);
            posting.DateMoves++;
            await events.DeliveryDateChangedAsync(db, posting, old, call.Cancel);
            return null;
        }, call.Cancel);
        return Done(call, fault);
    }

    private (DateTime Begin, DateTime End) Allowed(Posting posting) => (data.Now, posting.InProcessAt + LongestDelivery);

    private static ApiAnswer Done(ApiCall call, string? fault) =>
        call.Body.Problem ?? (fault is null ? ApiAnswer.Ok(new JsonObject { ["result"] = true }) : ApiAnswer.Fault(fault));
}

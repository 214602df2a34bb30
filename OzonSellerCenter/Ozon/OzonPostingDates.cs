namespace OzonSellerCenter.Ozon;

/// <summary>The dates of postings that the seller delivers himself.</summary>
public sealed partial class OzonApi
{
    /// <summary>/v1/posting/cutoff/set, a write: tells the date of shipment, before the one told so far has come.</summary>
    public async Task<OzonResult<OzonDone>> SetCutoffAsync(OzonAccount account, CutoffRequest request, CancellationToken cancellation) =>
        Confirmed(await WriteAsync<OzonDone>(account, "/v1/posting/cutoff/set", request, cancellation));

    /// <summary>/v1/posting/fbs/timeslot/change-restrictions: when the delivery may be moved to, and how often still.</summary>
    public Task<OzonResult<TimeslotRestrictionsResponse>> TimeslotRestrictionsAsync(
        OzonAccount account, TimeslotRestrictionsRequest request, CancellationToken cancellation) =>
        ReadAsync<TimeslotRestrictionsResponse>(account, "/v1/posting/fbs/timeslot/change-restrictions", request, cancellation);

    /// <summary>/v1/posting/fbs/timeslot/set, a write: moves the delivery date, twice at most.</summary>
    public async Task<OzonResult<OzonDone>> SetTimeslotAsync(OzonAccount account, TimeslotRequest request, CancellationToken cancellation) =>
        Confirmed(await WriteAsync<OzonDone>(account, "/v1/posting/fbs/timeslot/set", request, cancellation));
}

/// <summary>Request of /v1/posting/cutoff/set.</summary>
public sealed record CutoffRequest
{
    public string PostingNumber { get; init; } = "";

    public DateTime NewCutoffDate { get; init; }
}

/// <summary>Request of /v1/posting/fbs/timeslot/change-restrictions.</summary>
public sealed record TimeslotRestrictionsRequest
{
    public string PostingNumber { get; init; } = "";
}

public sealed record TimeslotRestrictionsResponse
{
    /// <summary>The new period has to lie inside.</summary>
    public DeliveryInterval? DeliveryInterval { get; init; }

    public long RemainingChangesCount { get; init; }
}

public sealed record DeliveryInterval
{
    public DateTime? Begin { get; init; }

    public DateTime? End { get; init; }
}

/// <summary>Request of /v1/posting/fbs/timeslot/set.</summary>
public sealed record TimeslotRequest
{
    public string PostingNumber { get; init; } = "";

    public InstantRange NewTimeslot { get; init; } = new();
}

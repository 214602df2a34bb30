using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>Putting postings together and telling where they are.</summary>
public sealed partial class OzonApi
{
    /// <summary>
    /// /v4/posting/fbs/ship, a write: puts a posting together, each package a posting of its own. Success proves nothing yet: the posting's
    /// status tells, and the substatus ship_failed asks to do it again.
    /// </summary>
    public Task<OzonResult<ShipResponse>> ShipAsync(OzonAccount account, ShipRequest request, CancellationToken cancellation) =>
        WriteAsync<ShipResponse>(account, "/v4/posting/fbs/ship", request, cancellation);

    /// <summary>/v4/posting/fbs/ship/package, a write: moves some products into a posting of their own, still to be put together.</summary>
    public Task<OzonResult<ShipPackageResponse>> ShipPackageAsync(OzonAccount account, ShipPackageRequest request, CancellationToken cancellation) =>
        WriteAsync<ShipPackageResponse>(account, "/v4/posting/fbs/ship/package", request, cancellation);

    /// <summary>/v2/fbs/posting/tracking-number/set, a write; the answer tells posting by posting.</summary>
    public Task<OzonResult<PostingMovesResponse>> SetTrackingNumbersAsync(
        OzonAccount account, TrackingNumbersRequest request, CancellationToken cancellation) =>
        WriteAsync<PostingMovesResponse>(account, "/v2/fbs/posting/tracking-number/set", request, cancellation);

    /// <summary>/v2/fbs/posting/delivering, a write: handed over to the seller's own or a third-party delivery.</summary>
    public Task<OzonResult<PostingMovesResponse>> MarkDeliveringAsync(OzonAccount account, PostingNumbersRequest request, CancellationToken cancellation) =>
        WriteAsync<PostingMovesResponse>(account, "/v2/fbs/posting/delivering", request, cancellation);

    /// <summary>/v2/fbs/posting/last-mile, a write: the courier is on his way.</summary>
    public Task<OzonResult<PostingMovesResponse>> MarkLastMileAsync(OzonAccount account, PostingNumbersRequest request, CancellationToken cancellation) =>
        WriteAsync<PostingMovesResponse>(account, "/v2/fbs/posting/last-mile", request, cancellation);

    /// <summary>/v2/fbs/posting/delivered, a write: "conditionally delivered" until the buyer confirms.</summary>
    public Task<OzonResult<PostingMovesResponse>> MarkDeliveredAsync(OzonAccount account, PostingNumbersRequest request, CancellationToken cancellation) =>
        WriteAsync<PostingMovesResponse>(account, "/v2/fbs/posting/delivered", request, cancellation);

    /// <summary>/v2/posting/fbs/awaiting-delivery, a write: disputed postings go back to shipment. Up to 100.</summary>
    public async Task<OzonResult<OzonDone>> MoveToAwaitingDeliveryAsync(OzonAccount account, PostingNumbersRequest request, CancellationToken cancellation) =>
        Confirmed(await WriteAsync<OzonDone>(account, "/v2/posting/fbs/awaiting-delivery", request, cancellation));

    /// <summary>/v2/posting/fbs/arbitration, a write: handed over, but not scanned at the sorting centre.</summary>
    public async Task<OzonResult<OzonDone>> OpenArbitrationAsync(OzonAccount account, PostingNumbersRequest request, CancellationToken cancellation) =>
        Confirmed(await WriteAsync<OzonDone>(account, "/v2/posting/fbs/arbitration", request, cancellation));

    private static OzonResult<OzonDone> Confirmed(OzonResult<OzonDone> done) => done is { IsOk: true, Value.Result: false } ? NotConfirmed() : done;
}

/// <summary>Answer <c>{"result":true}</c>.</summary>
public sealed record OzonDone
{
    public bool Result { get; init; }
}

/// <summary>Request of /v4/posting/fbs/ship: all that the posting holds, package by package.</summary>
public sealed record ShipRequest
{
    public string PostingNumber { get; init; } = "";

    public IReadOnlyList<ShipPackage> Packages { get; init; } = [];

    public ShipBlocks? With { get; init; }
}

public sealed record ShipPackage
{
    public IReadOnlyList<ShipProduct> Products { get; init; } = [];
}

public sealed record ShipProduct
{
    /// <summary>The SKU.</summary>
    public long ProductId { get; init; }

    public int Quantity { get; init; }
}

public sealed record ShipBlocks
{
    public bool? AdditionalData { get; init; }
}

public sealed record ShipResponse
{
    /// <summary>The numbers of the postings made, the old one among them.</summary>
    public IReadOnlyList<string> Result { get; init; } = [];

    public IReadOnlyList<ShippedPosting> AdditionalData { get; init; } = [];
}

public sealed record ShippedPosting
{
    public string PostingNumber { get; init; } = "";

    public IReadOnlyList<ShippedProduct> Products { get; init; } = [];
}

public sealed record ShippedProduct
{
    public string Name { get; init; } = "";

    public string OfferId { get; init; } = "";

    public long Sku { get; init; }

    public int Quantity { get; init; }

    /// <summary>The amount alone; the currency is in <see cref="CurrencyCode"/>.</summary>
    public OzonMoney? Price { get; init; }

    public string CurrencyCode { get; init; } = "";
}

/// <summary>Request of /v4/posting/fbs/ship/package: what moves into a posting of its own.</summary>
public sealed record ShipPackageRequest
{
    public string PostingNumber { get; init; } = "";

    public IReadOnlyList<ShipProduct> Products { get; init; } = [];
}

public sealed record ShipPackageResponse
{
    /// <summary>The posting made.</summary>
    public string Result { get; init; } = "";
}

/// <summary>Request of /v2/fbs/posting/tracking-number/set.</summary>
public sealed record TrackingNumbersRequest
{
    /// <summary>Up to 20.</summary>
    public IReadOnlyList<PostingTrackingNumber> TrackingNumbers { get; init; } = [];
}

public sealed record PostingTrackingNumber
{
    public string PostingNumber { get; init; } = "";

    public string TrackingNumber { get; init; } = "";
}

/// <summary>Request of the methods that move postings.</summary>
public sealed record PostingNumbersRequest
{
    /// <summary>A list, though its name is singular.</summary>
    public IReadOnlyList<string> PostingNumber { get; init; } = [];
}

public sealed record PostingMovesResponse
{
    public IReadOnlyList<PostingMove> Result { get; init; } = [];
}

public sealed record PostingMove
{
    public string PostingNumber { get; init; } = "";

    public bool Result { get; init; }

    /// <summary>Ozon's name for what stands in the way. A text by the document, an empty list in its samples.</summary>
    [JsonConverter(typeof(TextOrList))]
    public string Error { get; init; } = "";
}

/// <summary>Reads a text, or a list of texts as one.</summary>
internal sealed class TextOrList : JsonConverter<string>
{
    private static readonly LenientText Texts = new();

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Texts.Read(ref reader, typeToConvert, options);
        List<string> texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(Texts.Read(ref reader, typeToConvert, options)!);
        return string.Join("; ", texts);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

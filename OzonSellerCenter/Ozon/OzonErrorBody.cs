using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>The error envelope of every method: <c>{"code":7,"message":"…","details":[]}</c>. "details" is missing at times.</summary>
public sealed record OzonErrorBody
{
    /// <summary>A gRPC status code.</summary>
    public int Code { get; init; }

    public string Message { get; init; } = "";

    public IReadOnlyList<OzonErrorDetail>? Details { get; init; }
}

public sealed record OzonErrorDetail
{
    [JsonPropertyName("typeUrl")]
    public string TypeUrl { get; init; } = "";

    /// <summary>Base64.</summary>
    public string Value { get; init; } = "";
}

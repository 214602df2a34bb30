using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// Products and the categories they stand in. Both methods are Ozon's, outside the part of its document that is kept here; fields as in copies of
/// it: schemas v3GetProductInfoListRequest, v3GetProductInfoListResponseItem and v1GetTreeResponseItem of https://docs.ozon.ru/api/seller/
/// (operations ProductAPI_GetProductInfoList and DescriptionCategoryAPI_GetTree).
/// </summary>
public sealed partial class OzonApi
{
    /// <summary>/v3/product/info/list: what products are. Those that are not the shop's are left out of the answer.</summary>
    public Task<OzonResult<ProductInfoListResponse>> ProductInfoListAsync(OzonAccount account, ProductInfoListRequest request, CancellationToken cancellation) =>
        ReadAsync<ProductInfoListResponse>(account, "/v3/product/info/list", request, cancellation);

    /// <summary>/v1/description-category/tree: all categories there are, with the types in them; some megabytes.</summary>
    public Task<OzonResult<CategoryTreeResponse>> CategoryTreeAsync(OzonAccount account, CategoryTreeRequest request, CancellationToken cancellation) =>
        ReadAsync<CategoryTreeResponse>(account, "/v1/description-category/tree", request, cancellation);

    /// <summary>
    /// Fetches a picture of a product. Pictures are public and lie on hosts of their own, so the key is not sent along; only Ozon's own hosts and
    /// addresses under Ozon:BaseAddress are asked (<see cref="OzonErrorKind.ForeignAddress"/> otherwise).
    /// </summary>
    public async Task<OzonResult<OzonFile>> PictureAsync(OzonAccount account, string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !(IsOurs(address) || IsOzonsFile(address)))
            return new OzonError(OzonErrorKind.ForeignAddress, "The picture's address is not Ozon's.");

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = await SendBareAsync(OzonSetup.Reads, account, request, cancellation);
        return answer.IsOk ? new OzonFile(answer.Value.Content, answer.Value.ContentType) : answer.Error;
    }
}

/// <summary>Request of /v3/product/info/list.</summary>
public sealed record ProductInfoListRequest
{
    /// <summary>1 to 1000, each a number written as text.</summary>
    public IReadOnlyList<string> Sku { get; init; } = [];
}

public sealed record ProductInfoListResponse
{
    public IReadOnlyList<OzonProduct> Items { get; init; } = [];
}

public sealed record OzonProduct
{
    /// <summary>Ozon's <c>product_id</c>.</summary>
    public long Id { get; init; }

    public string OfferId { get; init; } = "";

    public string Name { get; init; } = "";

    public long Sku { get; init; }

    /// <summary>SKUs of the same product in other sales schemes.</summary>
    public IReadOnlyList<OzonProductSource> Sources { get; init; } = [];

    /// <summary>Addresses without the main picture.</summary>
    [JsonConverter(typeof(TextOrTexts))]
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The main picture; empty when the first of <see cref="Images"/> is.</summary>
    [JsonConverter(typeof(TextOrTexts))]
    public IReadOnlyList<string> PrimaryImage { get; init; } = [];

    public long DescriptionCategoryId { get; init; }

    public long TypeId { get; init; }

    /// <summary>In whole units of <see cref="CurrencyCode"/>.</summary>
    public decimal Price { get; init; }

    public string CurrencyCode { get; init; } = "";
}

public sealed record OzonProductSource
{
    public long Sku { get; init; }

    /// <summary>Such as fbo, fbs or sds.</summary>
    public string Source { get; init; } = "";
}

/// <summary>Request of /v1/description-category/tree.</summary>
public sealed record CategoryTreeRequest
{
    /// <summary>DEFAULT, RU, EN, TR or ZH_HANS.</summary>
    public string Language { get; init; } = "RU";
}

public sealed record CategoryTreeResponse
{
    public IReadOnlyList<OzonCategory> Result { get; init; } = [];
}

/// <summary>A category, or a type in the one above it: then only <see cref="TypeId"/> and <see cref="TypeName"/> are told.</summary>
public sealed record OzonCategory
{
    public long DescriptionCategoryId { get; init; }

    public string CategoryName { get; init; } = "";

    public long TypeId { get; init; }

    public string TypeName { get; init; } = "";

    public bool Disabled { get; init; }

    public IReadOnlyList<OzonCategory> Children { get; init; } = [];
}

/// <summary>Addresses that come as a list, or one of them as a text.</summary>
internal sealed class TextOrTexts : JsonConverter<IReadOnlyList<string>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => [],
        JsonTokenType.String => reader.GetString() is { Length: > 0 } one ? [one] : [],
        JsonTokenType.StartArray => JsonSerializer.Deserialize<string?[]>(ref reader, options)!.OfType<string>().Where(t => t.Length > 0).ToArray(),
        _ => throw new JsonException("A text or a list of texts was expected."),
    };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.ToArray(), options);
}

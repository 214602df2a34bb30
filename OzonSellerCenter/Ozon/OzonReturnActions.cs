using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>An action offered. The document's schema and its sample differ in form (<c>{id,name}</c>, <c>{"action":{id,name}}</c>): both are read.</summary>
[JsonConverter(typeof(OzonReturnActionConverter))]
public sealed record OzonReturnAction
{
    /// <summary>Rejections: they need a reason and words.</summary>
    public const long Reject = -1;

    /// <inheritdoc cref="Reject"/>
    public const long RejectLater = -10;

    /// <summary>Part of the price is offered; needs the amount.</summary>
    public const long Compensate = 1020;

    public long Id { get; init; }

    /// <summary>Russian.</summary>
    public string Name { get; init; } = "";
}

internal sealed class OzonReturnActionConverter : JsonConverter<OzonReturnAction>
{
    private static readonly LenientLong Ids = new();

    public override OzonReturnAction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (id, name) = (0L, "");
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An action is an object.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var property = reader.GetString();
            reader.Read();
            if (property == "action" && reader.TokenType == JsonTokenType.StartObject)
            {
                var inner = Read(ref reader, typeToConvert, options);
                (id, name) = (inner.Id, inner.Name);
            }
            else if (property == "id")
            {
                id = Ids.Read(ref reader, typeof(long), options);
            }
            else if (property == "name" && reader.TokenType == JsonTokenType.String)
            {
                name = reader.GetString()!;
            }
            else
            {
                reader.Skip();
            }
        }

        return new OzonReturnAction { Id = id, Name = name };
    }

    public override void Write(Utf8JsonWriter writer, OzonReturnAction value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", value.Id);
        writer.WriteString("name", value.Name);
        writer.WriteEndObject();
    }
}

/// <summary>Request of /v1/returns/rfbs/action/set.</summary>
public sealed record RfbsReturnAction
{
    public long ReturnId { get; init; }

    /// <summary>Of <see cref="OzonRfbsReturnDetails.AvailableActions"/>.</summary>
    public long Id { get; init; }

    /// <summary>Required with the rejections.</summary>
    public string? Comment { get; init; }

    /// <summary>Required with the rejections.</summary>
    public long? RejectionReasonId { get; init; }

    /// <summary>Required with 1020, in whole units of the product's currency.</summary>
    public decimal? CompensationAmount { get; init; }

    /// <summary>Postage of the way back that is repaid, in whole units; negative counts as 0.</summary>
    public decimal? ReturnForBackWay { get; init; }
}

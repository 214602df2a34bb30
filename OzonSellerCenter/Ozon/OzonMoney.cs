using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// An amount as Ozon writes it. v4 posting lists send <c>{"amount":"1530.00","currency":"RUB"}</c>; v3 methods send only the text
/// <c>"1530.0000"</c> and name the currency in a field beside it: such an amount has an empty <see cref="Currency"/> and is written as text.
/// </summary>
/// <param name="Amount">In whole units of the currency, exact.</param>
/// <param name="Currency">ISO code (RUB, BYN, KZT, EUR, USD, CNY), or empty in v3 methods.</param>
[JsonConverter(typeof(OzonMoneyConverter))]
public sealed record OzonMoney(decimal Amount, string Currency = "")
{
    /// <summary>The amount in kopecks (or the currency's hundredth), rounded half away from zero: Ozon may send four digits.</summary>
    [JsonIgnore]
    public long MinorUnits => Minor(Amount);

    /// <summary>A bare amount in kopecks (or the currency's hundredth), rounded half away from zero.</summary>
    public static long Minor(decimal amount) => (long)Math.Round(amount * 100, MidpointRounding.AwayFromZero);

    public static OzonMoney OfMinorUnits(long minorUnits, string currency = "") => new(minorUnits / 100m, currency);
}

/// <summary>Reads an object, a text or a number; writes an object when the currency is known, else a text with four digits.</summary>
internal sealed class OzonMoneyConverter : JsonConverter<OzonMoney>
{
    private static readonly LenientDecimal Amounts = new();

    public override OzonMoney Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return new OzonMoney(Amounts.Read(ref reader, typeof(decimal), options));

        var (amount, currency) = (0m, "");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            if (name == "amount")
                amount = Amounts.Read(ref reader, typeof(decimal), options);
            else if (name == "currency")
                currency = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            else
                reader.Skip();
        }

        return new OzonMoney(amount, currency);
    }

    public override void Write(Utf8JsonWriter writer, OzonMoney value, JsonSerializerOptions options)
    {
        if (value.Currency.Length == 0)
        {
            writer.WriteStringValue(value.Amount.ToString("0.0000", CultureInfo.InvariantCulture));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("amount", value.Amount.ToString("0.00##", CultureInfo.InvariantCulture));
        writer.WriteString("currency", value.Currency);
        writer.WriteEndObject();
    }
}

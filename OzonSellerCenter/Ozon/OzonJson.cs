using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// How Ozon's JSON is written and read. Writing follows Ozon's document to the letter: snake_case, numbers as numbers, UTC instants, absent
/// instead of <c>null</c>. Reading forgives what Ozon really sends: ids as number or string, booleans and empty dates as strings,
/// <c>null</c> where an object or list belongs (the property keeps its default), fields in another case, fields not known here.
/// </summary>
public static class OzonJson
{
    /// <summary>The form of Ozon's document. To write <c>null</c> for absent blocks, copy it with another <c>DefaultIgnoreCondition</c>.</summary>
    public static JsonSerializerOptions Options { get; } = Build(idsAsStrings: false);

    /// <summary>The same, but ids (<c>…_id</c>, <c>id</c>, <c>sku</c>) are written as strings, as many of Ozon's real answers have them.</summary>
    public static JsonSerializerOptions IdsAsStrings { get; } = Build(idsAsStrings: true);

    private static JsonSerializerOptions Build(bool idsAsStrings)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(KeepDefaultWhenNull);
        if (idsAsStrings)
            resolver.Modifiers.Add(WriteIdsAsStrings);

        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            PropertyNameCaseInsensitive = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Russian stays readable on the wire; this JSON is never put into a page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 32,
            TypeInfoResolver = resolver,
            Converters =
            {
                new LenientLong(), new LenientInt(), new LenientDouble(), new LenientDecimal(), new LenientBool(), new LenientText(),
                new UtcInstant(), new LenientInstant(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void KeepDefaultWhenNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property is { IsSetNullable: false, Set: { } set } && !property.PropertyType.IsValueType)
                property.Set = (target, value) =>
                {
                    if (value is not null)
                        set(target, value);
                };
    }

    private static void WriteIdsAsStrings(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.PropertyType == typeof(long) && IsId(property.Name))
                property.CustomConverter = new LongAsText();
    }

    private static bool IsId(string name) => name is "id" or "sku" || name.EndsWith("_id", StringComparison.Ordinal);
}

using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Contract;

/// <summary>Turns the schemas of an OpenAPI 3.0 document into JSON Schema, which they resemble but are not.</summary>
internal static class OpenApiSchemas
{
    private const string From = "#/components/schemas/";
    private const string To = "#/definitions/";

    // What constrains nothing and would only confuse a JSON Schema reader.
    private static readonly string[] Dropped = ["description", "title", "example", "default", "deprecated", "nullable", "readOnly", "xml"];

    /// <param name="schema">A schema object of the document.</param>
    /// <param name="allowUnknown">Whether an object may hold properties that the document does not name.</param>
    /// <param name="isProperty">Whether it stands for a property: there, "an object without any property" only means "unknown".</param>
    public static JsonObject ToJsonSchema(JsonNode schema, bool allowUnknown, bool isProperty)
    {
        var source = schema.AsObject();
        if (source["$ref"] is { } reference)
            return new JsonObject { ["$ref"] = To + reference.GetValue<string>()[From.Length..] };
        // "allOf" of one is how the document gives a reference a description.
        if (source["allOf"] is JsonArray { Count: 1 } one)
            return ToJsonSchema(one[0]!, allowUnknown, isProperty);
        if (isProperty && IsNever(source["additionalProperties"]))
            return [];

        var result = new JsonObject();
        foreach (var (name, value) in source)
        {
            if (Dropped.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal))
                continue;
            result[name] = name switch
            {
                "properties" => new JsonObject(value!.AsObject()
                    .Select(p => KeyValuePair.Create(p.Key, (JsonNode?)ToJsonSchema(p.Value!, allowUnknown, isProperty: true)))),
                "items" => ToJsonSchema(value!, allowUnknown, isProperty: true),
                "additionalProperties" when IsNever(value) => false,
                "additionalProperties" when value is JsonObject => ToJsonSchema(value, allowUnknown, isProperty: true),
                "allOf" or "anyOf" or "oneOf" => new JsonArray([.. value!.AsArray().Select(v => ToJsonSchema(v!, allowUnknown, isProperty))]),
                _ => value?.DeepClone(),
            };
        }

        // A picture of a phone number stands where a regular expression belongs.
        if (result["pattern"]?.GetValue<string>().Contains("XXX", StringComparison.Ordinal) == true)
            result.Remove("pattern");
        if (result["format"]?.GetValue<string>() == "uint64" && result["type"]?.GetValue<string>() == "integer")
            result["minimum"] = 0;
        if (result.ContainsKey("properties") && !result.ContainsKey("additionalProperties") && !allowUnknown)
            result["additionalProperties"] = false;
        if (source["nullable"]?.GetValue<bool>() == true && result["type"] is { } type)
            result["type"] = new JsonArray(type.DeepClone(), "null");
        return result;
    }

    /// <summary>The names of the components that a converted schema refers to.</summary>
    public static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject schema => schema.SelectMany(p => p is { Key: "$ref", Value: JsonValue reference }
            ? [reference.GetValue<string>()[To.Length..]]
            : References(p.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static bool IsNever(JsonNode? additional) => additional is JsonObject o && o["x-never"]?.GetValue<bool>() == true;
}

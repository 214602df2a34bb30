using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace OzonSellerCenter.Tests.Contract;

/// <summary>
/// Validates JSON against Ozon's own schemas. The document is reference data and no part of the project: it is looked for in
/// ../shared/ozon beside the folder of the solution, and the test that needs it is skipped where it is absent.
/// </summary>
/// <remarks>
/// Stricter than the document: a property it does not know is an error, so that a misspelt name is found. Pass
/// <c>allowUnknown: true</c> to <see cref="OrSkip"/> for JSON that may hold more than the document says (real answers do).
/// <c>null</c> is an error as in the document; pass <c>allowNull: true</c> for answers that send <c>null</c> for blocks not asked for.
/// </remarks>
internal sealed class OzonSchema
{
    private static readonly ConcurrentDictionary<bool, OzonSchema> Loaded = new();

    private readonly JsonObject _document;
    private readonly bool _allowUnknown;
    private readonly bool _allowNull;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas;

    private OzonSchema(JsonObject document, bool allowUnknown, bool allowNull, ConcurrentDictionary<string, JsonSchema> schemas) =>
        (_document, _allowUnknown, _allowNull, _schemas) = (document, allowUnknown, allowNull, schemas);

    /// <summary>The schemas, or the calling test is skipped with the reason.</summary>
    public static OzonSchema OrSkip(bool allowUnknown = false, bool allowNull = false)
    {
        if (Find() is not { } file)
        {
            Assert.Skip("Ozon's document ../shared/ozon/openapi-subset.json is not here.");
            throw new InvalidOperationException("A skipped test goes no further.");
        }

        var schema = Loaded.GetOrAdd(allowUnknown, unknown => new OzonSchema(JsonNode.Parse(File.ReadAllText(file))!.AsObject(), unknown, false, new()));
        return new OzonSchema(schema._document, allowUnknown, allowNull, schema._schemas);
    }

    /// <summary>What is wrong with this request body of this method; empty when nothing is.</summary>
    public IReadOnlyList<string> ValidateRequest(string path, string json)
    {
        var body = Operation(path)["requestBody"];
        // Two methods share a body.
        if (body?["$ref"]?.GetValue<string>() is { } shared)
            body = _document["components"]!["requestBodies"]![shared[(shared.LastIndexOf('/') + 1)..]];
        // Methods without a documented body take {}.
        return body is null ? (json is "{}" or "" ? [] : [$"{path} takes no parameters: {json}"]) : Validate(body["content"], json, path);
    }

    /// <summary>What is wrong with this answer; a status that the document does not name is held against the method's error envelope.</summary>
    public IReadOnlyList<string> ValidateResponse(string path, int status, string json)
    {
        var responses = Operation(path)["responses"]!.AsObject();
        var response = responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            ?? (status < 300 ? null : responses["default"] ?? responses["500"])
            ?? throw new ArgumentException($"{path} has no answer {status}.");
        return Validate(response["content"], json, path);
    }

    private JsonObject Operation(string path) =>
        (_document["paths"]![path] as JsonObject ?? throw new ArgumentException($"Ozon's document has no {path}."))["post"]!.AsObject();

    private List<string> Validate(JsonNode? content, string json, string path)
    {
        var schema = content!["application/json"]!["schema"]!;
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(json);
        }
        catch (JsonException e)
        {
            return [$"{path}: no JSON ({e.Message})"];
        }

        if (_allowNull)
            DropNulls(body);
        var compiled = _schemas.GetOrAdd(schema.ToJsonString(), _ => Compile(schema));
        return [.. compiled.Validate(body?.ToJsonString() ?? "null").SelectMany(e => Flatten(e)).Select(e => $"{path} {e}")];
    }

    /// <summary>A reference fails as one error; what failed below it is what a reader wants.</summary>
    private static IEnumerable<string> Flatten(NJsonSchema.Validation.ValidationError error) => error switch
    {
        NJsonSchema.Validation.ChildSchemaValidationError child => child.Errors.Values.SelectMany(e => e).SelectMany(Flatten).Prepend(Text(error)),
        _ => [Text(error)],
    };

    private static string Text(NJsonSchema.Validation.ValidationError error) => $"{error.Path}: {error.Kind}";

    private static void DropNulls(JsonNode? node)
    {
        if (node is JsonObject values)
        {
            foreach (var name in values.Where(p => p.Value is null).Select(p => p.Key).ToList())
                values.Remove(name);
            foreach (var (_, value) in values)
                DropNulls(value);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                DropNulls(item);
        }
    }

    private JsonSchema Compile(JsonNode schema)
    {
        var components = _document["components"]!["schemas"]!.AsObject();
        var definitions = new JsonObject();
        var root = OpenApiSchemas.ToJsonSchema(schema, _allowUnknown, isProperty: false);
        var wanted = new Queue<string>(OpenApiSchemas.References(root));
        while (wanted.TryDequeue(out var name))
        {
            if (definitions.ContainsKey(name))
                continue;
            var definition = OpenApiSchemas.ToJsonSchema(components[name]!, _allowUnknown, isProperty: false);
            definitions[name] = definition;
            foreach (var reference in OpenApiSchemas.References(definition))
                wanted.Enqueue(reference);
        }

        root["definitions"] = definitions;
        return JsonSchema.FromJsonAsync(root.ToJsonString()).GetAwaiter().GetResult();
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OzonSellerCenter.sln")))
                return Path.Combine(folder.FullName, "..", "shared", "ozon", "openapi-subset.json") is var file && File.Exists(file) ? file : null;
        return null;
    }
}

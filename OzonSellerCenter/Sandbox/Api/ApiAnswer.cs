using System.Text.Json.Nodes;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>What a method answers: a document, or Ozon's refusal <c>{"code","message","details"}</c>.</summary>
internal sealed record ApiAnswer(int Status, JsonNode? Body)
{
    public bool IsRefusal => Status != StatusCodes.Status200OK;

    public static ApiAnswer Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    /// <summary>Answer of the writing methods that say nothing else.</summary>
    public static ApiAnswer Success() => Ok(new JsonObject { ["result"] = "success" });

    /// <summary>Answer of the methods that say nothing but "done".</summary>
    public static ApiAnswer Nothing() => new(StatusCodes.Status200OK, null);

    /// <param name="status">HTTP status.</param>
    /// <param name="code">gRPC code.</param>
    /// <param name="message">As Ozon words it.</param>
    public static ApiAnswer Refused(int status, int code, string message) =>
        new(status, new JsonObject { ["code"] = code, ["message"] = message, ["details"] = new JsonArray() });

    public static ApiAnswer Invalid(string message) => Refused(400, 3, message);

    /// <summary>A field outside its rules, worded as Ozon's validator does.</summary>
    public static ApiAnswer InvalidField(string path, string rule) => Invalid($"Request validation error: invalid {path}: {rule}");

    /// <summary>Ozon's name for what stands in the way, alone in the message; Ozon's document names them but not where they stand.</summary>
    public static ApiAnswer Fault(string name) => name == PostingFault.NotFound ? NotFound(name) : Invalid(name);

    public static ApiAnswer NotFound(string message) => Refused(404, 5, message);

    public static ApiAnswer Forbidden(string message) => Refused(403, 7, message);
}

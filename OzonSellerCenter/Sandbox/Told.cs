using System.Text.Json;

namespace OzonSellerCenter.Sandbox;

/// <summary>What a caller of the control API told, or why it could not be understood.</summary>
internal abstract record Told(string? Problem);

/// <summary>The body of a command. It is read as JSON whatever the content type says, so that a bare <c>curl -d</c> will do.</summary>
/// <param name="Body">Null when there is a problem; endpoints see only those without.</param>
/// <param name="Problem">For the answer 400.</param>
internal sealed record Told<T>(T? Body, string? Problem) : Told(Problem)
    where T : class
{
    public static async ValueTask<Told<T>> BindAsync(HttpContext http)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, JsonSerializerOptions.Web, http.RequestAborted);
            return new Told<T>(body, body is null ? "the body must be a JSON object" : null);
        }
        catch (JsonException e)
        {
            return new Told<T>(null, e.Path is { Length: > 1 } field ? $"the body is wrong at {field}" : "the body must be a JSON object");
        }
        catch (BadHttpRequestException e)
        {
            return new Told<T>(null, e.Message);
        }
    }
}

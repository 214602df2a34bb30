using System.Globalization;
using System.Text.Json;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>
/// A request as protobuf's JSON mapping reads it: null and missing are the same, 64-bit numbers may be strings, unknown fields
/// are passed over. The first thing that is wrong is kept in <see cref="Problem"/>; reading goes on with default values.
/// </summary>
internal sealed class RequestBody
{
    private readonly JsonElement _json;
    private readonly string _message;
    private readonly RequestBody? _parent;
    private ApiAnswer? _problem;

    private RequestBody(JsonElement json, string message, RequestBody? parent)
    {
        _json = json;
        _message = message;
        _parent = parent;
    }

    /// <summary>Null while everything read so far was in order.</summary>
    public ApiAnswer? Problem => _parent is null ? _problem : _parent.Problem;

    /// <param name="bytes">The body; nothing at all is taken for <c>{}</c>.</param>
    /// <param name="message">Name of the request's message in Ozon's refusals.</param>
    public static RequestBody Parse(ReadOnlyMemory<byte> bytes, string message)
    {
        if (bytes.Span.Trim(" \r\n\t"u8).IsEmpty)
            bytes = "{}"u8.ToArray();
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (!IsText(bytes.Span))
                return new RequestBody(default, message, null) { _problem = ApiAnswer.Invalid("proto: syntax error (line 1:1): invalid UTF-8 in string") };
            var body = new RequestBody(document.RootElement.Clone(), message, null);
            if (body._json.ValueKind != JsonValueKind.Object)
                body._problem = ApiAnswer.Invalid($"proto: syntax error (line 1:1): unexpected token {Shortened(body._json.GetRawText())}");
            return body;
        }
        catch (JsonException e)
        {
            return new RequestBody(default, message, null)
            {
                _problem = ApiAnswer.Invalid($"proto: syntax error (line {e.LineNumber + 1}:{e.BytePositionInLine + 1}): unexpected token"),
            };
        }
    }

    /// <summary>JSON may hold strings that are no text: bytes outside UTF-8, half of a surrogate pair. Protobuf's reader takes neither.</summary>
    private static bool IsText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }
            return true;
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that a string cannot be decoded.
            return false;
        }
    }

    /// <summary>A body that was not read, because it is too long.</summary>
    public static RequestBody TooLarge(string message) => new(default, message, null)
    {
        _problem = ApiAnswer.Refused(StatusCodes.Status413PayloadTooLarge, 3, $"{message}: the request body is too large"),
    };

    /// <summary>Notes that a field breaks a rule; only the first one is told.</summary>
    public void Reject(string field, string rule) => Fail(ApiAnswer.InvalidField($"{_message}.{Pascal(field)}", rule));

    public void Fail(ApiAnswer problem)
    {
        if (_parent is not null)
            _parent.Fail(problem);
        else
            _problem ??= problem;
    }

    public bool Has(string field) => Value(field) is not null;

    public string Text(string field)
    {
        if (Value(field) is not { } value)
            return "";
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()!;
        Mistyped("string", value);
        return "";
    }

    /// <summary>A text of that many characters, counted as Ozon's validator counts: by code points.</summary>
    public string Text(string field, int shortest, int longest)
    {
        var text = Text(field);
        var runes = text.EnumerateRunes().Count();
        if (runes < shortest || runes > longest)
            Reject(field, $"value length must be between {shortest} and {longest} runes, inclusive");
        return text;
    }

    public long Number(string field)
    {
        if (Whole(field) is not { } number)
            return 0;
        if (number >= long.MinValue && number <= long.MaxValue)
            return (long)number;
        Mistyped("int64", Value(field)!.Value);
        return 0;
    }

    /// <summary>An amount in whole roubles with two decimals at most, in kopecks; 0 when it is missing.</summary>
    public long Kopecks(string field)
    {
        if (Value(field) is not { } value)
            return 0;
        var raw = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
            || !decimal.TryParse(raw, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount)
            || Math.Abs(amount) > 1_000_000_000)
        {
            Mistyped("double", value);
            return 0;
        }
        if (decimal.Truncate(amount * 100) != amount * 100)
            Reject(field, "value must have no more than 2 decimals");
        return (long)(amount * 100);
    }

    /// <summary>An id of a message, uint64 in Ozon's document; above every id there is means the same as the highest.</summary>
    public long Id(string field)
    {
        if (Whole(field) is not { } number)
            return 0;
        if (number >= 0 && number <= ulong.MaxValue)
            return (long)Math.Min(number, long.MaxValue);
        Mistyped("uint64", Value(field)!.Value);
        return 0;
    }

    // Protobuf takes 5, "5", 5.0 and 5e0 alike.
    private decimal? Whole(string field)
    {
        if (Value(field) is not { } value)
            return null;
        var raw = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && decimal.TryParse(raw, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number)
            return number;
        Mistyped("int64", value);
        return null;
    }

    /// <summary>A page size; missing or zero gives the default where there is one.</summary>
    public int Limit(string field, int ifMissing, int most)
    {
        var limit = Number(field);
        if (limit == 0 && ifMissing > 0)
            return ifMissing;
        if (limit >= 1 && limit <= most)
            return (int)limit;
        Reject(field, $"value must be inside range [1, {most}]");
        return 1;
    }

    public bool Flag(string field)
    {
        if (Value(field) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Mistyped("bool", value);
        return value.ValueKind == JsonValueKind.True;
    }

    public DateTime? Instant(string field)
    {
        var text = Text(field);
        if (text.Length == 0)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return at.UtcDateTime;
        Fail(ApiAnswer.Invalid($"proto: (line 1:1): invalid google.protobuf.Timestamp value \"{Shortened(text)}\""));
        return null;
    }

    /// <summary>A list of texts or of 64-bit numbers in either spelling.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        if (Value(field) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Mistyped("list", value);
            return [];
        }
        return [.. value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText())];
    }

    /// <summary>A list of messages; what is wrong in one of them is told with its place.</summary>
    public IReadOnlyList<RequestBody> Sections(string field)
    {
        if (Value(field) is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Object))
            return [.. value.EnumerateArray().Select((v, i) => new RequestBody(v, $"{_message}.{Pascal(field)}[{i}]", this))];
        Mistyped("list", value);
        return [];
    }

    public RequestBody Section(string field)
    {
        var value = Value(field);
        if (value is { ValueKind: not JsonValueKind.Object })
            Mistyped("message", value.Value);
        return new RequestBody(value ?? default, $"{_message}_{Pascal(field)}", this);
    }

    private JsonElement? Value(string field) =>
        _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private void Mistyped(string type, JsonElement value) =>
        Fail(ApiAnswer.Invalid($"proto: (line 1:1): invalid value for {type} type: {Shortened(value.GetRawText())}"));

    private static string Shortened(string raw) => raw.Length <= 40 ? raw : raw[..40];

    private static string Pascal(string field) => string.Concat(field.Split('_').Select(w => w.Length == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]));
}

using System.Globalization;
using System.Text;

namespace OzonSellerCenter.Disputes.Evidence.Freezing;

/// <summary>A readable copy of the record, line by line. Nothing of who copies it or when, so the same record gives the same bytes.</summary>
/// <param name="timeZone">IANA name of the shop's zone.</param>
internal sealed class FrozenText(string timeZone)
{
    private readonly StringBuilder _text = new();
    private readonly TimeZoneInfo _zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;

    public FrozenText Line(string text)
    {
        _text.Append(Indented(text)).Append('\n');
        return this;
    }

    public FrozenText Head(string text) => Line("").Line(text);

    /// <summary>What is not known is left out.</summary>
    public FrozenText Fact(string label, string? value) => string.IsNullOrWhiteSpace(value) ? this : Line($"{label}: {value.Trim()}");

    public FrozenText Fact(string label, DateTime? at) => at is { } known ? Line($"{label}: {At(known)}") : this;

    /// <summary>An instant by the shop's clock, with the distance from UTC, and by UTC.</summary>
    public string At(DateTime utc) => string.Create(
        CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), _zone):dd.MM.yyyy HH:mm:ss zzz} ({utc:dd.MM.yyyy HH:mm:ss} UTC)");

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());

    // Lines of a stranger's text cannot pass for lines of the copy.
    private static string Indented(string text) => text.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal);
}

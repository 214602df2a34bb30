using System.Globalization;
using System.Text.RegularExpressions;

namespace OzonSellerCenter.Rules;

/// <summary>A stretch of work, in minutes since local midnight of the day on which it begins. Half-open, so that neighbours meet without a seam.</summary>
/// <param name="From">0 to 1439.</param>
/// <param name="Until">After <paramref name="From"/>, at most 24 h later; above 1440 it goes past midnight.</param>
public readonly record struct HoursWindow(int From, int Until);

/// <summary>The working hours of one day as people write them: "09:00–13:00, 14:00–18:00", "22:00–06:00", nothing for a closed day.</summary>
public static partial class DayHours
{
    /// <summary>Minutes of a day.</summary>
    public const int Day = 1440;

    private const int MaxText = 200;

    /// <summary>Reads what was written; overlapping and touching windows become one.</summary>
    /// <returns>Windows in order; or the key of what is wrong: <c>HoursMalformed</c>, <c>HoursEndIsStart</c>, <c>HoursTooLong</c> (more than a day
    /// in one piece).</returns>
    public static (IReadOnlyList<HoursWindow> Windows, string? Refusal) Read(string text)
    {
        if (text.Length > MaxText) return ([], "HoursMalformed");
        var windows = new List<HoursWindow>();
        foreach (var part in AroundDash().Replace(Plain(text), "-").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Window().Match(part) is not { Success: true } match) return ([], "HoursMalformed");
            var (from, until) = (Minutes(match.Groups[1], match.Groups[2]), Minutes(match.Groups[3], match.Groups[4]));
            if (from is not (>= 0 and < Day) || until is not (>= 0 and <= Day)) return ([], "HoursMalformed");
            if (from == until) return ([], "HoursEndIsStart");
            windows.Add(new HoursWindow(from, until > from ? until : until + Day));
        }

        var merged = Merge(windows);

        // Round the clock has one way to be written; anything else of that length would read as nothing.
        return merged.Exists(w => w.Until - w.From >= Day && w != new HoursWindow(0, Day)) ? ([], "HoursTooLong") : (merged, null);
    }

    /// <summary>The hours as <see cref="Read"/> reads them; empty for a closed day.</summary>
    public static string Write(IEnumerable<HoursWindow> windows) =>
        string.Join(", ", windows.Select(w => $"{Clock(w.From)}–{Clock(w.Until > Day ? w.Until - Day : w.Until)}"));

    private static List<HoursWindow> Merge(List<HoursWindow> windows)
    {
        var merged = new List<HoursWindow>();
        foreach (var window in windows.OrderBy(w => w.From).ThenBy(w => w.Until))
        {
            if (merged.Count > 0 && window.From <= merged[^1].Until) merged[^1] = merged[^1] with { Until = Math.Max(merged[^1].Until, window.Until) };
            else merged.Add(window);
        }

        return merged;
    }

    // Signs of Chinese keyboards, and every dash, mean the same.
    private static string Plain(string text) => text.Trim()
        .Replace('：', ':').Replace('，', ',').Replace('、', ',').Replace('；', ';').Replace('　', ' ')
        .Replace('–', '-').Replace('—', '-').Replace('－', '-').Replace('～', '-');

    private static int Minutes(Group hours, Group minutes)
    {
        var minute = minutes.Success ? int.Parse(minutes.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return minute > 59 ? -1 : int.Parse(hours.ValueSpan, CultureInfo.InvariantCulture) * 60 + minute;
    }

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    [GeneratedRegex(@"\s*-\s*")]
    private static partial Regex AroundDash();

    [GeneratedRegex(@"^([0-9]{1,2})(?:[:.]([0-9]{2}))?-([0-9]{1,2})(?:[:.]([0-9]{2}))?$")]
    private static partial Regex Window();
}

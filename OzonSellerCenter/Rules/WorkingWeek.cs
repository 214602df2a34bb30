using System.Globalization;

namespace OzonSellerCenter.Rules;

/// <summary>The hours of each weekday and of the days that differ. A day's hours are those that begin on it: a night shift that began before
/// a holiday runs to its end.</summary>
/// <param name="Days">Seven, Monday first.</param>
/// <param name="Exceptions">Holidays (no hours) and days with other hours.</param>
public sealed record WorkingWeek(IReadOnlyList<IReadOnlyList<HoursWindow>> Days, IReadOnlyDictionary<DateOnly, IReadOnlyList<HoursWindow>> Exceptions)
{
    private const char BetweenDays = ';';
    private const string Date = "yyyy-MM-dd";

    /// <summary>The hours that begin on a day.</summary>
    public IReadOnlyList<HoursWindow> On(DateOnly day) => Exceptions.TryGetValue(day, out var hours) ? hours : Days[((int)day.DayOfWeek + 6) % 7];

    /// <summary>A day that would be worked on but is not.</summary>
    public bool IsHoliday(DateOnly day) => Exceptions.TryGetValue(day, out var hours) && hours.Count == 0;

    /// <summary>The week as text, for the table and the audit log: <c>09:00–18:00;09:00–13:00, 14:00–18:00;;…</c>.</summary>
    public string WriteDays() => string.Join(BetweenDays, Days.Select(DayHours.Write));

    /// <summary>The exceptions as text: <c>2026-12-31=;2027-01-02=10:00–14:00</c>.</summary>
    public string WriteExceptions() => string.Join(
        BetweenDays, Exceptions.OrderBy(e => e.Key).Select(e => $"{e.Key.ToString(Date, CultureInfo.InvariantCulture)}={DayHours.Write(e.Value)}"));

    /// <summary>Reads what <see cref="WriteDays"/> and <see cref="WriteExceptions"/> wrote.</summary>
    public static WorkingWeek Read(string days, string exceptions) => new(
        [.. days.Split(BetweenDays).Select(day => DayHours.Read(day).Windows)],
        exceptions.Split(BetweenDays, StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('='))
            .ToDictionary(e => DateOnly.ParseExact(e[0], Date, CultureInfo.InvariantCulture), e => DayHours.Read(e[1]).Windows));
}

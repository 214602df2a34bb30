using System.Globalization;

namespace OzonSellerCenter.Shared;

/// <summary>Instants (UTC) as the shop's people read them: in the shop's zone, in the order and words of their language, 24 hours.
/// Layouts cascade the zone of the chosen store; without one Moscow holds, as at Ozon.</summary>
public sealed class ShopTime(TimeZoneInfo zone)
{
    public static ShopTime Moscow { get; } = In("Europe/Moscow");

    /// <summary>A shop in an IANA zone; an unknown name falls back to Moscow, because a page without times is worse.</summary>
    public static ShopTime In(string zoneId) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? new ShopTime(zone) : Moscow;

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>The instant of a time on the shop's clock. What the clock jumps over in spring is taken as an hour later; of what it shows twice in
    /// autumn the second is meant.</summary>
    public DateTime Utc(DateTime local)
    {
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(unspecified) ? unspecified.AddHours(1) : unspecified, zone);
    }

    /// <summary>"15:54".</summary>
    public string Time(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"23 ноября", "23 November", "11月23日"; with the year when it is not the current one.</summary>
    public string Day(DateTime utc, DateTime nowUtc)
    {
        var day = Local(utc);
        var culture = CultureInfo.CurrentCulture;
        return day.Year == Local(nowUtc).Year
            ? day.ToString("M", culture).Replace(' ', '\u00a0')
            : day.ToString(culture.TwoLetterISOLanguageName == "zh" ? "yyyy年M月d日" : "d\u00a0MMMM yyyy", culture);
    }

    /// <summary>Only the time today, the day in front of it on other days: "15:54", "23 ноября, 15:54".</summary>
    public string DayAndTime(DateTime utc, DateTime nowUtc) =>
        Local(utc).Date == Local(nowUtc).Date ? Time(utc) : $"{Day(utc, nowUtc)}{(IsChinese ? " " : ", ")}{Time(utc)}";

    /// <summary>Whole days from the shop's today: 0 today, −1 yesterday.</summary>
    public int DaysFromToday(DateTime utc, DateTime nowUtc) => (Local(utc).Date - Local(nowUtc).Date).Days;

    private static bool IsChinese => CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "zh";
}

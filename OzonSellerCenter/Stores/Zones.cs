using System.Globalization;
using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Stores;

/// <summary>Zones in which Ozon's sellers live, from west to east.</summary>
internal static class Zones
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Europe/Kaliningrad", "Europe/Moscow", "Europe/Minsk", "Europe/Istanbul", "Europe/Samara", "Asia/Yerevan", "Asia/Yekaterinburg", "Asia/Almaty",
        "Asia/Tashkent", "Asia/Omsk", "Asia/Bishkek", "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Shanghai", "Asia/Irkutsk", "Asia/Yakutsk",
        "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
    ];

    /// <summary>Such as "UTC+03:00 Москва"; a zone without a name of its own keeps its IANA name.</summary>
    public static string NameOf(string zone, IStringLocalizer texts)
    {
        var city = texts[$"Zone_{zone.Split('/')[^1]}"];
        var name = city.ResourceNotFound ? zone : city.Value;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info)) return name;
        var sign = info.BaseUtcOffset < TimeSpan.Zero ? '-' : '+';
        return $"UTC{sign}{info.BaseUtcOffset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)} {name}";
    }
}

using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Times to which a conversation can be put off with one press, in the shop's zone.</summary>
public static class SnoozeTimes
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);
    private static readonly TimeSpan Evening = TimeSpan.FromHours(18);

    /// <summary>This evening is offered as long as it is worth it: at least an hour before.</summary>
    private static readonly TimeSpan EveningOfferedBefore = TimeSpan.FromHours(17);

    /// <summary>What is offered at an instant: the key of the text and the instant (UTC), the nearest first, no instant twice.</summary>
    public static IReadOnlyList<(string Key, DateTime Until)> At(ShopTime shop, DateTime now)
    {
        var local = shop.Local(now);
        var today = local.Date;
        var daysToMonday = ((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7;
        var times = new List<(string, DateTime)> { ("SnoozeHour", now.AddHours(1)) };
        if (local.TimeOfDay < EveningOfferedBefore) times.Add(("SnoozeEvening", shop.Utc(today + Evening)));
        times.Add(("SnoozeTomorrow", shop.Utc(today.AddDays(1) + Morning)));
        if (daysToMonday != 1) times.Add(("SnoozeMonday", shop.Utc(today.AddDays(daysToMonday == 0 ? 7 : daysToMonday) + Morning)));
        return times;
    }
}

using Microsoft.Extensions.Localization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>The log of an alert in sentences: why a person heard it, or did not.</summary>
internal static class AlertLogWords
{
    /// <summary>One line for each way, in the order in which they are chosen.</summary>
    public static IEnumerable<string> Lines(this IStringLocalizer<DeadlinesTexts> texts, AlertLogEntry entry, ShopTime shop, DateTime now)
    {
        yield return texts["LogRaised", shop.DayAndTime(entry.RaisedAt, now), texts.Stage(entry.MinutesBefore)];
        if (entry.Channels is not { } channels)
        {
            yield return texts["LogNotYours"];
            yield break;
        }

        yield return Line(AlertChannels.Toast, entry.ToastAt, isQuiet: false);
        yield return Line(AlertChannels.Desktop, entry.DesktopAt, entry.IsQuiet);
        yield return Line(AlertChannels.Sound, entry.SoundAt, entry.IsQuiet);
        if (entry.ReadAt is { } readAt) yield return texts["LogRead", shop.DayAndTime(readAt, now)];

        string Line(AlertChannels way, DateTime? doneAt, bool isQuiet)
        {
            if (doneAt is { } at) return texts[$"Log{way}_Done", shop.DayAndTime(at, now)];
            if (!channels.HasFlag(way)) return texts[$"Log{way}_Off"];
            return texts[isQuiet ? $"Log{way}_Quiet" : $"Log{way}_Waiting"];
        }
    }
}

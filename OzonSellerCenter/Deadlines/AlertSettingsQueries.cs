using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>Reads which alerts a person wants.</summary>
public sealed class AlertSettingsQueries(Databases databases, Rulebook rulebook, TimeProvider clock)
{
    /// <summary>The person's wishes over all his stores.</summary>
    public async Task<AlertSettings> OfAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var offered = new SortedSet<int>();
        foreach (var storeId in db.AlertedStores()) offered.UnionWith(AlertPlan.UsualMinutes(await rulebook.ForAsync(storeId, cancellation), now));
        var kept = await db.AlertPreferences.AsNoTracking().Where(p => p.UserId == user.Id).ToDictionaryAsync(p => p.Kind, cancellation);
        var quiet = await db.AlertQuietHours.AsNoTracking().SingleOrDefaultAsync(q => q.UserId == user.Id, cancellation);
        var settings = new AlertSettings
        {
            Offered = [.. offered.Reverse()],
            Kinds = [.. Enum.GetValues<DeadlineKind>().Select(kind => KindOf(kind, kept.GetValueOrDefault(kind), AlertPlan.IsToldAtItsEnd(kind) ? [0] : offered))],
            IsQuiet = quiet is not null,
            QuietZone = quiet?.TimeZone ?? "",
        };
        if (quiet is not null) settings.QuietHours = DayHours.Write([new HoursWindow(quiet.From, quiet.Until)]);
        return settings;
    }

    private static KindSettings KindOf(DeadlineKind kind, AlertPreference? kept, SortedSet<int> offered)
    {
        var channels = kept?.Channels ?? AlertPreference.UsualChannels;
        return new KindSettings
        {
            Kind = kind,
            Chosen = [.. (kept?.Minutes ?? [.. offered]).Where(offered.Contains)],
            More = string.Join(", ", (kept?.Minutes ?? []).Where(m => !offered.Contains(m))),
            Toast = channels.HasFlag(AlertChannels.Toast),
            Desktop = channels.HasFlag(AlertChannels.Desktop),
            Sound = channels.HasFlag(AlertChannels.Sound),
        };
    }
}

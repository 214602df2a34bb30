using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>Keeps which alerts a person wants. Whoever plans alerts hears <see cref="EventKind.AlertSettings"/>.</summary>
public sealed class AlertSettingsActions(Databases databases, TimeProvider clock)
{
    /// <summary>Keeps a person's own wishes; they hold from now on in all his stores and windows.</summary>
    /// <returns>Refused: the first reason of <see cref="AlertSettings.Check"/>.</returns>
    public Task<Outcome> SaveAsync(CurrentUser user, AlertSettings settings, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        if (settings.Check().First is { } wrong) return Outcome.Refused(wrong.Key, wrong.Args);
        await using var db = await databases.ForAsync(user, cancellation);
        var kept = await db.AlertPreferences.Where(p => p.UserId == user.Id).ToDictionaryAsync(p => p.Kind, cancellation);
        foreach (var kind in settings.Kinds) Keep(db, user, kept.GetValueOrDefault(kind.Kind), kind, settings.StagesOf(kind));
        await KeepQuietHoursAsync(db, user, settings, cancellation);
        db.Audit(null, "alerts.settings", user.Id);
        foreach (var storeId in db.AlertedStores()) db.Announce(storeId, EventKind.AlertSettings, user.Id);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    private void Keep(SellerCenterDb db, CurrentUser user, AlertPreference? row, KindSettings kind, IReadOnlyList<int>? stages)
    {
        if (row is null) db.AlertPreferences.Add(row = new AlertPreference { UserId = user.Id, Kind = kind.Kind, Stages = "" });
        var written = stages is null ? null : AlertPreference.Write(stages);
        if (row.Stages != written)
        {
            row.Stages = written;
            row.ChangedAt = clock.GetUtcNow().UtcDateTime;
        }

        row.Channels = kind.Channels;
    }

    private static async Task KeepQuietHoursAsync(SellerCenterDb db, CurrentUser user, AlertSettings settings, CancellationToken cancellation)
    {
        var row = await db.AlertQuietHours.SingleOrDefaultAsync(q => q.UserId == user.Id, cancellation);
        if (!settings.IsQuiet)
        {
            if (row is not null) db.AlertQuietHours.Remove(row);
            return;
        }

        if (row is null) db.AlertQuietHours.Add(row = new AlertQuietHours { UserId = user.Id });
        var window = DayHours.Read(settings.QuietHours).Windows[0];
        (row.From, row.Until, row.TimeZone) = (window.From, window.Until, settings.QuietZone.Length == 0 ? null : settings.QuietZone);
    }
}

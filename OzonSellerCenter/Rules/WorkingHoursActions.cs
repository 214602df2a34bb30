using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Rules;

/// <summary>Changes of working hours and pauses of the house's clocks. Only owners may. Running clocks follow as they follow a changed rule.</summary>
public sealed class WorkingHoursActions(Databases databases, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(90);

    /// <summary>Sets the hours of a store from now on; the former ones stay as history.</summary>
    /// <returns>Refused: <c>NotFound</c>, <c>OwnersOnly</c>, or the first reason of <see cref="WorkingHoursDraft.Check"/>.</returns>
    public Task<Outcome> SetAsync(CurrentUser user, int storeId, WorkingHoursDraft draft, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (Refusal(db, storeId) is { } refusal) return refusal;
        if (draft.Check().First is { } wrong) return Outcome.Refused(wrong.Key, wrong.Args);
        var zone = await db.Stores.Where(s => s.Id == storeId).Select(s => s.TimeZone).SingleAsync(cancellation);
        var week = draft.ToWeek();
        await AddAsync(db, storeId, draft.IsOn, zone, week.WriteDays(), week.WriteExceptions(), cancellation);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>Lets the hours of a store be meant in its new zone, with the caller's commit.</summary>
    public static async Task FollowZoneAsync(SellerCenterDb db, int storeId, string zone, CancellationToken cancellation)
    {
        if (await LastAsync(db, storeId, cancellation) is { } last && last.TimeZone != zone)
        {
            await AddAsync(db, storeId, last.IsOn, zone, last.Days, last.Exceptions, cancellation);
        }
    }

    /// <summary>Pauses the house's clocks from now on.</summary>
    /// <returns>Refused: <c>NotFound</c>, <c>OwnersOnly</c>, <c>PauseReasonMissing</c>, <c>PauseReasonTooLong</c>, <c>PauseEndsBefore</c>, <c>PauseTooLong</c> (over 90 days).</returns>
    public async Task<Outcome> PauseAsync(CurrentUser user, int storeId, DateTime endsAt, string reason, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (Refusal(db, storeId) is { } refusal) return refusal;
        var now = clock.GetUtcNow().UtcDateTime;
        reason = reason.Trim();
        if (reason.Length == 0) return Outcome.Refused("PauseReasonMissing");
        if (reason.Length > ClockPause.MaxReason) return Outcome.Refused("PauseReasonTooLong", ClockPause.MaxReason);
        if (endsAt <= now) return Outcome.Refused("PauseEndsBefore");
        if (endsAt > now + LongestPause) return Outcome.Refused("PauseTooLong", LongestPause.Days);
        db.PauseHouseClocks(storeId, $"hand:{Guid.NewGuid():N}", now, endsAt, reason);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    }

    /// <summary>Ends a pause now, or calls it off when it has not begun. Ending it twice changes nothing.</summary>
    /// <returns>Refused: <c>NotFound</c>, <c>OwnersOnly</c>.</returns>
    public async Task<Outcome> ResumeAsync(CurrentUser user, int storeId, string key, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (Refusal(db, storeId) is { } refusal) return refusal;
        var pause = await db.ClockPauses.Where(p => p.StoreId == storeId && p.Key == key).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellation);
        if (pause is null) return Outcome.NotFound;
        var now = clock.GetUtcNow().UtcDateTime;
        if (pause.EndsAt <= now) return Outcome.Done;
        db.PauseHouseClocks(storeId, key, pause.StartsAt, pause.StartsAt > now ? pause.StartsAt : now, pause.Reason);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    }

    private static Task<WorkingHours?> LastAsync(SellerCenterDb db, int storeId, CancellationToken cancellation) =>
        db.WorkingHours.Where(h => h.StoreId == storeId).OrderByDescending(h => h.EffectiveFrom).FirstOrDefaultAsync(cancellation);

    private static async Task AddAsync(
        SellerCenterDb db, int storeId, bool isOn, string zone, string days, string exceptions, CancellationToken cancellation)
    {
        var former = await LastAsync(db, storeId, cancellation);
        var now = db.Clock.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)); // as the databases keep it
        var hours = new WorkingHours
        {
            StoreId = storeId,
            IsOn = isOn,
            TimeZone = zone,
            Days = days,
            Exceptions = exceptions,
            EffectiveFrom = former is null || now > former.EffectiveFrom ? now : former.EffectiveFrom.AddMicroseconds(1),
            ChangedBy = db.User!.Id,
        };
        if (former is not null && Text(former) == Text(hours)) return;
        db.WorkingHours.Add(hours);
        db.Audit(storeId, "hours.change", zone, $"{(former is null ? "–" : Text(former))} → {Text(hours)}");
        db.Announce(storeId, EventKind.Rule, "hours");
    }

    private static string Text(WorkingHours hours) => $"{(hours.IsOn ? "on" : "off")} {hours.TimeZone} [{hours.Days}] [{hours.Exceptions}]";

    private static Outcome? Refusal(SellerCenterDb db, int storeId) => db.RoleIn(storeId) switch
    {
        StoreRole.Owner => null,
        null => Outcome.NotFound,
        _ => Outcome.Refused("OwnersOnly"),
    };
}

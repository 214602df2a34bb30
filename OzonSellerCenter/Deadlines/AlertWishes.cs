using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>What the people of each store want to be told: read once, kept until an event says that it changed.</summary>
public sealed class AlertWishes
{
    private readonly Databases _databases;
    private readonly KeptPerStore<StoreWishes> _kept;

    public AlertWishes(Databases databases)
    {
        _databases = databases;
        _kept = new(id => ReadAsync(id, CancellationToken.None));
        databases.Committed += Forget;
    }

    /// <summary>The wishes of a store's people. A caller that reads during a change may get the former ones once.</summary>
    public Task<StoreWishes> ForAsync(int storeId, CancellationToken cancellation) => _kept.ForAsync(storeId, cancellation);

    /// <summary>The same as the database has it at this moment.</summary>
    public async Task<StoreWishes> ReadAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await _databases.ForStoreAsync(storeId, cancellation);
        var zone = await db.Stores.Where(s => s.Id == storeId).Select(s => s.TimeZone).SingleOrDefaultAsync(cancellation);
        var members = db.Memberships.Where(m => m.StoreId == storeId && m.User.DisabledAt == null && (m.Role == StoreRole.Owner || m.Role == StoreRole.Agent));
        var people = await members.Select(m => m.UserId).ToListAsync(cancellation);
        var preferences = await db.AlertPreferences.AsNoTracking().Where(p => members.Any(m => m.UserId == p.UserId)).ToListAsync(cancellation);
        var quiet = await db.AlertQuietHours.AsNoTracking().Where(q => members.Any(m => m.UserId == q.UserId)).ToDictionaryAsync(q => q.UserId, cancellation);
        return new StoreWishes([.. people.Select(id => new PersonWishes(
            id, preferences.Where(p => p.UserId == id).ToDictionary(p => p.Kind), quiet.GetValueOrDefault(id), ZoneOf(quiet.GetValueOrDefault(id)?.TimeZone ?? zone)))]);
    }

    private static TimeZoneInfo ZoneOf(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    private void Forget(IReadOnlyList<StoreEvent> events)
    {
        foreach (var changed in events.Where(e => e.Kind is EventKind.AlertSettings or EventKind.Membership or EventKind.Store)) _kept.Forget(changed.StoreId);
    }
}

/// <summary>The wishes of those who answer for a store, as read at one moment.</summary>
public sealed record StoreWishes(IReadOnlyList<PersonWishes> People)
{
    /// <summary>A store in which everybody wants the usual.</summary>
    public static StoreWishes None { get; } = new([]);

    /// <summary>Kinds for which somebody chose stages of his own.</summary>
    public IEnumerable<DeadlineKind> ChosenKinds => People.SelectMany(p => p.Preferences.Values).Where(p => p.Stages is not null).Select(p => p.Kind).Distinct();

    /// <summary>The stages that people chose for a kind, each since it was first chosen.</summary>
    public IEnumerable<AlertStage> ChosenFor(DeadlineKind kind) => People
        .Select(p => p.Preferences.GetValueOrDefault(kind))
        .SelectMany(p => p?.Minutes?.Select(m => new AlertStage(m, p.ChangedAt)) ?? [])
        .GroupBy(s => s.Minutes)
        .Select(same => new AlertStage(same.Key, same.Min(s => s.Since)));
}

/// <summary>What one person wants.</summary>
/// <param name="Zone">In which his quiet hours are meant.</param>
public sealed record PersonWishes(string UserId, IReadOnlyDictionary<DeadlineKind, AlertPreference> Preferences, AlertQuietHours? Quiet, TimeZoneInfo Zone)
{
    /// <summary>True when a stage is among his.</summary>
    /// <param name="usual">The stages of the store, for who chose none.</param>
    public bool Wants(DeadlineKind kind, int minutes, IEnumerable<int> usual) =>
        (Preferences.GetValueOrDefault(kind)?.Minutes ?? usual).Contains(minutes);

    public AlertChannels ChannelsFor(DeadlineKind kind) => Preferences.GetValueOrDefault(kind)?.Channels ?? AlertPreference.UsualChannels;

    public bool IsQuietAt(DateTime instant)
    {
        if (Quiet is null) return false;
        var minute = (int)TimeZoneInfo.ConvertTimeFromUtc(instant, Zone).TimeOfDay.TotalMinutes;
        return (minute >= Quiet.From && minute < Quiet.Until) || minute + Rules.DayHours.Day < Quiet.Until;
    }
}

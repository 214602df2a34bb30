using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Rules;

/// <summary>The working hours of a store from an instant on; older rows stay as history, so that what is over keeps the hours it was over under.
/// A store without a row is always working.</summary>
public sealed class WorkingHours : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>False: always working; the hours are kept for later.</summary>
    public bool IsOn { get; init; }

    /// <summary>IANA name of the zone the hours are meant in; the store's at that time.</summary>
    public required string TimeZone { get; init; }

    /// <summary>As <see cref="WorkingWeek.WriteDays"/> writes it.</summary>
    public required string Days { get; init; }

    /// <summary>As <see cref="WorkingWeek.WriteExceptions"/> writes it.</summary>
    public required string Exceptions { get; init; }

    public DateTime EffectiveFrom { get; init; }

    /// <summary>Key of the person who set them.</summary>
    public required string ChangedBy { get; init; }

    public WorkingWeek ToWeek() => WorkingWeek.Read(Days, Exceptions);
}

/// <summary>What is known of a pause of the house's clocks: that from <see cref="RecordedAt"/> on it lasts from here to there. Rows are only ever
/// added; the last one of a <see cref="Key"/> counts, so ending a pause early is another row.</summary>
public sealed class ClockPause : IOwnedByStore
{
    public const int MaxReason = 200;

    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Which pause; whoever pauses names it, such as <c>hand:…</c> or <c>vacation:7</c>.</summary>
    public required string Key { get; init; }

    public DateTime StartsAt { get; init; }

    /// <summary>Equal to the start when it was called off before it began. There is always an end: no clock stands still by oversight.</summary>
    public DateTime EndsAt { get; init; }

    /// <summary>Shown in "why this time?".</summary>
    public required string Reason { get; init; }

    public DateTime RecordedAt { get; init; }

    /// <summary>Key of the person; null when the program itself paused.</summary>
    public string? RecordedBy { get; init; }
}

/// <summary>A pause as it was known at some instant.</summary>
public sealed record KnownPause(string Key, DateTime From, DateTime Until, string Reason);

public static class WorkingHoursSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<WorkingHours> WorkingHours => db.Set<WorkingHours>();
        public DbSet<ClockPause> ClockPauses => db.Set<ClockPause>();

        /// <summary>Pauses the house's clocks of a store, or changes a pause of the same key, with the caller's commit. Running clocks follow at
        /// once, ended ones keep what was known when they ended.</summary>
        /// <param name="startsAt">Not in the past, or clocks that went on meanwhile would be told another story.</param>
        public void PauseHouseClocks(int storeId, string key, DateTime startsAt, DateTime endsAt, string reason)
        {
            db.ClockPauses.Add(new ClockPause
            {
                StoreId = storeId,
                Key = key,
                StartsAt = startsAt,
                EndsAt = endsAt,
                Reason = reason,
                RecordedAt = db.Clock.GetUtcNow().UtcDateTime,
                RecordedBy = db.User?.Id,
            });
            db.Audit(storeId, "clocks.pause", key, $"{startsAt:yyyy-MM-dd HH:mm}Z – {endsAt:yyyy-MM-dd HH:mm}Z");
            db.Announce(storeId, EventKind.Rule, "clocks.pause");
        }
    }
}

internal sealed class WorkingHoursMapping : IEntityTypeConfiguration<WorkingHours>, IEntityTypeConfiguration<ClockPause>
{
    public void Configure(EntityTypeBuilder<WorkingHours> hours)
    {
        hours.ToTable("WorkingHours");
        hours.Property(h => h.TimeZone).HasMaxLength(64);
        hours.HasIndex(h => new { h.StoreId, h.EffectiveFrom }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ClockPause> pause)
    {
        pause.ToTable("ClockPauses");
        pause.Property(p => p.Key).HasMaxLength(64);
        pause.Property(p => p.Reason).HasMaxLength(ClockPause.MaxReason);
        pause.HasIndex(p => new { p.StoreId, p.Key });
    }
}

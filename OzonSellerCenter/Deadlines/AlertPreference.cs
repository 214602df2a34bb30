using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>What a person wants of one kind of clock, in all his stores. Without a row: the stages of the store, as toasts.</summary>
public sealed class AlertPreference
{
    public const AlertChannels UsualChannels = AlertChannels.Toast;

    /// <summary>Key of the <see cref="AppUser"/>.</summary>
    public required string UserId { get; init; }

    public DeadlineKind Kind { get; init; }

    /// <summary>Minutes before the end, such as <c>120,30,0</c>; null: the stages of each store.</summary>
    public string? Stages { get; set; }

    public AlertChannels Channels { get; set; }

    /// <summary>Since when the stages hold; what had passed by then is not told any more.</summary>
    public DateTime ChangedAt { get; set; }

    /// <summary><see cref="Stages"/> as numbers.</summary>
    public IReadOnlyList<int>? Minutes => Stages?.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => int.Parse(s, CultureInfo.InvariantCulture)).ToArray();

    /// <summary>Numbers as <see cref="Stages"/> keeps them.</summary>
    public static string Write(IEnumerable<int> minutes) => string.Join(',', minutes.Distinct().OrderDescending());
}

/// <summary>The hours of the day at which a person's desktop and loudspeaker stay silent. No row: never.</summary>
public sealed class AlertQuietHours
{
    public required string UserId { get; init; }

    /// <summary>Minutes since midnight.</summary>
    public int From { get; set; }

    /// <summary>After <see cref="From"/>; above 1440 past midnight.</summary>
    public int Until { get; set; }

    /// <summary>IANA name; null: the zone of the store that the alert is about.</summary>
    public string? TimeZone { get; set; }
}

internal sealed class AlertPreferenceMapping : IEntityTypeConfiguration<AlertPreference>, IEntityTypeConfiguration<AlertQuietHours>
{
    public void Configure(EntityTypeBuilder<AlertPreference> preference)
    {
        preference.ToTable("AlertPreferences");
        preference.HasKey(p => new { p.UserId, p.Kind });
        preference.Property(p => p.Stages).HasMaxLength(100);
        preference.HasOne<AppUser>().WithMany().HasForeignKey(p => p.UserId);
    }

    public void Configure(EntityTypeBuilder<AlertQuietHours> quiet)
    {
        quiet.ToTable("AlertQuietHours");
        quiet.HasKey(q => q.UserId);
        quiet.Property(q => q.TimeZone).HasMaxLength(64);
        quiet.HasOne<AppUser>().WithOne().HasForeignKey<AlertQuietHours>(q => q.UserId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>A colleague named this person in a note: an entry in his bell, beside the alerts.</summary>
public sealed class Mention : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Who is meant.</summary>
    public required string UserId { get; init; }

    /// <summary>Where it stands, such as <c>conversation:42</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject in words, as in <see cref="Deadline.Title"/>.</summary>
    public string Title { get; init; } = "";

    /// <summary>Name of the colleague at that time.</summary>
    public required string By { get; init; }

    public DateTime At { get; init; }
    public DateTime? ReadAt { get; set; }
}

internal sealed class MentionMapping : IEntityTypeConfiguration<Mention>
{
    public void Configure(EntityTypeBuilder<Mention> mention)
    {
        mention.ToTable("Mentions");
        mention.Property(m => m.UserId).HasMaxLength(64);
        mention.Property(m => m.Subject).HasMaxLength(64);
        mention.Property(m => m.Title).HasMaxLength(Deadline.MaxTitle);
        mention.Property(m => m.By).HasMaxLength(200);
        mention.HasIndex(m => new { m.UserId, m.Id });
        mention.HasIndex(m => new { m.UserId, m.Subject }).HasFilter("\"ReadAt\" IS NULL").HasDatabaseName("IX_Mentions_Unread");
    }
}

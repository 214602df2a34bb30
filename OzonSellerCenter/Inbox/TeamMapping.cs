using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OzonSellerCenter.Inbox;

internal sealed class DeedMapping : IEntityTypeConfiguration<Deed>
{
    public void Configure(EntityTypeBuilder<Deed> deed)
    {
        deed.ToTable("Deeds");
        deed.Property(d => d.By).HasMaxLength(64);
        deed.Property(d => d.PersonId).HasMaxLength(64);
        deed.Property(d => d.UndoneBy).HasMaxLength(64);
        deed.ComplexProperty(d => d.Turn);

        // Asked for with every message that comes; most conversations have none.
        deed.HasIndex(d => d.ConversationId).HasFilter("\"Kind\" = 5 AND \"UndoneAt\" IS NULL").HasDatabaseName("IX_Deeds_Waivers");
        deed.HasIndex(d => new { d.ConversationId, d.At, d.Id });
    }
}

internal sealed class NoteMapping : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> note)
    {
        note.ToTable("Notes");
        note.Property(n => n.AuthorId).HasMaxLength(64);
        note.Property(n => n.Text).HasMaxLength(Note.MaxText);
        note.HasIndex(n => new { n.ConversationId, n.At, n.Id });

        // The same note sent again after a broken line is taken once.
        note.HasIndex(n => n.Key).IsUnique();
    }
}

internal sealed class TagMapping : IEntityTypeConfiguration<Tag>, IEntityTypeConfiguration<ConversationTag>
{
    public void Configure(EntityTypeBuilder<Tag> tag)
    {
        tag.ToTable("Tags");
        tag.HasKey(t => new { t.StoreId, t.Key });
        tag.Property(t => t.Key).HasMaxLength(Tag.MaxName);
        tag.Property(t => t.Name).HasMaxLength(Tag.MaxName);
    }

    public void Configure(EntityTypeBuilder<ConversationTag> link)
    {
        link.ToTable("ConversationTags");
        link.HasKey(l => new { l.StoreId, l.Key, l.ConversationId });
        link.Property(l => l.Key).HasMaxLength(Tag.MaxName);
        link.HasOne<Conversation>().WithMany().HasForeignKey(l => l.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}

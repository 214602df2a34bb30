using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

public static class InboxSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<Conversation> Conversations => db.Set<Conversation>();
        public DbSet<Message> Messages => db.Set<Message>();
        public DbSet<MessageRevision> MessageRevisions => db.Set<MessageRevision>();
        public DbSet<Attachment> Attachments => db.Set<Attachment>();
        public DbSet<Draft> Drafts => db.Set<Draft>();
        public DbSet<Deed> Deeds => db.Set<Deed>();
        public DbSet<Note> Notes => db.Set<Note>();
        public DbSet<Tag> Tags => db.Set<Tag>();
        public DbSet<ConversationTag> ConversationTags => db.Set<ConversationTag>();
    }
}

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    internal const string Due = "IX_Conversations_Due";
    internal const string NotDue = "IX_Conversations_NotDue";
    internal const string WaitingNotDue = "IX_Conversations_WaitingNotDue";
    internal const string Unread = "IX_Conversations_Unread";
    internal const string Waiting = "IX_Conversations_Waiting";
    internal const string UnreadNewest = "IX_Conversations_UnreadNewest";
    internal const string Newest = "IX_Conversations_Newest";
    internal const string AssigneeDue = "IX_Conversations_AssigneeDue";
    internal const string AssigneeNewest = "IX_Conversations_AssigneeNewest";
    internal const string Snoozed = "IX_Conversations_Snoozed";
    internal const string Open = "IX_Conversations_Open";

    public void Configure(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.ToTable("Conversations");
        conversation.Property(c => c.OzonChatId).HasMaxLength(64);
        conversation.Property(c => c.OzonChatType).HasMaxLength(64);
        conversation.Property(c => c.OrderNumber).HasMaxLength(40);
        conversation.Property(c => c.PostingNumber).HasMaxLength(40);
        conversation.Property(c => c.Preview).HasMaxLength(Conversation.PreviewLength);
        conversation.HasIndex(c => new { c.StoreId, c.OzonChatId }).IsUnique();

        // What is snoozed stands in none of the lists, and so in none of their indexes.
        // The list by deadline: only what is due is in the index, so the finished majority costs nothing (measured: 1/8 of the size).
        // Behind it come the others, newest first. Each filter that leaves few rows has an index of exactly those rows.
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.DueAt, c.Id }).HasFilter("\"DueAt\" IS NOT NULL AND \"SnoozedAt\" IS NULL").HasDatabaseName(Due);
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.LastAt, c.Id }, NotDue).HasFilter("\"DueAt\" IS NULL AND \"SnoozedAt\" IS NULL");
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.LastAt, c.Id }, WaitingNotDue)
            .HasFilter("\"WaitingSince\" IS NOT NULL AND \"DueAt\" IS NULL AND \"SnoozedAt\" IS NULL");
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.DueAt, c.LastAt, c.Id }).HasFilter("\"Unread\" > 0 AND \"SnoozedAt\" IS NULL").HasDatabaseName(Unread);
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.LastAt, c.Id }, UnreadNewest).HasFilter("\"Unread\" > 0 AND \"SnoozedAt\" IS NULL");
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.WaitingSince, c.Id }, Waiting).HasFilter("\"WaitingSince\" IS NOT NULL AND \"SnoozedAt\" IS NULL");
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.LastAt, c.Id }, Newest).HasFilter("\"SnoozedAt\" IS NULL");

        // One person's conversations, or nobody's; and how many wait for each.
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.AssigneeId, c.DueAt, c.Id }).HasFilter("\"DueAt\" IS NOT NULL AND \"SnoozedAt\" IS NULL").HasDatabaseName(AssigneeDue);
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.AssigneeId, c.LastAt, c.Id }).HasFilter("\"SnoozedAt\" IS NULL").HasDatabaseName(AssigneeNewest);
        conversation.HasIndex(c => new { c.StoreId, c.AssigneeId }).HasFilter("\"WaitingSince\" IS NOT NULL AND \"AssigneeId\" IS NOT NULL").HasDatabaseName(Open);

        // What is put off: few rows, listed on their own, and found when their time has come.
        conversation.HasIndex(c => new { c.StoreId, c.Kind, c.DueAt, c.LastAt, c.Id }, Snoozed).HasFilter("\"SnoozedAt\" IS NOT NULL");
        conversation.HasIndex(c => c.SnoozedUntil).HasFilter("\"SnoozedUntil\" IS NOT NULL");
        conversation.HasIndex(c => new { c.StoreId, c.BuyerId });
        conversation.HasIndex(c => new { c.StoreId, c.OrderNumber });
        conversation.HasIndex(c => new { c.StoreId, c.Sku }).HasFilter("\"Sku\" IS NOT NULL");
        conversation.HasIndex(c => c.StoreId).HasFilter("\"NeedsSync\"").HasDatabaseName("IX_Conversations_NeedsSync");
        conversation.Property(c => c.AssigneeId).HasMaxLength(64);
        conversation.Property(c => c.Tags).HasMaxLength(Tag.MaxPerConversation * (Tag.MaxName + Tag.Between.Length));
        conversation.Property(c => c.Version).IsConcurrencyToken();
    }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("Messages");
        message.Property(m => m.OzonAuthorType).HasMaxLength(64);
        message.HasIndex(m => new { m.ConversationId, m.SentAt, m.Id });
        message.HasIndex(m => new { m.ConversationId, m.OzonMessageId }).IsUnique();

        // "Not sent" on the row of the list: a handful of messages, asked for with every row.
        message.HasIndex(m => m.ConversationId).HasFilter("\"State\" = 7").HasDatabaseName("IX_Messages_Refused");
        message.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationId).OnDelete(DeleteBehavior.Restrict);
        message.HasMany(m => m.Attachments).WithOne().HasForeignKey(a => a.MessageId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MessageRevisionMapping : IEntityTypeConfiguration<MessageRevision>
{
    public void Configure(EntityTypeBuilder<MessageRevision> revision) => revision.ToTable("MessageRevisions").HasIndex(r => r.MessageId);
}

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.ToTable("Attachments");
        attachment.Property(a => a.Name).HasMaxLength(255);
        attachment.Property(a => a.Sha256).HasMaxLength(64);
        attachment.HasIndex(a => new { a.ConversationId, a.DraftOf });
    }
}

internal sealed class DraftMapping : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> draft) => draft.ToTable("Drafts").HasKey(d => new { d.ConversationId, d.UserId, d.IsNote });
}

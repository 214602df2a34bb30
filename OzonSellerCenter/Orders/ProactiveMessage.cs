using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>What happens to a posting that a buyer may be told before he asks.</summary>
public enum ProactiveEvent
{
    /// <summary>Handed over, with its tracking number.</summary>
    Shipped = 1,

    /// <summary>With the courier, or in the pickup point.</summary>
    OutForDelivery = 2,

    /// <summary>The buyer has it: thanks, and what to do when something is wrong with it.</summary>
    Delivered = 3,

    /// <summary>It has become late on its way (<see cref="LateParcel"/>).</summary>
    Delayed = 4,

    /// <summary>Something was taken out of it before it was shipped, such as a product that ran out.</summary>
    ItemsTakenOut = 5,
}

/// <summary>Where the telling of an event stands.</summary>
public enum ProactiveState
{
    /// <summary>To be told: at once, or when the chat that it goes to has been opened.</summary>
    Waiting = 1,

    /// <summary>The message is written; what becomes of it stands on the message.</summary>
    Told = 2,

    /// <summary>It is not told, and will not be.</summary>
    Skipped = 3,
}

/// <summary>That an event of a posting is told to its buyer: at most once, because the row is unique. Written in the transaction that took the event
/// over from Ozon.</summary>
public sealed class ProactiveMessage : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public required string PostingNumber { get; init; }
    public ProactiveEvent Event { get; init; }
    public ProactiveState State { get; private set; } = ProactiveState.Waiting;

    /// <summary>Why it was skipped: the texts are <c>Skipped_…</c> in <c>ProactiveTexts</c>.</summary>
    public string? Reason { get; private set; }

    /// <summary>Key of the message that tells it.</summary>
    public long? MessageId { get; private set; }

    /// <summary>Key of the command that opens the chat, when there was none.</summary>
    public long? ChatCommandId { get; set; }

    /// <summary>When we learned of the event.</summary>
    public DateTime CreatedAt { get; init; }

    public long Version { get; set; }

    public void Tell(long messageId) => (State, MessageId) = (ProactiveState.Told, messageId);

    public void Skip(string reason) => (State, Reason) = (ProactiveState.Skipped, reason);
}

/// <summary>Whether a store tells an event, and in which words. Without a row it does not.</summary>
public sealed class ProactiveSetting : IOwnedByStore, IVersioned
{
    public int StoreId { get; init; }
    public ProactiveEvent Event { get; init; }

    /// <summary>Since when it is switched on; what happened before is not told. Null: off.</summary>
    public DateTime? OnSince { get; set; }

    /// <summary>In Russian, with placeholders (<see cref="ProactiveTemplate"/>).</summary>
    public required string Template { get; set; }

    public long Version { get; set; }
}

public static class ProactiveSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<ProactiveMessage> ProactiveMessages => db.Set<ProactiveMessage>();
        public DbSet<ProactiveSetting> ProactiveSettings => db.Set<ProactiveSetting>();
    }
}

internal sealed class ProactiveMapping : IEntityTypeConfiguration<ProactiveMessage>, IEntityTypeConfiguration<ProactiveSetting>
{
    public void Configure(EntityTypeBuilder<ProactiveMessage> message)
    {
        message.ToTable("ProactiveMessages");
        message.Property(m => m.PostingNumber).HasMaxLength(40);
        message.Property(m => m.Reason).HasMaxLength(40);

        // Of two nodes that take the same event over, one writes it.
        message.HasIndex(m => new { m.StoreId, m.PostingNumber, m.Event }).IsUnique();
        message.HasIndex(m => new { m.StoreId, m.Id });
        message.HasIndex(m => m.Id).HasFilter("\"State\" = 1").HasDatabaseName("IX_ProactiveMessages_Waiting");
        message.Property(m => m.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ProactiveSetting> setting)
    {
        setting.ToTable("ProactiveSettings");
        setting.HasKey(s => new { s.StoreId, s.Event });
        setting.Property(s => s.Version).IsConcurrencyToken();
    }
}

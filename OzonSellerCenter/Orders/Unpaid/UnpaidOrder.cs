using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Unpaid;

/// <summary>Where an order stands that was bought to be paid later.</summary>
public enum UnpaidState
{
    /// <summary>Not paid yet.</summary>
    Open = 1,

    /// <summary>Paid: it is a posting now.</summary>
    Paid = 2,

    /// <summary>Not paid in time, and cancelled by itself.</summary>
    Expired = 3,

    /// <summary>No longer in the list: the buyer cancelled it, or has paid it and its posting is not known here yet.</summary>
    Gone = 4,
}

/// <summary>A product of an order. Kept as JSON in <see cref="UnpaidOrder.Items"/>: names stay as they are.</summary>
/// <param name="Price">Of one piece, in minor units of the order's currency.</param>
public sealed record UnpaidItem(long Sku, string OfferId, string Name, int Quantity, long Price);

/// <summary>An order that nobody has paid yet. Ozon tells sellers of none; the bundled sandbox does (<see cref="StoreExtension"/>).</summary>
public sealed class UnpaidOrder : IOwnedByStore, IVersioned
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public required string OrderNumber { get; init; }
    public string BuyerName { get; set; } = "";

    /// <summary>What the buyer has to pay, in minor units of <see cref="Currency"/>.</summary>
    public long Total { get; set; }

    public string Currency { get; set; } = "RUB";
    public IReadOnlyList<UnpaidItem> Items { get; set; } = [];
    public DateTime CreatedAt { get; set; }

    /// <summary>Not paid by then it is cancelled.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>When the buyer was reminded; he can be once.</summary>
    public DateTime? RemindedAt { get; set; }

    public UnpaidState State { get; set; } = UnpaidState.Open;

    /// <summary>When it was first seen not to be in the list any more.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The words of the reminder, as they were when it was wanted.</summary>
    public string? ReminderText { get; private set; }

    /// <summary>How often a reminder was wanted; more than once only after one that failed. Of two people who want it at the same moment one sees by it
    /// that the other was faster.</summary>
    public int Wanted { get; private set; }

    public long Version { get; set; }

    /// <summary>The buyer is to be reminded with these words.</summary>
    public void Want(string text) => (ReminderText, Wanted) = (text, Wanted + 1);
}

public static class UnpaidSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<UnpaidOrder> UnpaidOrders => db.Set<UnpaidOrder>();
    }
}

internal sealed class UnpaidMapping : IEntityTypeConfiguration<UnpaidOrder>
{
    public void Configure(EntityTypeBuilder<UnpaidOrder> order)
    {
        order.ToTable("UnpaidOrders");
        order.Property(o => o.OrderNumber).HasMaxLength(40);
        order.Property(o => o.Currency).HasMaxLength(3);
        order.Property(o => o.Items).HasConversion(
            items => JsonSerializer.Serialize(items, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<IReadOnlyList<UnpaidItem>>(json, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<UnpaidItem>>((one, other) => one!.SequenceEqual(other!), items => items.Aggregate(0, HashCode.Combine), items => items));
        order.HasIndex(o => new { o.StoreId, o.OrderNumber }).IsUnique();
        order.HasIndex(o => new { o.StoreId, o.State, o.ExpiresAt });
        order.Property(o => o.Version).IsConcurrencyToken();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Rules;

/// <summary>Whose rule it is: breaking Ozon's has consequences, the house's is a target of our own.</summary>
public enum RuleOwner
{
    Ozon = 1,
    House = 2,
}

/// <summary>A value of a rule in a store from a day on; older values stay as history.</summary>
public sealed class RuleValue : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Such as <c>answer.first</c>; the known keys are in <c>RuleKeys</c>.</summary>
    public required string Key { get; init; }

    /// <summary>In <see cref="Unit"/>, such as 4 with unit <c>h</c>.</summary>
    public decimal Value { get; init; }

    public required string Unit { get; init; }
    public RuleOwner Owner { get; init; }

    /// <summary>Where the value comes from: document and, where there is one, its address.</summary>
    public required string Source { get; init; }

    /// <summary>Day of the source.</summary>
    public DateOnly? SourceOn { get; init; }

    public DateTime EffectiveFrom { get; init; }

    /// <summary>Who set it; null for the values a store starts on.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>The rule behind the clock of a parcel: Ozon tells the day of each, so it is as long as from the start to then.</summary>
    public static RuleValue ShipBy(int storeId, DateTime from, DateTime until) =>
        DayOf(RuleKeys.ShipBy, "/v3/posting/fbs/get, shipment_date", storeId, from, until);

    /// <summary>Likewise for the day by which a parcel was promised to the buyer.</summary>
    public static RuleValue DeliverBy(int storeId, DateTime from, DateTime until) =>
        DayOf(RuleKeys.DeliverBy, "/v3/posting/fbs/get, analytics_data.delivery_date_end", storeId, from, until);

    /// <summary>Likewise for the instant at which Ozon grants a buyer's wish to cancel by itself.</summary>
    public static RuleValue CancellationBy(int storeId, DateTime from, DateTime until) =>
        DayOf(RuleKeys.CancellationBy, "/v2/conditional-cancellation/list, auto_approve_date", storeId, from, until);

    /// <summary>Likewise for an unpaid order. Ozon tells sellers of none: that its buyer is reminded is a target of the house.</summary>
    public static RuleValue UnpaidUntil(int storeId, DateTime from, DateTime until) =>
        DayOf(RuleKeys.UnpaidUntil, "OzonSellerCenter, /extension/v1/unpaid-order/list, expires_at", RuleOwner.House, storeId, from, until);

    /// <summary>The rule of such a key; null for keys whose values stand in the table.</summary>
    public static RuleValue? ToldWithPosting(string key, int storeId, DateTime from, DateTime until) => key switch
    {
        RuleKeys.ShipBy => ShipBy(storeId, from, until),
        RuleKeys.DeliverBy => DeliverBy(storeId, from, until),
        RuleKeys.UnpaidUntil => UnpaidUntil(storeId, from, until),
        RuleKeys.CancellationBy => CancellationBy(storeId, from, until),
        _ => null,
    };

    /// <summary>The value as a span of time.</summary>
    /// <exception cref="InvalidOperationException">The rule does not measure time.</exception>
    public TimeSpan ToSpan() => Unit switch
    {
        RuleUnits.Hours => TimeSpan.FromMinutes((double)(Value * 60)),
        RuleUnits.Minutes => TimeSpan.FromMinutes((double)Value),
        RuleUnits.Days => TimeSpan.FromHours((double)(Value * 24)),
        _ => throw new InvalidOperationException($"The rule {Key} is measured in {Unit}, which is no time."),
    };

    /// <summary>The same in whole minutes.</summary>
    public int ToMinutes() => (int)Math.Round(ToSpan().TotalMinutes);

    private static RuleValue DayOf(string key, string field, int storeId, DateTime from, DateTime until) =>
        DayOf(key, $"Ozon Seller API, {field}", RuleOwner.Ozon, storeId, from, until);

    private static RuleValue DayOf(string key, string source, RuleOwner owner, int storeId, DateTime from, DateTime until) => new()
    {
        StoreId = storeId,
        Key = key,
        Value = Math.Max(0, (decimal)Math.Round((until - from).TotalMinutes)),
        Unit = RuleUnits.Minutes,
        Owner = owner,
        Source = source,
        EffectiveFrom = from,
    };
}

public static class RuleSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<RuleValue> RuleValues => db.Set<RuleValue>();
    }
}

internal sealed class RuleValueMapping : IEntityTypeConfiguration<RuleValue>
{
    public void Configure(EntityTypeBuilder<RuleValue> rule)
    {
        rule.ToTable("RuleValues");
        rule.Property(r => r.Key).HasMaxLength(64);
        rule.Property(r => r.Unit).HasMaxLength(16);
        rule.Property(r => r.Value).HasPrecision(18, 4);
        rule.HasIndex(r => new { r.StoreId, r.Key, r.EffectiveFrom }).IsUnique();
    }
}

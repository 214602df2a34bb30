using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Policy;

/// <summary>A request to give goods back, as far as rules ask.</summary>
public sealed record PolicyQuestion
{
    public required string ProductName { get; init; }

    /// <summary>Ozon's Russian name; null while it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>By which group's periods it is judged.</summary>
    public required ReturnGroup Group { get; init; }

    /// <summary>Nobody of the shop has set the group; it comes from the name of the category.</summary>
    public required bool GroupIsGuess { get; init; }

    /// <summary>Null while it is not known.</summary>
    public DateTime? DeliveredAt { get; init; }

    public required DateTime AskedAt { get; init; }

    /// <summary>The buyer's reason is a defect (Ozon's <c>is_defect</c>): improper quality.</summary>
    public required bool IsDefect { get; init; }

    /// <summary>How many pictures the buyer added.</summary>
    public required int Photos { get; init; }

    /// <summary>What was paid, in minor units of <see cref="Currency"/>.</summary>
    public required long PriceMinor { get; init; }

    public required string Currency { get; init; }

    public required Scheme Scheme { get; init; }
}

/// <summary>Judges a request by the store's rules (Ozon's return periods by category and quality, and the house's own). Pure: the same question and
/// rules give the same answer.</summary>
public static class ReturnPolicy
{
    // Ozon dates none of these pages: the day they were read.
    private static readonly DateOnly ReadOn = new(2026, 11, 22);

    /// <summary>Who pays the way back, and the duty of an export: the page with the periods says it as well.</summary>
    public static PolicySource WayBack { get; } = new("https://docs.ozon.com/global/en/fulfillment/rfbs/refunds/returns-3pl", ReadOn);

    /// <summary>What is repaid.</summary>
    public static PolicySource Money { get; } = new("https://docs.ozon.ru/global/en/fulfillment/rfbs/refunds/money", ReadOn);

    /// <summary>What a buyer has to add to his request.</summary>
    public static PolicySource Request { get; } = new("https://docs.ozon.ru/common/en/otmena-i-vozvrat-zakaza/kak-vernut-tovar", ReadOn);

    /// <summary>Judges a request by the rules that held when it was made.</summary>
    /// <param name="shop">The zone in which days are counted.</param>
    public static PolicyVerdict Judge(PolicyQuestion question, StoreRules rules, ShopTime shop)
    {
        var period = rules.At(RuleKeys.ReturnPeriod(question.Group, !question.IsDefect), question.AskedAt);
        List<PolicyLine> lines = [];

        // Goods that are never taken back have no period to be in.
        if (period.Value > 0) lines.Add(InTime(PolicyKind.Period, question, period, shop));
        lines.Add(Line(
            PolicyKind.Category, period.Value > 0 ? LineVerdict.Ok : LineVerdict.Miss, question.GroupIsGuess ? PolicyCause.GroupIsGuess : PolicyCause.None, period));
        lines.Add(NoReason(question, period.Value > 0, rules.At(RuleKeys.ReturnNoReason, question.AskedAt), shop));
        lines.Add(Photos(question));
        lines.Add(Note(PolicyKind.WayBack, question, WayBack));
        if (question.Scheme == Scheme.Rfbs) lines.Add(Note(PolicyKind.ExportDuty, question, WayBack));
        lines.Add(Note(PolicyKind.Repaid, question, Money));
        return new PolicyVerdict { Question = question, Lines = lines, Overall = Overall(lines[0].Verdict) };
    }

    private static PolicyLine InTime(PolicyKind kind, PolicyQuestion question, RuleValue rule, ShopTime shop)
    {
        if (question.DeliveredAt is not { } delivered) return Line(kind, LineVerdict.Unknown, PolicyCause.DeliveredUnknown, rule);
        var (from, asked) = (DayOf(delivered, shop), DayOf(question.AskedAt, shop));
        var last = from.AddDays((int)rule.Value);

        // The day of delivery does not count. A buyer may ask before the delivery is told here.
        var used = Math.Max(0, asked.DayNumber - from.DayNumber);
        return Line(kind, asked <= last ? LineVerdict.Ok : LineVerdict.Miss, question.AskedAt < delivered ? PolicyCause.BeforeDelivery : PolicyCause.None, rule) with
        {
            DaysUsed = used,
            LastDay = last,
        };
    }

    // Who has a reason needs no rule without one.
    private static PolicyLine NoReason(PolicyQuestion question, bool isTakenBack, RuleValue rule, ShopTime shop) =>
        question.IsDefect ? Line(PolicyKind.NoReason, LineVerdict.Note, PolicyCause.IsDefect, rule)
        : !isTakenBack ? Line(PolicyKind.NoReason, LineVerdict.Note, PolicyCause.NotTakenBack, rule)
        : InTime(PolicyKind.NoReason, question, rule, shop);

    private static PolicyLine Photos(PolicyQuestion question)
    {
        var verdict = !question.IsDefect ? LineVerdict.Note : question.Photos > 0 ? LineVerdict.Ok : LineVerdict.Miss;
        return Note(PolicyKind.Photos, question, Request) with { Verdict = verdict, Value = question.Photos };
    }

    private static PolicyLine Note(PolicyKind kind, PolicyQuestion question, PolicySource source) => new(
        kind, LineVerdict.Note, question.IsDefect ? PolicyCause.IsDefect : PolicyCause.NoDefect, null, null, null, RuleOwner.Ozon, source.Address, source.On);

    private static PolicyLine Line(PolicyKind kind, LineVerdict verdict, PolicyCause cause, RuleValue rule) =>
        new(kind, verdict, cause, rule.Key, rule.Value, rule.Unit, rule.Owner, rule.Source, rule.SourceOn);

    private static PolicyOverall Overall(LineVerdict deciding) => deciding switch
    {
        LineVerdict.Ok => PolicyOverall.Within,
        LineVerdict.Miss => PolicyOverall.Outside,
        _ => PolicyOverall.Unknown,
    };

    private static DateOnly DayOf(DateTime utc, ShopTime shop) => DateOnly.FromDateTime(shop.Local(utc));
}

/// <summary>Where a rule without a value stands.</summary>
/// <param name="Address">Of the page.</param>
/// <param name="On">The day it was read.</param>
public sealed record PolicySource(string Address, DateOnly On);

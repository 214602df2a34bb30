using System.Globalization;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>Clocks in the person's words; one place, so that list, bell, toast and track speak alike.</summary>
internal static class ClockWords
{
    /// <summary>"4 h", "90 min": hours when they come out whole.</summary>
    public static string Span(this IStringLocalizer<DeadlinesTexts> texts, TimeSpan span) => span.TotalMinutes % 60 == 0 && span != TimeSpan.Zero
        ? texts["Hours", Number((decimal)span.TotalHours)]
        : texts["Minutes", Number((decimal)span.TotalMinutes)];

    /// <summary>The short name beside the owner's tag: "4 h", "24 h", "reply window".</summary>
    public static string Name(this IStringLocalizer<DeadlinesTexts> texts, DeadlineKind kind, int ruleMinutes) => HasNoLength(kind)
        ? texts[$"Kind_{kind}"]
        : texts.Span(TimeSpan.FromMinutes(ruleMinutes));

    /// <summary>The name where there is room and the owner stands beside it: "first answer, 4 h".</summary>
    public static string FullName(this IStringLocalizer<DeadlinesTexts> texts, DeadlineKind kind, int ruleMinutes) => HasNoLength(kind)
        ? texts[$"Kind_{kind}"]
        : texts["AndThen", texts[$"Kind_{kind}"].Value, texts.Span(TimeSpan.FromMinutes(ruleMinutes))];

    /// <summary>The short name where the owner stands beside it: "4 h", "24 h", "48 h window".</summary>
    public static string TrackName(this IStringLocalizer<DeadlinesTexts> texts, DeadlineKind kind, RuleValue rule) => kind switch
    {
        DeadlineKind.ReplyWindow => texts["Window", texts.Span(rule.ToSpan())],
        DeadlineKind.ShipBy or DeadlineKind.ParcelLate or DeadlineKind.CancellationDecision or DeadlineKind.UnpaidOrder or >= DeadlineKind.DisputeAnswer => texts[$"Kind_{kind}"],
        _ => texts.Span(rule.ToSpan()),
    };

    /// <summary>For those who hear it: "first answer, house target".</summary>
    public static string About(this IStringLocalizer<DeadlinesTexts> texts, DeadlineKind kind, RuleOwner owner) =>
        texts[$"About_{owner}", texts[$"Kind_{kind}"].Value];

    /// <summary>What an alert says: whom to answer, and until when.</summary>
    public static string Headline(this IStringLocalizer<DeadlinesTexts> texts, AlertItem alert, ShopTime shop, DateTime now)
    {
        var key = (alert.Kind, alert.IsOverdue) switch
        {
            (DeadlineKind.ReplyWindow, true) => "WindowClosedAt",
            (DeadlineKind.ReplyWindow, _) => "WindowClosesAt",
            (DeadlineKind.ShipBy, true) => "ShipWasDue",
            (DeadlineKind.ShipBy, _) => "ShipBy",
            (DeadlineKind.CancellationDecision, true) => "CancellationWasDue",
            (DeadlineKind.CancellationDecision, _) => "CancellationDueAt",
            (DeadlineKind.UnpaidOrder, true) => "UnpaidWasDue",
            (DeadlineKind.UnpaidOrder, _) => "UnpaidDueAt",
            (DeadlineKind.ReturnDecision, true) => "ReturnWasDue",
            (DeadlineKind.ReturnDecision, _) => "ReturnDueAt",
            (DeadlineKind.RefundReview, true) => "RefundReviewWasDue",
            (DeadlineKind.RefundReview, _) => "RefundReviewDueAt",
            ( >= DeadlineKind.DisputeAnswer, true) => $"{alert.Kind}WasDue",
            ( >= DeadlineKind.DisputeAnswer, _) => $"{alert.Kind}By",
            (DeadlineKind.ParcelLate, true) => "ParcelIsLate",
            (DeadlineKind.ParcelLate, _) => "ParcelLateAt",
            (_, true) => "AnswerWasDue",
            _ => "AnswerBy",
        };
        return texts[key, texts.Subject(alert.Title), shop.DayAndTime(alert.DueAt, now)];
    }

    /// <summary>What a group of alerts says in one line: "14 conversations due within 20 min, 2 of them overdue".</summary>
    public static string Headline(this IStringLocalizer<DeadlinesTexts> texts, AlertGroup group, ShopTime shop, DateTime now)
    {
        var (all, over) = (group.Subjects, group.OverdueSubjects);
        if (all == 1) return texts.Headline(group.First, shop, now);
        var key = (over == all ? "GroupOver" : over > 0 ? "GroupMixed" : "GroupDue") + (group.AreConversations ? "" : "_Any");
        return texts.Count(key, all, texts.Span(Within(group.Alerts.Max(a => a.DueAt) - now)), over);
    }

    /// <summary>A notification outside the page: its title, and under it which clock, or of several the most urgent.</summary>
    public static (string Title, string Body) Notice(this IStringLocalizer<DeadlinesTexts> texts, AlertGroup group, ShopTime shop, DateTime now) =>
        (texts.Headline(group, shop, now), group.Subjects == 1
            ? texts.About(group.First.Kind, group.First.Owner)
            : texts.Headline(group.First, shop, now));

    /// <summary>How long before the end a stage is: "30 min", or that the end has come.</summary>
    public static string Stage(this IStringLocalizer<DeadlinesTexts> texts, int minutesBefore) =>
        minutesBefore == 0 ? texts["StageOverdue"] : texts.Span(TimeSpan.FromMinutes(minutesBefore));

    /// <summary>The subject, also when neither buyer nor order is known.</summary>
    public static string Subject(this IStringLocalizer<DeadlinesTexts> texts, string title) => title.Length > 0 ? title : texts["Buyer"];

    public static ClockOwner Tag(this RuleOwner owner) => owner == RuleOwner.Ozon ? ClockOwner.Ozon : ClockOwner.House;

    /// <summary>What a chip shows of a clock in this state.</summary>
    public static ClockState Look(this DeadlineState state, RuleOwner owner, bool wasAnswered) => state switch
    {
        DeadlineState.Running or DeadlineState.Watching => ClockState.Running,

        // Ours is off; Ozon's runs on, whatever we decide.
        DeadlineState.Waived => owner == RuleOwner.Ozon ? ClockState.Running : ClockState.Off,
        DeadlineState.Met => ClockState.Met,
        DeadlineState.Missed when wasAnswered => ClockState.Late,
        _ => ClockState.Closed,
    };

    // Two lengths may be behind a window and behind a late parcel, and a parcel's day is told by Ozon.
    private static bool HasNoLength(DeadlineKind kind) =>
        kind is DeadlineKind.ReplyWindow or DeadlineKind.ShipBy or DeadlineKind.ParcelLate or DeadlineKind.CancellationDecision or DeadlineKind.UnpaidOrder or >= DeadlineKind.DisputeAnswer;

    // Rounded up, so that nothing ends later than it says: to minutes, beyond an hour to hours.
    private static TimeSpan Within(TimeSpan left)
    {
        var minutes = Math.Max(1, Math.Ceiling(left.TotalMinutes));
        return minutes <= 60 ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromHours(Math.Ceiling(minutes / 60));
    }

    private static string Number(decimal number) => number.ToString("0.##", CultureInfo.CurrentCulture);
}

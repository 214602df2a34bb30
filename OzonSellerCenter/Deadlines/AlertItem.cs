using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>An alert as bell, toast and hub show it to a person.</summary>
/// <param name="MinutesBefore">The stage; 0 is the end itself.</param>
/// <param name="RuleMinutes">How long the rule of the clock is.</param>
/// <param name="Title">The subject in words; empty when neither buyer nor order is known.</param>
/// <param name="DueAt">The end of the clock when the alert was raised.</param>
/// <param name="IsRead">The person read it, or it never was for him.</param>
/// <param name="IsOpen">The obligation still stands: neither answered nor fallen away.</param>
public sealed record AlertItem(
    long Id, int StoreId, int MinutesBefore, DeadlineKind Kind, RuleOwner Owner, int RuleMinutes, string Subject, string Title,
    DateTime StartedAt, DateTime DueAt, DateTime RaisedAt, bool IsRead, bool IsOpen, bool IsAnswered, DeadlineState State)
{
    /// <summary>The end has passed.</summary>
    public bool IsOverdue => MinutesBefore == 0;

    /// <summary>Where one can do something about it.</summary>
    public string Url => SubjectLinks.Of(Subject);
}

/// <summary>Addresses of the subjects of deadlines.</summary>
public static class SubjectLinks
{
    /// <summary>The page of a subject; the list of what is due for an unknown one.</summary>
    public static string Of(string subject) => subject.Split(':', 2) switch
    {
        ["conversation", var id] when long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var conversation) => Links.Conversation(conversation),
        ["posting", var number] => Links.Order(number),
        ["return", var id] when long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var request) => Links.Return(request),
        ["refund", var id] when long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var refund) => Links.Refund(refund),
        ["dispute", var id] when long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var dispute) => Links.Dispute(dispute),
        ["unpaid", _] => Links.UnpaidOrders,
        _ => Links.Due,
    };
}

/// <summary>A page of the bell.</summary>
/// <param name="HasMore">There is more before the last item.</param>
public sealed record AlertPage(IReadOnlyList<AlertItem> Items, bool HasMore);

/// <summary>Where a page of the bell goes on: before this alert.</summary>
public sealed record AlertCursor(DateTime RaisedAt, long Id);

/// <summary>An alert on its way to one person.</summary>
/// <param name="Channels">The ways that are open: wanted and not in his quiet hours.</param>
public sealed record AlertDelivery(AlertItem Alert, string UserId, AlertChannels Channels);

/// <summary>What became of an alert for one person.</summary>
/// <param name="Channels">The ways he wanted when it was raised; null when its stage was not among his.</param>
/// <param name="IsQuiet">It fell in his quiet hours.</param>
public sealed record AlertLogEntry(
    DateTime RaisedAt, int MinutesBefore, AlertChannels? Channels, bool IsQuiet, DateTime? ToastAt, DateTime? DesktopAt, DateTime? SoundAt, DateTime? ReadAt);

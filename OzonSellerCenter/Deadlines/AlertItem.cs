using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>An alert as bell, toast and hub show it.</summary>
/// <param name="Title">The subject in words; empty when neither buyer nor order is known.</param>
/// <param name="DueAt">The end of the clock when the alert was raised.</param>
/// <param name="IsOpen">The obligation still stands: neither answered nor fallen away.</param>
public sealed record AlertItem(
    long Id, int StoreId, AlertStage Stage, DeadlineKind Kind, RuleOwner Owner, string Subject, string Title,
    DateTime StartedAt, DateTime DueAt, DateTime RaisedAt, bool IsRead, bool IsOpen, bool IsAnswered, DeadlineState State)
{
    /// <summary>Where one can do something about it.</summary>
    public string Url => SubjectLinks.Of(Subject);
}

/// <summary>Addresses of the subjects of deadlines.</summary>
public static class SubjectLinks
{
    /// <summary>The page of a subject; the list of what is due for an unknown one.</summary>
    public static string Of(string subject) =>
        subject.Split(':') is ["conversation", var id] && long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var conversation)
            ? Links.Conversation(conversation)
            : Links.Due;
}

/// <summary>A page of the bell.</summary>
/// <param name="HasMore">There is more before the last item.</param>
public sealed record AlertPage(IReadOnlyList<AlertItem> Items, bool HasMore);

/// <summary>Where a page of the bell goes on: before this alert.</summary>
public sealed record AlertCursor(DateTime RaisedAt, long Id);

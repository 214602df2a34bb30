using System.Linq.Expressions;

namespace OzonSellerCenter.Inbox;

/// <summary>One of the parts that follow each other in the list under a sort, such as what is due and behind it the rest. Each is read off
/// an index of its own, and the same rule puts rows in place that change while they are shown.</summary>
/// <param name="Holds">Which conversations stand in it.</param>
/// <param name="HoldsRow">The same of a row.</param>
/// <param name="Key">The instant by which it is ordered; the id decides between equals.</param>
/// <param name="RowKey">The same of a row.</param>
/// <param name="Descending">The newest first.</param>
internal sealed record InboxPart(
    Expression<Func<Conversation, bool>> Holds, Func<InboxRow, bool> HoldsRow,
    Expression<Func<Conversation, DateTime>> Key, Func<InboxRow, DateTime> RowKey, bool Descending)
{
    private static readonly InboxPart Due = new(c => c.DueAt != null, r => r.DueAt is not null, c => c.DueAt!.Value, r => r.DueAt!.Value, Descending: false);
    private static readonly InboxPart NotDue = Newest(c => c.DueAt == null, r => r.DueAt is null);
    private static readonly InboxPart Waiting = new(
        c => c.WaitingSince != null, r => r.WaitingSince is not null, c => c.WaitingSince!.Value, r => r.WaitingSince!.Value, Descending: false);

    private static readonly InboxPart NotWaiting = Newest(c => c.WaitingSince == null, r => r.WaitingSince is null);
    private static readonly InboxPart Unread = Newest(c => c.Unread > 0, r => r.Unread > 0);
    private static readonly InboxPart Read = Newest(c => c.Unread <= 0, r => r.Unread <= 0);
    private static readonly InboxPart All = Newest(c => true, r => true);

    /// <summary>The parts of a list in their order.</summary>
    public static IReadOnlyList<InboxPart> Of(InboxSort sort) => sort switch
    {
        InboxSort.Due => [Due, NotDue],
        InboxSort.Waiting => [Waiting, NotWaiting],
        InboxSort.Unread => [Unread, Read],
        _ => [All],
    };

    /// <summary>Those of them in which the filter may leave anything; the others need not be looked through in vain.</summary>
    public static IReadOnlyList<InboxPart> Of(InboxFilter filter) => filter switch
    {
        { Sort: InboxSort.Due, Overdue: true } => [Due],
        { Sort: InboxSort.Waiting, Waiting: true } => [Waiting],
        { Sort: InboxSort.Unread, Unread: true } => [Unread],
        _ => Of(filter.Sort),
    };

    /// <summary>The conversations of the part in its order, from behind a place on, if one is given.</summary>
    public IQueryable<Conversation> Page(IQueryable<Conversation> conversations, (DateTime Key, long Id)? after)
    {
        conversations = conversations.Where(Holds);
        if (after is var (key, id)) conversations = conversations.Where(Behind(key, id));
        return Descending
            ? conversations.OrderByDescending(Key).ThenByDescending(c => c.Id)
            : conversations.OrderBy(Key).ThenBy(c => c.Id);
    }

    /// <summary>Where a row stands in the part.</summary>
    public (DateTime Key, long Id) PlaceOf(InboxRow row) => (RowKey(row), row.Id);

    public int Compare(InboxRow x, InboxRow y)
    {
        var byKey = RowKey(x).CompareTo(RowKey(y));
        var order = byKey != 0 ? byKey : x.Id.CompareTo(y.Id);
        return Descending ? -order : order;
    }

    // key >= at AND (key > at OR id > last): so written, an index on (key, id) is entered at the right place.
    private Expression<Func<Conversation, bool>> Behind(DateTime at, long last)
    {
        var (row, key) = (Key.Parameters[0], Key.Body);
        var id = Expression.Property(row, nameof(Conversation.Id));
        var (instant, number) = (Captured(() => at), Captured(() => last));
        return Expression.Lambda<Func<Conversation, bool>>(
            Descending
                ? Expression.AndAlso(Expression.LessThanOrEqual(key, instant), Expression.OrElse(Expression.LessThan(key, instant), Expression.LessThan(id, number)))
                : Expression.AndAlso(Expression.GreaterThanOrEqual(key, instant), Expression.OrElse(Expression.GreaterThan(key, instant), Expression.GreaterThan(id, number))),
            row);
    }

    // A captured variable becomes a parameter of the SQL, a constant would become a statement of its own each time.
    private static Expression Captured<T>(Expression<Func<T>> variable) => variable.Body;

    private static InboxPart Newest(Expression<Func<Conversation, bool>> holds, Func<InboxRow, bool> holdsRow) =>
        new(holds, holdsRow, c => c.LastAt, r => r.LastAt, Descending: true);
}

/// <summary>The order in which the list stands; the same rule as the database's, for rows that change while they are shown.</summary>
public sealed class InboxOrder(InboxSort sort) : IComparer<InboxRow>
{
    private readonly IReadOnlyList<InboxPart> _parts = InboxPart.Of(sort);

    public int Compare(InboxRow? x, InboxRow? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var (part, other) = (PartOf(x), PartOf(y));
        return part != other ? part.CompareTo(other) : _parts[part].Compare(x, y);
    }

    /// <summary>In which part a row stands, counted from 0.</summary>
    internal int PartOf(InboxRow row)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].HoldsRow(row)) return i;
        }

        throw new InvalidOperationException("Every row stands in one of the parts.");
    }
}

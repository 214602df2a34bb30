using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox;

/// <summary>What a filter leaves of the conversations. What narrows the list stands as a literal in the SQL ("Unread" > 0): only then is the
/// partial index of it used.</summary>
internal static class InboxNarrowing
{
    /// <param name="store">Only this store; null for all in sight.</param>
    /// <param name="now">What has passed by then is overdue.</param>
    public static IQueryable<Conversation> Narrow(this SellerCenterDb db, IQueryable<Conversation> conversations, int? store, InboxFilter filter, DateTime now)
    {
        var kind = filter.Kind;
        conversations = conversations.Where(c => c.Kind == kind);
        if (store is { } id) conversations = conversations.Where(c => c.StoreId == id);
        if (filter.Unread) conversations = conversations.Where(c => c.Unread > 0);
        if (filter.Waiting) conversations = conversations.Where(c => c.WaitingSince != null);
        if (filter.Overdue) conversations = conversations.Where(c => c.DueAt != null && c.DueAt <= now);
        if (filter.Assignee is { } assignee) conversations = With(conversations, assignee == InboxFilter.Me ? db.User?.Id ?? "" : assignee);
        return filter.Order is { } stage ? At(db, conversations, stage) : conversations;
    }

    private static IQueryable<Conversation> With(IQueryable<Conversation> conversations, string assignee) => assignee == InboxFilter.Nobody
        ? conversations.Where(c => c.AssigneeId == null)
        : conversations.Where(c => c.AssigneeId == assignee);

    private static IQueryable<Conversation> At(SellerCenterDb db, IQueryable<Conversation> conversations, OrderStage stage)
    {
        var (statuses, postings) = (StatusesOf(stage), db.Postings);
        return conversations.Where(c =>
            postings.Any(p => p.StoreId == c.StoreId && p.PostingNumber == c.PostingNumber && statuses.Contains(p.Status)));
    }

    private static IReadOnlyList<string> StatusesOf(OrderStage stage) => stage switch
    {
        OrderStage.ToShip => PostingStatuses.ToShip,
        OrderStage.OnTheWay => PostingStatuses.OnTheWay,
        OrderStage.Delivered => PostingStatuses.Delivered,
        OrderStage.Cancelled => PostingStatuses.Cancelled,
        _ => PostingStatuses.Disputed,
    };
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox;

/// <summary>What a filter leaves of the conversations. What narrows the list stands as a literal in the SQL ("Unread" > 0): only then is the
/// partial index of it used.</summary>
internal static class InboxNarrowing
{
    /// <summary>The conversations of a store, or of a tag in it. A tag is read from its own end: the cost is that of the tag, not of the store.
    /// (CROSS JOIN on purpose: SQLite keeps to the order of its sides; left to itself it would walk the whole list and ask each for the tag.)</summary>
    public static IQueryable<Conversation> Listed(this SellerCenterDb db, int store, string? tag)
    {
        var conversations = db.Conversations.AsNoTracking();
        if (tag is null) return conversations;
        var key = Tag.KeyOf(tag);
        return db.ConversationTags.AsNoTracking().Where(l => l.StoreId == store && l.Key == key)
            .SelectMany(_ => conversations, (link, conversation) => new { link, conversation })
            .Where(both => both.conversation.Id == both.link.ConversationId)
            .Select(both => both.conversation);
    }

    /// <summary>Of a few conversations those with a tag.</summary>
    public static IQueryable<Conversation> Tagged(this SellerCenterDb db, IQueryable<Conversation> conversations, string? tag)
    {
        if (tag is null) return conversations;
        var (key, links) = (Tag.KeyOf(tag), db.ConversationTags);
        return conversations.Where(c => links.Any(l => l.StoreId == c.StoreId && l.Key == key && l.ConversationId == c.Id));
    }

    /// <summary>All of a filter but its tag.</summary>
    /// <param name="store">Only this store; null for all in sight.</param>
    /// <param name="now">What has passed by then is overdue.</param>
    public static IQueryable<Conversation> Narrow(this SellerCenterDb db, IQueryable<Conversation> conversations, int? store, InboxFilter filter, DateTime now)
    {
        var kind = filter.Kind;
        conversations = conversations.Where(c => c.Kind == kind);
        conversations = filter.Snoozed ? conversations.Where(c => c.SnoozedAt != null) : conversations.Where(c => c.SnoozedAt == null);
        if (store is { } id) conversations = conversations.Where(c => c.StoreId == id);
        return db.Picked(conversations, filter, now);
    }

    /// <summary>What a filter leaves in whatever tab, put off or not: all of it but tab, snooze, store, band and tag.</summary>
    public static IQueryable<Conversation> Picked(this SellerCenterDb db, IQueryable<Conversation> conversations, InboxFilter filter, DateTime now)
    {
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

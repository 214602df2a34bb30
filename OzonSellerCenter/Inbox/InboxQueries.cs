using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox;

/// <summary>Reads the list of conversations. Pages go by key, never by offset: page 1000 costs what page 1 costs. Each store is asked by
/// itself, so that the index alone gives the order, and the few answers are merged here.</summary>
public sealed class InboxQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The rows after <paramref name="after"/>, from the beginning when null.</summary>
    public async Task<InboxRows> ListAsync(
        CurrentUser user, InboxFilter filter, InboxRow? after, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        int[] stores = filter.Store is { } one ? [.. db.StoresInSight.Where(s => s == one)] : db.StoresInSight;
        var rows = new List<InboxRow>();
        if (filter.Sort == InboxSort.Newest)
        {
            await AddAsync(store => Newest(Narrow(db, store, filter), after));
        }
        else
        {
            if (after is null or { DueAt: not null }) await AddAsync(store => Due(Narrow(db, store, filter), filter, after));
            if (rows.Count <= size && !filter.Overdue) await AddAsync(store => NotDue(Narrow(db, store, filter), after));
        }

        return new InboxRows(rows.Count > size ? rows[..size] : rows, rows.Count > size);

        // One row more than asked for tells whether there is more.
        async Task AddAsync(Func<int, IQueryable<Conversation>> ofStore)
        {
            var found = new List<InboxRow>();
            foreach (var store in stores) found.AddRange(await Rows(db, ofStore(store).Take(size + 1 - rows.Count)).ToListAsync(cancellation));
            if (stores.Length > 1) found.Sort(new InboxOrder(filter.Sort));
            rows.AddRange(found.Take(size + 1 - rows.Count));
        }
    }

    /// <summary>Those of the given conversations that belong into the list of the filter; for rows that changed while it is shown.</summary>
    public async Task<IReadOnlyList<InboxRow>> RowsAsync(
        CurrentUser user, InboxFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var conversations = Narrow(db, filter.Store, filter).Where(c => ids.Contains(c.Id));
        var (from, now) = (StartOf(filter), Now);
        if (filter.Overdue) conversations = conversations.Where(c => c.DueAt != null && c.DueAt <= now);
        if (filter.Sort == InboxSort.Due && from is not null) conversations = conversations.Where(c => c.DueAt == null || c.DueAt > from);
        return await Rows(db, conversations).ToListAsync(cancellation);
    }

    /// <summary>Figures above the list: the bands of the tab, and what is open in the other tabs.</summary>
    public async Task<InboxCounts> CountsAsync(CurrentUser user, InboxFilter filter, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var (kind, now) = (filter.Kind, Now);
        var (urgent, soon) = (now + UrgentFrom, now + SoonFrom);
        var conversations = db.Conversations;

        // The order is that of the index and costs nothing; without one a limit has no meaning.
        var perStore = await db.Stores
            .Where(s => filter.Store == null || s.Id == filter.Store)
            .Select(s => new InboxCounts(
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.DueAt != null && c.DueAt <= now)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.DueAt != null && c.DueAt > now && c.DueAt <= urgent)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.DueAt != null && c.DueAt > urgent && c.DueAt <= soon)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.DueAt != null && c.DueAt > soon)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Buyer && c.DueAt != null)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Support && c.Unread > 0)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Notice && c.Unread > 0)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count()))
            .ToListAsync(cancellation);
        return new InboxCounts(
            Sum(c => c.Overdue), Sum(c => c.Urgent), Sum(c => c.Soon), Sum(c => c.Later), Sum(c => c.BuyersDue), Sum(c => c.SupportUnread), Sum(c => c.NoticesUnread));

        int Sum(Func<InboxCounts, int> figure) => Math.Min(InboxCounts.Cap, perStore.Sum(figure));
    }

    /// <summary>Figures of the navigation, over all stores of the person.</summary>
    public async Task<InboxCounters> CountersAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var now = Now;
        var conversations = db.Conversations;
        var perStore = await db.Stores
            .Select(s => new InboxCounters(
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Buyer && c.Unread > 0)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Buyer && c.DueAt != null && c.DueAt <= now)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count()))
            .ToListAsync(cancellation);
        return new InboxCounters(perStore.Sum(c => c.Unread), perStore.Sum(c => c.Overdue));
    }

    /// <summary>The stores a person may choose between in the filter.</summary>
    public async Task<IReadOnlyList<InboxStore>> StoresAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Stores.OrderBy(s => s.Name).Select(s => new InboxStore(s.Id, s.Name, s.TimeZone)).ToListAsync(cancellation);
    }

    private static readonly TimeSpan UrgentFrom = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SoonFrom = TimeSpan.FromHours(2);

    private DateTime? StartOf(InboxFilter filter) => filter.From switch
    {
        InboxBand.Urgent => Now,
        InboxBand.Soon => Now + UrgentFrom,
        InboxBand.Later => Now + SoonFrom,
        _ => null,
    };

    private IQueryable<Conversation> Due(IQueryable<Conversation> conversations, InboxFilter filter, InboxRow? after)
    {
        var now = Now;
        var due = conversations.Where(c => c.DueAt != null);
        if (filter.Overdue) due = due.Where(c => c.DueAt <= now);
        if (after is { DueAt: { } at, Id: var id }) due = due.Where(c => c.DueAt >= at && (c.DueAt > at || c.Id > id));
        else if (StartOf(filter) is { } start) due = due.Where(c => c.DueAt > start);
        return due.OrderBy(c => c.DueAt).ThenBy(c => c.Id);
    }

    private static IQueryable<Conversation> NotDue(IQueryable<Conversation> conversations, InboxRow? after) =>
        Newest(conversations.Where(c => c.DueAt == null), after is { DueAt: null } ? after : null);

    private static IQueryable<Conversation> Newest(IQueryable<Conversation> conversations, InboxRow? after)
    {
        if (after is { LastAt: var at, Id: var id }) conversations = conversations.Where(c => c.LastAt <= at && (c.LastAt < at || c.Id < id));
        return conversations.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id);
    }

    private static IQueryable<Conversation> Narrow(SellerCenterDb db, int? store, InboxFilter filter)
    {
        var kind = filter.Kind;
        var conversations = db.Conversations.AsNoTracking().Where(c => c.Kind == kind);
        if (store is { } id) conversations = conversations.Where(c => c.StoreId == id);
        return Narrow(db, conversations, filter);
    }

    // What narrows the list stands as a literal in the SQL ("Unread" > 0): only then is the partial index of it used.
    internal static IQueryable<Conversation> Narrow(SellerCenterDb db, IQueryable<Conversation> conversations, InboxFilter filter)
    {
        if (filter.Unread) conversations = conversations.Where(c => c.Unread > 0);
        if (filter.Waiting) conversations = conversations.Where(c => c.WaitingSince != null);
        if (filter.Order is { } stage)
        {
            var (statuses, postings) = (StatusesOf(stage), db.Postings);
            conversations = conversations.Where(c =>
                postings.Any(p => p.StoreId == c.StoreId && p.PostingNumber == c.PostingNumber && statuses.Contains(p.Status)));
        }

        return conversations;
    }

    private static IReadOnlyList<string> StatusesOf(OrderStage stage) => stage switch
    {
        OrderStage.ToShip => PostingStatuses.ToShip,
        OrderStage.OnTheWay => PostingStatuses.OnTheWay,
        OrderStage.Delivered => PostingStatuses.Delivered,
        OrderStage.Cancelled => PostingStatuses.Cancelled,
        _ => PostingStatuses.Disputed,
    };

    internal static IQueryable<InboxRow> Rows(SellerCenterDb db, IQueryable<Conversation> conversations)
    {
        var (postings, items, messages) = (db.Postings, db.PostingItems, db.Messages);
        return conversations.Select(c => new InboxRow
        {
            Id = c.Id,
            StoreId = c.StoreId,
            Kind = c.Kind,
            BuyerName = c.BuyerName,
            PostingNumber = c.PostingNumber,
            OrderNumber = c.OrderNumber,
            PostingStatus = postings.Where(p => p.StoreId == c.StoreId && p.PostingNumber == c.PostingNumber).Select(p => p.Status).FirstOrDefault(),
            Sku = c.Sku,
            Product = items.Where(i => i.StoreId == c.StoreId && i.Sku == c.Sku).Select(i => i.Name).FirstOrDefault(),
            Preview = c.Preview,
            LastAuthor = c.LastAuthor,
            LastAt = c.LastAt,
            Unread = c.Unread,
            WaitingSince = c.WaitingSince,
            WindowClosesAt = c.WindowClosesAt,
            IsClosed = c.IsClosed,
            DueAt = c.DueAt,
            DueKind = c.DueKind,
            DueStartedAt = c.DueStartedAt,
            DueRuleMinutes = c.DueRuleMinutes,
            Refused = messages.Any(m => m.ConversationId == c.Id && m.State == MessageState.Refused),
        });
    }
}

/// <summary>A store in the filter.</summary>
public sealed record InboxStore(int Id, string Name, string TimeZone);

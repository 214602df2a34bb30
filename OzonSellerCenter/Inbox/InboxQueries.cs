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

    // Rows of a page that nobody looks at.
    private const int MaxPage = 500;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The rows after <paramref name="after"/>, from the beginning when null.</summary>
    public async Task<InboxRows> ListAsync(
        CurrentUser user, InboxFilter filter, InboxRow? after, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        int[] stores = filter.Store is { } one ? [.. db.StoresInSight.Where(s => s == one)] : db.StoresInSight;
        var (now, order, parts) = (Now, new InboxOrder(filter.Sort), InboxPart.Of(filter));
        var first = after is null ? 0 : order.PartOf(after);
        var rows = new List<InboxRow>();
        for (var part = first; part < parts.Count && rows.Count <= size; part++)
        {
            await AddAsync(parts[part], part == first ? Place(parts[part]) : null);
        }

        return new InboxRows(rows.Count > size ? rows[..size] : rows, rows.Count > size);

        // Behind the last row; a band begins behind everything that ends before it.
        (DateTime, long)? Place(InboxPart part) => after is not null ? part.PlaceOf(after) : StartOf(filter) is { } start ? (start, long.MaxValue) : null;

        // One row more than asked for tells whether there is more.
        async Task AddAsync(InboxPart part, (DateTime, long)? place)
        {
            var found = new List<InboxRow>();
            foreach (var store in stores)
            {
                var conversations = part.Page(db.Narrow(db.Listed(store, filter.Tag), store, filter, now), place);
                found.AddRange(await Rows(db, conversations.Take(size + 1 - rows.Count)).ToListAsync(cancellation));
            }

            if (stores.Length > 1) found.Sort(order);
            rows.AddRange(found.Take(size + 1 - rows.Count));
        }
    }

    /// <summary>Those of the given conversations that belong into the list of the filter; for rows that changed while it is shown.</summary>
    public Task<IReadOnlyList<InboxRow>> RowsAsync(CurrentUser user, InboxFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        // Named, for the shared reading knows no person.
        var named = filter.Assignee == InboxFilter.Me ? filter with { Assignee = user.Id } : filter;
        return databases.ShareAsync(user, ("rows", named, string.Join(',', ids.Order())), (db, ending) => RowsAsync(db, named, ids, ending), cancellation);
    }

    private async Task<IReadOnlyList<InboxRow>> RowsAsync(SellerCenterDb db, InboxFilter filter, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var conversations = db.Narrow(db.Tagged(db.Conversations.AsNoTracking(), filter.Tag), filter.Store, filter, Now).Where(c => ids.Contains(c.Id));
        if (StartOf(filter) is { } start) conversations = conversations.Where(c => c.DueAt == null || c.DueAt > start);
        return await Rows(db, conversations).ToListAsync(cancellation);
    }

    /// <summary>How many rows the list of a filter has, counted up to <paramref name="cap"/>: read as the list is, off the same indexes.</summary>
    public async Task<int> CountAsync(CurrentUser user, InboxFilter filter, int cap, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var (now, sum) = (Now, 0);
        foreach (var store in db.StoresInSight.Where(s => filter.Store is null || s == filter.Store))
        {
            foreach (var (number, part) in InboxPart.Of(filter).Index())
            {
                if (sum >= cap) return cap;
                (DateTime, long)? place = number == 0 && StartOf(filter) is { } start ? (start, long.MaxValue) : null;
                sum += await part.Page(db.Narrow(db.Listed(store, filter.Tag), store, filter, now), place).Take(cap - sum).CountAsync(cancellation);
            }
        }

        return sum;
    }

    /// <summary>The conversations of a filter in the order of its list, at most so many.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(CurrentUser user, InboxFilter filter, int max, CancellationToken cancellation)
    {
        var ids = new List<long>();
        for (InboxRows? page = null; ids.Count < max && page is not { HasMore: false };)
        {
            page = await ListAsync(user, filter, page?.Rows[^1], cancellation, Math.Min(MaxPage, max - ids.Count));
            ids.AddRange(page.Rows.Select(r => r.Id));
        }

        return ids;
    }

    /// <summary>Rows by their ids, whatever filter; those of others are not among them.</summary>
    public async Task<IReadOnlyList<InboxRow>> ByIdAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await Rows(db, db.Conversations.AsNoTracking().Where(c => ids.Contains(c.Id))).ToListAsync(cancellation);
    }

    /// <summary>Figures above the list: the bands of the tab, and what is open in the other tabs.</summary>
    public Task<InboxCounts> CountsAsync(CurrentUser user, InboxFilter filter, CancellationToken cancellation) => databases.ShareAsync(
        user, ("counts", filter.Kind, filter.Store), (db, ending) => CountsAsync(db, filter.Kind, filter.Store, ending), cancellation);

    private async Task<InboxCounts> CountsAsync(SellerCenterDb db, ConversationKind kind, int? store, CancellationToken cancellation)
    {
        var now = Now;
        var (urgent, soon) = (now + UrgentFrom, now + SoonFrom);
        var conversations = db.Conversations;

        // The order is that of the index and costs nothing; without one a limit has no meaning.
        var perStore = await db.Stores
            .Where(s => store == null || s.Id == store)
            .Select(s => new InboxCounts(
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.SnoozedAt == null && c.DueAt != null && c.DueAt <= now)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.SnoozedAt == null && c.DueAt != null && c.DueAt > now && c.DueAt <= urgent)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.SnoozedAt == null && c.DueAt != null && c.DueAt > urgent && c.DueAt <= soon)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == kind && c.SnoozedAt == null && c.DueAt != null && c.DueAt > soon)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Buyer && c.SnoozedAt == null && c.DueAt != null)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Support && c.SnoozedAt == null && c.Unread > 0)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Notice && c.SnoozedAt == null && c.Unread > 0)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count()))
            .ToListAsync(cancellation);
        return new InboxCounts(
            Sum(c => c.Overdue), Sum(c => c.Urgent), Sum(c => c.Soon), Sum(c => c.Later), Sum(c => c.BuyersDue), Sum(c => c.SupportUnread), Sum(c => c.NoticesUnread));

        int Sum(Func<InboxCounts, int> figure) => Math.Min(InboxCounts.Cap, perStore.Sum(figure));
    }

    /// <summary>Figures of the navigation, over all stores of the person.</summary>
    public Task<InboxCounters> CountersAsync(CurrentUser user, CancellationToken cancellation) =>
        databases.ShareAsync(user, "counters", CountersAsync, cancellation);

    private async Task<InboxCounters> CountersAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        var now = Now;
        var conversations = db.Conversations;
        var perStore = await db.Stores
            .Select(s => new InboxCounters(
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Buyer && c.SnoozedAt == null && c.Unread > 0)
                    .OrderBy(c => c.DueAt).Take(InboxCounts.Cap).Count(),
                conversations.Where(c => c.StoreId == s.Id && c.Kind == ConversationKind.Buyer && c.SnoozedAt == null && c.DueAt != null && c.DueAt <= now)
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

    // The list by deadline begins with a band; what has no deadline stands behind all of them.
    private DateTime? StartOf(InboxFilter filter) => (filter.Sort, filter.From) switch
    {
        (InboxSort.Due, InboxBand.Urgent) => Now,
        (InboxSort.Due, InboxBand.Soon) => Now + UrgentFrom,
        (InboxSort.Due, InboxBand.Later) => Now + SoonFrom,
        _ => null,
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
            Product = items.Where(i => i.StoreId == c.StoreId && i.Sku == c.Sku).OrderBy(i => i.Id).Select(i => i.Name).FirstOrDefault(),
            Preview = c.Preview,
            LastAuthor = c.LastAuthor,
            LastAt = c.LastAt,
            Unread = c.Unread,
            WaitingSince = c.WaitingSince,
            LastBuyerAt = c.LastBuyerAt,
            WindowClosesAt = c.WindowClosesAt,
            IsClosed = c.IsClosed,
            DueAt = c.DueAt,
            DueKind = c.DueKind,
            DueStartedAt = c.DueStartedAt,
            DueRuleMinutes = c.DueRuleMinutes,
            AssigneeId = c.AssigneeId,
            Tags = c.Tags,
            SnoozedUntil = c.SnoozedUntil,
            IsSnoozed = c.SnoozedAt != null,
            Refused = messages.Any(m => m.ConversationId == c.Id && m.State == MessageState.Refused),
        });
    }
}

/// <summary>A store in the filter.</summary>
public sealed record InboxStore(int Id, string Name, string TimeZone);

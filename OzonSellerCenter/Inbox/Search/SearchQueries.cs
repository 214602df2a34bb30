using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>Searches messages with what they are about, in the stores of a person and no other. Newest first, by key, never ranked and never
/// counted.</summary>
public sealed class SearchQueries(Databases databases, TimeProvider clock)
{
    /// <summary>Conversations of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Messages that are looked at for a page at most; then it is given as it is.</summary>
    private const int MaxLooked = 4000;

    private const int MaxAtOnce = 2000;

    private static readonly ConversationKind[] Kinds = Enum.GetValues<ConversationKind>();

    /// <summary>The results of <see cref="InboxFilter.Query"/> that come after <paramref name="from"/>, from the newest on when null. The other
    /// filters narrow them, but for the tab. Conversations that a former page had may come again, at an older message.</summary>
    public async Task<SearchPage> FindAsync(CurrentUser user, InboxFilter filter, long? from, CancellationToken cancellation, int size = PageSize)
    {
        var query = SearchQuery.Parse(filter.Query);
        var page = new SearchPage { Marks = new SearchMarks(query), Refusal = query.Refusal };
        if (page.Refusal is not null) return page;
        await using var db = await databases.ForAsync(user, cancellation);
        page = page with { IsIncomplete = await SearchRebuild.ProgressAsync(db, cancellation) is not null };
        var stores = await StoresAsync(db, filter.Store, query.Stores, cancellation);
        var plan = await SearchPlan.OfAsync(db, query, stores, cancellation);
        page = page with { IsCut = plan.IsCut };
        filter = filter with { Unread = filter.Unread || query.Unread, Overdue = filter.Overdue || query.Overdue };
        IReadOnlyList<string> tags = filter.Tag is { } tag ? [tag, .. query.Tags] : query.Tags;
        var conversations = await NarrowedAsync(db, filter, tags, query.Assigned, cancellation);
        if (plan.Match is not { } match) return page;
        if (!await NameTaggedAsync(db, match, stores, tags, cancellation) || !await NameFewAsync(match, conversations, stores, filter, cancellation)) return page;
        var (places, next) = await LookAsync(db, match, conversations, stores, from ?? SearchKey.Newest, size, cancellation);
        var (hits, otherLayout) = await HitsAsync(db, places, page.Marks, cancellation);
        return page with { Hits = hits, Next = next, OtherLayout = otherLayout };
    }

    private static async Task<List<int>> StoresAsync(SellerCenterDb db, int? chosen, IReadOnlyList<string> named, CancellationToken cancellation)
    {
        var stores = db.StoresInSight.Where(s => chosen is null || s == chosen).ToList();
        if (named.Count == 0) return stores;
        var names = named.Select(SearchWords.NumberOf).ToList();
        var known = await db.Stores.Where(s => stores.Contains(s.Id)).Select(s => new { s.Id, s.Name, s.ClientId }).ToListAsync(cancellation);
        return [.. known.Where(s => names.Exists(n => n == s.ClientId || (n.Length > 0 && SearchWords.NumberOf(s.Name).Contains(n, StringComparison.Ordinal)))).Select(s => s.Id)];
    }

    // Put off or not: who searches wants to find. Of all stores in sight: given the stores, SQLite begins with all their conversations.
    private async Task<IQueryable<Conversation>> NarrowedAsync(
        SellerCenterDb db, InboxFilter filter, IReadOnlyList<string> tags, IReadOnlyList<string> assigned, CancellationToken cancellation)
    {
        var conversations = db.Picked(db.Conversations.AsNoTracking(), filter, clock.GetUtcNow().UtcDateTime);
        if (filter.Snoozed) conversations = conversations.Where(c => c.SnoozedAt != null);
        foreach (var tag in tags) conversations = db.Tagged(conversations, tag);
        foreach (var who in assigned)
        {
            if (who.Equals(InboxFilter.Nobody, StringComparison.OrdinalIgnoreCase))
            {
                conversations = conversations.Where(c => c.AssigneeId == null);
                continue;
            }

            var people = await PeopleAsync(db, who, cancellation);
            conversations = conversations.Where(c => c.AssigneeId != null && people.Contains(c.AssigneeId));
        }

        return conversations;
    }

    /// <summary>Whom a piece of a name means: colleagues of the person's stores, or himself.</summary>
    private static async Task<List<string>> PeopleAsync(SellerCenterDb db, string who, CancellationToken cancellation)
    {
        if (who.Equals(InboxFilter.Me, StringComparison.OrdinalIgnoreCase)) return [db.User?.Id ?? ""];
        var people = await db.Memberships.Select(m => new { m.UserId, m.User.DisplayName }).Distinct().ToListAsync(cancellation);
        return [.. people.Where(p => p.DisplayName.Contains(who, StringComparison.CurrentCultureIgnoreCase)).Select(p => p.UserId)];
    }

    /// <summary>A tag that few conversations have: the search asks for these alone.</summary>
    /// <returns>False when no conversation has it.</returns>
    private static async Task<bool> NameTaggedAsync(SellerCenterDb db, SearchMatch match, List<int> stores, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        foreach (var key in tags.Select(Tag.KeyOf))
        {
            var few = await db.ConversationTags.Where(l => stores.Contains(l.StoreId) && l.Key == key)
                .OrderBy(l => l.StoreId).ThenBy(l => l.ConversationId).Select(l => l.ConversationId).Take(SearchPlan.MaxConversations + 1).ToListAsync(cancellation);
            if (few.Count == 0) return false;
            if (few.Count <= SearchPlan.MaxConversations) match.RequireAny(few.Select(SearchSigns.OfConversation));
        }

        return true;
    }

    /// <summary>Where a filter leaves few conversations and an index knows them, the search asks for these alone instead of dropping nearly all
    /// that it finds.</summary>
    /// <returns>False when the filter leaves none.</returns>
    private static async Task<bool> NameFewAsync(
        SearchMatch match, IQueryable<Conversation> conversations, List<int> stores, InboxFilter filter, CancellationToken cancellation)
    {
        if (filter is { Unread: false, Overdue: false } or { Order: not null } or { Waiting: true }) return true;

        // The order is that of the index of the filter: without it SQLite takes the index of all conversations (measured: 1 s at a million).
        // What is put off stands in none of these indexes but in one of its own.
        conversations = conversations.Where(c => stores.Contains(c.StoreId) && Kinds.Contains(c.Kind));
        List<long> few =
        [
            .. await FewAsync(conversations.Where(c => c.SnoozedAt == null)),
            .. await FewAsync(conversations.Where(c => c.SnoozedAt != null)),
        ];
        if (few.Count is > 0 and <= SearchPlan.MaxConversations) match.RequireAny(few.Select(SearchSigns.OfConversation));
        return few.Count > 0;

        Task<List<long>> FewAsync(IQueryable<Conversation> part) =>
            part.OrderBy(c => c.StoreId).ThenBy(c => c.Kind).ThenBy(c => c.DueAt).Select(c => c.Id).Take(SearchPlan.MaxConversations + 1).ToListAsync(cancellation);
    }

    /// <summary>Goes through what the index gives until the page is full.</summary>
    private static async Task<(List<Place> Places, long? Next)> LookAsync(
        SellerCenterDb db, SearchMatch match, IQueryable<Conversation> conversations, List<int> stores, long before, int size, CancellationToken cancellation)
    {
        var (places, seen, looked, take) = (new List<Place>(), new HashSet<long>(), 0, 2 * size);
        while (true)
        {
            var keys = await SearchIndex.Texts.NewestAsync(db, match, before, take, cancellation);
            var ids = keys.ConvertAll(SearchKey.IdOf);
            var found = await PlacesAsync(db, conversations, ids, stores, cancellation);
            foreach (var key in keys)
            {
                before = key;
                if (!found.TryGetValue(SearchKey.IdOf(key), out var conversation) || !seen.Add(conversation)) continue;
                places.Add(new Place(SearchKey.IdOf(key), conversation));
                if (places.Count == size) return (places, before);
            }

            looked += keys.Count;
            if (keys.Count < take) return (places, null);
            if (looked >= MaxLooked) return (places, before);
            take = Math.Min(4 * take, MaxAtOnce);
        }
    }

    /// <summary>The conversation of each message, where it is one of those asked for. Step by step and by key alone: given the stores, or joined,
    /// SQLite begins with all conversations of the stores (measured: 130 ms of 140 at a million).</summary>
    private static async Task<Dictionary<long, long>> PlacesAsync(
        SellerCenterDb db, IQueryable<Conversation> conversations, List<long> messages, List<int> stores, CancellationToken cancellation)
    {
        var found = await db.Messages.Where(m => messages.Contains(m.Id)).Select(m => new { m.Id, m.ConversationId }).ToListAsync(cancellation);
        var ids = found.Select(m => m.ConversationId).Distinct().ToList();
        var narrowed = await conversations.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.StoreId }).ToListAsync(cancellation);
        var wanted = narrowed.Where(c => stores.Contains(c.StoreId)).Select(c => c.Id).ToHashSet();
        return found.Where(m => wanted.Contains(m.ConversationId)).ToDictionary(m => m.Id, m => m.ConversationId);
    }

    private static async Task<(List<SearchHit> Hits, List<string> OtherLayout)> HitsAsync(
        SellerCenterDb db, List<Place> places, SearchMarks marks, CancellationToken cancellation)
    {
        var (messageIds, conversationIds) = (places.ConvertAll(p => p.MessageId), places.ConvertAll(p => p.ConversationId));
        var rows = await InboxQueries.Rows(db, db.Conversations.AsNoTracking().Where(c => conversationIds.Contains(c.Id))).ToDictionaryAsync(r => r.Id, cancellation);
        var messages = await db.Messages.Where(m => messageIds.Contains(m.Id))
            .Select(m => new { m.Id, m.Author, m.SentAt, m.Text }).ToDictionaryAsync(m => m.Id, cancellation);
        var elsewhere = places.Where(p => messages.TryGetValue(p.MessageId, out var m) && !marks.IsIn(m.Text)).Select(p => p.ConversationId).ToList();
        var abouts = elsewhere.Count == 0 ? [] : await SearchedAbout.OfAsync(db, elsewhere, cancellation);
        var (hits, otherLayout) = (new List<SearchHit>(), new HashSet<string>());
        foreach (var place in places)
        {
            if (!rows.TryGetValue(place.ConversationId, out var row) || !messages.TryGetValue(place.MessageId, out var message)) continue;
            var about = abouts.GetValueOrDefault(place.ConversationId);
            hits.Add(new SearchHit
            {
                Row = row,
                MessageId = message.Id,
                Author = message.Author,
                SentAt = message.SentAt,
                Line = marks.LineOf(message.Text),
                Found = about is null ? null : FoundIn(about, row, marks),
            });
            otherLayout.UnionWith(marks.OtherLayoutIn([message.Text, about?.Buyer ?? "", .. about?.Products ?? []], about?.Numbers.Select(n => n.Number) ?? []));
        }

        return (hits, [.. otherLayout]);
    }

    /// <summary>What was found about the conversation and does not stand in its row anyway.</summary>
    private static SearchFound? FoundIn(SearchedAbout about, InboxRow row, SearchMarks marks)
    {
        var shown = row.PostingNumber ?? row.OrderNumber;
        if (marks.IsIn(row.BuyerName) || (shown is null ? marks.IsIn(row.Product) : marks.IsInNumber(shown))) return null;
        if (about.Products.FirstOrDefault(marks.IsIn) is { } product) return new SearchFound("Found_Product", product, false);
        return about.Numbers.FirstOrDefault(n => marks.IsInNumber(n.Number)) is { } number ? new SearchFound($"Found_{number.Kind}", number.Number, true) : null;
    }

    private readonly record struct Place(long MessageId, long ConversationId);
}

using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace OzonSellerCenter.Inbox;

/// <summary>Tabs of the inbox, as Ozon parts its chats.</summary>
public enum InboxTab
{
    Buyers,
    Support,
    Ozon,
}

/// <summary>Order of the list.</summary>
public enum InboxSort
{
    /// <summary>What ends first stands first; what has no deadline follows, newest first.</summary>
    Due,

    /// <summary>Newest message first.</summary>
    Newest,

    /// <summary>Who has waited longest stands first; where nobody waits follows, newest first.</summary>
    Waiting,

    /// <summary>What nobody has read stands first, each part newest first.</summary>
    Unread,
}

/// <summary>Parts of the list by deadline.</summary>
public enum InboxBand
{
    Overdue,

    /// <summary>30 minutes or less are left.</summary>
    Urgent,

    /// <summary>2 hours or less are left.</summary>
    Soon,
    Later,
}

/// <summary>Where the order of a conversation stands, in the words of the shop rather than Ozon's two dozen statuses.</summary>
public enum OrderStage
{
    ToShip,
    OnTheWay,
    Delivered,
    Cancelled,
    Disputed,
}

/// <summary>What the list shows. It lives in the address, so that a colleague can be sent it; unknown words in an address are ignored.</summary>
public sealed record InboxFilter
{
    /// <summary>As <see cref="Assignee"/>: the person who looks, so that the same address shows each his own.</summary>
    public const string Me = "me";

    /// <summary>As <see cref="Assignee"/>: conversations that nobody looks after.</summary>
    public const string Nobody = "none";

    private const int MaxWord = 64;

    public static InboxFilter Default { get; } = new();

    public InboxTab Tab { get; init; }

    /// <summary>Only conversations with buyer messages nobody has read.</summary>
    public bool Unread { get; init; }

    /// <summary>Only conversations in which the buyer waits for us.</summary>
    public bool Waiting { get; init; }

    /// <summary>Only conversations with a deadline that has passed.</summary>
    public bool Overdue { get; init; }

    public OrderStage? Order { get; init; }

    /// <summary>Only what this person looks after: a user id, <see cref="Me"/> for whoever looks, <see cref="Nobody"/>; null for everybody.</summary>
    public string? Assignee { get; init; }

    /// <summary>Only conversations with the tag of this name; null for all.</summary>
    public string? Tag { get; init; }

    /// <summary>What is put off, and nothing else; without it nothing of that is shown.</summary>
    public bool Snoozed { get; init; }

    /// <summary>Only this store; null for all stores of the person.</summary>
    public int? Store { get; init; }

    public InboxSort Sort { get; init; }

    /// <summary>The list by deadline begins with this band; null for its beginning.</summary>
    public InboxBand? From { get; init; }

    /// <summary>What is searched for, as it was typed; null while nothing is. Results are of every tab, newest first.</summary>
    public string? Query { get; init; }

    /// <summary>The kind of conversation the tab shows.</summary>
    public ConversationKind Kind => Tab switch
    {
        InboxTab.Support => ConversationKind.Support,
        InboxTab.Ozon => ConversationKind.Notice,
        _ => ConversationKind.Buyer,
    };

    /// <summary>Something narrows the tab, so that an empty list does not mean that there is nothing.</summary>
    public bool IsNarrowed =>
        Unread || Waiting || Overdue || Snoozed || Order is not null || Assignee is not null || Tag is not null || Store is not null || From is not null;

    /// <summary>Reads the query part of an address, with or without the question mark.</summary>
    public static InboxFilter Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new InboxFilter
        {
            Tab = Word<InboxTab>("tab") ?? InboxTab.Buyers,
            Unread = words.ContainsKey("unread"),
            Waiting = words.ContainsKey("waiting"),
            Overdue = words.ContainsKey("overdue"),
            Snoozed = words.ContainsKey("snoozed"),
            Order = Word<OrderStage>("order"),
            Assignee = Free("assignee"),
            Tag = Free("tag"),
            Store = int.TryParse(words.GetValueOrDefault("store"), NumberStyles.None, CultureInfo.InvariantCulture, out var store) ? store : null,
            Sort = Word<InboxSort>("sort") ?? InboxSort.Due,
            From = Word<InboxBand>("from"),
            Query = words.TryGetValue("q", out var text) && !string.IsNullOrWhiteSpace(text) ? text.ToString() : null,
        };

        string? Free(string name) => words.GetValueOrDefault(name).ToString() is { Length: > 0 and <= MaxWord } word ? word : null;

        T? Word<T>(string name)
            where T : struct, Enum =>
            words.TryGetValue(name, out var word) && Enum.GetNames<T>().Contains(word.ToString(), StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<T>(word.ToString(), ignoreCase: true)
                : null;
    }

    /// <summary>The query part of the address, with its question mark; empty for the default.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        if (Tab != InboxTab.Buyers) Add("tab", Tab);
        if (Unread) query.Add("unread", "1");
        if (Waiting) query.Add("waiting", "1");
        if (Overdue) query.Add("overdue", "1");
        if (Snoozed) query.Add("snoozed", "1");
        if (Order is { } order) Add("order", order);
        if (Assignee is { } assignee) query.Add("assignee", assignee);
        if (Tag is { } tag) query.Add("tag", tag);
        if (Store is { } store) query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        if (Sort != InboxSort.Due) Add("sort", Sort);
        if (From is { } from) Add("from", from);
        if (Query is { } text) query.Add("q", text);
        return query.ToString();

        void Add<T>(string name, T word)
            where T : struct, Enum => query.Add(name, word.ToString().ToLowerInvariant());
    }
}

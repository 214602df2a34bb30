using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>A conversation that was found, at its newest message that fits.</summary>
public sealed record SearchHit
{
    public required InboxRow Row { get; init; }
    public required long MessageId { get; init; }
    public required MessageAuthor Author { get; init; }
    public required DateTime SentAt { get; init; }

    /// <summary>One line of the message.</summary>
    public required string Line { get; init; }

    /// <summary>What was found is not in the message but in this; null when the message or the row itself shows it.</summary>
    public SearchFound? Found { get; init; }
}

/// <summary>A thing that the message is about and that has no other place in the row. Name: key of the texts.</summary>
public sealed record SearchFound(string Name, string Value, bool IsNumber);

/// <summary>Results, newest first, and how to go on.</summary>
public sealed record SearchPage
{
    public IReadOnlyList<SearchHit> Hits { get; init; } = [];

    /// <summary>Where the next page begins; null when everything was looked through. A page may be short, even empty, and more may follow: a
    /// filter that drops nearly everything is not waited for.</summary>
    public long? Next { get; init; }

    /// <summary>Marks what was found.</summary>
    public required SearchMarks Marks { get; init; }

    /// <summary>Words of the query that were found as if typed in the other keyboard layout.</summary>
    public IReadOnlyList<string> OtherLayout { get; init; } = [];

    /// <summary>A fragment of a number fits more conversations than are shown.</summary>
    public bool IsCut { get; init; }

    /// <summary>The index is being built; not everything is found yet.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Why the query is not carried out; null when it is.</summary>
    public Reason? Refusal { get; init; }
}

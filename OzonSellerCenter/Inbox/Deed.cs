using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>What was done with a conversation.</summary>
public enum DeedKind
{
    Assigned = 1,
    Unassigned = 2,
}

/// <summary>Why it was done.</summary>
public enum DeedReason
{
    /// <summary>A person wanted it.</summary>
    ByHand = 1,

    /// <summary>It was the person's turn (<see cref="Deed.Turn"/>).</summary>
    RoundRobin = 2,

    /// <summary>The person has no part in the store any more.</summary>
    PersonLeft = 3,
}

/// <summary>A step in the history of a conversation that is no message: what colleagues or the program did with it. Never changed; shown in
/// the log between the messages.</summary>
public sealed class Deed : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long ConversationId { get; init; }
    public DeedKind Kind { get; init; }
    public DeedReason Reason { get; init; }
    public DateTime At { get; init; }

    /// <summary>Key of who did it; null when the program itself did.</summary>
    public string? By { get; init; }

    /// <summary>Key of the person it was given to or taken from.</summary>
    public string? PersonId { get; init; }

    /// <summary>How the turn stood, when it was given in turn.</summary>
    public Turn? Turn { get; init; }
}

/// <summary>Why it was somebody's turn.</summary>
/// <param name="Open">Conversations in which the buyer waited for him already.</param>
/// <param name="Max">So many he may have.</param>
/// <param name="Available">People who took new conversations then, him included.</param>
public sealed record Turn(int Open, int Max, int Available);

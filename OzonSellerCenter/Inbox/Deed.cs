using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>What was done with a conversation.</summary>
public enum DeedKind
{
    Assigned = 1,
    Unassigned = 2,

    /// <summary>Put off until <see cref="Deed.Until"/>, or until the other side writes.</summary>
    Snoozed = 3,

    /// <summary>Back from a snooze.</summary>
    Woken = 4,

    /// <summary>What the buyer wrote up to <see cref="Deed.SeenAt"/> needs no answer.</summary>
    NoAnswerNeeded = 5,
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

    /// <summary>The time of the snooze is over.</summary>
    TimeOver = 4,

    /// <summary>The other side wrote.</summary>
    Heard = 5,
}

/// <summary>A step in the history of a conversation that is no message: what colleagues or the program did with it. Shown in the log between the
/// messages. Nothing of it is changed but that "no answer needed" can be taken back.</summary>
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

    /// <summary>Until when it was put off; null without a time.</summary>
    public DateTime? Until { get; init; }

    /// <summary>The buyer's last message that was on the screen.</summary>
    public DateTime? SeenAt { get; init; }

    /// <summary>When it was taken back; null while it holds.</summary>
    public DateTime? UndoneAt { get; private set; }

    /// <summary>Key of who took it back.</summary>
    public string? UndoneBy { get; private set; }

    /// <summary>How the turn stood, when it was given in turn.</summary>
    public Turn? Turn { get; init; }

    /// <summary>Takes it back.</summary>
    public void Undo(string? by, DateTime now) => (UndoneAt, UndoneBy) = (now, by);
}

/// <summary>Why it was somebody's turn.</summary>
/// <param name="Open">Conversations in which the buyer waited for him already.</param>
/// <param name="Max">So many he may have.</param>
/// <param name="Available">People who took new conversations then, him included.</param>
public sealed record Turn(int Open, int Max, int Available);

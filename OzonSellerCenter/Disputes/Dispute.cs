using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Disputes;

/// <summary>What is argued about and before whom; each kind has limits of its own (ozon/rules.md §3).</summary>
public enum DisputeKind
{
    /// <summary>A buyer complains before Ozon is in it.</summary>
    Complaint = 1,

    /// <summary>The buyer contests what the shop decided on his return: 5 days to open, Ozon decides within 3.</summary>
    ReturnContested = 2,

    /// <summary>The shop contests that Ozon kept money, or a return that came back bad: 30 days; 2 days for the packing video.</summary>
    Withholding = 3,

    /// <summary>Handed over, and never scanned by the carrier (<c>/v2/posting/fbs/arbitration</c>).</summary>
    Carrier = 4,
}

/// <summary>What the complaint says is wrong.</summary>
public enum DisputeTopic
{
    NotAsDescribed = 1,
    Quality = 2,
    Delivery = 3,
    Price = 4,
    Other = 5,
}

/// <summary>Where a case stands; the ways between are in <see cref="DisputeMachine"/>.</summary>
public enum DisputeState
{
    /// <summary>The shop writes its account and gathers evidence.</summary>
    Gathering = 1,

    /// <summary>Waits at the support desk.</summary>
    Submitted = 2,

    /// <summary>A reviewer has taken it up.</summary>
    InReview = 3,

    /// <summary>The reviewer has asked the shop for more.</summary>
    SellerAsked = 4,

    /// <summary>The reviewer has asked the buyer for more.</summary>
    BuyerAsked = 5,

    /// <summary>Looked through inside the house: the pack is to be handed to Ozon.</summary>
    Released = 6,

    /// <summary>Ozon, or the carrier through Ozon, decides.</summary>
    AtOzon = 7,

    /// <summary>Decided; an appeal is possible.</summary>
    Decided = 8,
    Closed = 9,
}

/// <summary>How a case came out.</summary>
public enum DisputeOutcome
{
    None = 0,
    Seller = 1,
    Buyer = 2,
    Split = 3,

    /// <summary>Who complained took it back.</summary>
    Withdrawn = 4,

    /// <summary>Both sides agreed without a decision.</summary>
    Settled = 5,

    /// <summary>The time to contest went by.</summary>
    Lapsed = 6,
}

/// <summary>A stretch in which somebody owed the next step of a case.</summary>
/// <param name="Kind">Of the clock (<c>Deadlines.DeadlineKind</c>).</param>
/// <param name="RuleKey">The rule that gave the length.</param>
/// <param name="EndedAt">When it was done or fell away; null while it runs.</param>
/// <param name="FellAway">It ended without having been done: the case went another way.</param>
public sealed record DisputeTurn(int Kind, DateTime StartedAt, DateTime DueAt, string RuleKey, DateTime? EndedAt = null, bool FellAway = false);

/// <summary>A question of the guided account and what was answered.</summary>
/// <param name="Key">Of the question; its texts are <c>Ask_…</c>.</param>
public sealed record AccountAnswer(string Key, string Text);

/// <summary>A complaint, or a decision or a charge that is contested, with all that belongs to it.</summary>
public sealed class Dispute : IOwnedByStore, IVersioned
{
    /// <summary>Longest words of a claim, an account, or reasons.</summary>
    public const int MaxWords = 4000;

    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>By what it was opened, such as <c>return:12</c>, <c>complaint:77</c>, or the key of the form: the same is opened once.</summary>
    public required string Key { get; init; }

    public DisputeKind Kind { get; init; }
    public DisputeTopic Topic { get; set; } = DisputeTopic.Other;
    public DisputeState State { get; set; } = DisputeState.Gathering;

    /// <summary>When it came into <see cref="State"/>.</summary>
    public DateTime StateSince { get; set; }

    /// <summary>1, or 2 after an appeal.</summary>
    public int Instance { get; set; } = 1;

    public DisputeOutcome Outcome { get; set; }

    /// <summary>What the buyer was awarded, with a withholding what the shop gets back; minor units of <see cref="Currency"/>.</summary>
    public long Awarded { get; set; }

    public string PostingNumber { get; init; } = "";
    public string OrderNumber { get; init; } = "";
    public Scheme Scheme { get; init; }
    public long Sku { get; init; }
    public string ProductName { get; init; } = "";

    /// <summary>Ozon's id of the buyer, when known: it joins his cases. Never shown.</summary>
    public string? BuyerId { get; init; }

    public long? ReturnRequestId { get; init; }

    /// <summary>The chat with the buyer, when there is one.</summary>
    public long? ConversationId { get; set; }

    /// <summary>Id of the complaint or the charge at Ozon; the bundled sandbox alone tells of them.</summary>
    public string? OzonId { get; set; }

    /// <summary>What is complained of, in the words of who complains.</summary>
    public string Claim { get; set; } = "";

    /// <summary>What is claimed, minor units.</summary>
    public long ClaimAmount { get; set; }

    /// <summary>What the shop would give to end it, minor units.</summary>
    public long Offer { get; set; }

    public string Currency { get; init; } = "RUB";
    public DateTime OpenedAt { get; init; }

    /// <summary>Key of the person who opened it; null when the buyer or Ozon did.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>The shop's account of what happened, as it goes to the reviewer and into the pack.</summary>
    public string Account { get; set; } = "";

    /// <summary>The answers the account was made of.</summary>
    public IReadOnlyList<AccountAnswer> Answers { get; set; } = [];

    /// <summary>Who of the shop looks after it.</summary>
    public string? Owner { get; set; }

    /// <summary>Who wrote the account last: he cannot review it.</summary>
    public string? WrittenBy { get; set; }
    public DateTime? SubmittedAt { get; set; }

    /// <summary>The reviewer who has taken it up, or has decided.</summary>
    public string? Reviewer { get; set; }

    /// <summary>Who decided in the first instance: somebody else decides in the second.</summary>
    public string? FirstReviewer { get; set; }
    public DateTime? DecidedAt { get; set; }

    /// <summary>The reasons of the decision, sent to both sides.</summary>
    public string Reasons { get; set; } = "";

    /// <summary>The shop has appealed; false when the buyer has.</summary>
    public bool? AppealedBySeller { get; set; }

    /// <summary>Ozon's support chat or ticket in which it is dealt with, as the shop wrote it down.</summary>
    public string OzonTicket { get; set; } = "";

    /// <summary>When it was last pushed on because somebody was late.</summary>
    public DateTime? EscalatedAt { get; set; }

    /// <summary>All stretches in which somebody owed a step, oldest first.</summary>
    public IReadOnlyList<DisputeTurn> Turns { get; set; } = [];

    /// <summary>End of the running stretch that ends first; null when none runs. Sort key of the lists.</summary>
    public DateTime? NextBy { get; set; }

    public DateTime? ClosedAt { get; set; }
    public long Version { get; set; }

    /// <summary>Such as <c>D-2046</c>.</summary>
    public string Number => NumberOf(Id);

    public bool IsOpen => State != DisputeState.Closed;

    /// <summary>The shop may write and add to it.</summary>
    public bool IsWritable => State is DisputeState.Gathering or DisputeState.SellerAsked;

    public static string NumberOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"D-{id}");

    /// <summary>What the list's search looks into, in small letters.</summary>
    public string Searched
    {
        get => string.Join('\n', PostingNumber, OrderNumber, ProductName, Claim, OzonTicket).ToLowerInvariant();
        private set => _ = value;
    }
}

/// <summary>A step of a case: who brought it from where to where. Never changed, never deleted.</summary>
public sealed class DisputeStep : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long DisputeId { get; init; }
    public DateTime At { get; init; }

    /// <summary>Key of the person; null when the buyer, Ozon or the program did it.</summary>
    public string? By { get; init; }
    public DisputeEvent Event { get; init; }
    public DisputeState From { get; init; }
    public DisputeState To { get; init; }
    public int Instance { get; init; }

    /// <summary>What was said: a question, an answer, reasons, the words of an appeal.</summary>
    public string Words { get; init; } = "";

    /// <summary>With a decision.</summary>
    public DisputeOutcome Outcome { get; init; }

    /// <summary>What was awarded or offered, minor units.</summary>
    public long Amount { get; init; }
}

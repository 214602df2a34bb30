using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>A case as its page shows it.</summary>
public sealed record OpenDispute
{
    /// <summary>Not tracked.</summary>
    public required Dispute Dispute { get; init; }

    public required string StoreName { get; init; }
    public required string TimeZone { get; init; }

    /// <summary>What the person may do in the store.</summary>
    public required StoreRole Role { get; init; }

    /// <summary>The store's marketplace is the bundled sandbox: the desk decides for it, and nothing is handed over by hand.</summary>
    public required bool DeskDecides { get; init; }

    public required CaseRecord Record { get; init; }

    /// <summary>All pieces, also those that were withdrawn.</summary>
    public required IReadOnlyList<EvidenceItem> Items { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ShownStep> Steps { get; init; }

    public required BuyerHistory Earlier { get; init; }

    /// <summary>Those whom the case can be given to, by name.</summary>
    public required IReadOnlyList<CasePerson> People { get; init; }

    /// <summary>Name of who wrote the account last; null when nobody did, empty for somebody who is gone.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>An open chat with Ozon's support, our id; null when there is none.</summary>
    public long? SupportChat { get; init; }

    /// <summary>Shortest account that is taken, in characters.</summary>
    public required int LeastWords { get; init; }

    /// <summary>The rule behind the clock that ends next; null when none runs.</summary>
    public RuleOwner? ClockOwner { get; init; }

    /// <summary>The shop's people may change it; others look on.</summary>
    public bool MayAct => Role is StoreRole.Owner or StoreRole.Agent;

    /// <summary>What ends next.</summary>
    public DisputeTurn? NextTurn => Dispute.Turns.Where(t => t.EndedAt is null).MinBy(t => t.DueAt);
}

/// <param name="By">Name of who did it; null for the buyer, Ozon or the program, empty for somebody who is gone.</param>
public sealed record ShownStep(DisputeStep Step, string? By);

public sealed record CasePerson(string Id, string Name);

/// <summary>What the same buyer complained of and gave back before, in the stores in sight: how it ended, and nothing about the person.</summary>
public sealed record BuyerHistory(IReadOnlyList<EarlierCase> Cases, IReadOnlyList<EarlierReturn> Returns);

/// <summary>Another case of the same buyer.</summary>
public sealed record EarlierCase(long Id, DisputeKind Kind, DisputeTopic Topic, DisputeState State, DisputeOutcome Outcome, DateTime OpenedAt)
{
    /// <summary>It came out so that the shop had to give nothing.</summary>
    public bool EndedForUs => Outcome is DisputeOutcome.Seller or DisputeOutcome.Withdrawn;
}

/// <summary>Another return of the same buyer.</summary>
public sealed record EarlierReturn(long Id, string Number, ReturnStage Stage, DateTime AskedAt);

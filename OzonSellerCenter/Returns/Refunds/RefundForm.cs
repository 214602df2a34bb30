using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>A refund in a list beside something else.</summary>
/// <param name="Sum">With postage, in minor units.</param>
public sealed record RefundLine(long Id, RefundState State, RefundWay Way, long Sum, string Currency, DateTime CreatedAt);

/// <summary>What the buyer is told at a step of a refund.</summary>
/// <param name="Text">The words planned, or told; the usual ones when nobody has changed them.</param>
/// <param name="Usual">The words of the template as the refund stands.</param>
/// <param name="State">Null while nothing was decided: the usual words go out.</param>
/// <param name="Reason">Why it was skipped; a resource key.</param>
public sealed record Telling(BuyerStep Step, string Text, string Usual, BuyerNoteState? State, string? Reason)
{
    public bool IsOn => State != BuyerNoteState.Skipped;

    /// <summary>It may be changed still.</summary>
    public bool IsOpen => State is null or BuyerNoteState.Planned || (State == BuyerNoteState.Skipped && Reason == "SwitchedOff");
}

/// <summary>What the form of a refund shows.</summary>
/// <param name="MayWrite">The person is an owner or an agent of the store.</param>
/// <param name="Basis">As if the draft held no money.</param>
/// <param name="Draft">What was begun; null while nothing was.</param>
/// <param name="UnderWay">The refund that answers the same request already; null when none does.</param>
/// <param name="Earlier">All other refunds of the posting, newest first.</param>
/// <param name="Photos">Ids of the pictures the buyer took.</param>
public sealed record RefundForm(
    string StoreName, string TimeZone, bool MayWrite, RefundBasis Basis, Refund? Draft, long? UnderWay, StoreRules Rules, IReadOnlyList<RefundLine> Earlier,
    IReadOnlyList<Telling> Tellings, IReadOnlyList<long> Photos)
{
    /// <summary>It may still be written.</summary>
    public bool IsOpen => MayWrite && UnderWay is null && Draft is null or { State: RefundState.Draft or RefundState.MoreWanted };
}

using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders;

/// <summary>What somebody wanted done with a posting, and how far it is at Ozon.</summary>
/// <param name="By">Name of who wanted it; null for the program, empty for somebody who is gone.</param>
/// <param name="Error">Why it failed or waits: a part of a key of the texts.</param>
/// <param name="ErrorDetail">Ozon's own words.</param>
/// <param name="WasTried">It may have reached Ozon.</param>
public sealed record ShownDeed(
    long Id, PostingWish Wish, DateTime At, string? By, CommandState State, DateTime? DoneAt, string? Error, string? ErrorDetail, bool WasTried)
{
    public bool IsUnderWay => State is CommandState.Waiting or CommandState.Sending or CommandState.Unclear;

    public bool CanBeTakenBack => State == CommandState.Waiting && !WasTried;
}

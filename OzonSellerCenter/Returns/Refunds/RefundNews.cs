using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>What happened while a refund was being written.</summary>
internal static class RefundNews
{
    /// <summary>What is different, as keys of the texts with their arguments.</summary>
    public static IEnumerable<(string Key, object[] Args)> Between(RefundForm was, RefundForm now)
    {
        if (was.Basis.Request?.State != now.Basis.Request?.State) yield return ("Now_Request", [now.Basis.Request?.StateName ?? ""]);
        if (was.Basis.Posting?.Status != now.Basis.Posting?.Status) yield return ("Now_Posting", []);
        if (!Named(was).SequenceEqual(Named(now))) yield return ("Now_Ways", []);
        if (was.Basis.Left != now.Basis.Left) yield return ("Now_Left", [new Money(now.Basis.Left, now.Basis.Currency)]);
        if (was.UnderWay is null && now.UnderWay is not null) yield return ("Now_UnderWay", []);
        if (was.IsOpen && now.Draft is { State: not (RefundState.Draft or RefundState.MoreWanted) }) yield return ("Now_HandedIn", []);
    }

    private static IEnumerable<(RefundWay, long?)> Named(RefundForm form) => form.Basis.Ways.Select(w => (w.Way, w.Action?.Id));
}

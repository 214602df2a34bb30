using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns;

/// <summary>What happens by itself when nobody acts.</summary>
public enum IfNobodyActs
{
    /// <summary>Nothing that Ozon has published.</summary>
    Nothing = 0,

    /// <summary>The return is approved.</summary>
    Approved = 1,

    /// <summary>The buyer gets all his money and keeps the goods.</summary>
    Refunded = 2,

    /// <summary>The goods go to the shop to be looked at.</summary>
    GoodsBack = 3,

    /// <summary>One of the last two, by the sum: Ozon names it in rubles, and the price is in another currency.</summary>
    RefundedOrGoodsBack = 4,
}

/// <summary>Whose turn it is with a request, and what silence leads to (ozon/rules.md §2.1, §2.3).</summary>
public static class ReturnOutlook
{
    /// <summary>Ozon's words for states in which the shop has to decide.</summary>
    private static readonly string[] Asked = ["AwaitingProcessing", "OnSellerApproval", "OnSellerClarification"];
    private const string AfterOffer = "OnSellerClarificationAfterPartialCompensation";

    /// <summary>What happens when the running turn ends without a decision.</summary>
    public static IfNobodyActs Of(ReturnRequest request, StoreRules rules)
    {
        if (request.DecideBy is null) return IfNobodyActs.Nothing;
        if (request.State != AfterOffer) return IfNobodyActs.Approved;
        if (request.Currency != "RUB") return IfNobodyActs.RefundedOrGoodsBack;
        return request.Worth < rules.At(RuleKeys.ReturnSmallSum, request.StateAt).Value * 100 ? IfNobodyActs.Refunded : IfNobodyActs.GoodsBack;
    }

    /// <summary>Takes down whose turn it is by the request's state. Doing it again changes nothing.</summary>
    /// <param name="seenAt">When the state was read: the end of a turn that Ozon does not tell.</param>
    public static void Follow(ReturnRequest request, StoreRules rules, DateTime seenAt)
    {
        var open = request.Turns.LastOrDefault(t => t.EndedAt is null);
        var key = RuleOf(request);
        var startedAt = AsKept(Asked.Contains(request.State) && request.Source == ReturnSource.Rfbs ? request.AskedAt : request.StateAt);
        if (open is not null && (key is null || key != open.RuleKey || (startedAt != open.StartedAt && key == RuleKeys.ReturnDecisionAfterOffer)))
        {
            var ended = open with { EndedAt = AsKept(request.StateAt > open.StartedAt ? request.StateAt : seenAt) };
            request.Turns = [.. request.Turns.Where(t => t != open), ended];
            open = null;
        }

        if (key is not null)
        {
            var turn = new DecisionTurn(startedAt, startedAt + rules.SpanAt(key, startedAt), key);
            if (turn != open) request.Turns = [.. request.Turns.Where(t => t != open), turn];
            open = turn;
        }

        request.DecideBy = open?.DueAt;
    }

    /// <summary>The databases keep microseconds: an instant that is finer would not be found again beside the row made of it.</summary>
    internal static DateTime AsKept(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static string? RuleOf(ReturnRequest request) => request switch
    {
        { State: AfterOffer } => RuleKeys.ReturnDecisionAfterOffer,
        { Source: ReturnSource.Rfbs } when Asked.Contains(request.State) => RuleKeys.ReturnDecisionRfbs,
        { Source: ReturnSource.Market } when Asked.Contains(request.State) => RuleKeys.ReturnDecisionMarket,
        _ => null,
    };
}

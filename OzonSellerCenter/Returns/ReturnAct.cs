using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Returns;

/// <summary>What an offered action does, as far as it is known.</summary>
public enum ReturnAct
{
    /// <summary>Nobody here knows it: shown by Ozon's name, and taken to pay everything.</summary>
    Unknown = 0,
    Reject = 1,
    RejectAfterCheck = 2,

    /// <summary>A part of the price, and the buyer keeps the goods, if he agrees.</summary>
    Compensate = 3,

    /// <summary>The goods are to come back and be looked at.</summary>
    TakeBack = 4,

    /// <summary>All the money, and the buyer keeps the goods.</summary>
    RefundAndLeave = 5,

    /// <summary>The goods have arrived.</summary>
    Received = 6,

    /// <summary>All the money, after the goods came back.</summary>
    Refund = 7,
}

/// <summary>What Ozon's actions mean. Ozon publishes the ids of three of them (ozon/api.md §4.4); of the others the Russian name tells.</summary>
public static class ReturnActs
{
    /// <summary>Ids of the documentation.</summary>
    public const long RejectId = -1;
    public const long RejectAfterCheckId = -10;
    public const long CompensateId = 1020;

    /// <summary>Partial compensations that Ozon takes for one request (ozon/rules.md §2.3).</summary>
    public const int MaxOffers = 2;

    public static ReturnAct Of(OfferedAction action) => action.Id switch
    {
        RejectId => ReturnAct.Reject,
        RejectAfterCheckId => ReturnAct.RejectAfterCheck,
        CompensateId => ReturnAct.Compensate,
        _ => OfName(action.Name),
    };

    /// <summary>Whether it costs money. What is not known is taken to.</summary>
    public static bool Pays(ReturnAct act) => act is ReturnAct.Compensate or ReturnAct.RefundAndLeave or ReturnAct.Refund or ReturnAct.Unknown;

    /// <summary>Whether it needs a reason and words.</summary>
    public static bool Rejects(ReturnAct act) => act is ReturnAct.Reject or ReturnAct.RejectAfterCheck;

    /// <summary>Whether a shop can decide on requests of this scheme through the API at all.</summary>
    public static bool CanDecide(ReturnSource source, Scheme scheme) => source == ReturnSource.Rfbs && scheme is Scheme.Rfbs or Scheme.Unknown;

    private static ReturnAct OfName(string name)
    {
        bool Has(params string[] words) => words.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase));

        if (Has("деньги", "возмест", "полный возврат", "refund")) return Has("без возврата", "остаётся", "остается", "оставить", "without return") ? ReturnAct.RefundAndLeave : ReturnAct.Refund;
        if (Has("проверк", "принять", "inspection")) return ReturnAct.TakeBack;
        return Has("получен", "received") ? ReturnAct.Received : ReturnAct.Unknown;
    }
}

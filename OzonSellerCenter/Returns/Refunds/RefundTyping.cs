using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>A line of the order in the form: how many pieces money goes back for, and how much as it was typed.</summary>
/// <param name="Of">Pieces that were bought.</param>
/// <param name="Price">Of one, in minor units.</param>
public sealed record TypedItem(long Sku, string Name, int Of, long Price, int Quantity = 0, string Amount = "");

/// <summary>What a person has typed into the form of a refund, right or wrong, as he typed it.</summary>
public sealed class RefundTyping
{
    public OfferedWay? Way { get; private set; }
    public RefundScope Scope { get; private set; } = RefundScope.Whole;
    public string Amount { get; set; } = "";
    public string Postage { get; set; } = "";
    public List<TypedItem> Items { get; private set; } = [];
    public RefundReason Reason { get; set; }
    public string Explanation { get; set; } = "";
    public string Comment { get; set; } = "";
    public long? CancelReasonId { get; set; }
    public string CancelReason { get; set; } = "";

    /// <summary>What stands in a draft, to be typed on; without one an empty form.</summary>
    public static RefundTyping Of(RefundBasis basis, Refund? draft)
    {
        var typing = new RefundTyping
        {
            Items = [.. (basis.Posting?.Items ?? []).GroupBy(i => i.Sku).Select(g => new TypedItem(g.Key, g.First().Name, g.Sum(i => i.Quantity), g.First().Price))],
        };
        if (draft is null) return typing;
        var kept = RefundDraft.Of(draft);
        (typing.Way, typing.Scope) = (RefundCheck.WayOf(basis, kept), draft.Scope);
        if (draft.Scope == RefundScope.Part && draft.Amount > 0) typing.Amount = AmountText.Show(draft.Amount);
        if (draft.Postage > 0) typing.Postage = AmountText.Show(draft.Postage);
        foreach (var item in draft.Items)
        {
            typing.Items = [.. typing.Items.Select(i => i.Sku == item.Sku ? i with { Quantity = item.Quantity, Amount = AmountText.Show(item.Amount) } : i)];
        }

        (typing.Reason, typing.Explanation, typing.Comment) = (draft.Reason, draft.Explanation, draft.Comment);
        (typing.CancelReasonId, typing.CancelReason) = (draft.CancelReasonId, draft.CancelReason);
        return typing;
    }

    /// <summary>What the money of a way may be for.</summary>
    public static IReadOnlyList<RefundScope> ScopesOf(OfferedWay way) => way switch
    {
        { TakesItems: true, TakesPostage: true } => [RefundScope.Whole, RefundScope.Items, RefundScope.Part, RefundScope.Postage],
        { TakesItems: true } => [RefundScope.Items],
        { IsFixed: true } => [RefundScope.Whole],
        _ => [RefundScope.Part],
    };

    /// <summary>Takes a way; what the money is for stays where the way allows it.</summary>
    public void Take(OfferedWay way)
    {
        Way = way;
        if (!ScopesOf(way).Contains(Scope)) Scope = ScopesOf(way)[0];
    }

    public void Take(RefundScope scope)
    {
        if (Way is { } way && ScopesOf(way).Contains(scope)) Scope = scope;
    }

    /// <summary>Takes so many pieces of a line; the amount follows, and may be typed lower where the way allows it.</summary>
    public void Take(long sku, int quantity) => Change(sku, i =>
    {
        var pieces = Math.Clamp(quantity, 0, i.Of);
        return i with { Quantity = pieces, Amount = pieces == 0 ? "" : AmountText.Show(i.Price * pieces) };
    });

    /// <summary>Takes the amount of a line as it was typed.</summary>
    public void Take(long sku, string amount) => Change(sku, i => i with { Amount = amount });

    /// <summary>Field of the errors for a line.</summary>
    public static string FieldOf(long sku) => $"Item{sku}";

    /// <summary>What was typed as amounts. What cannot be read counts as nothing, and stands in the errors.</summary>
    public RefundDraft Read(string currency, FormErrors errors)
    {
        long Number(string field, string text)
        {
            var outcome = AmountText.Read(text, currency, out var minor);
            if (outcome.Refusal is { } wrong) errors.Add(field, wrong.Key, currency);
            return minor;
        }

        var items = Scope != RefundScope.Items ? [] : Items.Where(i => i.Quantity > 0).Select(i => new RefundItem(i.Sku, i.Name, i.Quantity, Number(FieldOf(i.Sku), i.Amount))).ToList();
        return new RefundDraft
        {
            Way = Way?.Way ?? default,
            Action = Way?.Action,
            Scope = Scope,
            Items = items,
            Amount = Scope switch
            {
                RefundScope.Whole => Way?.Most ?? 0,
                RefundScope.Items => items.Sum(i => i.Amount),
                RefundScope.Part => Number("Amount", Amount),
                _ => 0,
            },
            Postage = Way?.TakesPostage == true && (Postage.Trim().Length > 0 || Scope == RefundScope.Postage) ? Number("Postage", Postage) : 0,
            Reason = Reason,
            Explanation = Explanation,
            Comment = Comment,
            CancelReasonId = CancelReasonId,
            CancelReason = CancelReason,
        };
    }

    /// <summary>What is wrong with it, beside the field that it is wrong with.</summary>
    /// <param name="whole">The words too, not the money alone.</param>
    public (RefundDraft Draft, FormErrors Errors) Check(RefundBasis basis, StoreRules rules, DateTime now, bool whole)
    {
        var errors = new FormErrors();
        var draft = Read(basis.Currency, errors);
        if (!errors.Any && (whole ? RefundCheck.Of(basis, draft, rules, now) : RefundCheck.Amounts(basis, draft, rules, now)).Refusal is { } wrong) errors.Add(FieldOf(wrong.Key), wrong.Key, wrong.Args);
        return (draft, errors);
    }

    /// <summary>The field that a refusal is about.</summary>
    private string FieldOf(string refusal) => refusal switch
    {
        "WayNotOffered" => "Way",
        "PostageNotTaken" or "PostageTooHigh" => "Postage",
        "ItemsMissing" or "ItemsWrong" => "Items",
        "ReasonMissing" => "Reason",
        "CancelReasonMissing" => "CancelReason",
        "ExplanationShort" => "Explanation",
        "TextTooLong" => Comment.Length > RefundCheck.MaxText ? "Comment" : "Explanation",
        _ => Scope switch { RefundScope.Postage => "Postage", RefundScope.Items => "Items", _ => "Amount" },
    };

    private void Change(long sku, Func<TypedItem, TypedItem> change) => Items = [.. Items.Select(i => i.Sku == sku ? change(i) : i)];
}

namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>Somebody is not content with an order: the buyer complains, he contests that his return was turned down, or he reported a piece missing and
/// Ozon kept the money back from the seller. Ozon tells a seller of none of it through its API.</summary>
internal sealed class Complaint
{
    public const string ByBuyer = "complaint";
    public const string ReturnContested = "return_contested";
    public const string Withholding = "withholding";

    public const string Open = "open";
    public const string Decided = "decided";
    public const string Withdrawn = "withdrawn";
    public const string Settled = "settled";

    /// <summary>The seller let the time to contest go by.</summary>
    public const string Lapsed = "lapsed";

    public const string Honest = "honest";
    public const string FalseClaim = "false_claim";
    public const string Serial = "serial";

    public const string ForSeller = "seller";
    public const string ForBuyer = "buyer";
    public const string Split = "split";

    /// <summary>How long after he was turned down a buyer may contest it, and how long Ozon takes to decide (ozon/rules.md §3).</summary>
    public static readonly TimeSpan ContestedWithin = TimeSpan.FromDays(5);
    public static readonly TimeSpan DecidedWithin = TimeSpan.FromDays(3);

    /// <summary>How long a seller may contest that money was kept back (ozon/rules.md §3).</summary>
    public static readonly TimeSpan WithholdingContestedWithin = TimeSpan.FromDays(30);

    /// <summary>How long either side may appeal; Ozon tells no term.</summary>
    public static readonly TimeSpan AppealedWithin = TimeSpan.FromDays(5);

    public static readonly IReadOnlyList<string> Kinds = [ByBuyer, ReturnContested, Withholding];
    public static readonly IReadOnlyList<string> Natures = [Honest, FalseClaim, Serial];
    public static readonly IReadOnlyList<string> Outcomes = [ForSeller, ForBuyer, Split];

    public long Id { get; init; }
    public long ClientId { get; init; }
    public required string Kind { get; init; }
    public required string Topic { get; init; }
    public required string PostingNumber { get; init; }
    public required string OrderNumber { get; init; }

    /// <summary>RFBS, FBS or FBO.</summary>
    public required string Scheme { get; init; }
    public long BuyerId { get; init; }
    public long Sku { get; init; }
    public required string Name { get; init; }

    /// <summary>The return it is about, when one was contested.</summary>
    public long? ReturnId { get; init; }
    public required string Words { get; init; }

    /// <summary>Kopecks claimed; with a withholding those that were kept back.</summary>
    public long Amount { get; init; }
    public string State { get; set; } = Open;
    public DateTime OpenedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>When the buyer asked Ozon's support in.</summary>
    public DateTime? OzonCalledAt { get; set; }

    /// <summary>When something happens by itself; null when nothing does.</summary>
    public DateTime? NextAt { get; set; }

    /// <summary>What sort of a buyer it is. The API does not tell it.</summary>
    public string Nature { get; init; } = Honest;

    /// <summary>Kopecks that Ozon gave back to the seller.</summary>
    public long Compensated { get; set; }
    public List<ComplaintEntry> Entries { get; init; } = [];
    public List<ComplaintPhoto> Photos { get; init; } = [];

    public bool IsOpen => State == Open;

    /// <summary>The decision that holds.</summary>
    public ComplaintEntry? Decision => State == Decided ? Entries.FindLast(e => e.Type == ComplaintEntry.Decision) : null;

    /// <summary>What the buyer was asked and has not answered.</summary>
    public ComplaintEntry? Question
    {
        get
        {
            var asked = Entries.FindLastIndex(e => e.Type == ComplaintEntry.Question);
            return IsOpen && asked > Entries.FindLastIndex(e => e.Type == ComplaintEntry.Answer) ? Entries[asked] : null;
        }
    }

    /// <summary>One appeal, of the first decision alone.</summary>
    public bool CanBeAppealed(DateTime now) =>
        Decision is { Instance: 1 } decision && now < decision.At + AppealedWithin && !Entries.Exists(e => e.Type == ComplaintEntry.Appeal);

    public bool CanBeWithdrawn => IsOpen && Kind != Withholding;

    public void Add(ComplaintEntry entry)
    {
        Entries.Add(entry);
        UpdatedAt = entry.At;
    }
}

/// <summary>Something that was said or done in the matter; the oldest comes first.</summary>
internal sealed class ComplaintEntry
{
    public const string Question = "question";
    public const string Answer = "answer";
    public const string Decision = "decision";
    public const string Appeal = "appeal";
    public const string OzonCalled = "ozon_called";
    public const string Withdrawal = "withdrawal";
    public const string Settlement = "settlement";

    /// <summary>Who wrote: the buyer, the desk that decides in Ozon's place, or Ozon by itself.</summary>
    public const string Buyer = "buyer";
    public const string Desk = "desk";
    public const string Ozon = "ozon";

    public required string Type { get; init; }
    public required string By { get; init; }
    public required string Text { get; init; }
    public DateTime At { get; init; }

    /// <summary>The desk's own name for it: the same is said once. Empty when it was not the desk's.</summary>
    public string Reference { get; init; } = "";

    /// <summary>With a decision: seller, buyer or split.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>With a decision: kopecks awarded.</summary>
    public long Amount { get; init; }

    /// <summary>With a decision: 1, or 2 after an appeal.</summary>
    public int Instance { get; init; }
}

/// <summary>A picture of what is wrong.</summary>
internal sealed class ComplaintPhoto
{
    /// <summary>Last part of its address, /extension/v1/complaint/photo/{path}.</summary>
    public required string Path { get; init; }
    public long ComplaintId { get; init; }
    public long ClientId { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>What is wrong; words are the emulator's own.</summary>
internal sealed record ComplaintTopic(string Id, string Name)
{
    public const string Delivery = "delivery";
    public const string NotAsDescribed = "not_as_described";
    public const string Quality = "quality";
    public const string Other = "other";

    public static readonly IReadOnlyList<ComplaintTopic> All =
    [
        new(NotAsDescribed, "Товар не такой, как в описании"), new(Quality, "Плохое качество или брак"), new(Delivery, "Заказ не пришёл или опоздал"),
        new("price", "Цена или скидка"), new(Other, "Другое"),
    ];
}

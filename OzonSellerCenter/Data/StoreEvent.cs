namespace OzonSellerCenter.Data;

/// <summary>What changed. The event carries no content: screens read it again through their own queries and rights.</summary>
public enum EventKind
{
    /// <summary>Subject: conversation id.</summary>
    Conversation = 1,

    /// <summary>Subject: posting number.</summary>
    Posting = 2,

    /// <summary>Subject: that of the deadlines, such as <c>conversation:42</c>.</summary>
    Deadline = 3,

    /// <summary>Subject: alert id; empty when only read marks changed, or what was alerted is settled.</summary>
    Alert = 4,

    /// <summary>Settings or connection of the store. Subject: empty.</summary>
    Store = 5,

    /// <summary>Subject: user id whose rights changed.</summary>
    Membership = 6,

    /// <summary>Subject: rule key.</summary>
    Rule = 7,

    /// <summary>Progress of import or synchronisation. Subject: kind of sync.</summary>
    Sync = 8,

    /// <summary>Subject: key of the person who chose which alerts he wants.</summary>
    AlertSettings = 20,

    /// <summary>Subject: key of the person who chose his own keys of the keyboard.</summary>
    PersonalKeys = 24,

    /// <summary>Subject: id of a job of labels.</summary>
    Labels = 30,

    /// <summary>Subject: number of an order that is not, or was not, paid.</summary>
    Unpaid = 40,

    /// <summary>Subject: our id of a buyer's request to return; empty when a wish to cancel, which is counted among them, changed.</summary>
    Return = 50,

    /// <summary>Subject: id of a refund.</summary>
    Refund = 51,

    /// <summary>A case, its evidence or its packs. Subject: id of the case.</summary>
    Dispute = 52,

    /// <summary>What is known of a product. Subject: its SKU; empty for many at once.</summary>
    Product = 60,
}

/// <summary>A change in a store, in the order of commits. The table is the truth; live notices are only hints to look here.</summary>
public sealed class StoreEvent : IOwnedByStore
{
    public int StoreId { get; init; }

    /// <summary>Without gaps within a store, ascending in commit order.</summary>
    public long Sequence { get; init; }

    public EventKind Kind { get; init; }
    public required string Subject { get; init; }
    public DateTime At { get; init; }
}

/// <summary>The last number given to an event of a store; its row lock keeps commits of one store in order.</summary>
public sealed class StoreSequence
{
    public int StoreId { get; init; }
    public long Last { get; init; }
}

/// <summary>Who did what when; written in the transaction of the deed.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public int? StoreId { get; init; }
    public DateTime At { get; init; }

    /// <summary>Null when the program itself acted.</summary>
    public string? UserId { get; init; }

    /// <summary>Name at the time of the deed; stays when the person is renamed.</summary>
    public required string Who { get; init; }

    public required string Action { get; init; }
    public required string Subject { get; init; }

    /// <summary>Details as JSON or words; never secrets, never message text.</summary>
    public string? Details { get; init; }
}

using OzonSellerCenter.Data;

namespace OzonSellerCenter.Returns.Telling;

/// <summary>A step of a return or a refund that the buyer is told.</summary>
public enum BuyerStep
{
    /// <summary>The goods may be sent back.</summary>
    TakeBack = 1,

    /// <summary>A part of the price is offered.</summary>
    Offer = 2,
    Rejected = 3,

    /// <summary>The goods have arrived and are looked at.</summary>
    Received = 4,

    /// <summary>Another piece is on its way.</summary>
    Exchange = 5,

    /// <summary>The money is released.</summary>
    RefundSent = 6,

    /// <summary>The money is with him.</summary>
    RefundPaid = 7,

    /// <summary>The shop has decided against it.</summary>
    RefundRefused = 8,

    /// <summary>It could not be carried out.</summary>
    RefundFailed = 9,

    /// <summary>A case was decided.</summary>
    CaseDecided = 10,

    /// <summary>The support desk asks him.</summary>
    CaseQuestion = 11,

    /// <summary>He is shown what speaks against his claim.</summary>
    CaseProof = 12,
}

public enum BuyerNoteState
{
    /// <summary>Goes out when its step is reached; may be edited or switched off until then.</summary>
    Planned = 1,

    /// <summary>Its step is reached: to be told at once, or when the chat has been opened.</summary>
    Waiting = 2,

    /// <summary>The message is written; what becomes of it stands on the message.</summary>
    Told = 3,

    /// <summary>It is not told, and will not be.</summary>
    Skipped = 4,
}

/// <summary>What a buyer is told at a step, in Russian: at most once, because the row is unique.</summary>
public sealed class BuyerNote : IOwnedByStore, IVersioned
{
    public const int MaxText = 1000;

    public long Id { get; init; }
    public int StoreId { get; init; }
    public required string PostingNumber { get; init; }

    /// <summary>Such as <c>refund:12</c> or <c>deed:7</c>: what it belongs to.</summary>
    public required string Subject { get; init; }
    public BuyerStep Step { get; init; }
    public required string Text { get; set; }
    public BuyerNoteState State { get; set; } = BuyerNoteState.Planned;

    /// <summary>Why it was skipped; a resource key.</summary>
    public string? Reason { get; set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>When its step was reached.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>In whose name it goes out; null when nobody wrote or saw it.</summary>
    public string? By { get; set; }
    public long? MessageId { get; set; }

    /// <summary>Key of the command that opens the chat, when there was none.</summary>
    public long? ChatCommandId { get; set; }
    public long Version { get; set; }
}

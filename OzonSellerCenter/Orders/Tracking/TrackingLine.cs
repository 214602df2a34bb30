namespace OzonSellerCenter.Orders.Tracking;

/// <summary>What is to become of a line of a tracking list.</summary>
public enum TrackingVerdict
{
    /// <summary>Reads well; its posting has to be looked for.</summary>
    Open,

    /// <summary>The number can be set.</summary>
    Matched,

    /// <summary>The posting has this number already.</summary>
    Unchanged,

    /// <summary>An earlier line says the same.</summary>
    Repeated,

    /// <summary>Another line gives the same posting another number; none of them is taken.</summary>
    Conflicting,

    /// <summary>There is no such posting in the person's stores.</summary>
    Unknown,

    /// <summary>Ozon takes no tracking number for the posting as it stands.</summary>
    NotAllowed,

    /// <summary>The person only reads in the posting's store.</summary>
    ReadsOnly,

    PostingMissing,
    NumberMissing,
    NumberTooLong,

    /// <summary>A spreadsheet has made a rounded figure of the number, such as 8,05E+12.</summary>
    NumberDamaged,
}

/// <summary>A line of a tracking list.</summary>
/// <param name="Line">Its place in the text, from 1 on.</param>
/// <param name="PostingNumber">As written, without what surrounds it; empty when there is none.</param>
/// <param name="Number">The carrier's number, likewise.</param>
/// <param name="Verdict">What is to become of it.</param>
/// <param name="Status">Ozon's status word of the posting, once it was found.</param>
public sealed record TrackingLine(int Line, string PostingNumber, string Number, TrackingVerdict Verdict, string? Status = null)
{
    /// <summary>It needs a look: neither can it be set, nor is it so already.</summary>
    public bool IsProblem => Verdict is not (TrackingVerdict.Matched or TrackingVerdict.Unchanged or TrackingVerdict.Repeated);
}

/// <summary>A tracking list as it was read.</summary>
/// <param name="Lines">Every line that says something but the header, in its order.</param>
/// <param name="HeaderLine">The line that names the columns; null without one.</param>
public sealed record TrackingSheet(IReadOnlyList<TrackingLine> Lines, int? HeaderLine);

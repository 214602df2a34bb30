namespace OzonSellerCenter.Returns.Page;

/// <summary>What is done by hand for an exchange, for which Ozon has no method.</summary>
[Flags]
public enum ExchangeSteps
{
    None = 0,

    /// <summary>The buyer agrees to another piece, in the chat.</summary>
    Agreed = 1,

    /// <summary>A piece is set aside.</summary>
    SetAside = 2,

    /// <summary>The buyer has ordered it anew, or knows how.</summary>
    Ordered = 4,

    /// <summary>The request is decided at Ozon as it was agreed.</summary>
    Decided = 8,

    /// <summary>The new piece is sent.</summary>
    Sent = 16,
}

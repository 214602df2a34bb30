namespace OzonSellerCenter.Ozon;

/// <summary>Why a call gave no value. The texts behind the kinds are in Ozon's answers; see <see cref="OzonErrors"/>.</summary>
public enum OzonErrorKind
{
    /// <summary>Unknown account or key (Ozon answers 404, not 401).</summary>
    WrongKey,

    /// <summary>The Client-Id is not a positive number.</summary>
    BadClientId,

    /// <summary>Client-Id or Api-Key was not sent.</summary>
    MissingHeaders,

    /// <summary>The key may not call this method.</summary>
    MissingRole,

    /// <summary>The shop's subscription (Premium Plus, review management) does not include this.</summary>
    SubscriptionRequired,

    OfferNotSigned,
    KeyDeactivated,

    /// <summary>The key is bound to other IP addresses.</summary>
    KeyIpBound,

    /// <summary>The time in which the seller may write to this buyer is over.</summary>
    WindowClosed,

    /// <summary>The buyer has to write first, or to answer first.</summary>
    ChatNotStarted,

    /// <summary>Another refusal (403) whose text is not known here.</summary>
    Forbidden,

    /// <summary>Ozon does not accept the request as written.</summary>
    InvalidRequest,

    NotFound,
    Conflict,

    /// <summary>Too many calls; <see cref="OzonError.RetryAfter"/> tells how long to wait.</summary>
    RateLimited,

    /// <summary>Ozon has blocked the method for some minutes ("Circle is open").</summary>
    CircuitOpen,

    /// <summary>A 5xx, or "Internal error".</summary>
    ServerError,

    /// <summary>Proved not sent: no such host, connection refused, no TLS, or paused after repeated failures.</summary>
    Unreachable,

    /// <summary>The connection broke or the time ran out after the request may have been sent.</summary>
    Unclear,

    /// <summary>Answered with success, but not with what the method answers.</summary>
    GarbageAnswer,

    /// <summary>The method does not exist (any more).</summary>
    MethodGone,

    /// <summary>A file's address that is not Ozon's: not asked, since the key would go there.</summary>
    ForeignAddress,
}

/// <param name="Kind">Decides what is done and said.</param>
/// <param name="Message">Ozon's or the network's own words, for the log and the details; never the key.</param>
/// <param name="Status">The HTTP status, if there was an answer.</param>
/// <param name="RetryAfter">How long to leave this alone, if told.</param>
public sealed record OzonError(OzonErrorKind Kind, string Message, int? Status = null, TimeSpan? RetryAfter = null)
{
    /// <summary>
    /// A write that ended so may have been carried out by Ozon: read back before anything is sent again. (Of no meaning for a read.)
    /// </summary>
    public bool MayHaveActed => Kind is OzonErrorKind.Unclear or OzonErrorKind.ServerError or OzonErrorKind.GarbageAnswer;
}

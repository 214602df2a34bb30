using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>How an attempt of a command ended.</summary>
internal enum Ending
{
    /// <summary>Ozon has it.</summary>
    Delivered,

    /// <summary>Ozon will not take it; trying again changes nothing. The text stays with the person who wrote it.</summary>
    Refused,

    /// <summary>The store's key is at fault, not the command: it waits and goes out once the key works.</summary>
    Held,

    /// <summary>Proved not done: tried again after a pause.</summary>
    Later,

    /// <summary>Done or not: the history has to be read before anything is sent again.</summary>
    Unclear,
}

/// <param name="Ending">What becomes of the command.</param>
/// <param name="Reason">Resource key of the cause; null when delivered.</param>
/// <param name="Pause">How long Ozon asked to wait, if it did.</param>
internal sealed record Verdict(Ending Ending, string? Reason = null, TimeSpan? Pause = null)
{
    /// <summary>What an answer means for a command. Every kind of error has its place here; a test walks them all.</summary>
    public static Verdict Of(CommandKind command, OzonError? error)
    {
        if (error is null) return new Verdict(Ending.Delivered);
        var reason = error.Kind.ToString();

        if (error.MayHaveActed) return new Verdict(MayBeRepeated(command) ? Ending.Later : Ending.Unclear, reason);
        return error.Kind switch
        {
            OzonErrorKind.RateLimited or OzonErrorKind.CircuitOpen => new Verdict(Ending.Later, reason, error.RetryAfter),
            OzonErrorKind.Unreachable => new Verdict(Ending.Later, reason),
            OzonErrorKind.WrongKey or OzonErrorKind.BadClientId or OzonErrorKind.MissingHeaders or OzonErrorKind.MissingRole
                or OzonErrorKind.KeyDeactivated or OzonErrorKind.KeyIpBound or OzonErrorKind.OfferNotSigned => new Verdict(Ending.Held, reason),

            // A subscription is bought in days, not entered in a minute: an answer must not go out by itself that late.
            _ => new Verdict(Ending.Refused, reason),
        };
    }

    /// <summary>A read mark and the opening of a chat do no harm twice, and what the desk says is known by its name: they need no reading back.</summary>
    public static bool MayBeRepeated(CommandKind command) => command is CommandKind.MarkRead or CommandKind.StartChat or CommandKind.DisputeDecision;
}

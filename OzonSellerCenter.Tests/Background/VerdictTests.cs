using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Background;

public sealed class VerdictTests
{
    /// <summary>What each error means for a message; an error without a place here fails the test.</summary>
    private static readonly Dictionary<OzonErrorKind, string> Table = new()
    {
        [OzonErrorKind.WrongKey] = "Held",
        [OzonErrorKind.BadClientId] = "Held",
        [OzonErrorKind.MissingHeaders] = "Held",
        [OzonErrorKind.MissingRole] = "Held",
        [OzonErrorKind.OfferNotSigned] = "Held",
        [OzonErrorKind.KeyDeactivated] = "Held",
        [OzonErrorKind.KeyIpBound] = "Held",
        [OzonErrorKind.SubscriptionRequired] = "Refused",
        [OzonErrorKind.WindowClosed] = "Refused",
        [OzonErrorKind.ChatNotStarted] = "Refused",
        [OzonErrorKind.Forbidden] = "Refused",
        [OzonErrorKind.InvalidRequest] = "Refused",
        [OzonErrorKind.NotFound] = "Refused",
        [OzonErrorKind.Conflict] = "Refused",
        [OzonErrorKind.MethodGone] = "Refused",
        [OzonErrorKind.ForeignAddress] = "Refused",
        [OzonErrorKind.RateLimited] = "Later",
        [OzonErrorKind.CircuitOpen] = "Later",
        [OzonErrorKind.Unreachable] = "Later",
        [OzonErrorKind.ServerError] = "Unclear",
        [OzonErrorKind.Unclear] = "Unclear",
        [OzonErrorKind.GarbageAnswer] = "Unclear",
    };

    public static TheoryData<OzonErrorKind> Kinds => [.. Enum.GetValues<OzonErrorKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_error_has_its_place_and_only_what_proves_nothing_is_unclear(OzonErrorKind kind)
    {
        var verdict = Verdict.Of(CommandKind.SendMessage, new OzonError(kind, "?"));
        Assert.Equal(Table[kind], verdict.Ending.ToString());
        Assert.Equal(kind.ToString(), verdict.Reason);
        Assert.Equal(verdict, Verdict.Of(CommandKind.SendFile, new OzonError(kind, "?")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_read_mark_is_never_unclear_because_twice_does_no_harm(OzonErrorKind kind) =>
        Assert.NotEqual(Ending.Unclear, Verdict.Of(CommandKind.MarkRead, new OzonError(kind, "?")).Ending);

    [Theory, MemberData(nameof(Kinds))]
    public void What_the_desk_says_is_never_unclear_because_it_has_a_name(OzonErrorKind kind) =>
        Assert.NotEqual(Ending.Unclear, Verdict.Of(CommandKind.DisputeDecision, new OzonError(kind, "?")).Ending);

    [Fact]
    public void No_error_is_delivery_and_a_pause_that_Ozon_asked_for_is_kept()
    {
        Assert.Equal(new Verdict(Ending.Delivered), Verdict.Of(CommandKind.SendMessage, null));
        var pause = Verdict.Of(CommandKind.SendMessage, new OzonError(OzonErrorKind.RateLimited, "?", 429, TimeSpan.FromSeconds(7))).Pause;
        Assert.Equal(TimeSpan.FromSeconds(7), pause);
    }
}

using System.Globalization;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

/// <summary>What a person wants of one kind of clock, as he edits it.</summary>
public sealed class KindSettings
{
    public DeadlineKind Kind { get; init; }

    /// <summary>Chosen stages of those that are offered, in minutes before the end.</summary>
    public HashSet<int> Chosen { get; init; } = [];

    /// <summary>Stages of his own, as written: "45, 5".</summary>
    public string More { get; set; } = "";

    public bool Toast { get; set; }
    public bool Desktop { get; set; }
    public bool Sound { get; set; }

    public AlertChannels Channels =>
        (Toast ? AlertChannels.Toast : 0) | (Desktop ? AlertChannels.Desktop : 0) | (Sound ? AlertChannels.Sound : 0);
}

/// <summary>Which alerts a person wants, as he edits it.</summary>
public sealed class AlertSettings
{
    private const int MaxMore = 6;
    private const int LongestMinutes = 7 * DayHours.Day;

    /// <summary>The stages to choose from, the earliest first: those of his stores' rules.</summary>
    public IReadOnlyList<int> Offered { get; init; } = [];

    public IReadOnlyList<KindSettings> Kinds { get; init; } = [];

    public bool IsQuiet { get; set; }

    /// <summary>Quiet hours as <see cref="DayHours"/> reads them, one stretch.</summary>
    public string QuietHours { get; set; } = "22:00–08:00";

    /// <summary>IANA name; empty: the zone of the store.</summary>
    public string QuietZone { get; set; } = "";

    /// <summary>True when anything is to be told outside the page.</summary>
    public bool LeavesThePage => Kinds.Any(k => k.Desktop || k.Sound);

    /// <summary>Those of a kind.</summary>
    public IReadOnlyList<int> OfferedFor(DeadlineKind kind) => AlertPlan.IsToldAtItsEnd(kind) ? [0] : Offered;

    /// <summary>The stages a person wants of a kind; null: just what his stores have, also when that changes.</summary>
    public IReadOnlyList<int>? StagesOf(KindSettings kind) =>
        ReadMore(kind.More) is { Count: 0 } && kind.Chosen.SetEquals(OfferedFor(kind.Kind)) ? null : [.. kind.Chosen.Union(ReadMore(kind.More) ?? [])];

    /// <summary>What is wrong: <c>StagesMalformed</c> on a kind's field, <c>QuietMalformed</c> or <c>QuietZoneUnknown</c> on "Quiet".</summary>
    public FormErrors Check()
    {
        var errors = new FormErrors();
        foreach (var kind in Kinds) errors.Require(ReadMore(kind.More) is not null, kind.Kind.ToString(), "StagesMalformed", MaxMore);
        if (!IsQuiet) return errors;
        return errors.Require(DayHours.Read(QuietHours) is { Refusal: null, Windows.Count: 1 }, "Quiet", "QuietMalformed")
            .Require(QuietZone.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(QuietZone, out _), "Quiet", "QuietZoneUnknown");
    }

    private static List<int>? ReadMore(string text)
    {
        var minutes = new List<int>();
        foreach (var part in text.Split([',', ';', ' ', '，', '、'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > LongestMinutes) return null;
            minutes.Add(number);
        }

        return minutes.Count <= MaxMore ? minutes : null;
    }
}

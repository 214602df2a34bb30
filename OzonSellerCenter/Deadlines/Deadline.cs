using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Deadlines;

/// <summary>Which obligation a clock measures.</summary>
public enum DeadlineKind
{
    /// <summary>The house's target for an answer (seed: 4 h).</summary>
    FirstAnswer = 1,

    /// <summary>Ozon counts a dialogue as answered only within 24 h.</summary>
    AnswerIn24Hours = 2,

    /// <summary>After this Ozon takes no message any more (48 h / 72 h).</summary>
    ReplyWindow = 3,

    /// <summary>Ozon's day by which a parcel has to be handed over (<c>shipment_date</c>).</summary>
    ShipBy = 4,

    /// <summary>When a parcel on its way has stood still for too long, or is over the day promised to the buyer: it speaks only then.</summary>
    ParcelLate = 5,

    /// <summary>When Ozon grants a buyer's wish to cancel, unless the shop decides before (<c>auto_approve_date</c>).</summary>
    CancellationDecision = 6,

    /// <summary>When an order that nobody has paid is cancelled by itself; met when its buyer was reminded.</summary>
    UnpaidOrder = 7,

    /// <summary>When Ozon decides on a buyer's request to return by itself, unless the shop decides before.</summary>
    ReturnDecision = 8,

    /// <summary>By when somebody is to review a refund: a target of the house.</summary>
    RefundReview = 9,

    /// <summary>By when the shop is to hand in its account of a case, or to answer the reviewer.</summary>
    DisputeAnswer = 10,

    /// <summary>By when a case is to be decided.</summary>
    DisputeDecision = 11,

    /// <summary>Until when a decision can be appealed.</summary>
    DisputeAppeal = 12,

    /// <summary>Until when the shop can contest money that Ozon kept.</summary>
    DisputeContest = 13,

    /// <summary>By when the buyer is to answer the reviewer.</summary>
    DisputeBuyerAnswer = 14,

    /// <summary>By when Ozon should have decided: then the shop asks.</summary>
    DisputeAtOzon = 15,

    /// <summary>By when a pack that was looked through is to be handed to Ozon.</summary>
    DisputeHandOver = 16,

    /// <summary>By when Ozon wants to see the packing video.</summary>
    DisputeVideo = 17,
}

/// <summary>Where a clock stands.</summary>
public enum DeadlineState
{
    Running = 1,
    Met = 2,

    /// <summary>Ended too late or never answered.</summary>
    Missed = 3,

    /// <summary>The obligation fell away.</summary>
    Cancelled = 4,

    /// <summary>The shop decided that nothing has to be done. Not met: a clock of Ozon runs on and is missed at its end, only nobody is called.</summary>
    Waived = 5,

    /// <summary>Nothing has to be done before its end, so it stands in no list of what is due; from its end on it runs.</summary>
    Watching = 6,
}

/// <summary>An obligation with its end. All instants UTC; late or not is told by the instants, never by a flag.</summary>
public sealed class Deadline : IOwnedByStore, IVersioned
{
    public const int MaxTitle = 120;

    public long Id { get; init; }
    public int StoreId { get; init; }
    public DeadlineKind Kind { get; init; }

    /// <summary>What it is about, such as <c>conversation:42</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject in words for lists and alerts: buyer and posting number. Never message text.</summary>
    public string Title { get; set; } = "";

    public DateTime StartedAt { get; set; }
    public DateTime DueAt { get; set; }

    /// <summary>When it was answered, in time or late.</summary>
    public DateTime? MetAt { get; set; }

    /// <summary>Equal to <see cref="DueAt"/> once that passed without an answer; the clock runs on until the answer or the end of the window.</summary>
    public DateTime? MissedAt { get; set; }

    public DeadlineState State { get; set; } = DeadlineState.Running;

    /// <summary>Key of the rule that gave the length, for "why this time?".</summary>
    public required string RuleKey { get; set; }

    /// <summary>How long the rule is, in minutes; with nights and pauses in between the clock itself lasts longer.</summary>
    public int RuleMinutes { get; set; }

    /// <summary>Whose rule it is, for the tag beside every clock.</summary>
    public RuleOwner Owner { get; set; }

    /// <summary>When the watcher has to look next; null when nothing is left to say.</summary>
    public DateTime? NextAlertAt { get; set; }

    /// <summary>The last stage that was told or slept through, in minutes before the end.</summary>
    public int? ToldBefore { get; private set; }

    /// <summary>When that was.</summary>
    public DateTime? ToldAt { get; private set; }

    /// <summary>Nobody has done it, and it has not fallen away: its alerts are news as long as that is so.</summary>
    public bool WantsSomebody => MetAt is null && State is not (DeadlineState.Cancelled or DeadlineState.Waived or DeadlineState.Watching);

    public long Version { get; set; }

    /// <summary>Takes over what the facts say; returns true when something changed.</summary>
    public bool Follow(Clock clock, string title, AlertPlan plan)
    {
        var before = (StartedAt, DueAt, MetAt, MissedAt, State, RuleKey, RuleMinutes, Owner, Title, NextAlertAt);
        var wasNew = Id == 0;
        StartedAt = clock.StartedAt;
        DueAt = clock.DueAt;
        MetAt = clock.MetAt;
        MissedAt = clock.MissedAt;
        State = clock.State;
        RuleKey = clock.Rule.Key;
        RuleMinutes = clock.Rule.ToMinutes();
        Owner = clock.Rule.Owner;
        Title = title;

        // A clock that ran here and ended unanswered still says so once; one that had ended before we heard of it is history.
        var speaks = State is DeadlineState.Running or DeadlineState.Watching || (State == DeadlineState.Missed && MetAt is null && !wasNew && NextAlertAt is not null);
        NextAlertAt = speaks ? plan.NextAt(this) : null;
        return before != (StartedAt, DueAt, MetAt, MissedAt, State, RuleKey, RuleMinutes, Owner, Title, NextAlertAt);
    }

    /// <summary>Raises the stage that the clock has reached and skips those it jumped over; null when none is due.</summary>
    public Told? Tell(AlertPlan plan, DateTime now)
    {
        var reached = plan.Reached(this, now);
        if (reached is [.., var latest])
        {
            ToldBefore = latest.Minutes;
            ToldAt = now;
        }

        NextAlertAt = State == DeadlineState.Running ? plan.NextAt(this) : null;
        return reached is not [.., var stage] ? null : new Told(
            new Alert
            {
                StoreId = StoreId,
                Deadline = this,
                MinutesBefore = stage.Minutes,
                DueAt = DueAt,
                ReachedAt = AlertPlan.ReachedAt(this, stage),
                RaisedAt = now,
            },
            [.. reached.Select(s => s.Minutes)]);
    }
}

/// <summary>What a clock said.</summary>
/// <param name="Stages">The stage raised and those jumped over: who wanted one of them is told.</param>
public sealed record Told(Alert Alert, IReadOnlyList<int> Stages);

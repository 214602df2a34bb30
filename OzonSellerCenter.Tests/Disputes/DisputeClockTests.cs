using OzonSellerCenter.Disputes;
using OzonSellerCenter.Rules;
using K = OzonSellerCenter.Deadlines.DeadlineKind;
using S = OzonSellerCenter.Disputes.DisputeState;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>Who owes the next step of a case, and until when.</summary>
public sealed class DisputeClockTests
{
    private static readonly DateTime Opened = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Since = Opened.AddHours(10);
    private static readonly StoreRules Rules = new([], sandbox: true);

    public static TheoryData<DisputeKind, S, int, string> Expected => new()
    {
        { DisputeKind.Complaint, S.Gathering, 1, "DisputeAnswer +34" },
        { DisputeKind.Complaint, S.Submitted, 1, "DisputeDecision +34" },
        { DisputeKind.Complaint, S.InReview, 1, "DisputeDecision +34" },
        { DisputeKind.Complaint, S.SellerAsked, 1, "DisputeAnswer +34" },
        { DisputeKind.Complaint, S.BuyerAsked, 1, "DisputeBuyerAnswer +82" },
        { DisputeKind.Complaint, S.Released, 1, "DisputeHandOver +34" },
        { DisputeKind.Complaint, S.AtOzon, 1, "DisputeAtOzon +82" },
        { DisputeKind.Complaint, S.Decided, 1, "DisputeAppeal +130" },
        { DisputeKind.Complaint, S.Decided, 2, "DisputeAppeal +130" },
        { DisputeKind.Complaint, S.Gathering, 2, "DisputeAnswer +34" },
        { DisputeKind.Complaint, S.Closed, 1, "" },
        { DisputeKind.ReturnContested, S.Gathering, 1, "DisputeAnswer +34, DisputeDecision +72" },
        { DisputeKind.ReturnContested, S.Submitted, 1, "DisputeDecision +72" },
        { DisputeKind.ReturnContested, S.InReview, 1, "DisputeDecision +72" },
        { DisputeKind.ReturnContested, S.SellerAsked, 1, "DisputeAnswer +34, DisputeDecision +72" },
        { DisputeKind.ReturnContested, S.BuyerAsked, 1, "DisputeDecision +72, DisputeBuyerAnswer +82" },
        { DisputeKind.ReturnContested, S.Released, 1, "DisputeHandOver +34, DisputeDecision +72" },
        { DisputeKind.ReturnContested, S.AtOzon, 1, "DisputeAtOzon +72" },
        { DisputeKind.ReturnContested, S.Decided, 1, "DisputeAppeal +130" },
        { DisputeKind.ReturnContested, S.Gathering, 2, "DisputeAnswer +34" },
        { DisputeKind.ReturnContested, S.Submitted, 2, "DisputeDecision +34" },
        { DisputeKind.ReturnContested, S.AtOzon, 2, "DisputeAtOzon +82" },
        { DisputeKind.Withholding, S.Gathering, 1, "DisputeContest +720" },
        { DisputeKind.Withholding, S.Gathering, 2, "DisputeAnswer +34" },
        { DisputeKind.Withholding, S.SellerAsked, 1, "DisputeVideo +58" },
        { DisputeKind.Withholding, S.AtOzon, 1, "DisputeAtOzon +82" },
        { DisputeKind.Carrier, S.AtOzon, 1, "DisputeAtOzon +82" },
    };

    [Theory, MemberData(nameof(Expected))]
    public void In_each_state_the_right_side_owes_the_next_step(DisputeKind kind, S state, int instance, string clocks)
    {
        var dispute = Case(kind, state, instance);
        DisputeClock.Follow(dispute, Rules, Since, done: true);
        Assert.Equal(clocks, string.Join(", ", dispute.Turns.OrderBy(t => t.DueAt).Select(t => $"{(K)t.Kind} +{(t.DueAt - Opened).TotalHours}")));
        Assert.Equal(dispute.Turns.Min(t => (DateTime?)t.DueAt), dispute.NextBy);
    }

    [Fact]
    public void Reckoned_again_nothing_changes()
    {
        foreach (var kind in Enum.GetValues<DisputeKind>())
        {
            foreach (var state in Enum.GetValues<S>())
            {
                var dispute = Case(kind, state);
                DisputeClock.Follow(dispute, Rules, Since, done: true);
                var once = dispute.Turns;
                DisputeClock.Follow(dispute, Rules, Since.AddDays(1), done: false);
                Assert.Equal(once, dispute.Turns);
            }
        }
    }

    [Fact]
    public void What_was_done_and_what_fell_away_is_told_apart()
    {
        var dispute = Case(DisputeKind.Complaint, S.Gathering);
        DisputeClock.Follow(dispute, Rules, Since, done: true);
        (dispute.State, dispute.StateSince, dispute.SubmittedAt) = (S.Submitted, Since.AddHours(1), Since.AddHours(1));
        DisputeClock.Follow(dispute, Rules, Since.AddHours(1), done: true);
        (dispute.State, dispute.StateSince) = (S.Closed, Since.AddHours(2));
        DisputeClock.Follow(dispute, Rules, Since.AddHours(2), done: false);
        Assert.Equal(
            [(K.DisputeAnswer, Since.AddHours(1), false), (K.DisputeDecision, Since.AddHours(2), true)],
            dispute.Turns.Select(t => ((K)t.Kind, t.EndedAt!.Value, t.FellAway)));
        Assert.Null(dispute.NextBy);
    }

    [Fact]
    public void Ozons_three_days_run_on_whoever_has_the_case_and_end_with_the_decision()
    {
        var dispute = Case(DisputeKind.ReturnContested, S.Gathering);
        foreach (var (state, hours) in new[] { (S.Gathering, 10), (S.Submitted, 20), (S.InReview, 21), (S.SellerAsked, 22), (S.Submitted, 30), (S.InReview, 31), (S.Released, 32) })
        {
            (dispute.State, dispute.StateSince) = (state, Opened.AddHours(hours));
            DisputeClock.Follow(dispute, Rules, Opened.AddHours(hours), done: true);
            var running = Assert.Single(dispute.Turns, t => t.Kind == (int)K.DisputeDecision);
            Assert.Equal((Opened, Opened.AddHours(72), null), (running.StartedAt, running.DueAt, running.EndedAt));
        }

        (dispute.State, dispute.StateSince) = (S.AtOzon, Opened.AddHours(40));
        DisputeClock.Follow(dispute, Rules, Opened.AddHours(40), done: true);
        Assert.Equal((Opened.AddHours(72), (int)K.DisputeAtOzon), (dispute.NextBy, dispute.Turns.Single(t => t.EndedAt is null).Kind));
    }

    [Fact]
    public void A_changed_rule_moves_the_ends_of_what_runs_and_not_of_what_is_over()
    {
        var dispute = Case(DisputeKind.Complaint, S.Gathering);
        DisputeClock.Follow(dispute, Rules, Since, done: true);
        (dispute.State, dispute.StateSince, dispute.SubmittedAt) = (S.Submitted, Since.AddHours(1), Since.AddHours(1));
        DisputeClock.Follow(dispute, Rules, Since.AddHours(1), done: true);
        var longer = new StoreRules([Hours(RuleKeys.DisputeReview, 48), Hours(RuleKeys.DisputeAnswer, 1)], sandbox: true);
        DisputeClock.Follow(dispute, longer, Since.AddHours(2), done: true);
        Assert.Equal([Since.AddHours(24), Since.AddHours(49)], dispute.Turns.Select(t => t.DueAt));
        Assert.Equal(Since.AddHours(49), dispute.NextBy);
    }

    [Fact]
    public void The_subject_of_a_case_is_told_from_those_of_others()
    {
        Assert.Equal(17, DisputeClock.DisputeOf(DisputeClock.SubjectOf(17)));
        Assert.Null(DisputeClock.DisputeOf("conversation:17"));
        Assert.Null(DisputeClock.DisputeOf("dispute:x"));
    }

    private static RuleValue Hours(string key, int hours) => new()
    {
        Key = key,
        Value = hours,
        Unit = RuleUnits.Hours,
        Owner = RuleOwner.House,
        Source = "test",
        EffectiveFrom = RuleDefaults.Beginning,
    };

    private static Dispute Case(DisputeKind kind, S state, int instance = 1)
    {
        var dispute = DisputeHouse.Make(1, Opened, kind);
        (dispute.State, dispute.StateSince, dispute.Instance) = (state, Since, instance);
        return dispute;
    }
}

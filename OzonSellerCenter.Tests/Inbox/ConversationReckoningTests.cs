using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Inbox;

public sealed class ConversationReckoningTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly StoreRules Rules = new([], sandbox: true);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void The_buyers_oldest_unanswered_message_starts_the_clocks_and_his_last_one_the_window()
    {
        var result = Reckon(Noon.AddHours(1), [Buyer(Noon), Buyer(Noon.AddMinutes(30))]);
        Assert.Equal(Noon, result.WaitingSince);
        Assert.Equal(Noon.AddMinutes(30), result.LastBuyerAt);
        Assert.Equal(Noon.AddMinutes(30).AddHours(48), result.Window.ClosesAt);
        Assert.Equal(
            [
                (DeadlineKind.FirstAnswer, Noon, Noon.AddHours(4)),
                (DeadlineKind.AnswerIn24Hours, Noon, Noon.AddHours(24)),
                (DeadlineKind.ReplyWindow, Noon.AddMinutes(30), Noon.AddMinutes(30).AddHours(48)),
            ],
            result.Clocks.Select(c => (c.Kind, c.StartedAt, c.DueAt)));
        Assert.All(result.Clocks, c => Assert.Equal(DeadlineState.Running, c.State));
        Assert.Equal(DeadlineKind.FirstAnswer, result.NextDue!.Kind);
    }

    [Fact]
    public void An_answer_on_the_last_instant_is_in_time_and_one_instant_later_is_late()
    {
        var onTime = Clock(Reckon(Noon.AddDays(1), [Buyer(Noon), Answer(Noon.AddHours(4))]), DeadlineKind.FirstAnswer);
        Assert.Equal((DeadlineState.Met, (DateTime?)Noon.AddHours(4), null), (onTime.State, onTime.MetAt, onTime.MissedAt));
        var late = Clock(Reckon(Noon.AddDays(1), [Buyer(Noon), Answer(Noon.AddHours(4) + Tick)]), DeadlineKind.FirstAnswer);
        Assert.Equal((DeadlineState.Missed, (DateTime?)(Noon.AddHours(4) + Tick), Noon.AddHours(4)), (late.State, late.MetAt, late.MissedAt));
    }

    [Fact]
    public void A_clock_is_missed_from_its_end_on_and_runs_on_until_the_answer()
    {
        Assert.Null(Clock(Reckon(Noon.AddHours(4) - Tick, [Buyer(Noon)]), DeadlineKind.FirstAnswer).MissedAt);
        var overdue = Clock(Reckon(Noon.AddHours(4), [Buyer(Noon)]), DeadlineKind.FirstAnswer);
        Assert.Equal((DeadlineState.Running, (DateTime?)Noon.AddHours(4)), (overdue.State, overdue.MissedAt));
    }

    [Fact]
    public void An_unanswered_window_ends_every_clock_and_nobody_waits_any_more()
    {
        var open = Reckon(Noon.AddHours(48) - Tick, [Buyer(Noon)]);
        Assert.Equal(Noon, open.WaitingSince);
        var closed = Reckon(Noon.AddHours(48), [Buyer(Noon)]);
        Assert.Null(closed.WaitingSince);
        Assert.Null(closed.NextDue);
        Assert.All(closed.Clocks, c => Assert.Equal((DeadlineState.Missed, null), (c.State, c.MetAt)));
    }

    [Fact]
    public void A_buyer_who_writes_again_after_the_window_had_closed_starts_new_clocks()
    {
        var again = Noon.AddHours(60);
        var result = Reckon(again.AddHours(1), [Buyer(Noon), Buyer(again)]);
        Assert.Equal(again, result.WaitingSince);
        Assert.Equal(3, result.Clocks.Count(c => c.State == DeadlineState.Missed));
        Assert.Equal(again.AddHours(4), result.NextDue!.DueAt);
    }

    [Theory]
    [InlineData(MessageState.Waiting)]
    [InlineData(MessageState.Sending)]
    [InlineData(MessageState.Unclear)]
    [InlineData(MessageState.Refused)]
    [InlineData(MessageState.TakenBack)]
    public void What_the_buyer_did_not_get_answers_nobody(MessageState state)
    {
        var result = Reckon(Noon.AddHours(1), [Buyer(Noon), new(MessageAuthor.Seller, state, Noon.AddMinutes(5))]);
        Assert.Equal(Noon, result.WaitingSince);
    }

    [Fact]
    public void Automatic_answers_Ozons_support_and_machines_stop_no_clock()
    {
        var result = Reckon(Noon.AddHours(1),
        [
            Buyer(Noon),
            new(MessageAuthor.Seller, MessageState.Sent, Noon.AddMinutes(1), IsAutomatic: true),
            new(MessageAuthor.Support, MessageState.Received, Noon.AddMinutes(2)),
            new(MessageAuthor.System, MessageState.Received, Noon.AddMinutes(3)),
            new(MessageAuthor.Courier, MessageState.Received, Noon.AddMinutes(4)),
        ]);
        Assert.Equal(Noon, result.WaitingSince);
    }

    [Theory]
    [InlineData(Scheme.Fbs)]
    [InlineData(Scheme.Rfbs)]
    public void A_paid_order_from_the_own_warehouse_has_no_window_until_72_hours_after_delivery(Scheme scheme)
    {
        var paid = new PostingFact(scheme, Noon.AddDays(-10), null, null);
        var running = Reckon(Noon.AddDays(9), [Buyer(Noon)], paid);
        Assert.Null(running.Window.ClosesAt);
        Assert.Equal(Noon, running.WaitingSince);
        Assert.DoesNotContain(running.Clocks, c => c.Kind == DeadlineKind.ReplyWindow);

        var delivered = Reckon(Noon.AddDays(1), [Buyer(Noon)], paid with { DeliveredAt = Noon.AddHours(1) });
        Assert.Equal(Noon.AddHours(73), delivered.Window.ClosesAt);
        var window = Clock(delivered, DeadlineKind.ReplyWindow);
        Assert.Equal((Noon, Noon.AddHours(73), RuleKeys.WindowAfterDelivery), (window.StartedAt, window.DueAt, window.Rule.Key));
    }

    [Fact]
    public void Of_the_two_limits_the_later_one_counts()
    {
        var longAgo = new PostingFact(Scheme.Fbs, Noon.AddDays(-20), Noon.AddDays(-5), null);
        var result = Reckon(Noon.AddHours(1), [Buyer(Noon)], longAgo);
        Assert.Equal(Noon.AddHours(48), result.Window.ClosesAt);
        Assert.Equal(RuleKeys.ReplyWindow, result.Window.Rule!.Key);
        Assert.Equal(ReckoningStepKind.LaterCounts, Clock(result, DeadlineKind.ReplyWindow).Reckoning.Steps[^1].Kind);
    }

    [Theory]
    [InlineData(Scheme.Fbo)]
    [InlineData(Scheme.Unknown)]
    public void Other_orders_and_unpaid_ones_have_48_hours_from_the_buyers_last_message(Scheme scheme)
    {
        Assert.Equal(Noon.AddHours(48), Reckon(Noon, [Buyer(Noon)], new PostingFact(scheme, Noon.AddDays(-1), null, null)).Window.ClosesAt);
        Assert.Equal(Noon.AddHours(48), Reckon(Noon, [Buyer(Noon)], new PostingFact(Scheme.Fbs, null, null, null)).Window.ClosesAt);
    }

    [Fact]
    public void A_cancelled_order_leaves_only_the_48_hours()
    {
        var cancelled = new PostingFact(Scheme.Fbs, Noon.AddDays(-1), null, Noon.AddHours(2));
        Assert.Equal(Noon.AddHours(48), Reckon(Noon.AddHours(3), [Buyer(Noon)], cancelled).Window.ClosesAt);
    }

    [Theory]
    [InlineData(ConversationKind.Support)]
    [InlineData(ConversationKind.Notice)]
    public void Chats_with_Ozon_have_no_clocks(ConversationKind kind)
    {
        var result = ConversationReckoning.Of(new ConversationFacts(kind, false, [Buyer(Noon)], []), Rules, Noon.AddHours(1));
        Assert.Empty(result.Clocks);
        Assert.Null(result.WaitingSince);
        Assert.Null(result.Window.ClosesAt);
    }

    [Fact]
    public void A_closed_chat_cancels_what_ran_and_keeps_what_was_answered()
    {
        var facts = new ConversationFacts(
            ConversationKind.Buyer, IsClosed: true, [Buyer(Noon), Answer(Noon.AddHours(1)), Buyer(Noon.AddHours(2))], []);
        var result = ConversationReckoning.Of(facts, Rules, Noon.AddHours(3));
        Assert.Null(result.WaitingSince);
        Assert.All(result.Clocks.Where(c => c.StartedAt == Noon), c => Assert.Equal(DeadlineState.Met, c.State));
        Assert.All(result.Clocks.Where(c => c.StartedAt != Noon), c => Assert.Equal(DeadlineState.Cancelled, c.State));
    }

    [Fact]
    public void A_changed_rule_moves_running_clocks_and_leaves_ended_ones()
    {
        var changed = new StoreRules(
            [
                RuleDefaults.Seed.Single(d => d.Key == RuleKeys.FirstAnswer).ForStore(1),
                new RuleValue
                {
                    Key = RuleKeys.FirstAnswer,
                    Value = 2,
                    Unit = RuleUnits.Hours,
                    Owner = RuleOwner.House,
                    Source = "test",
                    EffectiveFrom = Noon.AddHours(5),
                },
            ],
            sandbox: true);
        var facts = new ConversationFacts(
            ConversationKind.Buyer, false, [Buyer(Noon), Answer(Noon.AddHours(3)), Buyer(Noon.AddHours(4))], []);
        var result = ConversationReckoning.Of(facts, changed, Noon.AddHours(5));
        var houses = result.Clocks.Where(c => c.Kind == DeadlineKind.FirstAnswer).ToArray();
        Assert.Equal((DeadlineState.Met, Noon.AddHours(4)), (houses[0].State, houses[0].DueAt));
        Assert.Equal((DeadlineState.Running, Noon.AddHours(6)), (houses[1].State, houses[1].DueAt));
    }

    [Fact]
    public void The_night_of_the_clock_change_is_as_long_as_any_other()
    {
        // 2026-10-25, 01:00 UTC: Central Europe turns its clocks back; a reckoning in UTC must not care.
        var before = new DateTime(2026, 10, 24, 23, 0, 0, DateTimeKind.Utc);
        var clock = Clock(Reckon(before, [Buyer(before)]), DeadlineKind.FirstAnswer);
        Assert.Equal(new DateTime(2026, 10, 25, 3, 0, 0, DateTimeKind.Utc), clock.DueAt);
        Assert.Equal(DateTimeKind.Utc, clock.DueAt.Kind);
    }

    [Fact]
    public void The_reckoning_tells_message_rule_source_and_sum()
    {
        var steps = Clock(Reckon(Noon.AddHours(1), [Buyer(Noon)]), DeadlineKind.AnswerIn24Hours).Reckoning;
        Assert.Equal(
            [(ReckoningStepKind.BuyerWrote, (DateTime?)Noon), (ReckoningStepKind.RuleAdded, Noon.AddHours(24))],
            steps.Steps.Select(s => (s.Kind, s.At)));
        Assert.Equal((24m, RuleUnits.Hours, RuleOwner.Ozon), (steps.Rule.Value, steps.Rule.Unit, steps.Rule.Owner));
        Assert.Contains("rating_replied_dialogs_ratio", steps.Rule.Source, StringComparison.Ordinal);
    }

    private static ConversationReckoning Reckon(DateTime now, MessageFact[] messages, params PostingFact[] postings) =>
        ConversationReckoning.Of(new ConversationFacts(ConversationKind.Buyer, false, messages, postings), Rules, now);

    private static Clock Clock(ConversationReckoning result, DeadlineKind kind) => Assert.Single(result.Clocks, c => c.Kind == kind);

    private static MessageFact Buyer(DateTime at) => new(MessageAuthor.Buyer, MessageState.Received, at);

    private static MessageFact Answer(DateTime at) => new(MessageAuthor.Seller, MessageState.Sent, at);
}

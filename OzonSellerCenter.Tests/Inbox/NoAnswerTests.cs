using CsCheck;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>"No answer needed".</summary>
public sealed class NoAnswerTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly StoreRules Rules = new([], sandbox: true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Fact]
    public void It_ends_the_waiting_and_our_clock_and_claims_nothing_of_Ozons()
    {
        var result = Reckon(Noon.AddHours(2), [Buyer(Noon)], Waived(Noon.AddHours(1), Noon));
        Assert.Equal((null, null, (DateTime?)Noon.AddHours(1)), (result.WaitingSince, result.NextDue, result.NoAnswerNeededAt));
        Assert.All(result.Clocks, c => Assert.Equal((DeadlineState.Waived, null, null), (c.State, c.MetAt, c.MissedAt)));
        Assert.Equal(ReckoningStepKind.OzonRunsOn, Clock(result, DeadlineKind.AnswerIn24Hours).Reckoning.Steps[^1].Kind);
        Assert.Equal(ReckoningStepKind.NoAnswerNeeded, Clock(result, DeadlineKind.FirstAnswer).Reckoning.Steps[^1].Kind);

        // Ozon's 24 h pass: it was missed there, and says so.
        var day = Reckon(Noon.AddHours(24), [Buyer(Noon)], Waived(Noon.AddHours(1), Noon));
        Assert.Equal((DeadlineState.Missed, (DateTime?)Noon.AddHours(24)), (Clock(day, DeadlineKind.AnswerIn24Hours).State, Clock(day, DeadlineKind.AnswerIn24Hours).MissedAt));
        Assert.Equal(DeadlineState.Waived, Clock(day, DeadlineKind.FirstAnswer).State);
        Assert.Equal(DeadlineState.Cancelled, Clock(Reckon(Noon.AddHours(48), [Buyer(Noon)], Waived(Noon.AddHours(1), Noon)), DeadlineKind.ReplyWindow).State);
    }

    [Fact]
    public void A_new_message_starts_anew_also_one_that_was_not_on_the_screen_yet()
    {
        var result = Reckon(Noon.AddHours(3), [Buyer(Noon), Buyer(Noon.AddMinutes(59))], Waived(Noon.AddHours(1), Noon));
        Assert.Equal((Noon.AddMinutes(59), null), (result.WaitingSince, result.NoAnswerNeededAt));
        Assert.Equal(Noon.AddMinutes(59).AddHours(4), result.NextDue!.DueAt);
        Assert.Equal(DeadlineState.Waived, result.Clocks.Single(c => c.Kind == DeadlineKind.FirstAnswer && c.StartedAt == Noon).State);
    }

    [Fact]
    public void An_answer_all_the_same_meets_Ozons_clock_and_not_ours_that_was_off()
    {
        var result = Reckon(Noon.AddDays(2), [Buyer(Noon), Answer(Noon.AddHours(10))], Waived(Noon.AddHours(1), Noon));
        Assert.Null(result.NoAnswerNeededAt);
        Assert.Equal((DeadlineState.Met, (DateTime?)Noon.AddHours(10)), (Clock(result, DeadlineKind.AnswerIn24Hours).State, Clock(result, DeadlineKind.AnswerIn24Hours).MetAt));
        Assert.Equal((DeadlineState.Waived, null), (Clock(result, DeadlineKind.FirstAnswer).State, Clock(result, DeadlineKind.FirstAnswer).MetAt));

        // An answer that came to light late, and was there before anybody said so.
        var earlier = Reckon(Noon.AddDays(2), [Buyer(Noon), Answer(Noon.AddMinutes(30))], Waived(Noon.AddHours(1), Noon));
        Assert.All(earlier.Clocks, c => Assert.Equal(DeadlineState.Met, c.State));

        // One to a later question answers the dialogue too.
        var later = Reckon(Noon.AddDays(2), [Buyer(Noon), Buyer(Noon.AddHours(5)), Answer(Noon.AddHours(6))], Waived(Noon.AddHours(1), Noon));
        Assert.All(later.Clocks.Where(c => c.Kind == DeadlineKind.AnswerIn24Hours), c => Assert.Equal(DeadlineState.Met, c.State));
    }

    [Fact]
    public void Of_nothing_open_it_changes_nothing()
    {
        var answered = Reckon(Noon.AddHours(3), [Buyer(Noon), Answer(Noon.AddHours(1))], Waived(Noon.AddHours(2), Noon));
        Assert.Equal(Show(Reckon(Noon.AddHours(3), [Buyer(Noon), Answer(Noon.AddHours(1))])), Show(answered));
    }

    [Fact]
    public void Whatever_was_said_when_no_clock_runs_without_somebody_waiting_and_order_does_not_matter() =>
        Gen.Select(ConversationReckoningPropertyTests.History, Gen.Int[0, 400].Array[0, 4], Gen.Int[0, 48 * 9], Gen.Int[0, 1000]).Sample((facts, said, at, seed) =>
        {
            var random = new Random(seed);
            var start = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);
            var waivers = said.Select(s => Waived(start.AddMinutes(30 * s + 15), start.AddMinutes(30 * s))).ToArray();
            var now = start.AddMinutes(30 * at);
            var result = ConversationReckoning.Of(facts with { Waivers = waivers }, Rules, now);
            var shuffled = ConversationReckoning.Of(
                facts with { Waivers = [.. waivers.Concat(waivers).OrderBy(_ => random.Next())], Messages = [.. facts.Messages.OrderBy(_ => random.Next())] }, Rules, now);
            Assert.Equal(Show(result), Show(shuffled));
            Assert.Equal(result.WaitingSince is not null, result.Clocks.Any(c => c.State == DeadlineState.Running));
            Assert.Equal(result.Clocks.Count, result.Clocks.Select(c => (c.Kind, c.StartedAt)).Distinct().Count());
            Assert.False(result.WaitingSince is not null && result.NoAnswerNeededAt is not null);

            // Said of nothing, it is as if it had not been said.
            Assert.Equal(Show(ConversationReckoning.Of(facts, Rules, now)), Show(ConversationReckoning.Of(facts with { Waivers = [Waived(now, DateTime.MinValue)] }, Rules, now)));
        }, iter: 3000);

    [Theory, MemberData(nameof(Providers))]
    public async Task It_leaves_the_list_by_deadline_the_alerts_and_what_is_due_and_comes_back_with_all_when_taken_back(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        test.Time.Advance(TimeSpan.FromHours(2));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal(1, (await test.AlertQueries.UnreadAsync(test.Owner, Ct)).Count);

        Assert.True((await Actions(test).DeclareAsync(test.Owner, id, Noon, Ct)).IsDone);
        var conversation = await OneAsync(test);
        Assert.Equal((null, null, (DateTime?)test.Now), (conversation.WaitingSince, conversation.DueAt, conversation.NoAnswerNeededAt));
        Assert.Equal(0, (await test.AlertQueries.UnreadAsync(test.Owner, Ct)).Count);
        test.Time.Advance(TimeSpan.FromMinutes(30));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Single(await test.AlertsAsync());

        Assert.True((await Actions(test).UndoAsync(test.Owner, id, Ct)).IsDone);
        conversation = await OneAsync(test);
        Assert.Equal((Noon, Noon.AddHours(4), null), (conversation.WaitingSince, conversation.DueAt, conversation.NoAnswerNeededAt));
        Assert.Equal("NothingToUndo", (await Actions(test).UndoAsync(test.Owner, id, Ct)).Refusal?.Key);
        test.Time.Advance(TimeSpan.FromMinutes(30));
        await test.Watch.RaiseAllDueAsync(Ct);
        Assert.Equal([120, 60], (await test.AlertsAsync()).Select(a => a.MinutesBefore));
        await using var db = await test.Db.Databases.ForSystemAsync(Ct);
        var deed = await db.Deeds.SingleAsync(Ct);
        Assert.Equal((DeedKind.NoAnswerNeeded, test.Owner.Id, test.Owner.Id, Noon), (deed.Kind, deed.By, deed.UndoneBy, deed.SeenAt));
        Assert.Equal(["conversation.no-answer", "conversation.no-answer-undone"], await db.AuditEntries.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_message_that_was_not_on_the_screen_stops_it_and_a_later_one_opens_it_again(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Noon);
        var id = await test.AddConversationAsync();
        Assert.Equal("NobodyWaits", (await Actions(test).DeclareAsync(test.Owner, id, null, Ct)).Refusal?.Key);
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddSeconds(1));
        Assert.Equal("BuyerWroteMeanwhile", (await Actions(test).DeclareAsync(test.Owner, id, Noon, Ct)).Refusal?.Key);
        Assert.True((await Actions(test).DeclareAsync(test.Owner, id, Noon.AddSeconds(1), Ct)).IsDone);
        await test.SayAsync(id, MessageAuthor.Buyer, Noon.AddMinutes(5));
        Assert.Equal((Noon.AddMinutes(5), null), ((await OneAsync(test)).WaitingSince, (await OneAsync(test)).NoAnswerNeededAt));
    }

    [Fact]
    public async Task The_support_desk_and_strangers_decide_nothing()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Noon);
        var (_, support) = await test.Db.AddStoreAsync(role: StoreRole.Support);
        var (_, stranger) = await test.Db.AddStoreAsync("1000002");
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Noon);
        Assert.Equal("SupportReadsOnly", (await Actions(test).DeclareAsync(support, id, Noon, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Actions(test).DeclareAsync(stranger, id, Noon, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await Actions(test).UndoAsync(stranger, id, Ct)).Refusal?.Key);
    }

    private static NoAnswerActions Actions(ClockTest test) => new(test.Db.Databases, test.Clocks, test.Time);

    private static async Task<Conversation> OneAsync(ClockTest test)
    {
        await using var db = await test.Db.Databases.ForSystemAsync(Ct);
        return await db.Conversations.AsNoTracking().SingleAsync(Ct);
    }

    private static string Show(ConversationReckoning result) => string.Join('\n',
        [$"{result.WaitingSince:O} {result.NoAnswerNeededAt:O}", .. result.Clocks.Select(c => $"{c.Kind} {c.StartedAt:O} {c.DueAt:O} {c.MetAt:O} {c.MissedAt:O} {c.State}")]);

    private static ConversationReckoning Reckon(DateTime now, MessageFact[] messages, params WaiverFact[] waivers) =>
        ConversationReckoning.Of(new ConversationFacts(ConversationKind.Buyer, false, messages, [], waivers), Rules, now);

    private static Clock Clock(ConversationReckoning result, DeadlineKind kind) => Assert.Single(result.Clocks, c => c.Kind == kind);

    private static MessageFact Buyer(DateTime at) => new(MessageAuthor.Buyer, MessageState.Received, at);

    private static MessageFact Answer(DateTime at) => new(MessageAuthor.Seller, MessageState.Sent, at);

    private static WaiverFact Waived(DateTime at, DateTime seenAt) => new(at, seenAt);
}

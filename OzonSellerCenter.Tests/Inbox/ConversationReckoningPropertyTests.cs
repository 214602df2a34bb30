using CsCheck;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Random histories, dense enough that ties and exact ends happen: instants are whole half-hours.</summary>
public sealed class ConversationReckoningPropertyTests
{
    private const int Histories = 5000;
    private static readonly DateTime Start = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);
    private static readonly StoreRules Rules = new([], sandbox: true);

    private static readonly Gen<DateTime> Instant = Gen.Int[0, 48 * 9].Select(halfHours => Start.AddMinutes(30 * halfHours));

    private static readonly Gen<DateTime?> MaybeInstant =
        Gen.Select(Instant, Gen.Int[0, 3]).Select((at, dice) => dice == 0 ? (DateTime?)null : at);

    private static readonly Gen<MessageFact> AnyMessage =
        Gen.Select(
            Gen.Frequency((5, Gen.Const(MessageAuthor.Buyer)), (3, Gen.Const(MessageAuthor.Seller)), (1, Gen.Const(MessageAuthor.Support))),
            Gen.Enum<MessageState>(), Instant, Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true))))
        .Select((author, state, at, automatic) => new MessageFact(author, author == MessageAuthor.Seller ? state : MessageState.Received, at, automatic));

    private static readonly Gen<PostingFact> AnyPosting =
        Gen.Select(Gen.Enum<Scheme>(), MaybeInstant, MaybeInstant, MaybeInstant)
        .Select((scheme, paid, delivered, cancelled) => new PostingFact(scheme, paid, delivered, cancelled));

    public static readonly Gen<ConversationFacts> History =
        Gen.Select(Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true))), AnyMessage.Array[0, 12], AnyPosting.Array[0, 2])
        .Select((closed, messages, postings) => new ConversationFacts(ConversationKind.Buyer, closed, messages, postings));

    [Fact]
    public void Order_and_repetition_of_the_facts_do_not_matter() =>
        Gen.Select(History, Instant, Gen.Int[0, 1000]).Sample((facts, now, seed) =>
        {
            var random = new Random(seed);
            var messages = facts.Messages.Concat(facts.Messages.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToArray();
            var postings = facts.Postings.Concat(facts.Postings).OrderBy(_ => random.Next()).ToArray();
            return Show(ConversationReckoning.Of(facts, Rules, now))
                == Show(ConversationReckoning.Of(facts with { Messages = messages, Postings = postings }, Rules, now));
        }, iter: Histories);

    [Fact]
    public void It_agrees_with_a_slow_and_simple_oracle() =>
        Gen.Select(History, Instant).Sample((facts, now) =>
        {
            var result = ConversationReckoning.Of(facts, Rules, now);
            var told = result.Clocks.Select(c => (c.Kind, c.StartedAt, c.DueAt, c.MetAt, c.MissedAt, c.State)).Order();
            Assert.Equal(Oracle.Clocks(facts, now).Order(), told);
            Assert.Equal(Oracle.WaitingSince(facts, now), result.WaitingSince);
        }, iter: Histories);

    [Fact]
    public void The_steps_add_up_to_the_end_and_no_two_clocks_share_a_key() =>
        Gen.Select(History, Instant).Sample((facts, now) =>
        {
            var clocks = ConversationReckoning.Of(facts, Rules, now).Clocks;
            Assert.Equal(clocks.Count, clocks.Select(c => (c.Kind, c.StartedAt)).Distinct().Count());
            Assert.All(clocks, c => Assert.Contains(c.Reckoning.Steps, s => s.At == c.DueAt));
        }, iter: Histories);

    private static string Show(ConversationReckoning result) => string.Join('\n',
        [
            $"{result.WaitingSince:O} {result.LastBuyerAt:O} {result.Window.ClosesAt:O} {result.Window.Rule?.Key}",
            .. result.Clocks.Select(c => $"{c.Kind} {c.StartedAt:O} {c.DueAt:O} {c.MetAt:O} {c.MissedAt:O} {c.State} {c.Rule.Key}"),
        ]);

    /// <summary>The same rules said once more, as questions about single messages instead of one pass.</summary>
    private static class Oracle
    {
        public static IEnumerable<(DeadlineKind, DateTime, DateTime, DateTime?, DateTime?, DeadlineState)> Clocks(ConversationFacts facts, DateTime now)
        {
            foreach (var run in Runs(facts))
            {
                var limit = Limit(facts, run.Last, run.Answer ?? run.Next ?? now);
                foreach (var (kind, from, due) in new[]
                {
                    (DeadlineKind.FirstAnswer, run.First, (DateTime?)run.First.AddHours(4)),
                    (DeadlineKind.AnswerIn24Hours, run.First, run.First.AddHours(24)),
                    (DeadlineKind.ReplyWindow, run.Last, limit),
                })
                {
                    if (due is not { } end) continue;
                    if (run.Answer is { } answer)
                    {
                        yield return answer <= end
                            ? (kind, from, end, answer, null, DeadlineState.Met)
                            : (kind, from, end, answer, end, DeadlineState.Missed);
                    }
                    else if (run.Next is null && facts.IsClosed)
                    {
                        yield return (kind, from, end, null, null, DeadlineState.Cancelled);
                    }
                    else
                    {
                        var lapsed = run.Next is not null || limit <= now;
                        yield return (kind, from, end, null, lapsed || end <= now ? end : null, lapsed ? DeadlineState.Missed : DeadlineState.Running);
                    }
                }
            }
        }

        public static DateTime? WaitingSince(ConversationFacts facts, DateTime now) =>
            Runs(facts).Where(r => r.Answer is null && r.Next is null && !facts.IsClosed && !(Limit(facts, r.Last, now) <= now))
                .Select(r => (DateTime?)r.First).SingleOrDefault();

        private static IEnumerable<(DateTime First, DateTime Last, DateTime? Answer, DateTime? Next)> Runs(ConversationFacts facts)
        {
            var buyer = facts.Messages.Where(m => m.Author == MessageAuthor.Buyer).Select(m => m.SentAt).Distinct().Order().ToArray();
            var answers = facts.Messages
                .Where(m => m.Author == MessageAuthor.Seller && !m.IsAutomatic && m.State is MessageState.Sent or MessageState.Read or MessageState.Received)
                .Where(m => m.Author == MessageAuthor.Seller && !m.IsAutomatic).Select(m => m.SentAt).ToArray();
            var starts = buyer.Where((at, i) => i == 0 || answers.Any(a => a >= buyer[i - 1] && a < at) || !IsOpen(facts, buyer[i - 1], at)).ToArray();
            foreach (var first in starts)
            {
                var next = starts.Where(s => s > first).Select(s => (DateTime?)s).FirstOrDefault();
                var last = buyer.Last(b => b >= first && (next is null || b < next));
                var answer = answers.Where(a => a >= last && (next is null || a < next)).Select(a => (DateTime?)a).Min();
                yield return (first, last, answer, next);
            }
        }

        private static bool IsOpen(ConversationFacts facts, DateTime last, DateTime at) => Limit(facts, last, at) is not { } limit || at <= limit;

        private static DateTime? Limit(ConversationFacts facts, DateTime last, DateTime at)
        {
            var limits = new List<DateTime> { last.AddHours(48) };
            foreach (var posting in facts.Postings)
            {
                if (posting.Scheme is not (Scheme.Fbs or Scheme.Rfbs)) continue;
                if ((posting.PaidAt ?? posting.DeliveredAt) is not { } from || from > at) continue;
                limits.Add(posting.DeliveredAt?.AddHours(72) ?? posting.CancelledAt ?? DateTime.MaxValue);
            }

            return limits.Max() == DateTime.MaxValue ? null : limits.Max();
        }
    }
}

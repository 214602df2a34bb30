using CsCheck;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Deadlines;

public sealed class AlertPlanTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_clock_shorter_than_a_stage_does_not_tell_that_stage()
    {
        var plan = Plan(120, 60, 30, 10, 0);
        var short1 = NewDeadline(TimeSpan.FromMinutes(60));
        Assert.Equal(Noon.AddMinutes(30), plan.NextAt(short1));
        Assert.Empty(plan.Reached(short1, Noon));
    }

    [Fact]
    public void Whatever_the_stages_and_however_time_jumps_each_stage_is_told_at_most_once_and_it_ends() =>
        Gen.Select(Gen.Int[0, 180].Array[5], Gen.Int[1, 300], Gen.Int[0, 60].Array[1, 30]).Sample((befores, length, jumps) =>
        {
            var plan = Plan(befores);
            var deadline = NewDeadline(TimeSpan.FromMinutes(length));
            var told = new List<int>();
            var now = Noon;
            foreach (var jump in jumps.Append(400))
            {
                now = now.AddMinutes(jump);
                while (plan.NextAt(deadline) is { } at && at <= now)
                {
                    var said = deadline.Tell(plan, now);
                    Assert.NotNull(said);
                    told.Add(said.Alert.MinutesBefore);
                    Assert.True(told.Count <= 5);
                }
            }

            Assert.Equal(told.Count, told.Distinct().Count());
            Assert.Null(plan.NextAt(deadline));
        }, iter: 2000);

    private static Deadline NewDeadline(TimeSpan length) =>
        new() { Subject = "test:1", RuleKey = RuleKeys.FirstAnswer, StartedAt = Noon, DueAt = Noon + length };

    private static AlertPlan Plan(params int[] minutes) => AlertPlan.Of(
        new StoreRules(
            minutes.Select((m, i) => new RuleValue
            {
                Key = RuleKeys.AlertStage(i + 1),
                Value = m,
                Unit = RuleUnits.Minutes,
                Owner = RuleOwner.House,
                Source = "test",
                EffectiveFrom = RuleDefaults.Beginning,
            }),
            sandbox: true),
        Noon);
}

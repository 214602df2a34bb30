using CsCheck;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.Policy;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Returns.Policy;

/// <summary>What the rules say to a request to give goods back.</summary>
public sealed class ReturnPolicyTests
{
    private static readonly StoreRules Rules = new([], sandbox: true);
    private static readonly string[] Zones = ["Europe/Moscow", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/New_York"];

    private static readonly Gen<string> AnyZone = Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]);

    /// <summary>A whole year, so that every change of time of these zones is among them.</summary>
    private static readonly Gen<DateTime> AnyDelivery = Gen.Select(Gen.Int[0, 365], Gen.Int[0, 1439])
        .Select((day, minute) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day).AddMinutes(minute));

    private static PolicyQuestion Question(DateTime? delivered, DateTime asked, bool isDefect = false, ReturnGroup group = ReturnGroup.Other) => new()
    {
        ProductName = "Лампа",
        Category = "Светильники",
        Group = group,
        GroupIsGuess = false,
        DeliveredAt = delivered,
        AskedAt = asked,
        IsDefect = isDefect,
        Photos = 0,
        PriceMinor = 398_000,
        Currency = "RUB",
        Scheme = Scheme.Rfbs,
    };

    private static PolicyVerdict Judge(PolicyQuestion question, string zone = "Europe/Moscow") => ReturnPolicy.Judge(question, Rules, ShopTime.In(zone));

    private static PolicyLine LineOf(PolicyVerdict verdict, PolicyKind kind) => verdict.Lines.Single(l => l.Kind == kind);

    private static DateTime Utc(int month, int day, int hour = 9, int minute = 0) => new(2026, month, day, hour, minute, 0, DateTimeKind.Utc);

    [Fact]
    public void The_third_day_of_fifteen_is_in_time_and_the_last_day_is_named()
    {
        var verdict = Judge(Question(Utc(11, 21), Utc(11, 24), isDefect: true));
        Assert.Equal(PolicyOverall.Within, verdict.Overall);
        var line = LineOf(verdict, PolicyKind.Period);
        Assert.Same(line, verdict.Deciding);
        Assert.Equal((LineVerdict.Ok, 3, new DateOnly(2026, 12, 6), 15m, RuleOwner.Ozon), (line.Verdict, line.DaysUsed, line.LastDay, line.Value, line.Owner));
        Assert.Equal(("return.period.other.improper", "d"), (line.RuleKey, line.Unit));
        Assert.Contains("returns-3pl", line.Source, StringComparison.Ordinal);
        Assert.NotNull(line.SourceOn);
    }

    [Fact]
    public void The_last_day_ends_at_midnight_of_the_shop_and_not_of_Greenwich()
    {
        // 23:59 and 00:00 in Moscow.
        Assert.Equal(PolicyOverall.Within, Judge(Question(Utc(11, 1), Utc(11, 16, 20, 59))).Overall);
        Assert.Equal(PolicyOverall.Outside, Judge(Question(Utc(11, 1), Utc(11, 16, 21, 0))).Overall);

        // Delivered at 00:30 in Moscow: that is the next day, which does not count.
        Assert.Equal(new DateOnly(2026, 11, 17), LineOf(Judge(Question(Utc(11, 1, 21, 30), Utc(11, 5))), PolicyKind.Period).LastDay);
    }

    [Fact]
    public void On_any_day_in_any_zone_a_request_is_in_time_up_to_the_last_minute_of_the_last_day() =>
        Gen.Select(AnyDelivery, AnyZone, Gen.Bool, Gen.Int[0, ReturnGroups.All.Count - 1]).Sample((delivered, zone, isDefect, group) =>
        {
            var shop = ShopTime.In(zone);
            var question = Question(delivered, delivered, isDefect, ReturnGroups.All[group]);
            var period = (int)Rules.At(RuleKeys.ReturnPeriod(question.Group, !isDefect), delivered).Value;
            if (period == 0)
            {
                Assert.Equal(PolicyOverall.Outside, Judge(question, zone).Overall);
                return;
            }

            var end = shop.Utc(shop.Local(delivered).Date.AddDays(period + 1));
            Assert.Equal((PolicyOverall.Within, period), Told(end.AddTicks(-1)));
            Assert.Equal((PolicyOverall.Outside, period + 1), Told(end));
            Assert.Equal((PolicyOverall.Within, 0), Told(delivered));

            (PolicyOverall, int?) Told(DateTime asked)
            {
                var verdict = Judge(question with { AskedAt = asked }, zone);
                return (verdict.Overall, LineOf(verdict, PolicyKind.Period).DaysUsed);
            }
        });

    [Fact]
    public void Who_asks_later_never_gets_a_better_answer() =>
        Gen.Select(AnyDelivery, Gen.Int[-100, 10_000], Gen.Int[0, 10_000], AnyZone, Gen.Bool).Sample((delivered, hours, later, zone, isDefect) =>
        {
            var first = Question(delivered, delivered.AddHours(hours), isDefect);
            var second = first with { AskedAt = first.AskedAt.AddHours(later) };
            Assert.True(Judge(first, zone).Overall <= Judge(second, zone).Overall);
            Assert.Equal(LineOf(Judge(first, zone), PolicyKind.Period).LastDay, LineOf(Judge(second, zone), PolicyKind.Period).LastDay);
        });

    [Fact]
    public void Asked_before_the_delivery_is_in_time_with_no_day_used_and_says_so()
    {
        var line = LineOf(Judge(Question(Utc(11, 21), Utc(11, 18))), PolicyKind.Period);
        Assert.Equal((LineVerdict.Ok, PolicyCause.BeforeDelivery, 0, new DateOnly(2026, 12, 6)), (line.Verdict, line.Cause, line.DaysUsed, line.LastDay));
    }

    [Fact]
    public void Without_a_delivery_nothing_is_said_of_the_period_but_goods_that_never_go_back_are_refused()
    {
        var verdict = Judge(Question(null, Utc(11, 24)));
        Assert.Equal(PolicyOverall.Unknown, verdict.Overall);
        Assert.All(
            [LineOf(verdict, PolicyKind.Period), LineOf(verdict, PolicyKind.NoReason)],
            l => Assert.Equal((LineVerdict.Unknown, PolicyCause.DeliveredUnknown, null), (l.Verdict, l.Cause, l.LastDay)));
        var food = Judge(Question(null, Utc(11, 24), group: ReturnGroup.Food));
        Assert.Equal((PolicyOverall.Outside, PolicyKind.Category), (food.Overall, food.Deciding.Kind));
        Assert.DoesNotContain(food.Lines, l => l.Kind == PolicyKind.Period);
        Assert.Equal((LineVerdict.Note, PolicyCause.NotTakenBack), (LineOf(food, PolicyKind.NoReason).Verdict, LineOf(food, PolicyKind.NoReason).Cause));
    }

    [Fact]
    public void Food_goes_back_for_a_defect_for_a_day_and_underwear_for_a_week()
    {
        Assert.Equal(PolicyOverall.Within, Judge(Question(Utc(11, 21), Utc(11, 22), isDefect: true, ReturnGroup.Food)).Overall);
        Assert.Equal(PolicyOverall.Outside, Judge(Question(Utc(11, 21), Utc(11, 23), isDefect: true, ReturnGroup.Food)).Overall);
        Assert.Equal(PolicyOverall.Within, Judge(Question(Utc(11, 21), Utc(11, 28), group: ReturnGroup.Hosiery)).Overall);
        Assert.Equal(PolicyOverall.Outside, Judge(Question(Utc(11, 21), Utc(11, 29), group: ReturnGroup.Hosiery)).Overall);
    }

    [Fact]
    public void Seven_days_without_a_reason_hold_only_for_who_names_no_defect()
    {
        var week = LineOf(Judge(Question(Utc(11, 1), Utc(11, 8))), PolicyKind.NoReason);
        Assert.Equal((LineVerdict.Ok, 7m, RuleOwner.House, new DateOnly(2026, 11, 8)), (week.Verdict, week.Value, week.Owner, week.LastDay));
        var late = Judge(Question(Utc(11, 1), Utc(11, 9)));
        Assert.Equal((LineVerdict.Miss, PolicyOverall.Within), (LineOf(late, PolicyKind.NoReason).Verdict, late.Overall));
        var defect = LineOf(Judge(Question(Utc(11, 1), Utc(11, 2), isDefect: true)), PolicyKind.NoReason);
        Assert.Equal((LineVerdict.Note, PolicyCause.IsDefect, null), (defect.Verdict, defect.Cause, defect.LastDay));
    }

    [Theory]
    [InlineData(true, 0, LineVerdict.Miss)]
    [InlineData(true, 2, LineVerdict.Ok)]
    [InlineData(false, 0, LineVerdict.Note)]
    public void A_defect_has_to_be_seen_on_photos(bool isDefect, int photos, LineVerdict verdict)
    {
        var line = LineOf(Judge(Question(Utc(11, 21), Utc(11, 24), isDefect) with { Photos = photos }), PolicyKind.Photos);
        Assert.Equal((verdict, photos), (line.Verdict, line.Value));
    }

    [Theory]
    [InlineData(true, PolicyCause.IsDefect)]
    [InlineData(false, PolicyCause.NoDefect)]
    public void Quality_says_who_pays_the_way_back_and_what_is_repaid_and_only_realFBS_crosses_the_border(bool isDefect, PolicyCause cause)
    {
        var verdict = Judge(Question(Utc(11, 21), Utc(11, 24), isDefect));
        foreach (var kind in new[] { PolicyKind.WayBack, PolicyKind.ExportDuty, PolicyKind.Repaid }) Assert.Equal((LineVerdict.Note, cause), (LineOf(verdict, kind).Verdict, LineOf(verdict, kind).Cause));
        var home = Judge(verdict.Question with { Scheme = Scheme.Fbs });
        Assert.DoesNotContain(home.Lines, l => l.Kind == PolicyKind.ExportDuty);
        Assert.All(home.Lines, l => Assert.NotEmpty(l.Source));
    }

    [Fact]
    public void The_rules_of_the_day_of_the_request_count_and_a_guess_is_called_one()
    {
        var key = RuleKeys.ReturnPeriod(ReturnGroup.Other, isProper: true);
        RuleValue Since(decimal days, DateTime from) => new() { Key = key, Value = days, Unit = RuleUnits.Days, Owner = RuleOwner.Ozon, Source = "test", EffectiveFrom = from };
        var rules = new StoreRules([Since(15, RuleDefaults.Beginning), Since(30, Utc(11, 20))], sandbox: false);
        var shop = ShopTime.Moscow;
        Assert.Equal(PolicyOverall.Outside, ReturnPolicy.Judge(Question(Utc(11, 1), Utc(11, 19)), rules, shop).Overall);
        Assert.Equal(PolicyOverall.Within, ReturnPolicy.Judge(Question(Utc(11, 1), Utc(11, 21)), rules, shop).Overall);
        var guess = ReturnPolicy.Judge(Question(Utc(11, 1), Utc(11, 2)) with { GroupIsGuess = true }, rules, shop);
        Assert.Equal(PolicyCause.GroupIsGuess, LineOf(guess, PolicyKind.Category).Cause);
    }
}

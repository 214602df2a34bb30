using CsCheck;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Rules;

/// <summary>Random weeks with windows past midnight, holidays and pauses, in zones with and without a change of time, against a slow oracle that looks
/// at the clock on the wall minute by minute.</summary>
public sealed class HouseTimePropertyTests
{
    private const int Cases = 400;
    private const int MostMinutes = 4 * 1440;

    /// <summary>Among them half an hour of summer time (Lord Howe) and an offset of 45 minutes (Kathmandu).</summary>
    private static readonly TimeZoneInfo[] Zones =
    [
        .. new[] { "Europe/Moscow", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York" }
            .Select(TimeZoneInfo.FindSystemTimeZoneById),
    ];

    /// <summary>Around the changes of time of Berlin, Lord Howe and New York, and in between.</summary>
    private static readonly DateTime[] Around =
    [
        .. new[] { (3, 28), (10, 24), (4, 3), (10, 2), (3, 7), (10, 31), (12, 30) }.Select(d => new DateTime(2026, d.Item1, d.Item2, 0, 0, 0, DateTimeKind.Utc)),
    ];

    private static readonly Gen<HoursWindow> AnyWindow = Gen.Select(Gen.Int[0, 1439], Gen.Int[1, 1440]).Select((from, length) => new HoursWindow(from, from + length));

    /// <summary>Through the text, so that what comes out is what a person could have written, merged and all.</summary>
    private static readonly Gen<IReadOnlyList<HoursWindow>> AnyDay =
        AnyWindow.Array[0, 3].Select(windows => DayHours.Read(DayHours.Write(windows)).Windows);

    private static readonly Gen<(HouseTime Time, Oracle Oracle, DateTime From)> AnyCase =
        Gen.Select(
            AnyDay.Array[7], Gen.Select(Gen.Int[-2, 5], AnyDay).Array[0, 3], Gen.Select(Gen.Int[-1440, MostMinutes], Gen.Int[0, 1440]).Array[0, 2],
            Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]), Gen.Int[0, Around.Length - 1].Select(i => Around[i]), Gen.Int[0, 2 * 1440])
        .Select((days, exceptions, pauses, zone, around, minute) =>
        {
            var from = around.AddMinutes(minute);

            // One hour a week at the least, as the program asks for.
            if (days.Sum(d => d.Sum(w => w.Until - w.From)) < 60) days[0] = [new HoursWindow(540, 1080)];
            var week = new WorkingWeek(days, exceptions.DistinctBy(e => e.Item1).ToDictionary(e => DateOnly.FromDateTime(around).AddDays(e.Item1), e => e.Item2));
            var known = pauses.Select((p, i) => new KnownPause($"{i}", around.AddMinutes(p.Item1), around.AddMinutes(p.Item1 + p.Item2), "")).ToArray();
            return (new HouseTime(week, zone, known), new Oracle(week, zone, known), from);
        });

    [Fact]
    public void The_time_between_two_instants_is_the_number_of_working_minutes() =>
        Gen.Select(AnyCase, Gen.Int[0, MostMinutes]).Sample((one, minutes) =>
        {
            var until = one.From.AddMinutes(minutes);
            Assert.Equal(TimeSpan.FromMinutes(one.Oracle.Minutes(one.From, until)), one.Time.Between(one.From, until));
        }, iter: Cases);

    [Fact]
    public void Adding_time_ends_with_the_last_working_minute_of_it() =>
        Gen.Select(AnyCase, Gen.Int[1, MostMinutes]).Sample((one, minutes) =>
        {
            var working = one.Oracle.Minutes(one.From, one.From.AddMinutes(minutes));
            if (working == 0) return;
            Assert.Equal(one.Oracle.Add(one.From, working), one.Time.Add(one.From, TimeSpan.FromMinutes(working)));
        }, iter: Cases);

    [Fact]
    public void What_was_added_is_what_lies_between_also_for_parts_of_a_minute() =>
        Gen.Select(AnyCase, Gen.Double[0, 4000]).Sample((one, minutes) =>
        {
            var span = TimeSpan.FromMinutes(minutes);
            Assert.Equal(span, one.Time.Between(one.From, one.Time.Add(one.From, span)));
        }, iter: Cases);

    [Fact]
    public void Longer_spans_and_later_starts_never_end_earlier() =>
        Gen.Select(AnyCase, Gen.Int[0, 3000], Gen.Int[0, 300], Gen.Int[0, 3000]).Sample((one, minutes, more, later) =>
        {
            var due = one.Time.Add(one.From, TimeSpan.FromMinutes(minutes));
            Assert.True(due <= one.Time.Add(one.From, TimeSpan.FromMinutes(minutes + more)));
            Assert.True(due <= one.Time.Add(one.From.AddMinutes(later), TimeSpan.FromMinutes(minutes)));
        }, iter: Cases);

    [Fact]
    public void Work_and_standstills_together_are_all_the_time_and_standstills_hold_no_working_minute() =>
        Gen.Select(AnyCase, Gen.Int[0, MostMinutes]).Sample((one, minutes) =>
        {
            var until = one.From.AddMinutes(minutes);
            var stands = one.Time.Standstills(one.From, until);
            Assert.Equal(until - one.From, one.Time.Between(one.From, until) + new TimeSpan(stands.Sum(s => (s.Until - s.From).Ticks)));
            Assert.All(stands, s => Assert.Equal(0, one.Oracle.Minutes(s.From, s.Until)));
            Assert.Equal(stands.OrderBy(s => s.From), stands);
        }, iter: Cases);

    /// <summary>Asks of each minute alone whether the shop works, by the clock on its wall.</summary>
    private sealed class Oracle(WorkingWeek week, TimeZoneInfo zone, KnownPause[] pauses)
    {
        public int Minutes(DateTime from, DateTime until)
        {
            var sum = 0;
            for (var at = from; at < until; at = at.AddMinutes(1)) sum += Works(at) ? 1 : 0;
            return sum;
        }

        public DateTime Add(DateTime from, int minutes)
        {
            var at = from;
            while (minutes > 0)
            {
                if (Works(at)) minutes--;
                at = at.AddMinutes(1);
            }

            return at;
        }

        private bool Works(DateTime at)
        {
            if (pauses.Any(p => at >= p.From && at < p.Until)) return false;
            var wall = TimeZoneInfo.ConvertTimeFromUtc(at, zone);
            var (today, minute) = (DateOnly.FromDateTime(wall), wall.Hour * 60 + wall.Minute);
            return week.On(today).Any(w => minute >= w.From && minute < w.Until)
                || week.On(today.AddDays(-1)).Any(w => minute + 1440 >= w.From && minute + 1440 < w.Until);
        }
    }
}

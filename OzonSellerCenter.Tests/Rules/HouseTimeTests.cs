using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Rules;

/// <summary>Cases that people would check by hand. November 2026: the 23rd is a Monday.</summary>
public sealed class HouseTimeTests
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly string[] OfficeWeek = ["09:00-13:00, 14:00-18:00", "09:00-18:00", "09:00-18:00", "09:00-18:00", "09:00-18:00", "", ""];

    [Fact]
    public void Without_hours_every_minute_counts()
    {
        Assert.Equal(Utc(23, 4), HouseTime.Always.Add(Utc(23, 0), TimeSpan.FromHours(4)));
        Assert.Empty(HouseTime.Always.Standstills(Utc(1, 0), Utc(30, 0)));
    }

    [Fact]
    public void Lunch_night_and_weekend_do_not_count()
    {
        var time = New(OfficeWeek, Moscow);

        // Monday 12:30 Moscow + 2 h: half an hour before lunch, the rest after it.
        Assert.Equal(At(23, 15, 30), time.Add(At(23, 12, 30), TimeSpan.FromHours(2)));

        // Friday 17:00 + 2 h: an hour today, the other one on Monday from 9:00.
        Assert.Equal(At(30, 10), time.Add(At(27, 17), TimeSpan.FromHours(2)));

        // What comes at night counts from the morning on.
        Assert.Equal(At(25, 10), time.Add(At(24, 23), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_target_that_ends_with_the_day_ends_today_and_not_tomorrow_morning() =>
        Assert.Equal(At(24, 18), New(OfficeWeek, Moscow).Add(At(24, 14), TimeSpan.FromHours(4)));

    [Fact]
    public void A_day_round_the_clock_has_no_closed_minute_at_midnight()
    {
        var time = New([.. Enumerable.Repeat("00:00-24:00", 7)], Moscow);
        Assert.Equal(Utc(25, 0), time.Add(Utc(23, 0), TimeSpan.FromHours(48)));
        Assert.Empty(time.Standstills(Utc(1, 0), Utc(29, 0)));
    }

    [Fact]
    public void Hours_past_midnight_belong_to_the_day_on_which_they_begin()
    {
        var nights = New(["22:00-06:00", "", "", "", "", "", ""], Moscow);
        Assert.Equal(TimeSpan.FromHours(8), nights.Between(At(23, 0), At(30, 0)));
        Assert.Equal(At(24, 1), nights.Add(At(23, 12), TimeSpan.FromHours(3)));

        // The holiday on Tuesday does not cut the shift that began on Monday.
        var holiday = New(["22:00-06:00", "22:00-06:00", "", "", "", "", ""], Moscow, (new DateOnly(2026, 11, 24), ""));
        Assert.Equal(TimeSpan.FromHours(8), holiday.Between(At(23, 0), At(30, 0)));
    }

    [Fact]
    public void Holidays_are_named_and_days_with_other_hours_count_by_those()
    {
        var time = New(OfficeWeek, Moscow, (new DateOnly(2026, 11, 25), ""), (new DateOnly(2026, 11, 28), "10:00-12:00"));
        var stands = time.Standstills(At(24, 17), At(26, 10));
        Assert.Equal([new Standstill(StandstillKind.Holiday, At(24, 18), At(26, 9))], stands);
        Assert.Equal(TimeSpan.FromHours(2), time.Between(At(28, 0), At(29, 0)));
    }

    [Fact]
    public void A_pause_within_the_hours_is_told_apart_from_the_night_around_it()
    {
        var time = new HouseTime(Week(OfficeWeek), Moscow, [new KnownPause("a", At(24, 17), At(25, 7), "inventory"), new KnownPause("b", At(25, 8), At(25, 10), "move")]);
        Assert.Equal(
            [
                new Standstill(StandstillKind.Paused, At(24, 17), At(25, 7), "inventory"),
                new Standstill(StandstillKind.OutsideHours, At(25, 7), At(25, 8)),
                new Standstill(StandstillKind.Paused, At(25, 8), At(25, 10), "move"),
            ],
            time.Standstills(At(24, 16), At(25, 11)));
        Assert.Equal(At(25, 11), time.Add(At(24, 16), TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Pauses_count_also_where_there_are_no_hours() => Assert.Equal(
        Utc(25, 2), new HouseTime(null, Moscow, [new KnownPause("a", Utc(23, 1), Utc(24, 23), "")]).Add(Utc(23, 0), TimeSpan.FromHours(4)));

    [Fact]
    public void The_skipped_hour_is_never_worked_and_the_repeated_one_twice()
    {
        var nights = New([.. Enumerable.Repeat("00:00-06:00", 7)], Berlin);
        Assert.Equal(TimeSpan.FromHours(5), nights.Between(new(2026, 3, 28, 22, 0, 0, DateTimeKind.Utc), new(2026, 3, 29, 12, 0, 0, DateTimeKind.Utc)));
        Assert.Equal(TimeSpan.FromHours(7), nights.Between(new(2026, 10, 24, 20, 0, 0, DateTimeKind.Utc), new(2026, 10, 25, 12, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public void Hours_follow_the_wall_clock_through_the_change_of_time()
    {
        var time = New([.. Enumerable.Repeat("09:00-10:00", 7)], Berlin);
        Assert.Equal(new(2026, 3, 28, 8, 30, 0, DateTimeKind.Utc), time.Add(new(2026, 3, 28, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromMinutes(30)));
        Assert.Equal(new(2026, 3, 29, 7, 30, 0, DateTimeKind.Utc), time.Add(new(2026, 3, 29, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromMinutes(30)));
    }

    internal static WorkingWeek Week(string[] days, params (DateOnly Day, string Hours)[] exceptions) =>
        new WorkingHoursDraft { Days = days, Exceptions = [.. exceptions.Select(e => new DayException(e.Day, e.Hours))] }.ToWeek();

    private static HouseTime New(string[] days, TimeZoneInfo zone, params (DateOnly Day, string Hours)[] exceptions) => new(Week(days, exceptions), zone, []);

    private static DateTime Utc(int day, int hour) => new(2026, 11, day, hour, 0, 0, DateTimeKind.Utc);

    /// <summary>November 2026, by the clock of Moscow.</summary>
    private static DateTime At(int day, int hour, int minute = 0) => new DateTime(2026, 11, day, hour, minute, 0, DateTimeKind.Utc).AddHours(-3);
}

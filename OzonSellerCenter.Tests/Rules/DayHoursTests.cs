using CsCheck;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Rules;

public sealed class DayHoursTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("9-18", "09:00–18:00")]
    [InlineData(" 09:00 – 13:00 , 14.00—18.30 ", "09:00–13:00, 14:00–18:30")]
    [InlineData("9-13 14-18", "09:00–13:00, 14:00–18:00")]
    [InlineData("９", null)]
    [InlineData("09：00～13：00，14：00－18：00", "09:00–13:00, 14:00–18:00")]
    [InlineData("22:00-06:00", "22:00–06:00")]
    [InlineData("00:00-24:00", "00:00–24:00")]
    [InlineData("18:00-00:00", "18:00–24:00")]
    [InlineData("14-18, 9-13", "09:00–13:00, 14:00–18:00")]
    [InlineData("9-13, 13-15, 14-18", "09:00–18:00")]
    [InlineData("0-24, 9-18", "00:00–24:00")]
    public void Hours_are_read_as_people_write_them_and_overlaps_become_one(string text, string? understood)
    {
        var (windows, refusal) = DayHours.Read(text);
        Assert.Equal(understood, refusal is null ? DayHours.Write(windows) : null);
    }

    [Theory]
    [InlineData("9", "HoursMalformed")]
    [InlineData("9-", "HoursMalformed")]
    [InlineData("9-18-20", "HoursMalformed")]
    [InlineData("24:00-25:00", "HoursMalformed")]
    [InlineData("09:00-24:01", "HoursMalformed")]
    [InlineData("09:60-18:00", "HoursMalformed")]
    [InlineData("closed", "HoursMalformed")]
    [InlineData("09:00-09:00", "HoursEndIsStart")]
    [InlineData("00:00-00:00", "HoursEndIsStart")]
    [InlineData("06:00-20:00, 19:00-06:00", "HoursTooLong")]
    [InlineData("00:00-24:00, 22:00-06:00", "HoursTooLong")]
    public void What_makes_no_sense_is_refused_by_name(string text, string refusal) => Assert.Equal(refusal, DayHours.Read(text).Refusal);

    [Fact]
    public void Any_text_is_read_or_refused_and_what_was_read_comes_back_the_same() =>
        Gen.Frequency((3, Gen.String["0123456789:-, –."]), (1, Gen.String)).Sample(text =>
        {
            var (windows, refusal) = DayHours.Read(text);
            if (refusal is null) Assert.Equal(windows, DayHours.Read(DayHours.Write(windows)).Windows);
            else Assert.Empty(windows);
        }, iter: 5000);

    [Fact]
    public void A_week_with_exceptions_comes_back_from_its_text()
    {
        var week = HouseTimeTests.Week(["9-18", "22-6", "", "0-24", "", "", "9-13, 14-18"], (new DateOnly(2026, 12, 31), ""), (new DateOnly(2027, 1, 2), "10-14"));
        var back = WorkingWeek.Read(week.WriteDays(), week.WriteExceptions());
        Assert.Equal((week.WriteDays(), week.WriteExceptions()), (back.WriteDays(), back.WriteExceptions()));
        Assert.Equal("2026-12-31=;2027-01-02=10:00–14:00", week.WriteExceptions());
        Assert.Equal([new HoursWindow(1320, 1800)], back.On(new DateOnly(2026, 11, 24)));
    }

    [Fact]
    public void A_draft_names_each_field_that_is_wrong_and_wants_an_hour_a_week()
    {
        var draft = new WorkingHoursDraft { IsOn = true, Days = ["9-18", "x", "9-9", "", "", "", ""], Exceptions = [new(new DateOnly(2026, 12, 31), "25-26")] };
        var errors = draft.Check();
        Assert.Equal(("HoursMalformed", "HoursEndIsStart", "HoursMalformed"), (errors["Day1"]?.Key, errors["Day2"]?.Key, errors["Except20261231"]?.Key));
        Assert.True(errors.IsFirst("Day1"));

        var idle = new WorkingHoursDraft { IsOn = true, Days = ["9:00-9:59", "", "", "", "", "", ""] };
        Assert.Equal("HoursTooFew", idle.Check()["Day0"]?.Key);
        idle.IsOn = false;
        Assert.False(idle.Check().Any);
    }
}

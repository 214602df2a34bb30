using System.Globalization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Shared;

public sealed class ShopTimeTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 20, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void An_instant_shows_in_the_zone_of_the_shop()
    {
        Assert.Equal("23:30", ShopTime.Moscow.Time(Now));
        Assert.Equal("06:30", ShopTime.In("Asia/Vladivostok").Time(Now));
    }

    [Fact]
    public void Today_is_the_shop_s_day_not_the_server_s()
    {
        Assert.Equal(0, ShopTime.Moscow.DaysFromToday(Now, Now));
        Assert.Equal(1, ShopTime.Moscow.DaysFromToday(Now.AddMinutes(31), Now));
        Assert.Equal(-1, ShopTime.Moscow.DaysFromToday(Now.AddHours(-24), Now));
    }

    [Theory]
    [InlineData("ru-RU", "22~ноября, 23:30")]
    [InlineData("en-GB", "22~November, 23:30")]
    [InlineData("zh-CN", "11月22日 23:30")]
    public void Another_day_stands_before_the_time(string culture, string text)
    {
        using var _ = new CultureOf(culture);
        Assert.Equal(text.Replace('~', '\u00a0'), ShopTime.Moscow.DayAndTime(Now.AddDays(-1), Now));
    }

    [Theory]
    [InlineData("ru-RU", "22~ноября 2025")]
    [InlineData("en-GB", "22~November 2025")]
    [InlineData("zh-CN", "2025年11月22日")]
    public void Another_year_is_named(string culture, string text)
    {
        using var _ = new CultureOf(culture);
        Assert.Equal(text.Replace('~', '\u00a0'), ShopTime.Moscow.Day(new DateTime(2025, 11, 22, 9, 0, 0, DateTimeKind.Utc), Now));
    }

    [Fact]
    public void An_unknown_zone_falls_back_to_Moscow() => Assert.Equal("23:30", ShopTime.In("Mars/Olympus").Time(Now));
}

/// <summary>Runs a test in a language and puts the old one back.</summary>
internal sealed class CultureOf : IDisposable
{
    private readonly CultureInfo _formats = CultureInfo.CurrentCulture;
    private readonly CultureInfo _texts = CultureInfo.CurrentUICulture;

    public CultureOf(string formats, string? texts = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(formats);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(texts ?? formats);
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _formats;
        CultureInfo.CurrentUICulture = _texts;
    }
}

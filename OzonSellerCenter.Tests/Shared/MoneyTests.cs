using System.Globalization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Shared;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("ru-RU", 249000, "RUB", "2~490~₽")]
    [InlineData("ru-RU", 249050, "RUB", "2~490,50~₽")]
    [InlineData("en-GB", 249050, "RUB", "2~490.50~₽")]
    [InlineData("zh-CN", 18900, "RUB", "189~₽")]
    [InlineData("zh-CN", 123456789, "CNY", "1~234~567.89~¥")]
    [InlineData("en-GB", -100, "EUR", "−1~€")]
    [InlineData("en-GB", 0, "ZZZ", "0~ZZZ")]
    public void An_amount_reads_as_people_write_it_and_never_breaks(string culture, long minor, string currency, string text) =>
        Assert.Equal(text.Replace('~', '\u00a0'), new Money(minor, currency).Show(CultureInfo.GetCultureInfo(culture)));
}

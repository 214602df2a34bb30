using System.Globalization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Shared;

public sealed class PluralTests
{
    [Theory]
    [InlineData(0, "0 ответов")]
    [InlineData(1, "1 ответ")]
    [InlineData(2, "2 ответа")]
    [InlineData(4, "4 ответа")]
    [InlineData(5, "5 ответов")]
    [InlineData(11, "11 ответов")]
    [InlineData(12, "12 ответов")]
    [InlineData(14, "14 ответов")]
    [InlineData(21, "21 ответ")]
    [InlineData(22, "22 ответа")]
    [InlineData(111, "111 ответов")]
    [InlineData(1001, "1001 ответ")]
    public void Russian_has_one_few_and_many(int number, string text) =>
        Assert.Equal(text, Plural.Format(CultureInfo.GetCultureInfo("ru"), "{0} {0|ответ|ответа|ответов}", number));

    [Theory]
    [InlineData(0, "0 answers")]
    [InlineData(1, "1 answer")]
    [InlineData(2, "2 answers")]
    [InlineData(21, "21 answers")]
    public void English_has_one_and_other(int number, string text) =>
        Assert.Equal(text, Plural.Format(CultureInfo.GetCultureInfo("en"), "{0} {0|answer|answers}", number));

    [Fact]
    public void Chinese_has_one_form() =>
        Assert.Equal("5 个回答", Plural.Format(CultureInfo.GetCultureInfo("zh-Hans"), "{0} 个回答", 5));

    [Fact]
    public void A_text_may_count_two_things() => Assert.Equal(
        "2 разговора, 1 новый",
        Plural.Format(CultureInfo.GetCultureInfo("ru"), "{0} {0|разговор|разговора|разговоров}, {1} {1|новый|новых|новых}", 2, 1));
}

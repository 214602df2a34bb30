using System.Globalization;
using CsCheck;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Tests.Returns.Refunds;

/// <summary>Amounts as people type them.</summary>
public sealed class AmountTextTests
{
    private static readonly string[] Languages = ["tr-TR", "ar-SA", "ru-RU", "en-US", "de-CH", "fa-IR"];

    [Theory]
    [InlineData("290", 29_000)]
    [InlineData("290,5", 29_050)]
    [InlineData("290.50 ₽", 29_050)]
    [InlineData(" 1 290,00 руб. ", 129_000)]
    [InlineData("1\u00a0290\u202f000", 129_000_000)]
    [InlineData("0", 0)]
    [InlineData(",5", 50)]
    public void It_is_read_as_it_is_meant(string text, long minor)
    {
        Assert.True(AmountText.Read(text, "RUB", out var read).IsDone);
        Assert.Equal(minor, read);
    }

    [Theory]
    [InlineData("", "AmountMissing")]
    [InlineData(null, "AmountMissing")]
    [InlineData("-5", "AmountNegative")]
    [InlineData("−5", "AmountNegative")]
    [InlineData("1,234", "TooManyDecimals")]
    [InlineData("1.2.3", "AmountNotANumber")]
    [InlineData("5 $", "AmountCurrency")]
    [InlineData("5 CNY", "AmountCurrency")]
    [InlineData("много", "AmountCurrency")]
    [InlineData("99999999999", "AmountTooLarge")]
    [InlineData("999999999999999999999999999999999", "AmountTooLarge")]
    public void What_is_no_amount_of_the_order_is_refused_and_counts_as_nothing(string? text, string refusal)
    {
        Assert.Equal(refusal, AmountText.Read(text, "RUB", out var read).Refusal?.Key);
        Assert.Equal(0, read);
    }

    [Fact]
    public void The_same_letters_mean_the_same_in_every_language() => Gen.Select(Gen.Long[0, 100_000_000_000], Gen.Int[0, 5]).Sample((minor, n) =>
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Languages[n]);
        try
        {
            Assert.True(AmountText.Read(AmountText.Show(minor), "RUB", out var read).IsDone);
            Assert.Equal(minor, read);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    });

    [Fact]
    public void No_letters_whatever_break_it_or_become_a_negative_amount() =>
        Gen.String.Sample(text => Assert.True(!AmountText.Read(text, "RUB", out var read).IsDone || read >= 0));
}

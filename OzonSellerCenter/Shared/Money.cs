using System.Globalization;

namespace OzonSellerCenter.Shared;

/// <summary>An amount in minor units (kopecks, fen) of a currency.</summary>
/// <param name="Minor">Hundredths of the currency; Ozon's currencies all have two digits.</param>
/// <param name="Currency">ISO 4217 code such as <c>RUB</c>.</param>
public readonly record struct Money(long Minor, string Currency)
{
    private const char NoBreak = '\u00a0';

    /// <summary>As a person reads it: "2 490 ₽", "2 490,50 ₽". Thousands are parted by a no-break space in every language, which cannot
    /// be taken for a decimal mark; the decimal mark is the language's own. Whole amounts show no hundredths.</summary>
    public string Show(CultureInfo culture)
    {
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.NumberGroupSeparator = NoBreak.ToString();
        format.NegativeSign = "−";
        var digits = (Minor / 100m).ToString(Minor % 100 == 0 ? "N0" : "N2", format);
        return $"{digits}{NoBreak}{Symbol}";
    }

    public override string ToString() => Show(CultureInfo.CurrentCulture);

    private string Symbol => Currency switch
    {
        "RUB" => "₽",
        "CNY" => "¥",
        "KZT" => "₸",
        "USD" => "$",
        "EUR" => "€",
        "BYN" => "Br",
        _ => Currency,
    };
}

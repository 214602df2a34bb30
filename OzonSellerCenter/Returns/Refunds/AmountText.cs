using System.Globalization;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Reads amounts that people type, in the same way in every language: comma and point are both decimal marks, spaces part thousands.</summary>
public static class AmountText
{
    /// <summary>More than any order costs.</summary>
    private const decimal Most = 1_000_000_000;

    /// <summary>The amount in minor units. Refused: <c>AmountMissing</c>, <c>AmountNotANumber</c>, <c>AmountNegative</c>, <c>TooManyDecimals</c>,
    /// <c>AmountCurrency</c> (another currency than the order's is written), <c>AmountTooLarge</c>.</summary>
    public static Outcome Read(string? text, string currency, out long minor)
    {
        minor = 0;
        var typed = new string([.. (text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('\u00a0' or '\u202f' or '\''))]);
        if (typed.Length == 0) return Outcome.Refused("AmountMissing");
        var symbol = new Money(0, currency).Show(CultureInfo.InvariantCulture)[1..].Trim('\u00a0');
        foreach (var own in new[] { symbol, currency, currency == "RUB" ? "руб." : currency, currency == "RUB" ? "руб" : currency })
        {
            if (typed.EndsWith(own, StringComparison.OrdinalIgnoreCase)) typed = typed[..^own.Length];
        }

        var isNegative = typed.StartsWith('-') || typed.StartsWith('−');
        var digits = typed.TrimStart('-', '−').Replace(',', '.');
        if (digits.Length == 0 || digits.Any(c => c is not (>= '0' and <= '9' or '.')) || digits.Count(c => c == '.') > 1 || digits == ".")
            return Outcome.Refused(digits.Any(char.IsLetter) || digits.Any(c => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol) ? "AmountCurrency" : "AmountNotANumber");
        if (isNegative) return Outcome.Refused("AmountNegative");
        if (digits.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && digits.Length - point - 1 > 2) return Outcome.Refused("TooManyDecimals");
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return Outcome.Refused("AmountTooLarge");
        if (amount > Most) return Outcome.Refused("AmountTooLarge");
        minor = (long)(amount * 100);
        return Outcome.Done;
    }

    /// <summary>As it stands in a field: no thousands, a comma.</summary>
    public static string Show(long minor) => (minor % 100 == 0 ? (minor / 100).ToString(CultureInfo.InvariantCulture) : (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture)).Replace('.', ',');
}

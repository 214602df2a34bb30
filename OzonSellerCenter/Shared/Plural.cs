using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Shared;

/// <summary>Plural forms in texts. A text names the forms beside the number: <c>{0} {0|ответ|ответа|ответов}</c> in Russian (one, few, many),
/// <c>{0} {0|answer|answers}</c> in English (one, other); Chinese has one form and writes none.</summary>
public static partial class Plural
{
    /// <summary>The text of a key with its numbers in the right forms.</summary>
    public static string Count(this IStringLocalizer texts, string key, params object[] args) =>
        Format(CultureInfo.CurrentUICulture, texts[key].Value, args);

    /// <summary>Fills in a text by the plural rules of a language.</summary>
    public static string Format(CultureInfo culture, string text, params object[] args)
    {
        var chosen = Choice().Replace(text, match =>
        {
            var number = Convert.ToInt64(args[int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)], CultureInfo.InvariantCulture);
            var forms = match.Groups[2].Value.Split('|');
            return forms[Math.Min(Form(culture, number), forms.Length - 1)];
        });
        return string.Format(culture, chosen, args);
    }

    /// <summary>Which form a whole number takes, counted from 0 (Unicode CLDR, cardinal rules).</summary>
    public static int Form(CultureInfo culture, long number)
    {
        var n = Math.Abs(number);
        return culture.TwoLetterISOLanguageName switch
        {
            "ru" when n % 10 == 1 && n % 100 != 11 => 0,
            "ru" when n % 10 is >= 2 and <= 4 && n % 100 is not (>= 12 and <= 14) => 1,
            "ru" => 2,
            "zh" => 0,
            _ => n == 1 ? 0 : 1,
        };
    }

    [GeneratedRegex(@"\{(\d+)\|([^{}]*)\}")]
    private static partial Regex Choice();
}

using System.Globalization;
using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Returns.Page;

/// <summary>Words for what shops do with requests.</summary>
internal static class ReturnWords
{
    /// <summary>What an action means, in the person's language, beside Ozon's Russian name; null for who reads that, and where nobody here knows.</summary>
    public static string? GlossOf(this IStringLocalizer<ReturnTexts> texts, OfferedAction action) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ru" || ReturnActs.Of(action) is ReturnAct.Unknown ? null : texts[$"Act_{ReturnActs.Of(action)}"].Value;

    /// <summary>A wish in the person's words.</summary>
    public static string WishOf(this IStringLocalizer<ReturnTexts> texts, ReturnWish wish) => wish switch
    {
        ActWish act => texts.GlossOf(act.Action) ?? act.Action.Name,
        _ => texts["Wish_Exchange"],
    };
}

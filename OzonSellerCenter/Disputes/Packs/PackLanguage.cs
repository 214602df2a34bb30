using System.Globalization;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>A language in which a pack can be made.</summary>
/// <param name="Tag">As it stands in <see cref="EvidencePack.Language"/>.</param>
/// <param name="Name">Its own.</param>
/// <param name="Formats">The culture of numbers.</param>
public sealed record PackLanguage(string Tag, string Name, string Formats)
{
    /// <summary>Russian first: most packs go to Ozon.</summary>
    public static IReadOnlyList<PackLanguage> All { get; } = [new("ru", "Русский", "ru-RU"), new("zh-Hans", "简体中文", "zh-CN"), new("en", "English", "en-GB")];

    /// <summary>Speaks it from here to the end of the async method that calls this.</summary>
    public static void Speak(string tag)
    {
        var language = All.First(l => l.Tag == tag);
        (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (CultureInfo.GetCultureInfo(language.Tag), CultureInfo.GetCultureInfo(language.Formats));
    }
}

using Microsoft.Extensions.Localization;
using MudBlazor;

namespace OzonSellerCenter.Shell;

/// <summary>MudBlazor's own words (close, clear, next month …) in our languages; keys are MudBlazor's.</summary>
public sealed class MudTexts(IStringLocalizer<MudTexts> texts) : MudLocalizer
{
    public override LocalizedString this[string key] => texts[key];

    public override LocalizedString this[string key, params object[] arguments] => texts[key, arguments];
}

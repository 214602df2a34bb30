using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Rendering;
using MudBlazor;

namespace OzonSellerCenter.Shell;

/// <summary>MudBlazor's provider of the theme. Its style sheet is kept once for all, light and dark: it is 13,000 signs long, and each open page
/// would keep its own, twice.</summary>
public sealed class SharedThemeProvider : MudThemeProvider
{
    private static readonly ConcurrentDictionary<string, string> Sheets = new();

    protected override void BuildRenderTree(RenderTreeBuilder __builder)
    {
        var sheet = BuildTheme();
        __builder.OpenElement(0, "style");
        __builder.AddContent(1, Sheets.GetOrAdd(sheet, sheet));
        __builder.CloseElement();
    }
}

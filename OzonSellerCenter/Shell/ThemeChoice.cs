namespace OzonSellerCenter.Shell;

/// <summary>The look as the <c>theme</c> cookie keeps it (js/theme.js): the choice, and whether that was dark when last seen.</summary>
/// <param name="Choice"><c>light</c>, <c>dark</c> or <c>system</c>.</param>
/// <param name="Dark">Whether the page was dark with it.</param>
public sealed record ThemeChoice(string Choice, bool Dark)
{
    /// <summary>What <c>&lt;html data-theme&gt;</c> says; null leaves it to the system.</summary>
    public string? Attribute => Choice == "system" ? null : Choice;

    public static ThemeChoice Of(HttpRequest request) => request.Cookies["theme"]?.Split('.') switch
    {
        ["light", ..] => new("light", false),
        ["dark", ..] => new("dark", true),
        ["system", "dark"] => new("system", true),
        _ => new("system", false),
    };
}

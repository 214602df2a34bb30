using Microsoft.Playwright;
using OzonSellerCenter.Data.Search;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>A keyboard with the Russian layout on, as the system hands its keys to the browser: the sign is Cyrillic, the place is not.</summary>
internal sealed class RussianKeyboard(ICDPSession session)
{
    private const int Control = 2;

    public static async Task<RussianKeyboard> OfAsync(Window window) => new(await window.Page.Context.NewCDPSessionAsync(window.Page));

    /// <summary>The key that stands in the place of a Latin letter or sign.</summary>
    public Task PressAsync(char latin) => StrokeAsync(CodeOf(latin), SignOn(latin), char.IsAsciiLetter(latin) ? char.ToUpperInvariant(latin) : 0, SignOn(latin));

    public Task EnterAsync(bool ctrl = false) => StrokeAsync("Enter", "Enter", 13, ctrl ? null : "\r", ctrl ? Control : 0);

    public Task EscapeAsync() => StrokeAsync("Escape", "Escape", 27, null);

    /// <summary>A key with Ctrl: the sign is Cyrillic there too.</summary>
    public Task ControlAsync(char latin) => StrokeAsync(CodeOf(latin), SignOn(latin), char.ToUpperInvariant(latin), null, Control);

    /// <summary>A key that an input method takes for itself.</summary>
    public Task ComposeAsync(char latin) => StrokeAsync(CodeOf(latin), "Process", 229, null);

    /// <summary>Types small Cyrillic letters and blanks.</summary>
    public async Task TypeAsync(string text)
    {
        foreach (var letter in text)
        {
            var at = KeyboardLayout.Cyrillic.IndexOf(letter, StringComparison.Ordinal);
            if (at >= 0) await PressAsync(KeyboardLayout.Latin[at]);
            else await StrokeAsync("Space", $"{letter}", 32, $"{letter}");
        }
    }

    private static string SignOn(char latin) => KeyboardLayout.Latin.IndexOf(latin, StringComparison.Ordinal) is var at and >= 0 ? $"{KeyboardLayout.Cyrillic[at]}" : ".";

    private static string CodeOf(char latin) => latin switch
    {
        >= 'a' and <= 'z' => $"Key{char.ToUpperInvariant(latin)}",
        '[' => "BracketLeft",
        ']' => "BracketRight",
        ';' => "Semicolon",
        '\'' => "Quote",
        ',' => "Comma",
        '.' => "Period",
        '`' => "Backquote",
        '/' => "Slash",
        _ => throw new ArgumentOutOfRangeException(nameof(latin), latin, "No such key."),
    };

    private async Task StrokeAsync(string code, string sign, int number, string? text, int modifiers = 0)
    {
        var press = new Dictionary<string, object> { ["type"] = text is null ? "rawKeyDown" : "keyDown", ["code"] = code, ["key"] = sign, ["windowsVirtualKeyCode"] = number, ["modifiers"] = modifiers };
        if (text is not null) press["text"] = text;
        await session.SendAsync("Input.dispatchKeyEvent", press);
        press["type"] = "keyUp";
        press.Remove("text");
        await session.SendAsync("Input.dispatchKeyEvent", press);
    }
}

using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Web;

namespace OzonSellerCenter.Shortcuts;

/// <summary>How a key is written: by its place on the keyboard (<c>KeyboardEvent.code</c>), with <c>Mod+</c> for Ctrl (⌘ on a Mac) and
/// <c>Shift+</c> before it, such as <c>KeyR</c>, <c>Shift+Slash</c>, <c>Mod+KeyK</c>; two that follow each other with a blank between
/// (<c>KeyG KeyI</c>). js/keys.js writes them the same way.</summary>
public static partial class KeyPress
{
    /// <summary>What the place is called on a US keyboard, where that is not its letter or digit.</summary>
    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
    {
        ["BracketLeft"] = "[",
        ["BracketRight"] = "]",
        ["Semicolon"] = ";",
        ["Quote"] = "'",
        ["Backquote"] = "`",
        ["Backslash"] = "\\",
        ["IntlBackslash"] = "<",
        ["Comma"] = ",",
        ["Period"] = ".",
        ["Slash"] = "/",
        ["Minus"] = "-",
        ["Equal"] = "=",
    }.ToFrozenDictionary();

    // A browser does not hand these over, or one wants them while editing.
    private static readonly string[] TakenWithMod = ["KeyA", "KeyC", "KeyN", "KeyT", "KeyV", "KeyW", "KeyX", "KeyY", "KeyZ"];

    /// <summary>The key that was pressed; null while only Ctrl, Alt, Shift or ⌘ is down, and for what has no place (a phone's keyboard).</summary>
    public static string? Of(KeyboardEventArgs press) =>
        press.Code.Length == 0 || press.Key is "Control" or "Shift" or "Alt" or "Meta" or "AltGraph" or "CapsLock" or "Dead" or "Process"
            ? null
            : $"{(press.AltKey ? "Alt+" : "")}{(press.CtrlKey || press.MetaKey ? "Mod+" : "")}{(press.ShiftKey ? "Shift+" : "")}{press.Code}";

    /// <summary>Whether it may be a key at all: a letter, digit or sign; Enter, Escape, Tab, blank, arrows and F keys keep what they are for.</summary>
    public static bool IsFree(string key) =>
        Form().Match(key) is { Success: true } match && !(match.Groups["mod"].Success && TakenWithMod.Contains(match.Groups["code"].Value));

    /// <summary>Whether Ctrl (⌘) belongs to it.</summary>
    public static bool HasMod(string key) => key.StartsWith("Mod+", StringComparison.Ordinal);

    /// <summary>Whether two cannot stand side by side: they are the same, or one is the beginning of the other.</summary>
    public static bool Clash(string one, string other) =>
        one == other || one.StartsWith(other + ' ', StringComparison.Ordinal) || other.StartsWith(one + ' ', StringComparison.Ordinal);

    /// <summary>The caps to press: one list for each press, each of one or more caps; <c>Mod</c> stands for Ctrl or ⌘.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Caps(string key) => [.. key.Split(' ').Select(CapsOfOne)];

    /// <summary>The same in one line, such as <c>Ctrl+K</c> or <c>G I</c>.</summary>
    public static string Words(string key) => string.Join(' ', Caps(key).Select(press => string.Join('+', press.Select(cap => cap == "Mod" ? "Ctrl" : cap))));

    private static IReadOnlyList<string> CapsOfOne(string press) =>
        press == "Shift+Slash" ? ["?"] : [.. press.Split('+').Select(part => Signs.GetValueOrDefault(part) ?? Prefix().Replace(part, ""))];

    [GeneratedRegex("^(?<mod>Mod[+])?(?:Shift[+])?(?<code>Key[A-Z]|Digit[0-9]|BracketLeft|BracketRight|Semicolon|Quote|Backquote|Backslash|IntlBackslash|Comma|Period|Slash|Minus|Equal)$")]
    private static partial Regex Form();

    [GeneratedRegex("^(?:Key|Digit)(?=.$)")]
    private static partial Regex Prefix();
}

using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace OzonSellerCenter.Shared;

/// <summary>Signs of the sprite (wwwroot-assets/icons/sprite.svg), as markup that all pages share: a component for each would be kept, with its
/// frames, for every open page.</summary>
public static class Icon
{
    private static readonly string Sprite = AssetFiles.Url("icons/sprite.svg");
    private static readonly ConcurrentDictionary<(string Name, string? Size), MarkupString> Silent = new();

    /// <summary>A sign. It is silent beside a word; with a title it speaks.</summary>
    /// <param name="name">Id in the sprite; a word of the program, never of a person.</param>
    /// <param name="size">"s" = 14 px, "l" = 20; 16 without.</param>
    /// <param name="title">Accessible name, where no word stands beside it.</param>
    public static MarkupString Of(string name, string? size = null, string? title = null) => title is null
        ? Silent.GetOrAdd((name, size), static sign => Svg(sign.Name, sign.Size, "aria-hidden=\"true\""))
        : Svg(name, size, $"role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(title)}\"");

    private static MarkupString Svg(string name, string? size, string role) =>
        new($"<svg class=\"{(size is null ? "i" : $"i {size}")}\" {role}><use href=\"{Sprite}#{name}\"></use></svg>");
}

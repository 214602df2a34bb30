using System.Globalization;
using System.Text.RegularExpressions;

namespace OzonSellerCenter.Ozon;

/// <summary>What a message says, taken out of its Markdown pieces.</summary>
/// <param name="Text">Plain text, empty for a bare attachment.</param>
/// <param name="Attachments">In the order of the message.</param>
public sealed record OzonMessageContent(string Text, IReadOnlyList<OzonAttachment> Attachments)
{
    /// <summary>A label before the text of seller messages; it says nothing about an error.</summary>
    private const string Label = "errorText";

    // Ozon's form: ![](url) for an image, [name (12 KB)](url) for another file; names and addresses may hold one pair of brackets.
    // Anybody may write this text, so neither expression can backtrack.
    private static readonly Regex FileLink = new(
        @"(?<image>!)?\[(?<name>([^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?<url>https?://([^\s()]|\([^\s()]*\))+)\)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    private static readonly Regex Size = new(
        @"\((?<n>[0-9]{1,12}([.,][0-9]{1,3})?) ?(?<unit>B|KB|MB|Б|КБ|МБ)\)\s*$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static OzonMessageContent Parse(IReadOnlyList<string> data)
    {
        var attachments = new List<OzonAttachment>();
        var texts = data
            .Skip(data is [Label, _, ..] ? 1 : 0)
            .Select(piece => FileLink.Replace(piece ?? "", link => Take(link, attachments)).Trim())
            .Where(text => text.Length > 0);
        return new OzonMessageContent(string.Join('\n', texts), attachments);
    }

    /// <summary>An image from anywhere, another link only when it is a chat file; other links stay in the text.</summary>
    private static string Take(Match link, List<OzonAttachment> attachments)
    {
        var url = link.Groups["url"].Value;
        var isImage = link.Groups["image"].Success;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || (!isImage && !address.AbsolutePath.Contains("/chat/file/", StringComparison.Ordinal)))
            return link.Value;

        var size = Size.Match(link.Groups["name"].Value);
        var name = (size.Success ? link.Groups["name"].Value[..size.Index] : link.Groups["name"].Value).Trim();
        if (name.Length == 0)
            name = Uri.UnescapeDataString(address.Segments[^1].Trim('/'));
        attachments.Add(new OzonAttachment(name, url, isImage, size.Success ? Bytes(size) : null));
        return "";
    }

    private static long? Bytes(Match size)
    {
        if (!double.TryParse(size.Groups["n"].Value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        var bytes = number * size.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "KB" or "КБ" => 1024,
            "MB" or "МБ" => 1024 * 1024,
            _ => 1,
        };
        return bytes < long.MaxValue ? (long)bytes : null;
    }
}

/// <param name="Name">With extension.</param>
/// <param name="Url">As sent; fetched with <see cref="OzonApi.DownloadAsync"/>, which refuses foreign addresses.</param>
/// <param name="IsImage">Sent as an image.</param>
/// <param name="SizeBytes">As the link tells it, rounded by Ozon.</param>
public sealed record OzonAttachment(string Name, string Url, bool IsImage, long? SizeBytes);

using System.Globalization;
using Humanizer;

namespace OzonSellerCenter.Inbox;

/// <summary>Sizes of files for people.</summary>
internal static class FileSizes
{
    /// <summary>Such as "4,1 MB"; empty when unknown.</summary>
    public static string Of(long? bytes) => bytes is { } size ? size.Bytes().Humanize("0.#", CultureInfo.CurrentCulture).Replace(' ', '\u00a0') : "";
}

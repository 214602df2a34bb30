using System.Text;

namespace OzonSellerCenter.Inbox.Viewer;

/// <summary>Reads the beginning of a file as text.</summary>
internal static class PlainText
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What Windows programs in Russia write when nobody asked for UTF-8.
    private static readonly Encoding Windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    /// <summary>UTF-8 or UTF-16 by its mark, else UTF-8, else windows-1251. The last sign may be cut in two and is left out then.</summary>
    /// <returns>Null when it is no text: there are bytes that no text has.</returns>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) return Decode(StrictUtf8, bytes[3..]);
        if (bytes.StartsWith(Encoding.Unicode.Preamble)) return Decode(Encoding.Unicode, bytes[2..]);
        if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble)) return Decode(Encoding.BigEndianUnicode, bytes[2..]);
        foreach (var value in bytes)
        {
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')) return null;
        }

        return Decode(StrictUtf8, bytes) ?? Decode(Windows1251, bytes);
    }

    private static string? Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var signs = new char[encoding.GetMaxCharCount(bytes.Length)];
        try
        {
            return new string(signs, 0, encoding.GetDecoder().GetChars(bytes, signs, flush: false));
        }
        catch (DecoderFallbackException)
        {
            // Another encoding.
            return null;
        }
    }
}

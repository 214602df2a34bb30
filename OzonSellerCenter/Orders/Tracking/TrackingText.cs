using System.Globalization;
using System.Text;

namespace OzonSellerCenter.Orders.Tracking;

/// <summary>The text of a file of unknown encoding.</summary>
public static class TrackingText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>By its mark, if it has one; as UTF-8, if it is that; else in what spreadsheets of the person's language write.</summary>
    public static string Decode(byte[] content)
    {
        switch (content)
        {
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(content.AsSpan(2));
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(content.AsSpan(2));
        }

        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            // Excel writes CSV in the code page of Windows: GBK in Chinese, 1251 in Russian. The numbers are the same in both.
            var page = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? 936 : 1251;
            return CodePagesEncodingProvider.Instance.GetEncoding(page)!.GetString(content);
        }
    }
}

using System.Text;
using OzonSellerCenter.Inbox.Viewer;

namespace OzonSellerCenter.Tests.Inbox.Viewer;

/// <summary>What is read as text, and what is not.</summary>
public sealed class PlainTextTests
{
    public static TheoryData<byte[], string?> Files => new()
    {
        { "Чек № 5\r\n\t2 490 ₽"u8.ToArray(), "Чек № 5\r\n\t2 490 ₽" },
        { [0xEF, 0xBB, 0xBF, .. "退货"u8], "退货" },
        { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Чек")], "Чек" },
        { [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Чек")], "Чек" },
        { [0xD7, 0xE5, 0xEA], "Чек" }, // windows-1251
        { [.. "Че"u8, 0xD0], "Че" }, // cut in the middle of a letter
        { "<script>alert(1)</script>"u8.ToArray(), "<script>alert(1)</script>" },
        { [], "" },
        { [0x50, 0x4B, 3, 4], null }, // an archive
        { [.. "text"u8, 0, .. "more"u8], null },
        { [0x1B, (byte)'[', (byte)'m'], null },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_text_is_known_by_its_bytes(byte[] bytes, string? text) => Assert.Equal(text, PlainText.Of(bytes));
}

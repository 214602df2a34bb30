using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using OzonSellerCenter.Orders.Tracking;

namespace OzonSellerCenter.Tests.Orders.Tracking;

/// <summary>What people paste and what spreadsheets write.</summary>
public sealed partial class TrackingListTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String, Gen.Char["01-;,\t\"'= \r\n\0\uFEFF\uD83D\u2028eEпt运"].Array[0, 300].Select(c => new string(c)));

    [Fact]
    public void Any_text_can_be_read_and_every_line_that_says_something_is_told_once() => Texts.Sample(text =>
    {
        var sheet = TrackingList.Parse(text);
        var said = LineEnds().Split(text.TrimStart('\uFEFF')).Index()
            .Where(l => l.Item.Any(c => !char.IsWhiteSpace(c) && c is not (';' or ',' or '\t'))).Select(l => l.Index + 1);
        Assert.Equal(said, sheet.Lines.Select(l => l.Line).Concat(sheet.HeaderLine is { } header ? [header] : []).Order());
        var open = sheet.Lines.Where(l => l.Verdict == TrackingVerdict.Open).ToList();
        Assert.All(open, l => Assert.True(l.PostingNumber.Length > 0 && l.Number.Length is > 0 and <= 50));
        Assert.Equal(open.Count, open.Select(l => l.PostingNumber).Distinct().Count());
        Assert.All(sheet.Lines, l => Assert.DoesNotContain(l.PostingNumber + l.Number, c => char.IsControl(c) || char.IsSurrogate(c)));
    });

    [Theory]
    [InlineData("1-1\tRB1\n2-1\tRB2")]
    [InlineData("1-1;RB1\r\n2-1;RB2\r\n")]
    [InlineData("\uFEFF1-1,RB1\r2-1,RB2\r;;;\r")]
    [InlineData("  1-1   RB1  \n\n\n2-1 RB2\n")]
    [InlineData("\"1-1\";\"RB1\"\n\"2-1\";\"RB2\"")]
    [InlineData("=\"1-1\",=\"RB1\"\n'2-1,'RB2")]
    [InlineData("Posting number,Tracking number\n1-1,RB1\n2-1,RB2")]
    [InlineData("tracking_number;posting_number\nRB1;1-1\nRB2;2-1")]
    [InlineData("Номер отправления;Трек-номер\n1-1;RB1\n2-1;RB2")]
    [InlineData("Дата\tОтправление\tТовар\tТрек-номер\n1.12\t1-1\tЧайник, белый\tRB1\n2.12\t2-1\tЛампа; 2 шт.\tRB2")]
    [InlineData("货件编号,运单号\n1-1,RB1\n2-1,RB2")]
    [InlineData("Posting,Products,Tracking number\n1-1,\"Kettle, white (KT-1) × 1; Lamp\",RB1\n2-1,Lamp (L-1) × 1; Kettle (KT-1) × 1,RB2")]
    public void Columns_are_found_in_every_usual_form(string text) =>
        Assert.Equal([("1-1", "RB1"), ("2-1", "RB2")], TrackingList.Parse(text).Lines.Where(l => l.Verdict == TrackingVerdict.Open).Select(l => (l.PostingNumber, l.Number)));

    [Fact]
    public void A_number_with_blanks_stays_whole() =>
        Assert.Equal("RB 123 456 785 CN", Assert.Single(TrackingList.Parse("0138-4821-1 RB 123 456 785 CN").Lines).Number);

    [Fact]
    public void Each_line_is_judged_by_itself()
    {
        var sheet = TrackingList.Parse($"""
            Posting;Tracking
            1-1;RB1
            1-1;RB1
            2-1;RB2
            2-1;RB3
            3-1;
            ;RB4
            4-1;8,05E+12
            5-1;{new string('9', 51)}
            6-1;"RB6
            7-1;RB7
            """);
        Assert.Equal(1, sheet.HeaderLine);
        Assert.Equal(
            [
                (2, TrackingVerdict.Open), (3, TrackingVerdict.Repeated), (4, TrackingVerdict.Conflicting), (5, TrackingVerdict.Conflicting), (6, TrackingVerdict.NumberMissing),
                (7, TrackingVerdict.PostingMissing), (8, TrackingVerdict.NumberDamaged), (9, TrackingVerdict.NumberTooLong), (10, TrackingVerdict.Open), (11, TrackingVerdict.Open),
            ],
            sheet.Lines.Select(l => (l.Line, l.Verdict)));
        Assert.Equal("RB6", sheet.Lines[8].Number);
    }

    [Fact]
    public void A_file_of_a_Russian_or_Chinese_spreadsheet_is_read_in_its_own_code_page()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var (language, page, header) in new[] { ("ru", 1251, "Отправление;Трек-номер"), ("zh-Hans", 936, "货件编号;运单号") })
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                var encodings = new[] { CodePagesEncodingProvider.Instance.GetEncoding(page)!, Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode };
                foreach (var encoding in encodings)
                {
                    var sheet = TrackingList.Parse(TrackingText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes($"{header}\r\n1-1;RB1\r\n")]));
                    Assert.Equal((1, "1-1", "RB1"), (sheet.HeaderLine, Assert.Single(sheet.Lines).PostingNumber, sheet.Lines[0].Number));
                }
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex LineEnds();
}

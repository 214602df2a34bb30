namespace OzonSellerCenter.Tests.Architecture;

public sealed class StylesTests
{
    public static TheoryData<string> Styles => [.. Directory.GetFiles(Path.Combine(Sources.Root, "wwwroot-assets", "css"), "*.css").Select(f => Path.GetFileName(f)!)];

    [Theory, MemberData(nameof(Styles))]
    public void Every_rule_of_a_style_sheet_is_closed_where_it_ends(string file)
    {
        var depth = 0;
        foreach (var line in File.ReadLines(Path.Combine(Sources.Root, "wwwroot-assets", "css", file)))
        {
            // A rule that begins in the first column stands in no other: one not closed before would hold everything behind it.
            Assert.True(depth == 0 || line.Length == 0 || line[0] is ' ' or '}', $"{file}: what stands before \"{line}\" is not closed");
            depth += line.Count(c => c == '{') - line.Count(c => c == '}');
        }

        Assert.Equal(0, depth);
    }
}

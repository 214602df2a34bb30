using System.Text.RegularExpressions;

namespace OzonSellerCenter.Tests.Architecture;

/// <summary>Words that have no place in a finished file.</summary>
public sealed partial class WordsTests
{
    [GeneratedRegex(@"\b(T[O]DO|F[I]XME|H[A]CK)\b")]
    private static partial Regex Unfinished();

    /// <summary>Folders of one machine: such a path works for nobody else.</summary>
    [GeneratedRegex(@"(?<![\w.])/(wor[k]|roo[t]|hom[e])/")]
    private static partial Regex PathOfOneMachine();

    [Fact]
    public void Nothing_is_left_for_later_without_an_issue() => Assert.Empty(FilesWith(Unfinished()));

    [Fact]
    public void No_file_names_a_place_on_one_machine() => Assert.Empty(FilesWith(PathOfOneMachine()));

    private static IEnumerable<string> FilesWith(Regex words) =>
        from file in Sources.Files(".cs", ".razor", ".css", ".js", ".sh", ".md", ".json", ".csproj", ".props", ".resx", ".ci/run")
        from line in file.Lines.Index()
        where words.IsMatch(line.Item)
        select $"{file.Name}:{line.Index + 1}: {line.Item.Trim()}";
}

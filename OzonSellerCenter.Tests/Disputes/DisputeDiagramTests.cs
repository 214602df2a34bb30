using OzonSellerCenter.Disputes;
using OzonSellerCenter.Tests.Architecture;

namespace OzonSellerCenter.Tests.Disputes;

public sealed class DisputeDiagramTests
{
    /// <summary>The diagram in README is the one that the program's own table draws.</summary>
    [Fact]
    public void Readme_shows_the_ways_a_case_really_goes()
    {
        var readme = File.ReadAllText(Path.Combine(Sources.Root, "README.md")).ReplaceLineEndings("\n");
        Assert.Contains(DisputeMachine.Diagram().ReplaceLineEndings("\n").Trim(), readme, StringComparison.Ordinal);
    }
}

using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Tests.Architecture;

namespace OzonSellerCenter.Tests.Returns.Refunds;

public sealed class RefundDiagramTests
{
    /// <summary>The diagram in README is the one that the program's own table draws.</summary>
    [Fact]
    public void Readme_shows_the_ways_a_refund_really_goes()
    {
        var readme = File.ReadAllText(Path.Combine(Sources.Root, "README.md")).ReplaceLineEndings("\n");
        Assert.Contains(RefundMachine.Diagram().ReplaceLineEndings("\n").Trim(), readme, StringComparison.Ordinal);
    }
}

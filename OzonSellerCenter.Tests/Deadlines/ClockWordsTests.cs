using System.Resources;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Deadlines;

public sealed class ClockWordsTests
{
    [Fact]
    public void Every_kind_owner_and_step_has_its_words()
    {
        var texts = new ResourceManager(typeof(DeadlinesTexts));
        string[] keys =
        [
            .. Enum.GetNames<DeadlineKind>().Select(kind => $"Kind_{kind}"),
            .. Enum.GetNames<RuleOwner>().Select(owner => $"About_{owner}"),
            .. Enum.GetNames<ReckoningStepKind>().Select(step => $"Step_{step}"),
        ];
        Assert.All(keys, key => Assert.NotNull(texts.GetString(key, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_refusal_of_a_rule_change_has_its_words()
    {
        var texts = new ResourceManager(typeof(RulesTexts));
        foreach (var key in new[] { "NotFound", "OwnersOnly", "SourceMissing", "RuleOutOfRange" })
        {
            Assert.NotNull(texts.GetString(key, System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}

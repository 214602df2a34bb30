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
            .. new[] { "GroupDue", "GroupMixed", "GroupOver" }.SelectMany(key => new[] { key, $"{key}_Any" }),
            .. new[] { "Toast", "Desktop", "Sound" }.SelectMany(way => new[] { $"Channel_{way}", $"Log{way}_Done", $"Log{way}_Off", $"Log{way}_Waiting" }),
            "LogDesktop_Quiet", "LogSound_Quiet", "StagesMalformed", "QuietMalformed", "QuietZoneUnknown",
        ];
        Assert.All(keys, key => Assert.NotNull(texts.GetString(key, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_refusal_of_working_hours_and_pauses_has_its_words()
    {
        var texts = new ResourceManager(typeof(OzonSellerCenter.Stores.StoresTexts));
        foreach (var key in new[]
        {
            "HoursMalformed", "HoursEndIsStart", "HoursTooLong", "HoursTooFew", "ExceptionsTooMany", "PauseReasonMissing", "PauseReasonTooLong",
            "PauseEndsBefore", "PauseTooLong", "NotFound", "OwnersOnly",
        })
        {
            Assert.NotNull(texts.GetString(key, System.Globalization.CultureInfo.InvariantCulture));
        }
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

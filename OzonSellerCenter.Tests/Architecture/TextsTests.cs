using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OzonSellerCenter.Tests.Architecture;

/// <summary>Every text a person sees exists in English, Russian and Chinese.</summary>
public sealed partial class TextsTests
{
    private static readonly string[] Languages = ["", ".ru", ".zh-Hans"];
    private static readonly string App = Path.Combine(Sources.Root, "OzonSellerCenter");

    // Names and codes that are the same in every language; the longer first, for they are taken out of the text.
    private static readonly string[] SameEverywhere = ["OzonSellerCenter", "Ozon", "rFBS", "FBS", "FBO", "Client-Id", "Api-Key", "SKU", "ID"];

    public static TheoryData<string> Families() => new(Directory.EnumerateFiles(App, "*Texts.resx", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(f => Path.GetRelativePath(App, f)));

    [Theory]
    [MemberData(nameof(Families))]
    public void The_three_languages_have_the_same_keys_and_no_empty_text(string family)
    {
        var english = Read(family, "");
        foreach (var language in Languages)
        {
            var texts = Read(family, language);
            Assert.Empty(english.Keys.Except(texts.Keys).Select(k => $"{family}{language} lacks {k}"));
            Assert.Empty(texts.Keys.Except(english.Keys).Select(k => $"{family}{language} has {k}, English has not"));
            Assert.Empty(texts.Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => $"{family}{language}: {t.Key} is empty"));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Russian_is_in_Cyrillic_and_Chinese_in_Han(string family)
    {
        var english = Read(family, "").Where(t => Letters().IsMatch(OwnWords(t.Value))).ToList();
        var (russian, chinese) = (Read(family, ".ru"), Read(family, ".zh-Hans"));
        Assert.Empty(english.Where(t => !Cyrillic().IsMatch(russian[t.Key])).Select(t => $"{family}: {t.Key} = {russian[t.Key]}"));
        Assert.Empty(english.Where(t => !Han().IsMatch(chinese[t.Key])).Select(t => $"{family}: {t.Key} = {chinese[t.Key]}"));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_three_languages_use_the_same_placeholders(string family)
    {
        var english = Read(family, "");
        foreach (var language in Languages.Skip(1))
        {
            var texts = Read(family, language);
            Assert.Empty(english.Where(t => !Numbers(t.Value).SetEquals(Numbers(texts[t.Key]))).Select(t => $"{family}{language}: {t.Key}"));
        }
    }

    [Fact]
    public void Every_key_in_the_code_has_a_text()
    {
        var known = Families().Select(f => (string)f.Data!).ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => Read(f, "").Keys.ToHashSet(), StringComparer.Ordinal);
        var missing = new List<string>();
        var sources = Directory.EnumerateFiles(App, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        // A component's markup and its code are one class: an injection in one serves the other.
        foreach (var unit in sources.GroupBy(f => f.EndsWith(".razor.cs", StringComparison.Ordinal) ? f[..^3] : f))
        {
            var code = string.Join('\n', unit.Select(File.ReadAllText));
            foreach (Match injection in Injection().Matches(code))
            {
                var (texts, name) = (injection.Groups[1].Value, injection.Groups[2].Value);
                if (!known.TryGetValue(texts, out var keys))
                {
                    missing.Add($"{Path.GetFileName(unit.Key)}: no {texts}.resx");
                    continue;
                }
                var uses = Regex.Matches(code, $@"(?<![\w.]){Regex.Escape(name)}(?:\[|\.Count\()""(\w+)""");
                missing.AddRange(uses.Select(u => u.Groups[1].Value).Where(k => !keys.Contains(k)).Select(k => $"{Path.GetFileName(unit.Key)}: {texts}.{k}"));
            }
        }
        Assert.Empty(missing.Distinct());
    }

    private static Dictionary<string, string> Read(string family, string language)
    {
        var file = Path.Combine(App, family[..^".resx".Length] + language + ".resx");
        return XDocument.Load(file).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!);
    }

    private static string OwnWords(string text) =>
        SameEverywhere.Aggregate(Placeholders().Replace(text, ""), (rest, name) => rest.Replace(name, "", StringComparison.Ordinal));

    private static HashSet<string> Numbers(string text) => [.. Number().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholders();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();

    [GeneratedRegex(@"[\u4e00-\u9fff]")]
    private static partial Regex Han();

    [GeneratedRegex(@"\{(\d+|[a-z_]+)[^{}]*\}")]
    private static partial Regex Number();

    [GeneratedRegex(@"IStringLocalizer<(\w+Texts)>\s+(\w+)")]
    private static partial Regex Injection();
}

using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Tests.Architecture;

/// <summary><c>appsettings.sample.json</c> is the list of all settings, each with a comment and its default.</summary>
public sealed partial class SettingsSampleTests
{
    private static readonly string SamplePath = Path.Combine(Sources.Root, "appsettings.sample.json");

    /// <summary>Sections that belong to libraries; their own documents list them.</summary>
    private static readonly string[] OfLibraries = ["Serilog", "Kestrel", "AllowedHosts", "urls"];

    [Fact]
    public void Every_setting_the_app_reads_is_in_the_sample() => Assert.Empty(Read().Except(InSample(), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void The_sample_names_no_setting_that_nobody_reads() =>
        Assert.Empty(InSample().Where(key => !OfLibraries.Contains(key.Split(':')[0])).Except(Read(), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Every_setting_of_the_sample_is_explained()
    {
        var lines = File.ReadAllLines(SamplePath);
        Assert.Empty(lines.Index().Where(line => Setting().IsMatch(line.Item) && !lines[line.Index - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Select(line => line.Item.Trim()));
    }

    [Fact]
    public void The_sample_binds_to_the_options()
    {
        var sample = Sample();
        foreach (var (section, type) in OptionClasses())
        {
            // Throws when a value is not of the kind the option wants.
            Assert.True(sample.GetSection(section).Exists(), $"The sample has no section {section}.");
            sample.GetSection(section).Bind(Activator.CreateInstance(type));
        }
    }

    private static HashSet<string> Read()
    {
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in Sources.Files(".cs", ".razor").Where(f => f.Name.StartsWith("OzonSellerCenter/", StringComparison.Ordinal)).Select(f => f.Text))
        {
            keys.UnionWith(DirectKey().Matches(text).Select(m => m.Groups["key"].Value));
            keys.UnionWith(ConnectionString().Matches(text).Select(m => $"ConnectionStrings:{m.Groups["key"].Value}"));
        }

        foreach (var (section, type) in OptionClasses()) keys.UnionWith(PropertiesOf(section, type));
        keys.ExceptWith(OfLibraries);
        return keys;
    }

    private static IEnumerable<string> PropertiesOf(string path, Type type) => type.GetProperties()
        .Where(p => p.CanWrite)
        .SelectMany(p => p.PropertyType.Namespace == "System" || p.PropertyType.IsEnum || p.PropertyType.IsArray || p.PropertyType.IsGenericType
            ? [$"{path}:{p.Name}"]
            : PropertiesOf($"{path}:{p.Name}", p.PropertyType));

    /// <summary>Classes bound to a section, found where they are bound; the section is a word or the class's constant <c>Section</c>.</summary>
    private static List<(string Section, Type Type)> OptionClasses() =>
    [
        .. Sources.Files(".cs")
            .SelectMany(file => BoundClass().Matches(file.Text))
            .Select(m => (Section: m.Groups["section"].Value, Type: typeof(SellerCenterDb).Assembly.GetTypes().Single(t => t.Name == m.Groups["type"].Value)))
            .Select(bound => (bound.Section.Length > 0 ? bound.Section : (string)bound.Type.GetField("Section")!.GetRawConstantValue()!, bound.Type))
            .Distinct(),
    ];

    private static IConfigurationRoot Sample() => new ConfigurationBuilder().AddJsonFile(SamplePath).Build();

    /// <summary>Leaves of the sample; an empty list or a list of plain values counts as one.</summary>
    private static IEnumerable<string> InSample() => Sample().AsEnumerable()
        .Where(pair => pair.Value is not null)
        .Select(pair => ListIndex().Replace(pair.Key, ""));

    [GeneratedRegex("""(?:configuration|settings|Configuration|IConfiguration>\(\))(?:\[|\.GetValue<[^>]+>\()"(?<key>[A-Za-z_:]+)"(?:\]|[,)])""")]
    private static partial Regex DirectKey();

    [GeneratedRegex("""GetConnectionString\("(?<key>\w+)"\)""")]
    private static partial Regex ConnectionString();

    [GeneratedRegex("""(?:Configure|AddOptions)<(?<type>\w+)>\([^;]*?(?:GetSection|BindConfiguration)\((?:"(?<section>[\w:]+)"|\w+\.Section)\)|GetSection\("(?<section>[\w:]+)"\)\.Get<(?<type>\w+)>""")]
    private static partial Regex BoundClass();

    [GeneratedRegex("""^\s*"[^"]+":\s*[^{\s]""")]
    private static partial Regex Setting();

    [GeneratedRegex(@":\d+$")]
    private static partial Regex ListIndex();
}

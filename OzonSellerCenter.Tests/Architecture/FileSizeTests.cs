namespace OzonSellerCenter.Tests.Architecture;

/// <summary>A file is read from top to bottom, so it has to end somewhere.</summary>
public sealed class FileSizeTests
{
    /// <summary>The first ending that fits counts; a test class may be longer, because its tests do not call each other.</summary>
    private static readonly (string Ending, int Lines)[] Budgets = [("Tests.cs", 350), (".razor.cs", 200), (".razor", 150), (".cs", 250)];

    /// <summary>Files that are longer, each with the reason why splitting would make it worse.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    [Fact]
    public void Every_file_keeps_to_its_budget()
    {
        var tooLong = Sources.Files(".cs", ".razor")
            .Where(file => !Exceptions.ContainsKey(file.Name))
            .Select(file => (file.Name, Lines: file.Lines.Length, Budget: Budgets.First(b => file.Name.EndsWith(b.Ending, StringComparison.Ordinal)).Lines))
            .Where(file => file.Lines > file.Budget)
            .Select(file => $"{file.Name}: {file.Lines} lines, budget {file.Budget}");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void An_exception_is_struck_off_once_it_is_not_needed()
    {
        var files = Sources.Files(".cs", ".razor").ToDictionary(file => file.Name);
        var needless = Exceptions.Keys.Where(name => !files.TryGetValue(name, out var file)
            || file.Lines.Length <= Budgets.First(b => name.EndsWith(b.Ending, StringComparison.Ordinal)).Lines).ToList();
        Assert.Empty(needless);
    }
}

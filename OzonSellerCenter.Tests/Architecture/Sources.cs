using System.Runtime.CompilerServices;

namespace OzonSellerCenter.Tests.Architecture;

/// <summary>The source files the house rules are read from.</summary>
internal static class Sources
{
    private static readonly string[] Foreign = ["bin", "obj", "data", "node_modules", "TestResults"];

    /// <summary>The folder of the solution, as it was when the tests were compiled.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Files with one of the endings, written by people: no build output and no generated migrations.</summary>
    public static IEnumerable<SourceFile> Files(params string[] endings)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Root, "OzonSellerCenter.sln")), "The sources are not beside the tests.");
        return Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => new SourceFile(path, Path.GetRelativePath(Root, path).Replace('\\', '/')))
            .Where(file => Array.Exists(endings, file.Name.EndsWith)
                && !file.Name.Split('/').Intersect(Foreign).Any()
                && !file.Name.Contains("/Migrations/", StringComparison.Ordinal)
                && !file.Name.StartsWith(".git/", StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

/// <param name="Path">Where it lies.</param>
/// <param name="Name">Relative to the solution, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Name)
{
    public string Text => File.ReadAllText(Path);

    public string[] Lines => File.ReadAllLines(Path);
}

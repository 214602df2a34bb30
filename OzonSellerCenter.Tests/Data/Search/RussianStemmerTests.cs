using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Tests.Architecture;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Data.Search;

public sealed class RussianStemmerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Pairs from the page of the algorithm, and words of the trade.</summary>
    [Theory]
    [InlineData("в", "в")]
    [InlineData("вавиловка", "вавиловк")]
    [InlineData("вагонов", "вагон")]
    [InlineData("важнейшими", "важн")]
    [InlineData("важничал", "важнича")]
    [InlineData("важностию", "важност")]
    [InlineData("валандался", "валанда")]
    [InlineData("валериановых", "валерианов")]
    [InlineData("павлиньим", "павлин")]
    [InlineData("павловцы", "павловц")]
    [InlineData("падающего", "пада")]
    [InlineData("падение", "паден")]
    [InlineData("падчерицей", "падчериц")]
    [InlineData("возвраты", "возврат")]
    [InlineData("возвратом", "возврат")]
    [InlineData("доставленная", "доставлен")]
    [InlineData("деньгами", "деньг")]
    [InlineData("обещанность", "обещан")]
    [InlineData("крм", "крм")]
    public void Forms_of_a_word_share_its_stem(string word, string stem) => Assert.Equal(stem, RussianStemmer.StemOf(word));

    [Fact]
    public async Task It_stems_like_the_Snowball_of_PostgreSQL()
    {
        await using var test = await TestDb.CreateAsync(Provider.Postgres);
        await using var db = await test.Databases.ForSystemAsync(Ct);
        var words = RussianWords();
        Assert.True(words.Count > 3000, $"only {words.Count} words");
        var theirs = await db.Database.SqlQuery<string>($"SELECT (ts_lexize('russian_stem', w))[1] AS \"Value\" FROM unnest({words}) WITH ORDINALITY AS t(w, n) ORDER BY n")
            .ToListAsync(Ct);

        // A dictionary has no stems for its stop words.
        var differing = words.Zip(theirs).Where(p => p.Second is not null && RussianStemmer.StemOf(p.First) != p.Second)
            .Select(p => $"{p.First}: {RussianStemmer.StemOf(p.First)}, not {p.Second}");
        Assert.Empty(differing);
    }

    /// <summary>Every word of the Russian texts of this repository, and each with endings that it may not even have.</summary>
    private static List<string> RussianWords()
    {
        string[] endings = ["", "ившись", "ейшего", "ностью", "ующимися", "авший", "енного", "остей", "иями", "ьями", "нный", "ете"];
        var words = Directory.EnumerateFiles(Sources.Root, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".ru.resx", StringComparison.Ordinal) || f.EndsWith("chats.txt", StringComparison.Ordinal) || f.EndsWith("products.txt", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => SearchWords.Of(File.ReadAllText(f)))
            .Select(w => w.Written)
            .Where(w => w.All(c => c is >= 'а' and <= 'я'))
            .Distinct();
        return [.. words.SelectMany(w => endings.Select(e => w + e)).Distinct()];
    }
}

using System.Globalization;

namespace OzonSellerCenter.Data.Search;

/// <summary>What the index holds of a thing that can be found.</summary>
/// <param name="Key">Names the thing; what has the higher key is shown first (<see cref="SearchKey"/>).</param>
/// <param name="Parts">Words in their order; a phrase is never found across two parts.</param>
/// <param name="Signs">Marks that no text can hold, see <see cref="SearchSigns"/>.</param>
public sealed record SearchDocument(long Key, IReadOnlyList<IReadOnlyList<string>> Parts, IReadOnlyList<string> Signs);

/// <summary>Keys of messages: the second they were written, then their id. So the index itself stands in the order of results, also when a
/// history is imported chat by chat.</summary>
public static class SearchKey
{
    /// <summary>Ids go up to 2^32, seconds to the year 2088.</summary>
    private const int IdBits = 32;

    private static readonly DateTime Epoch = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Above every key.</summary>
    public const long Newest = long.MaxValue;

    public static long Of(DateTime at, long id) => (Math.Clamp((long)(at - Epoch).TotalSeconds, 0, int.MaxValue) << IdBits) | (id & uint.MaxValue);

    public static long IdOf(long key) => key & uint.MaxValue;

    /// <summary>The second the message was written.</summary>
    public static DateTime TimeOf(long key) => Epoch.AddSeconds(key >> IdBits);
}

/// <summary>Words of the index that stand for facts. They begin with a character that no word of a text has.</summary>
public static class SearchSigns
{
    public static string OfStore(int storeId) => Sign('s', storeId);

    public static string OfConversation(long conversationId) => Sign('c', conversationId);

    /// <param name="author">A number of the feature's own.</param>
    public static string OfAuthor(int author) => Sign('a', author);

    private static string Sign(char kind, long number) => string.Create(CultureInfo.InvariantCulture, $"@{kind}{number}");
}

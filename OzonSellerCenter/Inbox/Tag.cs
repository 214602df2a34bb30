using System.Globalization;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A word by which a store sorts its conversations, made by the first who uses it. Capitals make no difference.</summary>
public sealed class Tag : IOwnedByStore
{
    /// <summary>Characters of a name at most.</summary>
    public const int MaxName = 30;

    /// <summary>Tags of one conversation at most.</summary>
    public const int MaxPerConversation = 10;

    /// <summary>Stands between names in one line; no name holds a comma.</summary>
    public const string Between = ", ";

    public int StoreId { get; init; }

    /// <summary>What makes it the same tag, see <see cref="KeyOf"/>.</summary>
    public required string Key { get; init; }

    /// <summary>As it was first written.</summary>
    public required string Name { get; init; }

    /// <summary>The name without what does not show, commas and needless blanks.</summary>
    public static string Clean(string name)
    {
        var signs = name.Select(c => c == ',' || char.IsWhiteSpace(c) ? ' ' : c)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned));
        return string.Join(' ', string.Concat(signs).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public static string KeyOf(string name) => Clean(name).ToLowerInvariant();

    /// <summary>The names out of one line.</summary>
    public static IReadOnlyList<string> NamesIn(string? line) => line is null ? [] : line.Split(Between);
}

/// <summary>That a conversation has a tag; what the filter by tag is read from.</summary>
public sealed class ConversationTag : IOwnedByStore
{
    public int StoreId { get; init; }

    /// <summary>Of the <see cref="Tag"/>.</summary>
    public required string Key { get; init; }

    public long ConversationId { get; init; }
}

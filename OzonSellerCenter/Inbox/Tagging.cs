using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Puts tags on a conversation and takes them off, in the caller's unit of work.</summary>
internal static class Tagging
{
    /// <summary>Refused: <c>TagEmpty</c>, <c>TagTooLong</c> (limit), <c>TooManyTags</c> (limit), <c>Unchanged</c>.</summary>
    public static async Task<Outcome> AddAsync(SellerCenterDb db, Conversation conversation, string name, CancellationToken cancellation)
    {
        name = Tag.Clean(name);
        if (name.Length == 0) return Outcome.Refused("TagEmpty");
        if (name.Length > Tag.MaxName) return Outcome.Refused("TagTooLong", Tag.MaxName);
        var (names, key) = (Tag.NamesIn(conversation.Tags), Tag.KeyOf(name));
        if (names.Any(n => Tag.KeyOf(n) == key)) return Outcome.Refused("Unchanged");
        if (names.Count >= Tag.MaxPerConversation) return Outcome.Refused("TooManyTags", Tag.MaxPerConversation);
        var tag = db.Tags.Local.FirstOrDefault(t => t.StoreId == conversation.StoreId && t.Key == key)
            ?? await db.Tags.SingleOrDefaultAsync(t => t.StoreId == conversation.StoreId && t.Key == key, cancellation);
        if (tag is null) db.Tags.Add(tag = new Tag { StoreId = conversation.StoreId, Key = key, Name = name });
        db.ConversationTags.Add(new ConversationTag { StoreId = conversation.StoreId, Key = key, ConversationId = conversation.Id });
        Set(db, conversation, names.Append(tag.Name), $"+ {tag.Name}");
        return Outcome.Done;
    }

    /// <summary>Refused: <c>Unchanged</c>.</summary>
    public static async Task<Outcome> RemoveAsync(SellerCenterDb db, Conversation conversation, string name, CancellationToken cancellation)
    {
        var (names, key) = (Tag.NamesIn(conversation.Tags), Tag.KeyOf(name));
        var links = db.ConversationTags.Where(l => l.StoreId == conversation.StoreId && l.Key == key && l.ConversationId == conversation.Id);
        if (await links.SingleOrDefaultAsync(cancellation) is not { } link) return Outcome.Refused("Unchanged");
        db.ConversationTags.Remove(link);
        Set(db, conversation, names.Where(n => Tag.KeyOf(n) != key), $"- {Tag.Clean(name)}");
        return Outcome.Done;
    }

    private static void Set(SellerCenterDb db, Conversation conversation, IEnumerable<string> names, string change)
    {
        conversation.Tags = string.Join(Tag.Between, names) is { Length: > 0 } line ? line : null;
        db.Audit(conversation.StoreId, "conversation.tag", InboxActions.SubjectOf(conversation.Id), change);
    }
}

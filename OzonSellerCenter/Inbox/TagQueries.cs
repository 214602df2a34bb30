using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>Reads the tags there are.</summary>
public sealed class TagQueries(Databases databases)
{
    /// <summary>More than so many are not offered.</summary>
    private const int Max = 200;

    /// <summary>Names of the tags that conversations of the person's stores have, each once.</summary>
    /// <param name="storeId">Only of this store; null for all of his.</param>
    public async Task<IReadOnlyList<string>> InUseAsync(CurrentUser user, int? storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var links = db.ConversationTags;
        var tags = await db.Tags
            .Where(t => (storeId == null || t.StoreId == storeId) && links.Any(l => l.StoreId == t.StoreId && l.Key == t.Key))
            .OrderBy(t => t.Key)
            .Take(Max)
            .Select(t => new { t.Key, t.Name })
            .ToListAsync(cancellation);
        return [.. tags.DistinctBy(t => t.Key).Select(t => t.Name)];
    }
}

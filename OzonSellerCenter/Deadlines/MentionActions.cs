using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>What a person does with his mentions: reads them.</summary>
public sealed class MentionActions(Databases databases, TimeProvider clock)
{
    /// <summary>What is on the screen is read: his mentions at a subject.</summary>
    public Task SeenAsync(CurrentUser user, string subject, CancellationToken cancellation) =>
        ReadAsync(user, mentions => mentions.Where(m => m.Subject == subject), cancellation);

    /// <summary>Marks all his mentions as read.</summary>
    public Task MarkAllReadAsync(CurrentUser user, CancellationToken cancellation) => ReadAsync(user, mentions => mentions, cancellation);

    private async Task ReadAsync(CurrentUser user, Func<IQueryable<Mention>, IQueryable<Mention>> which, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var unread = which(db.Mentions.Where(m => m.UserId == user.Id && m.ReadAt == null));

        // Looked first, because a write takes the database's turn even when it changes nothing.
        var stores = await unread.Select(m => m.StoreId).Distinct().ToListAsync(cancellation);
        if (stores.Count == 0) return;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await unread.ExecuteUpdateAsync(set => set.SetProperty(m => m.ReadAt, now), cancellation);
        foreach (var storeId in stores) db.Announce(storeId, EventKind.Alert, "");
        await db.CommitAsync(cancellation);
    }
}

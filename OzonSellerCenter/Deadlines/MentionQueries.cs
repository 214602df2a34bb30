using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Deadlines;

/// <summary>A mention as the bell shows it.</summary>
public sealed record MentionItem(long Id, string Subject, string Title, string By, DateTime At, bool IsRead)
{
    /// <summary>Where it stands.</summary>
    public string Url => SubjectLinks.Of(Subject);
}

/// <summary>Reads the mentions of a person; those of stores he is no member of any more are not his.</summary>
public sealed class MentionQueries(Databases databases)
{
    /// <summary>How many he has not read, counted up to <see cref="AlertQueries.MaxCount"/>.</summary>
    public async Task<int> UnreadAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Mentions.Where(m => m.UserId == user.Id && m.ReadAt == null).OrderBy(m => m.Id).Take(AlertQueries.MaxCount).CountAsync(cancellation);
    }

    /// <summary>The newest, at most so many.</summary>
    public async Task<IReadOnlyList<MentionItem>> NewestAsync(CurrentUser user, bool unreadOnly, int count, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Mentions.Where(m => m.UserId == user.Id && (!unreadOnly || m.ReadAt == null))
            .OrderByDescending(m => m.Id)
            .Take(count)
            .Select(m => new MentionItem(m.Id, m.Subject, m.Title, m.By, m.At, m.ReadAt != null))
            .ToListAsync(cancellation);
    }
}

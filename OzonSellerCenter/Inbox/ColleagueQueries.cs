using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A member of a store as the inbox knows him.</summary>
/// <param name="IsAway">Takes no new conversations in turn.</param>
public sealed record Colleague(int StoreId, string UserId, string Name, StoreRole Role, bool IsAway)
{
    /// <summary>Conversations can be given to him.</summary>
    public bool Answers => Role is StoreRole.Owner or StoreRole.Agent;
}

/// <summary>Reads who works in a person's stores.</summary>
public sealed class ColleagueQueries(Databases databases)
{
    /// <summary>The members of all stores of a person, himself included, by name; who is in two of them comes twice.</summary>
    public async Task<IReadOnlyList<Colleague>> OfAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.Memberships
            .Where(m => m.User.DisabledAt == null)
            .OrderBy(m => m.User.DisplayName).ThenBy(m => m.UserId)
            .Select(m => new Colleague(m.StoreId, m.UserId, m.User.DisplayName, m.Role, m.AwaySince != null))
            .ToListAsync(cancellation);
    }
}

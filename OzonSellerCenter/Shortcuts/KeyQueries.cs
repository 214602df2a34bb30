using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Shortcuts;

/// <summary>Reads which keys a person has.</summary>
public sealed class KeyQueries(Databases databases)
{
    /// <summary>The person's own keys; the usual ones when he changed none.</summary>
    public async Task<KeyMap> OfAsync(CurrentUser user, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var row = await db.PersonalKeys.AsNoTracking().SingleOrDefaultAsync(k => k.UserId == user.Id, cancellation);
        return row is null ? KeyMap.Usual : KeyMap.Read(row.Changes, row.SinglesOff);
    }
}

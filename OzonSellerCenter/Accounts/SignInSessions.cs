using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

/// <summary>Starts, checks and ends sign-ins. Ending one is felt at the next request, and at once in open tabs.</summary>
public sealed class SignInSessions(Databases databases, WallClock clock)
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(30);

    /// <summary>Starts a session and returns the value for the cookie; what ended long ago is cleared away.</summary>
    public async Task<string> StartAsync(AppUser user, string browser, CancellationToken cancellation)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.UtcNow;
        await using var db = await databases.ForSystemAsync(cancellation);
        var (idle, old) = (now - SignInSession.EndsAfterIdle, now - SignInSession.EndsAfter);
        await db.SignInSessions.Where(s => s.UserId == user.Id && (s.SeenAt < idle || s.StartedAt < old)).ExecuteDeleteAsync(cancellation);
        db.SignInSessions.Add(new SignInSession
        {
            Id = IdOf(secret),
            UserId = user.Id,
            SecurityStamp = user.SecurityStamp ?? "",
            Browser = browser.Length > 200 ? browser[..200] : browser,
            StartedAt = now,
            SeenAt = now,
        });
        await db.CommitAsync(cancellation);
        return secret;
    }

    /// <summary>The account behind a principal while its session stands; null when it ended or the account was closed.</summary>
    public async Task<AppUser?> FindAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        if (principal.FindFirstValue(Session.SessionClaim) is not { Length: > 0 } secret) return null;
        var id = IdOf(secret);
        var userId = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        var now = clock.UtcNow;
        var (idle, old) = (now - SignInSession.EndsAfterIdle, now - SignInSession.EndsAfter);
        await using var db = await databases.ForSystemAsync(cancellation);
        var session = await db.SignInSessions.AsNoTracking().Include(s => s.User).SingleOrDefaultAsync(
            s => s.Id == id && s.UserId == userId && s.User.DisabledAt == null && s.User.SecurityStamp == s.SecurityStamp
                && s.SeenAt >= idle && s.StartedAt >= old,
            cancellation);
        if (session is null) return null;
        if (now - session.SeenAt > SeenEvery)
        {
            await db.SignInSessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), cancellation);
        }

        return session.User;
    }

    /// <summary>Ends the session of a principal, if it has one.</summary>
    public async Task EndAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        if (principal.FindFirstValue(Session.SessionClaim) is not { Length: > 0 } secret) return;
        var id = IdOf(secret);
        await using var db = await databases.ForSystemAsync(cancellation);
        await db.SignInSessions.Where(s => s.Id == id).ExecuteDeleteAsync(cancellation);
        await AnnounceAsync(db, Session.Of(principal).Id, cancellation);
        await db.CommitAsync(cancellation);
    }

    /// <summary>Ends every session of a person but the one that asks, which is told the new security stamp. In the caller's transaction;
    /// the caller commits.</summary>
    public static async Task EndOthersAsync(SellerCenterDb db, ClaimsPrincipal principal, CancellationToken cancellation)
    {
        var id = IdOf(principal.FindFirstValue(Session.SessionClaim) ?? "");
        var userId = Session.Of(principal).Id;
        var stamp = await db.Users.Where(u => u.Id == userId).Select(u => u.SecurityStamp).SingleAsync(cancellation) ?? "";
        await db.SignInSessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SecurityStamp, stamp), cancellation);
        await db.SignInSessions.Where(s => s.UserId == userId && s.Id != id).ExecuteDeleteAsync(cancellation);
        await AnnounceAsync(db, userId, cancellation);
    }

    /// <summary>Open tabs of the person listen for changes of his rights; goes out with the caller's commit.</summary>
    public static async Task AnnounceAsync(SellerCenterDb db, string userId, CancellationToken cancellation)
    {
        var stores = await db.Memberships.Where(m => m.UserId == userId).Select(m => m.StoreId).ToListAsync(cancellation);
        foreach (var store in stores) db.Announce(store, EventKind.Membership, userId);
    }

    /// <summary>The browsers a person is signed in with, the one that asks first.</summary>
    public async Task<IReadOnlyList<(string Browser, DateTime SeenAt, bool IsThis)>> OfAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        var id = IdOf(principal.FindFirstValue(Session.SessionClaim) ?? "");
        var userId = Session.Of(principal).Id;
        await using var db = await databases.ForSystemAsync(cancellation);
        var sessions = await db.SignInSessions.AsNoTracking().Where(s => s.UserId == userId && s.SecurityStamp == s.User.SecurityStamp)
            .OrderByDescending(s => s.Id == id).ThenByDescending(s => s.SeenAt).Take(50).ToListAsync(cancellation);
        return [.. sessions.Select(s => (s.Browser, s.SeenAt, s.Id == id))];
    }

    /// <summary>Key of the row behind the value in a cookie.</summary>
    internal static string IdOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

/// <summary>That a person has shown lately that it is he who sits before the screen. Made here alone.</summary>
public sealed class SignInProof
{
    internal SignInProof(string userId, DateTime at) => (UserId, At) = (userId, at);

    internal string UserId { get; }

    internal DateTime At { get; }
}

/// <summary>Before money moves, the person who moves it has signed in, or given his password again, within ten minutes.</summary>
public sealed class FreshSignIn(IServiceScopeFactory scopes, Databases databases, SignInGuards guards, WallClock clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>What this session proves; null when the last time is too long ago.</summary>
    public async Task<SignInProof?> ProofAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        if (principal.FindFirstValue(Session.SessionClaim) is not { Length: > 0 } secret) return null;
        var (id, userId) = (SignInSessions.IdOf(secret), Session.Of(principal).Id);
        await using var db = await databases.ForSystemAsync(cancellation);
        var at = await db.SignInSessions.Where(s => s.Id == id && s.UserId == userId).Select(s => s.ConfirmedAt ?? (DateTime?)s.StartedAt).SingleOrDefaultAsync(cancellation);
        return at is { } known && clock.UtcNow - known <= Lasts ? new SignInProof(userId, known) : null;
    }

    /// <summary>Takes the password. Refused: <c>PasswordWrong</c>, <c>TooManyTries</c>, <c>NotFound</c> (the session has ended).</summary>
    public async Task<Outcome> ConfirmAsync(ClaimsPrincipal principal, string password, CancellationToken cancellation)
    {
        if (principal.FindFirstValue(Session.SessionClaim) is not { Length: > 0 } secret) return Outcome.NotFound;
        var person = Session.Of(principal);
        await using var work = await AccountWork.OpenAsync(scopes, person, cancellation);
        if (await work.People.FindByIdAsync(person.Id) is not { } user) return Outcome.NotFound;
        if (!await guards.TakeTryAsync(user.Id, cancellation)) return Outcome.Refused("TooManyTries");
        if (!await work.People.CheckPasswordAsync(user, password)) return Outcome.Refused("PasswordWrong");
        await guards.ClearAsync(user.Id, cancellation);
        var (id, now) = (SignInSessions.IdOf(secret), clock.UtcNow);
        var confirmed = await work.Db.SignInSessions.Where(s => s.Id == id && s.UserId == user.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ConfirmedAt, now), cancellation);
        return confirmed == 1 ? Outcome.Done : Outcome.NotFound;
    }

    /// <summary>Whether it is this person's, and not too old.</summary>
    public bool IsFresh(SignInProof? proof, CurrentUser user) => proof is not null && proof.UserId == user.Id && clock.UtcNow - proof.At <= Lasts;
}

using OzonSellerCenter.Data;

namespace OzonSellerCenter.Accounts;

/// <summary>One sign-in of a person in one browser. A cookie is worth nothing without its row, so a copied cookie dies with the sign-out.</summary>
public sealed class SignInSession
{
    /// <summary>Unused that long, a session ends; the same span as the cookie.</summary>
    public static readonly TimeSpan EndsAfterIdle = TimeSpan.FromDays(14);

    /// <summary>However busy, a session ends after that.</summary>
    public static readonly TimeSpan EndsAfter = TimeSpan.FromDays(90);

    /// <summary>SHA-256 of the random value in the cookie, in hex: the database alone lets nobody in.</summary>
    public required string Id { get; init; }

    public required string UserId { get; init; }
    public AppUser User { get; init; } = null!;

    /// <summary>The person's security stamp at sign-in; a changed password or second factor ends every session that was not told so.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>What the browser called itself, shortened.</summary>
    public required string Browser { get; init; }

    public DateTime StartedAt { get; init; }
    public DateTime SeenAt { get; set; }

    /// <summary>When the password was last given again, as before money moves; null when only at the sign-in.</summary>
    public DateTime? ConfirmedAt { get; set; }
}

/// <summary>What stands against guessing, apart from the account row, which Identity writes back as a whole.</summary>
public sealed class SignInGuard
{
    /// <summary>More tries than this in a row pause the account.</summary>
    public const int MaxTries = 10;

    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    public required string UserId { get; init; }

    /// <summary>Tries since the last success or pause.</summary>
    public int Tries { get; set; }

    /// <summary>No password and no code is looked at before this.</summary>
    public DateTime? LockedUntil { get; set; }

    /// <summary>The last 30-second step whose one-time code was used; a code counts once.</summary>
    public long CodeStep { get; set; }
}

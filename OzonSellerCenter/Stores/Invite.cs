using OzonSellerCenter.Data;

namespace OzonSellerCenter.Stores;

/// <summary>An owner's invitation of an e-mail address into one store, as a link that is handed over by the owner himself.</summary>
public sealed class Invite : IOwnedByStore
{
    /// <summary>The link opens nothing after that.</summary>
    public static readonly TimeSpan EndsAfter = TimeSpan.FromHours(48);

    public int Id { get; init; }
    public int StoreId { get; init; }
    public Store Store { get; init; } = null!;

    /// <summary>Lower case. The account that accepts must have this address.</summary>
    public required string Email { get; init; }

    public StoreRole Role { get; init; }

    /// <summary>SHA-256 of the token in the link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>The owner's name, for the page behind the link.</summary>
    public required string InvitedBy { get; init; }

    /// <summary>His key: the link is worth as much as his right to make it.</summary>
    public required string InvitedById { get; init; }

    /// <summary>By the real time, as everything that guards access.</summary>
    public DateTime ExpiresAt { get; init; }

    public DateTime? AcceptedAt { get; set; }
}

/// <summary>An owner's permission for a member to choose a new password, as a link that works once.</summary>
public sealed class PasswordReset : IOwnedByStore
{
    /// <summary>The link opens nothing after that.</summary>
    public static readonly TimeSpan EndsAfter = TimeSpan.FromHours(24);

    public int Id { get; init; }

    /// <summary>The store whose owner made it.</summary>
    public int StoreId { get; init; }

    public required string UserId { get; init; }
    public AppUser User { get; init; } = null!;

    /// <summary>Key of the owner who made it: the link is worth as much as his right to make it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>SHA-256 of the token in the link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>For a lost phone: two-step sign-in and passkeys end with the old password.</summary>
    public bool ClearsSecondStep { get; init; }

    /// <summary>By the real time, as everything that guards access.</summary>
    public DateTime ExpiresAt { get; init; }

    public DateTime? UsedAt { get; set; }
}

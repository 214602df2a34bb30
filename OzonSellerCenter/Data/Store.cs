namespace OzonSellerCenter.Data;

/// <summary>A row that belongs to one store and is seen only by its members (the access filter of <see cref="SellerCenterDb"/>).</summary>
public interface IOwnedByStore
{
    /// <summary>Key of the <see cref="Store"/>.</summary>
    int StoreId { get; }
}

/// <summary>A row of a person that the members of a store see as well when it is shared with one.</summary>
public interface IOwnedByPerson
{
    /// <summary>Key of the <see cref="AppUser"/>.</summary>
    string UserId { get; }

    /// <summary>Key of the <see cref="Store"/> it is shared with; null for the person alone.</summary>
    int? StoreId { get; }
}

/// <summary>A row with optimistic concurrency: <see cref="SellerCenterDb"/> bumps the number on every change,
/// because SQLite has no row version of its own.</summary>
public interface IVersioned
{
    /// <summary>Grows by one with each saved change.</summary>
    long Version { get; set; }
}

/// <summary>One shop on Ozon: an account (Client-Id) with its key, zone and texts.</summary>
public sealed class Store : IVersioned
{
    public int Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Ozon's numeric account id, sent as the header <c>Client-Id</c>.</summary>
    public required string ClientId { get; set; }

    /// <summary>The Api-Key, encrypted at rest; null until one was entered.</summary>
    public byte[]? ProtectedApiKey { get; set; }

    /// <summary>IANA name of the zone in which the shop's times are shown, such as <c>Europe/Moscow</c>.</summary>
    public string TimeZone { get; set; } = "Europe/Moscow";

    /// <summary>The return policy shown beside conversations, in Russian, as the shop words it.</summary>
    public string ReturnPolicy { get; set; } = "";

    /// <summary>SHA-256 of the secret in the address Ozon pushes to; the lookup key of the receiver.</summary>
    public byte[]? PushSecretHash { get; set; }

    /// <summary>The push secret itself, encrypted, so that an owner can copy the address again.</summary>
    public byte[]? ProtectedPushSecret { get; set; }

    /// <summary>Which rule set the store started on; a sandbox store uses the seeds' values.</summary>
    public bool IsSandbox { get; set; }

    /// <summary>What stands between us and Ozon at the moment; <see cref="ConnectionState.Working"/> when nothing does.</summary>
    public ConnectionState Connection { get; set; } = ConnectionState.NotChecked;

    /// <summary>Since when <see cref="Connection"/> has its value.</summary>
    public DateTime? ConnectionSince { get; set; }

    /// <summary>What Ozon said, for the owner's eyes; never holds the key.</summary>
    public string? ConnectionDetail { get; set; }

    /// <summary>When the key ends according to <c>/v1/roles</c>; null when unknown.</summary>
    public DateTime? KeyExpiresAt { get; set; }

    /// <summary>A key that ends sooner is pointed out, days; Ozon's keys live three months.</summary>
    public const int KeyEndsSoonDays = 14;

    /// <summary>Subscription according to <c>/v1/seller/info</c>, such as <c>PREMIUM_PLUS</c>.</summary>
    public string? Subscription { get; set; }

    /// <summary>When data from Ozon was last known to be complete.</summary>
    public DateTime? SyncedAt { get; set; }

    /// <summary>Since when conversations nobody looks after are given out in turn; null while they are not.</summary>
    public DateTime? RoundRobinSince { get; set; }

    /// <summary>So many conversations in which the buyer waits a person is given in turn at most.</summary>
    public int MaxOpenPerPerson { get; set; } = 10;

    /// <summary>The words in which the shop reminds a buyer to pay, in Russian, with placeholders; null for the usual ones.</summary>
    public string? PaymentReminder { get; set; }

    public long Version { get; set; }
}

/// <summary>Why a store does or does not talk to Ozon; each value has a text with what to do (ozon/api.md §1.3).</summary>
public enum ConnectionState
{
    NotChecked,
    Working,
    NoKey,
    WrongKey,
    BadClientId,
    MissingRole,
    SubscriptionRequired,
    OfferNotSigned,
    KeyDeactivated,
    KeyIpBound,
    Throttled,
    Unreachable,
    OzonFailing,

    /// <summary>Ozon refuses the key in words that are not known here.</summary>
    Forbidden,

    /// <summary>There is a key, encrypted with another master key than this installation's.</summary>
    KeyUnreadable,
}

/// <summary>What a member may do in a store.</summary>
public enum StoreRole
{
    /// <summary>Settings, keys and members, and all daily work.</summary>
    Owner = 1,

    /// <summary>Daily work.</summary>
    Agent = 2,

    /// <summary>The support desk of the stores it serves.</summary>
    Support = 3,
}

/// <summary>A person's role in a store; no row, no right.</summary>
public sealed class Membership : IOwnedByStore
{
    public int StoreId { get; init; }
    public Store Store { get; init; } = null!;
    public required string UserId { get; init; }
    public AppUser User { get; init; } = null!;
    public StoreRole Role { get; set; }
    public DateTime SinceAt { get; init; }

    /// <summary>Since when he takes no new conversations in turn; null while he does.</summary>
    public DateTime? AwaySince { get; set; }

    /// <summary>When he was last given a conversation in turn; whose turn is the longest ago is next.</summary>
    public DateTime? GivenAt { get; set; }
}

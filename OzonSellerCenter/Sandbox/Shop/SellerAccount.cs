namespace OzonSellerCenter.Sandbox.Shop;

/// <summary>A seller as Ozon knows him: one Client-Id.</summary>
internal sealed class SellerAccount
{
    public long ClientId { get; init; }
    public required string Name { get; init; }
    public required string LegalName { get; init; }
    public required string Inn { get; init; }

    /// <summary>Ozon's subscription: UNSPECIFIED, PREMIUM, PREMIUM_PLUS or PREMIUM_PRO.</summary>
    public required string Subscription { get; init; }

    public List<SellerKey> Keys { get; init; } = [];

    /// <summary>Whether buyers may be written to through the API (Premium Plus or Pro; Ozon /v1/chat/send/message).</summary>
    public bool MayWriteToBuyers => Subscription is "PREMIUM_PLUS" or "PREMIUM_PRO";
}

/// <summary>An Api-Key with its roles.</summary>
internal sealed class SellerKey
{
    public required string Key { get; init; }
    public long ClientId { get; init; }
    public DateTime ExpiresAt { get; init; }

    /// <summary>Names of <see cref="Api.Roles"/>, separated by commas.</summary>
    public required string RoleNames { get; init; }
}

/// <summary>A person who buys. The seller never learns more than the id and, from an order, the name.</summary>
internal sealed class Buyer
{
    public long Id { get; init; }
    public required string Name { get; init; }
    public required string City { get; init; }
    public required string Region { get; init; }

    /// <summary>Ozon's points: each pays one rouble.</summary>
    public long Points { get; set; } = 500;
}

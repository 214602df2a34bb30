namespace OzonSellerCenter.Ozon;

/// <summary>The shop itself: who it is, what the key may do, how it is rated.</summary>
public sealed partial class OzonApi
{
    /// <summary>/v1/seller/info.</summary>
    public Task<OzonResult<SellerInfoResponse>> SellerInfoAsync(OzonAccount account, CancellationToken cancellation) =>
        ReadAsync<SellerInfoResponse>(account, "/v1/seller/info", new EmptyRequest(), cancellation);

    /// <summary>/v1/roles.</summary>
    public Task<OzonResult<RolesResponse>> RolesAsync(OzonAccount account, CancellationToken cancellation) =>
        ReadAsync<RolesResponse>(account, "/v1/roles", new EmptyRequest(), cancellation);

    /// <summary>/v1/rating/summary.</summary>
    public Task<OzonResult<RatingSummaryResponse>> RatingSummaryAsync(OzonAccount account, CancellationToken cancellation) =>
        ReadAsync<RatingSummaryResponse>(account, "/v1/rating/summary", new EmptyRequest(), cancellation);
}

/// <summary>The empty body of methods without parameters: <c>{}</c>.</summary>
public sealed record EmptyRequest;

/// <summary>Answer of /v1/seller/info.</summary>
public sealed record SellerInfoResponse
{
    public SellerCompany Company { get; init; } = new();

    public IReadOnlyList<SellerRating> Ratings { get; init; } = [];

    public SellerSubscription Subscription { get; init; } = new();
}

public sealed record SellerCompany
{
    public string Name { get; init; } = "";

    public string LegalName { get; init; } = "";

    public string Country { get; init; } = "";

    public string Currency { get; init; } = "";

    public string Inn { get; init; } = "";

    public string Ogrn { get; init; } = "";

    public string OwnershipForm { get; init; } = "";

    /// <summary>UNKNOWN, UNSPECIFIED, OSNO, USN, NPD, AUSN or PSN.</summary>
    public string? TaxSystem { get; init; }
}

public sealed record SellerSubscription
{
    public bool IsPremium { get; init; }

    /// <summary>UNKNOWN, UNSPECIFIED, PREMIUM, PREMIUM_LITE, PREMIUM_PLUS or PREMIUM_PRO.</summary>
    public string Type { get; init; } = "UNKNOWN";
}

public sealed record SellerRating
{
    /// <summary>The system name, for example rating_replied_dialogs_ratio.</summary>
    public string Rating { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>UNKNOWN, OK, WARNING or CRITICAL.</summary>
    public string Status { get; init; } = "UNKNOWN";

    /// <summary>UNKNOWN, INDEX, PERCENT, TIME, RATIO, REVIEW_SCORE or COUNT.</summary>
    public string ValueType { get; init; } = "UNKNOWN";

    public SellerRatingValue? CurrentValue { get; init; }

    public SellerRatingValue? PastValue { get; init; }
}

public sealed record SellerRatingValue
{
    public double Value { get; init; }

    public string Formatted { get; init; } = "";

    public DateTime? DateFrom { get; init; }

    public DateTime? DateTo { get; init; }

    public SellerRatingThresholds? Status { get; init; }
}

public sealed record SellerRatingThresholds
{
    public bool Danger { get; init; }

    public bool Premium { get; init; }

    public bool Warning { get; init; }
}

/// <summary>Answer of /v1/roles: the cheapest check of a key. A key lives 3 months.</summary>
public sealed record RolesResponse
{
    public DateTime? ExpiresAt { get; init; }

    public IReadOnlyList<KeyRole> Roles { get; init; } = [];
}

public sealed record KeyRole
{
    /// <summary>For example Admin, Posting FBS.</summary>
    public string Name { get; init; } = "";

    /// <summary>Paths that the role may call.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];
}

/// <summary>Answer of /v1/rating/summary.</summary>
public sealed record RatingSummaryResponse
{
    public IReadOnlyList<RatingGroup> Groups { get; init; } = [];

    public IReadOnlyList<LocalizationIndex> LocalizationIndex { get; init; } = [];

    public bool PenaltyScoreExceeded { get; init; }

    public bool Premium { get; init; }

    public bool PremiumPlus { get; init; }
}

public sealed record RatingGroup
{
    public string GroupName { get; init; } = "";

    public IReadOnlyList<RatingItem> Items { get; init; } = [];
}

public sealed record RatingItem
{
    public string Name { get; init; } = "";

    /// <summary>The system name. Chat: rating_reaction_time and rating_average_response_time (seconds), rating_replied_dialogs_ratio.</summary>
    public string Rating { get; init; } = "";

    public double CurrentValue { get; init; }

    public double PastValue { get; init; }

    public string ValueType { get; init; } = "";

    public string RatingDirection { get; init; } = "";

    public string Status { get; init; } = "";

    public RatingChange? Change { get; init; }
}

public sealed record RatingChange
{
    /// <summary>DIRECTION_UNKNOWN, DIRECTION_NONE, DIRECTION_RISE or DIRECTION_FALL.</summary>
    public string Direction { get; init; } = "";

    /// <summary>MEANING_UNKNOWN, MEANING_NONE, MEANING_GOOD or MEANING_BAD.</summary>
    public string Meaning { get; init; } = "";
}

public sealed record LocalizationIndex
{
    public DateTime? CalculationDate { get; init; }

    public int LocalizationPercentage { get; init; }
}

namespace OzonSellerCenter.Sandbox.Pushes;

/// <summary>Where an account's pushes go.</summary>
internal sealed class PushTarget
{
    public long ClientId { get; init; }
    public required string Url { get; set; }

    /// <summary>Set while more than half of the last answers were failures; nothing is sent but a PING now and then.</summary>
    public DateTime? SuspendedAt { get; set; }
}

/// <summary>One event on its way to one receiver.</summary>
internal sealed class PushDelivery
{
    public long Id { get; init; }
    public long ClientId { get; init; }

    /// <summary>The request's body as it goes out, every time the same.</summary>
    public required string Body { get; init; }
    public DateTime CreatedAt { get; init; }
    public int Attempts { get; set; }
    public DateTime NextAttemptAt { get; set; }
    public PushState State { get; set; }

    /// <summary>What the receiver did wrong the last time.</summary>
    public string LastError { get; set; } = "";
}

internal enum PushState
{
    Waiting,
    Delivered,

    /// <summary>Given up after the last of the documented tries.</summary>
    Dropped,

    /// <summary>Never sent, by the fault "lost-push".</summary>
    Lost,
}

namespace OzonSellerCenter.Shared;

/// <summary>Why something was refused: a key of the texts of the screen that shows it, and its arguments.</summary>
public sealed record Reason(string Key, params object[] Args);

/// <summary>How a write ended. A refusal is a value with a name, not an exception.</summary>
public readonly record struct Outcome
{
    /// <summary>Null when it was done.</summary>
    public Reason? Refusal { get; private init; }

    public bool IsDone => Refusal is null;

    public static Outcome Done => default;

    public static Outcome Refused(string key, params object[] args) => new() { Refusal = new Reason(key, args) };

    /// <summary>The answer for ids that do not exist and for ids of others alike.</summary>
    public static Outcome NotFound => Refused("NotFound");
}

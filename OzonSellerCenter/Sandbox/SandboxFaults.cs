namespace OzonSellerCenter.Sandbox;

/// <summary>What can be made to go wrong. The first four strike calls of the API, the last three pushes.</summary>
internal enum FaultKind
{
    Latency,
    Http429,

    /// <summary>Fails before anything was done.</summary>
    Http500,

    /// <summary>Does what was asked, then cuts the connection.</summary>
    DropResponse,
    DuplicatePush,
    LostPush,
    ReorderPush,
}

/// <summary>Faults on request. Kinds add up; chance is seeded, so the same calls meet the same faults.</summary>
internal sealed class SandboxFaults(SandboxOptions options)
{
    private readonly Lock _sync = new();
    private readonly Dictionary<FaultKind, Fault> _faults = [];
    private Random _chance = new(options.Seed);

    private sealed record Fault(double Rate, TimeSpan For);

    /// <summary>The names of the control API.</summary>
    public static FaultKind? Parse(string? kind) => kind switch
    {
        "latency" => FaultKind.Latency,
        "http429" => FaultKind.Http429,
        "http500" => FaultKind.Http500,
        "drop-response" => FaultKind.DropResponse,
        "duplicate-push" => FaultKind.DuplicatePush,
        "lost-push" => FaultKind.LostPush,
        "reorder-push" => FaultKind.ReorderPush,
        _ => null,
    };

    public void Set(FaultKind kind, double rate, TimeSpan delay)
    {
        lock (_sync)
            _faults[kind] = new Fault(rate, delay);
    }

    /// <summary>No faults, and chance starts over.</summary>
    public void Clear()
    {
        lock (_sync)
        {
            _faults.Clear();
            _chance = new Random(options.Seed);
        }
    }

    /// <summary>Whether this fault hits now.</summary>
    public bool Strikes(FaultKind kind)
    {
        lock (_sync)
            return _faults.TryGetValue(kind, out var fault) && fault.Rate > 0 && _chance.NextDouble() < fault.Rate;
    }

    /// <summary>How long a late answer takes.</summary>
    public TimeSpan Delay(FaultKind kind)
    {
        lock (_sync)
            return _faults.TryGetValue(kind, out var fault) ? fault.For : TimeSpan.Zero;
    }

    /// <summary>How much later a push comes that others overtake: the span asked for, else 50 to 400 ms.</summary>
    public TimeSpan ReorderDelay()
    {
        lock (_sync)
        {
            return _faults.TryGetValue(FaultKind.ReorderPush, out var fault) && fault.For > TimeSpan.Zero
                ? fault.For
                : TimeSpan.FromMilliseconds(_chance.Next(50, 400));
        }
    }
}

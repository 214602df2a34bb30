using System.Collections.Concurrent;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>What Ozon refuses for a reason of its own, such as a chat that is gone, is asked for less and less often: many failing calls may
/// cost the account its access (Ozon, Limits). A restart asks again.</summary>
internal sealed class LessOften(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<long, (int Times, long At)> _refused = new();

    /// <summary>What is not to be asked for now.</summary>
    public List<long> Resting => [.. _refused.Where(r => clock.GetElapsedTime(r.Value.At) < PauseAfter(r.Value.Times)).Select(r => r.Key)];

    /// <summary>Notes a failure; one of the network or of Ozon as a whole says nothing about this thing.</summary>
    public void Failed(long id, OzonErrorKind kind)
    {
        if (kind is OzonErrorKind.Unreachable or OzonErrorKind.Unclear or OzonErrorKind.ServerError or OzonErrorKind.RateLimited or OzonErrorKind.CircuitOpen) return;
        _refused.AddOrUpdate(id, (1, clock.GetTimestamp()), (_, before) => (before.Times + 1, clock.GetTimestamp()));
    }

    public void Answered(long id) => _refused.TryRemove(id, out _);

    private static TimeSpan PauseAfter(int times)
    {
        var pause = First * Math.Pow(2, Math.Min(times, 10) - 1);
        return pause < Longest ? pause : Longest;
    }
}

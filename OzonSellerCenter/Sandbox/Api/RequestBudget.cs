using System.Collections.Concurrent;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>
/// Ozon's limit: 50 calls a second for a Client-Id over all methods. A bucket that holds a second's worth and fills evenly;
/// it lives in real time, whatever the sandbox's calendar says.
/// </summary>
internal sealed class RequestBudget(int perSecond, TimeProvider real)
{
    private readonly ConcurrentDictionary<long, Bucket> _buckets = new();

    private sealed class Bucket
    {
        public double Left { get; set; }
        public long FilledAt { get; set; }
    }

    /// <summary>Takes one call out of the bucket.</summary>
    /// <returns>Calls left, or -1 when there was none to take.</returns>
    public int Take(long clientId)
    {
        var bucket = _buckets.GetOrAdd(clientId, _ => new Bucket { Left = perSecond, FilledAt = real.GetTimestamp() });
        lock (bucket)
        {
            var now = real.GetTimestamp();
            bucket.Left = Math.Min(perSecond, bucket.Left + (real.GetElapsedTime(bucket.FilledAt, now).TotalSeconds * perSecond));
            bucket.FilledAt = now;
            if (bucket.Left < 1)
                return -1;
            bucket.Left--;
            return (int)bucket.Left;
        }
    }
}

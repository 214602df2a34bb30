using System.Collections.Concurrent;

namespace OzonSellerCenter.Ozon;

/// <summary>
/// Keeps every Client-Id under Ozon's limit, for all workers together: never more than <c>perSecond</c> calls in any window of one second,
/// and no call of a method that Ozon told to wait.
/// </summary>
/// <remarks>
/// Written out because System.Threading.RateLimiting cannot promise this: its token bucket lets a full bucket and its refill into one
/// second, its sliding window frees a whole segment at once. The clock must be the machine's: a sandbox clock that jumps would free or
/// freeze the queue.
/// </remarks>
public sealed class OzonRateLimit(int perSecond, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string ClientId, string Method), long> _held = new();

    /// <summary>Waits for this account's turn; in the order asked.</summary>
    public Task WaitAsync(string clientId, CancellationToken cancellation) =>
        _lanes.GetOrAdd(clientId, _ => new Lane(perSecond, clock)).WaitAsync(cancellation);

    /// <summary>No call of this method for so long; a shorter hold does not shorten a longer one.</summary>
    public void Hold(string clientId, string method, TimeSpan rest)
    {
        var until = clock.GetTimestamp() + (long)(rest.TotalSeconds * clock.TimestampFrequency);
        _held.AddOrUpdate((clientId, method), until, (_, before) => Math.Max(before, until));
    }

    /// <summary>How long the method must still be left alone, or <see cref="TimeSpan.Zero"/>.</summary>
    public TimeSpan HeldFor(string clientId, string method)
    {
        if (!_held.TryGetValue((clientId, method), out var until))
            return TimeSpan.Zero;
        var now = clock.GetTimestamp();
        if (now < until)
            return clock.GetElapsedTime(now, until);
        _held.TryRemove(KeyValuePair.Create((clientId, method), until));
        return TimeSpan.Zero;
    }

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
            lane.Dispose();
    }

    /// <summary>Remembers when the last <c>perSecond</c> calls were let go; the next may go a second after the oldest of them.</summary>
    private sealed class Lane(int perSecond, TimeProvider clock) : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1, 1);
        private readonly Queue<long> _let = new();

        public async Task WaitAsync(CancellationToken cancellation)
        {
            await _turn.WaitAsync(cancellation);
            try
            {
                if (_let.Count == perSecond)
                {
                    // A timer may fire a little early: only the clock decides.
                    for (var rest = Rest(); rest > TimeSpan.Zero; rest = Rest())
                        await Task.Delay(rest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : rest, clock, cancellation);
                    _let.Dequeue();
                }

                _let.Enqueue(clock.GetTimestamp());
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose() => _turn.Dispose();

        private TimeSpan Rest() => Window - clock.GetElapsedTime(_let.Peek());
    }
}

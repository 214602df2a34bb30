using System.Collections.Concurrent;

namespace OzonSellerCenter.Data;

/// <summary>Something about a store that is read once and kept until it is forgotten. Who asks while it is being read waits for the same read.</summary>
internal sealed class KeptPerStore<T>(Func<int, Task<T>> read)
{
    private readonly ConcurrentDictionary<int, Lazy<Task<T>>> _kept = new();

    /// <summary>The kept value. The read is shared by all who ask, so it does not end with one of them.</summary>
    public async Task<T> ForAsync(int storeId, CancellationToken cancellation)
    {
        var reading = _kept.GetOrAdd(storeId, id => new Lazy<Task<T>>(() => read(id)));
        try
        {
            return await reading.Value.WaitAsync(cancellation);
        }
        catch when (reading.Value.IsFaulted)
        {
            // A failed read is not kept: the next caller tries again.
            _kept.TryRemove(KeyValuePair.Create(storeId, reading));
            throw;
        }
    }

    /// <summary>Whoever began to read before is thrown out as well; whoever asks later reads anew.</summary>
    public void Forget(int storeId) => _kept.TryRemove(storeId, out _);
}

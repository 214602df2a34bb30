using System.Collections.Concurrent;
using OzonSellerCenter.Disputes.Packs;

namespace OzonSellerCenter.Background;

/// <summary>Has the packs made that people asked for.</summary>
internal sealed class PackPrinter(PackMaker maker)
{
    /// <summary>Stores in which it was looked, since the start of the program, for what a killed one had left.</summary>
    private readonly ConcurrentDictionary<int, bool> _looked = new();

    /// <summary>Makes all packs of a store that wait, one after the other.</summary>
    public async Task WorkOffAsync(int storeId, CancellationToken cancellation)
    {
        if (!_looked.ContainsKey(storeId))
        {
            await maker.EndCutOffAsync(storeId, cancellation);
            _looked[storeId] = true;
        }

        while (await maker.MakeNextAsync(storeId, cancellation))
        {
            // The next one that waits.
        }
    }
}

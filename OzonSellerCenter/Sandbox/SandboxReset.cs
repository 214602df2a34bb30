using OzonSellerCenter.Sandbox.Buyers;

namespace OzonSellerCenter.Sandbox;

/// <summary>Puts everything back to the first day: shop, chats, buyers, faults and clock.</summary>
internal sealed class SandboxReset(SandboxData data, SandboxFaults faults, SandboxBuyers buyers) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Does the reset it is given, with whatever has to be done before and after it. The composition sets it: a client that has taken
    /// over chats has to forget them, for the same ids mean others afterwards.</summary>
    public Func<Func<Task>, Task> Around { get; set; } = reset => reset();

    /// <summary>Resets and returns when everybody has begun anew. A reset under way is not broken off by a caller who hangs up.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            faults.Clear();
            buyers.Restart();
            await Around(() => data.ResetAsync());
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}

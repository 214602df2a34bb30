using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace OzonSellerCenter.Background;

/// <summary>For how long unclear commands have been unclear, in time that really passed. The sandbox moves the app's clock by hours, and a
/// machine's clock may be set; neither hurries a request that is still on its way. Reckoned from when this process first looked, so a restart
/// waits once more.</summary>
internal sealed class Settling(IOptions<OutboxOptions> options, TimeProvider real)
{
    private readonly ConcurrentDictionary<long, long> _since = new();

    /// <summary>Whether what Ozon did not show by now it will not show later. Ask before the history is read.</summary>
    public bool IsOver(long commandId) =>
        real.GetElapsedTime(_since.GetOrAdd(commandId, _ => real.GetTimestamp())) >= TimeSpan.FromSeconds(options.Value.SettleSeconds);

    /// <summary>The command is settled, or is sent again and may become unclear anew.</summary>
    public void Forget(long commandId) => _since.TryRemove(commandId, out _);
}

using System.Threading.Channels;

namespace OzonSellerCenter.Background;

/// <summary>Sleeps until an instant by the app's clock, until it is called, or for half a minute of real time, should a call have been lost.
/// Calls while nobody sleeps are remembered; several count as one.</summary>
internal sealed class Alarm(TimeProvider clock)
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(30);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _wake.Writer.TryWrite(true);

    /// <param name="until">Null without an instant.</param>
    public async Task SleepAsync(DateTime? until, CancellationToken cancellation)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var wait = until - clock.GetUtcNow().UtcDateTime;
        List<Task> reasons = [_wake.Reader.WaitToReadAsync(awake.Token).AsTask(), Task.Delay(SafetyNet, TimeProvider.System, awake.Token)];
        if (wait < TimeSpan.FromDays(1)) reasons.Add(Task.Delay(wait.Value < TimeSpan.Zero ? TimeSpan.Zero : wait.Value, clock, awake.Token));
        await Task.WhenAny(reasons);
        await awake.CancelAsync();
        _wake.Reader.TryRead(out _);
    }
}

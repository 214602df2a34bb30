using System.Diagnostics.Metrics;

namespace OzonSellerCenter.Background;

/// <summary>What the background work counts, under the meter <c>OzonSellerCenter</c>.</summary>
public sealed class Figures
{
    public const string MeterName = "OzonSellerCenter";

    private readonly Counter<long> _pushes;
    private readonly Counter<long> _taken;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _unclear;
    private readonly Counter<long> _readBacks;
    private readonly Counter<long> _parked;
    private long _waitingPushes;
    private long _waitingCommands;

    public Figures(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _pushes = meter.CreateCounter<long>("seller.pushes", "{push}", "Pushes by what became of them.");
        _taken = meter.CreateCounter<long>("seller.messages.taken", "{message}", "Messages taken over from Ozon.");
        _sends = meter.CreateCounter<long>("seller.outbox.sends", "{call}", "Calls of the outbox by how they ended.");
        _unclear = meter.CreateCounter<long>("seller.outbox.unclear", "{call}", "Calls after which Ozon may or may not have acted.");
        _readBacks = meter.CreateCounter<long>("seller.outbox.readbacks", "{read}", "Histories read to settle an unclear call.");
        _parked = meter.CreateCounter<long>("seller.parked", "{item}", "Items set aside after too many failures.");
        meter.CreateObservableGauge("seller.pushes.waiting", () => Volatile.Read(ref _waitingPushes), "{push}", "Pushes stored and not worked off, as last seen.");
        meter.CreateObservableGauge("seller.outbox.waiting", () => Volatile.Read(ref _waitingCommands), "{command}", "Commands not finished, as last seen.");
    }

    internal void Push(string type, string fate) => _pushes.Add(1, new("type", type), new("fate", fate));

    internal void Taken(int messages) => _taken.Add(messages);

    internal void Sent(string kind, string ending) => _sends.Add(1, new("kind", kind), new("ending", ending));

    internal void Unclear() => _unclear.Add(1);

    internal void ReadBack(bool found) => _readBacks.Add(1, new KeyValuePair<string, object?>("found", found));

    internal void Parked(string what) => _parked.Add(1, new KeyValuePair<string, object?>("what", what));

    internal void WaitingPushes(long count) => Volatile.Write(ref _waitingPushes, count);

    internal void WaitingCommands(long count) => Volatile.Write(ref _waitingCommands, count);
}

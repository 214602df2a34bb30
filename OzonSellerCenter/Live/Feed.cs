using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Live;

/// <summary>Tells the screens of this process what was committed. Its notices are hints: each reader compares sequence numbers
/// and reads what it missed from the event table.</summary>
public sealed class Feed
{
    private const int Room = 256;
    private readonly ConcurrentDictionary<Channel<StoreEvent>, byte> _readers = new();

    public Feed(Databases databases) => databases.Committed += Publish;

    /// <summary>How many screens listen; for figures and tests.</summary>
    public int Readers => _readers.Count;

    /// <summary>Passes events on to every reader of this process. A slow reader loses the oldest notices, notices the gap and reads the
    /// table; it never slows the writer.</summary>
    public void Publish(IReadOnlyList<StoreEvent> events)
    {
        foreach (var reader in _readers.Keys)
        {
            foreach (var one in events) reader.Writer.TryWrite(one);
        }
    }

    /// <summary>Starts listening at once; dispose to stop. Subscribe before loading, so that nothing falls between.</summary>
    public Listener Listen() => new(this);

    /// <summary>One reader of the feed.</summary>
    public sealed class Listener : IDisposable
    {
        private readonly Feed _feed;
        private readonly Channel<StoreEvent> _channel = Channel.CreateBounded<StoreEvent>(
            new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        internal Listener(Feed feed)
        {
            _feed = feed;
            _feed._readers[_channel] = 0;
        }

        /// <summary>Notices in batches: all that is there when the reader comes back.</summary>
        public async IAsyncEnumerable<IReadOnlyList<StoreEvent>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            while (await _channel.Reader.WaitToReadAsync(cancellation))
            {
                var batch = new List<StoreEvent>();
                while (_channel.Reader.TryRead(out var one)) batch.Add(one);
                if (batch.Count > 0) yield return batch;
            }
        }

        public void Dispose() => _feed._readers.TryRemove(_channel, out _);
    }
}

using System.Text;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Puts pushes into the database. Those that arrive while a commit is under way share the next one: a durable commit costs a
/// flush of the disk, however much is in it.</summary>
internal sealed class PushShelf(Databases databases, Signals signals) : IDisposable
{
    private const int MostAtOnce = 200;

    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>();
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <summary>Stores a push and returns once it is committed. False when the same push is there already.</summary>
    public async Task<bool> StoreAsync(int storeId, OzonPush push, byte[] body, DateTime receivedAt, CancellationToken cancellation)
    {
        var waiting = new Waiting(new PushEvent
        {
            StoreId = storeId,
            Key = PushKey.Of(push, receivedAt),
            Type = push.MessageType,
            Body = Encoding.UTF8.GetString(body),
            ReceivedAt = receivedAt,
            NextTryAt = receivedAt,
        });
        _queue.Writer.TryWrite(waiting);

        // Whoever gets the pen writes for all who wait; the others find their push written when they get it.
        await _writer.WaitAsync(cancellation);
        try
        {
            while (!waiting.Written.Task.IsCompleted) await WriteAsync();
        }
        finally
        {
            _writer.Release();
        }

        return await waiting.Written.Task;
    }

    private async Task WriteAsync()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MostAtOnce && _queue.Reader.TryRead(out var one)) batch.Add(one);
        try
        {
            // Not cancelled with one request: the others in the batch are other requests.
            var known = await Databases.RetryAsync(() => InsertAsync(batch));
            signals.Pushes.Set();
            foreach (var one in batch) one.Written.SetResult(!known.Contains(one.Push));
        }
        catch (Exception fault)
        {
            foreach (var one in batch) one.Written.SetException(fault);
        }
    }

    /// <summary>Inserts what is new; gives back what was there already, or twice in the batch.</summary>
    private async Task<HashSet<PushEvent>> InsertAsync(List<Waiting> batch)
    {
        await using var db = await databases.ForSystemAsync(CancellationToken.None);
        var stores = batch.Select(w => w.Push.StoreId).Distinct().ToList();
        var keys = batch.Select(w => w.Push.Key).ToList();
        var stored = await db.PushEvents.AsNoTracking().Where(p => stores.Contains(p.StoreId) && keys.Contains(p.Key)).Select(p => new { p.StoreId, p.Key }).ToListAsync();
        var seen = stored.Select(p => (p.StoreId, p.Key)).ToHashSet();
        var known = batch.Select(w => w.Push).Where(p => !seen.Add((p.StoreId, p.Key))).ToHashSet();

        // Copies, because a repeated try must not meet rows of the failed one.
        db.PushEvents.AddRange(batch.Select(w => w.Push).Where(p => !known.Contains(p)).Select(p => new PushEvent
        {
            StoreId = p.StoreId,
            Key = p.Key,
            Type = p.Type,
            Body = p.Body,
            ReceivedAt = p.ReceivedAt,
            NextTryAt = p.NextTryAt,
        }));
        await db.CommitAsync(CancellationToken.None);
        return known;
    }

    public void Dispose() => _writer.Dispose();

    private sealed record Waiting(PushEvent Push)
    {
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

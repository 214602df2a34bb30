using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox.Pushes;

/// <summary>
/// Delivers pushes, one worker for each account, so that a slow receiver keeps only its own. Every event is delivered at least once:
/// it leaves the queue in the database after the receiver has taken it.
/// </summary>
internal sealed class SandboxPushes : BackgroundService
{
    /// <summary>Waits after the first, second, … failure. Ozon: growing gaps; from 10 minutes on 5 more tries, then the event is dropped.</summary>
    public static readonly TimeSpan[] Gaps = [.. new[] { 1, 2, 5, 15, 45, 120, 300, 600, 600, 600, 600, 600 }.Select(s => TimeSpan.FromSeconds(s))];

    private static readonly TimeSpan SuspendedPing = TimeSpan.FromMinutes(1);
    private const int Remembered = 20;
    private const int AtOnce = 50;
    private readonly SandboxData _data;
    private readonly PushReceiver _receiver;
    private readonly SandboxClock _clock;
    private readonly SandboxOptions _options;
    private readonly ILogger<SandboxPushes> _log;
    private readonly ConcurrentDictionary<long, Worker> _workers = new();
    private CancellationToken _stopping;

    public SandboxPushes(SandboxData data, PushReceiver receiver, SandboxClock clock, SandboxOptions options, ILogger<SandboxPushes> log)
    {
        _data = data;
        _receiver = receiver;
        _clock = clock;
        _options = options;
        _log = log;
        data.PushesAdded += (_, _) => WakeAll();
        // Putting the calendar back leaves timers waiting for moments that have become far away.
        clock.Moved += (_, _) => WakeAll();
    }

    private sealed class Worker(long clientId)
    {
        public long ClientId => clientId;
        private readonly Queue<bool> _lastAnswers = new();
        private TaskCompletionSource _woken = New();

        /// <summary>Ozon suspends all pushes when fewer than half of the answers are good.</summary>
        public bool MostlyFails => _lastAnswers.Count == Remembered && _lastAnswers.Count(good => good) < Remembered / 2;

        public Task Woken => Volatile.Read(ref _woken).Task;

        public void Wake() => Volatile.Read(ref _woken).TrySetResult();

        public void Remember(bool good)
        {
            _lastAnswers.Enqueue(good);
            if (_lastAnswers.Count > Remembered)
                _lastAnswers.Dequeue();
        }

        public void Forget() => _lastAnswers.Clear();

        public void Rest() => Volatile.Write(ref _woken, New());

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Registers where an account's pushes go, and makes the handshake. An empty address ends the registration.</summary>
    /// <returns>Null when the PING was answered well, else Ozon's word for the fault; the address is kept all the same.</returns>
    public async Task<string?> SetUrlAsync(long clientId, string url, CancellationToken cancel = default)
    {
        await _data.WriteAsync(async db =>
        {
            var target = await db.PushTargets.FindAsync([clientId], cancel);
            if (url.Length == 0)
            {
                await db.PushDeliveries.Where(d => d.ClientId == clientId).ExecuteDeleteAsync(cancel);
                if (target is not null)
                    db.PushTargets.Remove(target);
                return;
            }
            target ??= db.PushTargets.Add(new PushTarget { ClientId = clientId, Url = url }).Entity;
            target.Url = url;
            target.SuspendedAt = null;
        }, cancel);
        if (url.Length == 0)
            return null;
        if (_stopping.CanBeCanceled)
            Start(clientId);
        return await _receiver.PingAsync(url, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        if (_options.PushUrl.Length > 0)
            await SetUrlAsync(1000001, _options.PushUrl, stoppingToken);
        await using var db = await _data.OpenAsync(stoppingToken);
        var clientIds = await db.PushTargets.Select(t => t.ClientId).ToListAsync(stoppingToken);
        foreach (var clientId in clientIds)
            Start(clientId);
        await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void WakeAll()
    {
        foreach (var worker in _workers.Values)
            worker.Wake();
    }

    private void Start(long clientId)
    {
        var worker = new Worker(clientId);
        if (_workers.TryAdd(clientId, worker))
            _ = Task.Run(() => RunAsync(worker), CancellationToken.None);
        else
            _workers[clientId].Wake();
    }

    private async Task RunAsync(Worker worker)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                // Taken before looking, so that an event which comes while we look is not slept over.
                worker.Rest();
                var wait = await DeliverDueAsync(worker);
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
                await Task.WhenAny(worker.Woken, Task.Delay(wait, _clock, enough.Token));
                await enough.CancelAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A worker that ended would leave its account without pushes for good.
                _log.LogError(e, "Pushes of account {ClientId} pause for a second", worker.ClientId);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    /// <summary>Delivers all that is due.</summary>
    /// <returns>How long to sleep.</returns>
    private async Task<TimeSpan> DeliverDueAsync(Worker worker)
    {
        while (true)
        {
            await using var db = await _data.OpenAsync(_stopping);
            var target = await db.PushTargets.AsNoTracking().SingleOrDefaultAsync(t => t.ClientId == worker.ClientId, _stopping);
            if (target is null)
                return Timeout.InfiniteTimeSpan;
            if (target.SuspendedAt is not null && !await ResumedAsync(worker, target))
                return SuspendedPing;
            var now = _data.Now;
            var waiting = db.PushDeliveries.AsNoTracking().Where(d => d.ClientId == worker.ClientId && d.State == PushState.Waiting);
            var due = await waiting.Where(d => d.NextAttemptAt <= now).OrderBy(d => d.Id).Take(AtOnce).ToListAsync(_stopping);
            if (due.Count == 0)
            {
                var earliest = await waiting.MinAsync(d => (DateTime?)d.NextAttemptAt, _stopping);
                return earliest is { } at ? Later(at - _data.Now) : Timeout.InfiniteTimeSpan;
            }
            await DeliverAsync(worker, target.Url, due);
        }
    }

    /// <summary>One after the other; what was taken is struck off together, a failure at once, since it pauses the rest.</summary>
    private async Task DeliverAsync(Worker worker, string url, List<PushDelivery> due)
    {
        List<long> taken = [];
        foreach (var delivery in due)
        {
            var error = await _receiver.DeliverAsync(url, delivery.Body, _stopping);
            worker.Remember(error is null);
            if (error is null)
            {
                taken.Add(delivery.Id);
                continue;
            }
            await StrikeOffAsync(taken);
            taken.Clear();
            await PutOffAsync(worker, delivery.Id, error);
            if (worker.MostlyFails)
                return;
        }
        await StrikeOffAsync(taken);
    }

    private static TimeSpan Later(TimeSpan wait) => wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;

    private async Task<bool> ResumedAsync(Worker worker, PushTarget target)
    {
        if (await _receiver.PingAsync(target.Url, _stopping) is not null)
            return false;
        worker.Forget();
        await _data.WriteAsync(db => db.PushTargets.Where(t => t.ClientId == target.ClientId)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.SuspendedAt, (DateTime?)null), _stopping), _stopping);
        return true;
    }

    private Task StrikeOffAsync(List<long> taken) => taken.Count == 0
        ? Task.CompletedTask
        : _data.WriteAsync(db => db.PushDeliveries.Where(d => taken.Contains(d.Id)).ExecuteDeleteAsync(_stopping), _stopping);

    private Task PutOffAsync(Worker worker, long id, string error) => _data.WriteAsync(async db =>
    {
        if (await db.PushDeliveries.FindAsync([id], _stopping) is not { } delivery)
            return; // A reset or a new registration has cleared the queue meanwhile.
        delivery.LastError = error;
        delivery.Attempts++;
        if (delivery.Attempts > Gaps.Length)
            delivery.State = PushState.Dropped;
        else
            delivery.NextAttemptAt = _data.Now + Gaps[delivery.Attempts - 1];
        if (worker.MostlyFails && await db.PushTargets.FindAsync([worker.ClientId], _stopping) is { } target)
        {
            target.SuspendedAt = _data.Now;
            _log.LogWarning("Pushes of account {ClientId} are suspended: most answers were failures, the last one {Error}", worker.ClientId, error);
        }
    }, _stopping);
}

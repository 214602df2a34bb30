using System.Collections.Concurrent;

namespace OzonSellerCenter.Background;

/// <summary>Something that is done for each store again and again.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Wake">Calls it before its time.</param>
/// <param name="Every">How long it waits when nobody calls.</param>
/// <param name="DoAsync">Does it for one store; throws only for bugs and cancellation.</param>
internal sealed record StoreDuty(string Name, Signal Wake, TimeSpan Every, Func<int, CancellationToken, Task> DoAsync);

/// <summary>Runs a duty in a lane of its own for each store, so that a store that hangs or fails holds up no other. A call that comes while
/// the lane is busy is not lost: the lane goes round once more.</summary>
internal sealed class DutyRunner(StoreDuty duty, StoreGate gate, TimeProvider clock, ILogger log)
{
    private readonly ConcurrentDictionary<int, Lane> _lanes = new();

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var storeId in await gate.AllAsync(stopping))
                {
                    _lanes.GetOrAdd(storeId, id => new Lane(ct => DoAsync(id, ct))).Call(stopping);
                }

                await duty.Wake.WaitAsync(duty.Every, clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "{Duty} could not start", duty.Name);
                await Task.WhenAny(Task.Delay(duty.Every, clock, stopping));
            }
        }

        await Task.WhenAll(_lanes.Values.Select(lane => lane.Driving));
    }

    private async Task DoAsync(int storeId, CancellationToken stopping)
    {
        try
        {
            await duty.DoAsync(storeId, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The program ends; what is undone is found again.
        }
        catch (Exception fault)
        {
            log.LogError(fault, "{Duty} failed for store {StoreId}", duty.Name, storeId);
        }
    }

    private sealed class Lane(Func<CancellationToken, Task> doAsync)
    {
        private readonly Lock _sync = new();
        private bool _isWanted;
        private bool _isDriving;

        public Task Driving { get; private set; } = Task.CompletedTask;

        public void Call(CancellationToken stopping)
        {
            lock (_sync)
            {
                _isWanted = true;
                if (_isDriving) return;
                _isDriving = true;
                Driving = Task.Run(() => DriveAsync(stopping), CancellationToken.None);
            }
        }

        private async Task DriveAsync(CancellationToken stopping)
        {
            while (true)
            {
                lock (_sync)
                {
                    if (!_isWanted || stopping.IsCancellationRequested)
                    {
                        _isDriving = false;
                        return;
                    }

                    _isWanted = false;
                }

                await doAsync(stopping);
            }
        }
    }
}

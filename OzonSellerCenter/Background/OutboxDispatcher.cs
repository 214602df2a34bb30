using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Background;

/// <summary>Delivers each command of the outbox exactly once. Ozon knows no idempotency keys and tells no message ids, so: at most one attempt
/// under way, on record before it starts; after an unclear end the history is read until it is settled; only then may it be sent again.</summary>
internal sealed class OutboxDispatcher(
    OutboxClaims claims, OutboxCall call, DeedCall deeds, OutboxReading reading, OutboxRecord record, Settling settling, StoreGate gate, Signals signals, Figures figures,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxDispatcher> log)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, DueCommand> _underWay = new();

    /// <summary>Works until stopped; what is under way then is finished, or left to be read back when the process dies first.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var dying = new CancellationTokenSource();
        var isRecovered = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await claims.RecoverAsync(own: !isRecovered, [.. _underWay.Keys], stopping);
                isRecovered = true;
                await StartDueAsync(dying.Token, stopping);
                await signals.Commands.WaitAsync(await SleepAsync(stopping), clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The outbox could not look for what is due");
                await Task.WhenAny(Task.Delay(LongestSleep, clock, stopping));
            }
        }

        await LeaveAsync(dying);
    }

    /// <summary>A request under way is worth waiting for; one that hangs is left unclear, and read back at the next start. A stop never hangs.</summary>
    private async Task LeaveAsync(CancellationTokenSource dying)
    {
        dying.CancelAfter(LongestSleep);
        for (var began = Stopwatch.GetTimestamp(); !_underWay.IsEmpty;)
        {
            if (Stopwatch.GetElapsedTime(began) > 2 * LongestSleep)
            {
                log.LogError("{Count} commands did not end at the stop; they are read back at the next start", _underWay.Count);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    /// <summary>Does everything for one due command: sends it, or reads back what an earlier attempt has done.</summary>
    public async Task DispatchAsync(DueCommand due, CancellationToken dying)
    {
        if (await gate.OpenAsync(due.StoreId, dying) is not { } store) return;
        if (due.State == CommandState.Unclear)
        {
            await reading.ReadAsync(store, due, dying);
            return;
        }

        if (await claims.ClaimAsync(due, dying) is not { } claim) return;
        settling.Forget(due.Id);
        var (error, made) = await call.SendAsync(store.Account, claim, dying);
        var verdict = await JudgeAsync(store, claim, Verdict.Of(claim.Command.Kind, error), dying);
        await record.EndAsync(claim, verdict, error?.Message, made, dying);
        log.LogInformation("Command {CommandId} ({Kind}) of store {StoreId}: {Ending} {Reason}", due.Id, claim.Command.Kind, due.StoreId, verdict.Ending, verdict.Reason);
        if (error is not null) await gate.NoteAsync(due.StoreId, error, dying);
    }

    /// <summary>Ozon's "yes" to a packed posting proves nothing yet (ozon/api.md §3.4), and its "no" to a second attempt may mean that the first one worked:
    /// the posting tells.</summary>
    private async Task<Verdict> JudgeAsync(OpenStore store, Claim claim, Verdict verdict, CancellationToken dying) => (claim.Wish, verdict.Ending) switch
    {
        (PackWish, Ending.Delivered) => new Verdict(Ending.Unclear),
        ({ } wish, Ending.Refused) when claim.Command.Attempts > 1
            && (await deeds.ReadBackAsync(store, claim.PostingNumber, wish, dying)).Proof == DeedProof.Done => new Verdict(Ending.Delivered),
        _ => verdict,
    };

    private async Task StartDueAsync(CancellationToken dying, CancellationToken stopping)
    {
        var room = options.Value.Parallel - _underWay.Count;
        if (room <= 0) return;
        var perStore = _underWay.Values.CountBy(d => d.StoreId).ToDictionary();
        var full = perStore.Where(s => s.Value >= options.Value.ParallelPerStore).Select(s => s.Key).ToArray();
        foreach (var due in await claims.DueAsync(full, [.. _underWay.Keys], room, stopping))
        {
            if (perStore.GetValueOrDefault(due.StoreId) >= options.Value.ParallelPerStore || !_underWay.TryAdd(due.Id, due)) continue;
            perStore[due.StoreId] = perStore.GetValueOrDefault(due.StoreId) + 1;
            _ = Task.Run(() => DispatchSafelyAsync(due, dying), CancellationToken.None);
        }
    }

    private async Task DispatchSafelyAsync(DueCommand due, CancellationToken dying)
    {
        try
        {
            await DispatchAsync(due, dying);
        }
        catch (OperationCanceledException) when (dying.IsCancellationRequested)
        {
            log.LogWarning("Command {CommandId} was left under way at the stop; it is read back at the next start", due.Id);
        }
        catch (Exception fault)
        {
            // A command left in "sending" becomes unclear when its lease is over.
            log.LogError(fault, "Command {CommandId} of store {StoreId} failed", due.Id, due.StoreId);
            await PutOffAsync(due, dying);
        }
        finally
        {
            _underWay.TryRemove(due.Id, out _);
            signals.Commands.Set();
        }
    }

    /// <summary>What always fails must not be tried all the time.</summary>
    private async Task PutOffAsync(DueCommand due, CancellationToken dying)
    {
        try
        {
            await record.BrokeAsync(due.StoreId, due.Id, dying);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Command {CommandId} could not be put off", due.Id);
            await Task.WhenAny(Task.Delay(LongestSleep, clock, dying));
        }
    }

    /// <summary>Until the next command is due by its time; another change wakes by signal.</summary>
    private async Task<TimeSpan> SleepAsync(CancellationToken stopping)
    {
        var (open, nextAt) = await claims.AheadAsync(stopping);
        figures.WaitingCommands(open);
        var sleep = nextAt - clock.GetUtcNow().UtcDateTime;
        return sleep < LongestSleep ? TimeSpan.FromMilliseconds(Math.Max(1, sleep.Value.TotalMilliseconds)) : LongestSleep;
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OzonSellerCenter.Data;

/// <summary>SQLite lets one write at a time. Those who wait look again and again and overtake each other, so that under load one of them may
/// look in vain until its time is up. Here the writers of this process stand in line, first come, first served; other processes, such as the
/// command line, are waited for as before.</summary>
internal sealed class WriteTurn : DbTransactionInterceptor, IDbCommandInterceptor, IDbConnectionInterceptor, IDisposable
{
    /// <summary>After that one tries without a turn, and SQLite's own waiting decides: whoever holds it may have been forgotten.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Connections whose turn it is; a second one only after <see cref="Patience"/>.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _holders = new();

    private int _waiting;

    /// <summary>Writers in line.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Nobody writes.</summary>
    internal bool IsFree => _turn.CurrentCount == 1;

    public void Dispose() => _turn.Dispose();

    public override InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        Take(eventData.ConnectionId);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await TakeAsync(eventData.ConnectionId, cancellationToken);
        return result;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Give(eventData.ConnectionId);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        GiveAsync(eventData.ConnectionId);

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Give(eventData.ConnectionId);

    public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        GiveAsync(eventData.ConnectionId);

    /// <summary>A transaction that was dropped ends with its connection, and so does one that could not begin.</summary>
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Give(eventData.ConnectionId);

    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData) => GiveAsync(eventData.ConnectionId);

    /// <summary>A write of its own, outside of a transaction.</summary>
    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        if (command.Transaction is null) Take(eventData.ConnectionId);
        return result;
    }

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null) await TakeAsync(eventData.ConnectionId, cancellationToken);
        return result;
    }

    public int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        if (command.Transaction is null) Give(eventData.ConnectionId);
        return result;
    }

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(NonQueryExecuted(command, eventData, result));

    private void Take(Guid connection)
    {
        if (_holders.ContainsKey(connection)) return;
        Interlocked.Increment(ref _waiting);
        try
        {
            if (_turn.Wait(Patience)) _holders[connection] = true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task TakeAsync(Guid connection, CancellationToken cancellation)
    {
        if (_holders.ContainsKey(connection)) return;
        Interlocked.Increment(ref _waiting);
        try
        {
            if (await _turn.WaitAsync(Patience, cancellation)) _holders[connection] = true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Give(Guid connection)
    {
        if (_holders.TryRemove(connection, out _)) _turn.Release();
    }

    private Task GiveAsync(Guid connection)
    {
        Give(connection);
        return Task.CompletedTask;
    }
}

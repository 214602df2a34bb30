using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OzonSellerCenter.Data;

/// <summary>SQLite lets one write at a time. Those who wait look again and again and overtake each other, so that under load one of them may
/// look in vain until its time is up. Here the writers of this process stand in line, first come, first served; other processes, such as the
/// command line, are waited for as before.</summary>
internal sealed class WriteTurn : DbTransactionInterceptor, IDbCommandInterceptor, IDbConnectionInterceptor, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The connection whose turn it is, and since when (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    private readonly ConcurrentDictionary<Guid, long> _holders = new();

    private int _waiting;

    /// <summary>Whoever has had the turn for longer does not keep it from the others; SQLite's own waiting decides then.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

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

    /// <summary>A transaction that was dropped ends with its connection.</summary>
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Give(eventData.ConnectionId);

    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData) => GiveAsync(eventData.ConnectionId);

    /// <summary>One that could not begin, such as when its caller left at that moment, leaves the connection open until it is thrown away.</summary>
    public void ConnectionDisposed(DbConnection connection, ConnectionEndEventData eventData) => Give(eventData.ConnectionId);

    public Task ConnectionDisposedAsync(DbConnection connection, ConnectionEndEventData eventData) => GiveAsync(eventData.ConnectionId);

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
        EndOf(command, eventData.ConnectionId);
        return result;
    }

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(NonQueryExecuted(command, eventData, result));

    public void CommandFailed(DbCommand command, CommandErrorEventData eventData) => EndOf(command, eventData.ConnectionId);

    public Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default) =>
        EndOf(command, eventData.ConnectionId);

    public void CommandCanceled(DbCommand command, CommandEndEventData eventData) => EndOf(command, eventData.ConnectionId);

    public Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default) =>
        EndOf(command, eventData.ConnectionId);

    // The turn of a transaction ends with the transaction, whatever becomes of a command in it.
    private Task EndOf(DbCommand command, Guid connection) => command.Transaction is null ? GiveAsync(connection) : Task.CompletedTask;

    private void Take(Guid connection)
    {
        if (_holders.ContainsKey(connection)) return;
        Interlocked.Increment(ref _waiting);
        try
        {
            while (!_turn.Wait(Patience)) TakeAway();
            _holders[connection] = TimeProvider.System.GetTimestamp();
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
            while (!await _turn.WaitAsync(Patience, cancellation)) TakeAway();
            _holders[connection] = TimeProvider.System.GetTimestamp();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void TakeAway()
    {
        foreach (var (connection, since) in _holders)
        {
            if (TimeProvider.System.GetElapsedTime(since) >= Patience) Give(connection);
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

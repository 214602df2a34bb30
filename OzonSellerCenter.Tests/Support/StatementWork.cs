using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OzonSellerCenter.Tests.Support;

/// <summary>Counts the steps of SQLite's virtual machine in one database: how much work a question is, the same on a busy machine as on a quiet
/// one. What FTS5 does inside is not in it.</summary>
public sealed class StatementWork : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    /// <summary>Steps between two calls of SQLite; finer only costs time.</summary>
    private const int Grain = 10;

    private readonly List<IDisposable> _subscriptions = [];
    private readonly HashSet<SQLitePCL.sqlite3> _handles = [];
    private readonly string _dataSource;
    private long _ticks;

    private StatementWork(string dataSource) => _dataSource = dataSource;

    public static async Task<StatementWork> WatchAsync(TestDb test)
    {
        await using var db = await test.Databases.ForSystemAsync(CancellationToken.None);
        var work = new StatementWork(db.Database.GetDbConnection().DataSource);
        work._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(work));
        return work;
    }

    /// <summary>Steps of what is done here.</summary>
    public async Task<long> OfAsync(Func<Task> question)
    {
        var before = Interlocked.Read(ref _ticks);
        await question();
        return Grain * (Interlocked.Read(ref _ticks) - before);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != RelationalEventId.ConnectionOpened.Name || value.Value is not ConnectionEventData { Connection: SqliteConnection { Handle: { } handle } connection }) return;
        lock (_handles)
        {
            if (connection.DataSource != _dataSource || !_handles.Add(handle)) return;
        }

        SQLitePCL.raw.sqlite3_progress_handler(handle, Grain, Count, this);
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }

    private int Count(object state)
    {
        Interlocked.Increment(ref _ticks);
        return 0;
    }
}

using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OzonSellerCenter.Tests.Support;

/// <summary>Listens to the commands that EF sends to one SQLite database and asks SQLite how it carries each out.</summary>
public sealed partial class QueryPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private readonly string _dataSource;

    private QueryPlans(string dataSource) => _dataSource = dataSource;

    /// <summary>SQL and plan of each command, in order.</summary>
    public List<(string Sql, string Plan)> Seen { get; } = [];

    public static async Task<QueryPlans> WatchAsync(TestDb test)
    {
        await using var db = await test.Databases.ForSystemAsync(CancellationToken.None);
        var plans = new QueryPlans(db.Database.GetDbConnection().DataSource);
        plans._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(plans));
        return plans;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != RelationalEventId.CommandExecuting.Name || value.Value is not CommandEventData { Command: var command }) return;
        if (command.Connection is not SqliteConnection connection || connection.DataSource != _dataSource) return;
        using var explain = connection.CreateCommand();
        explain.Transaction = (SqliteTransaction?)command.Transaction;
        explain.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        foreach (DbParameter parameter in command.Parameters) explain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
        using var reader = explain.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));

        // The list of values of a parameter, such as the stores in sight, is no table that could grow.
        steps.RemoveAll(step => ListOfValues().IsMatch(step));
        Seen.Add((command.CommandText, string.Join('\n', steps)));
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

    [GeneratedRegex("^SCAN e\\d* VIRTUAL TABLE INDEX 1:$")]
    private static partial Regex ListOfValues();
}

using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>The floor: statements written by hand, prepared once on an open connection, their rows read into objects.</summary>
internal sealed class BenchFloor(SellerCenterDb db) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    /// <summary>Runs the statement and makes a row of each line.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The statements are constants of the bench.")]
    public async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row, params (string Name, object Value)[] parameters)
    {
        var command = await CommandAsync(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>A statement in a transaction of its own.</summary>
    public async Task CommitAsync(string sql, params (string Name, object Value)[] parameters)
    {
        var command = await CommandAsync(sql, parameters);
        await using var transaction = await command.Connection!.BeginTransactionAsync();
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        command.Transaction = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values) await command.DisposeAsync();
        await db.DisposeAsync();
    }

    [SuppressMessage("Security", "CA2100", Justification = "The statements are constants of the bench.")]
    private async Task<DbCommand> CommandAsync(string sql, (string Name, object Value)[] parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count == 0) await db.Database.OpenConnectionAsync();
            command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, Stored(command, value));
                command.Parameters.Add(parameter);
            }

            await command.PrepareAsync();
            _commands.Add(sql, command);
        }

        foreach (var (name, value) in parameters) command.Parameters[name].Value = Stored(command, value);
        return command;
    }

    private static object Stored(DbCommand command, object value) =>
        value is DateTime at && command is SqliteCommand ? at.Ticks / TimeSpan.TicksPerMicrosecond : value;
}

/// <summary>Reads columns as the app does: empty ones, and instants, which are numbers on SQLite (<see cref="UtcTicksConverter"/>).</summary>
internal static class Columns
{
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static DateTime? Instant(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.At(column);

    public static DateTime At(this DbDataReader reader, int column) => reader is SqliteDataReader
        ? new DateTime(reader.GetInt64(column) * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc)
        : reader.GetDateTime(column);
}

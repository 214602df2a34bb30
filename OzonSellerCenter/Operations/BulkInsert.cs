using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary>Writes many rows of one kind, past the change tracker: a prepared statement on SQLite, COPY on PostgreSQL. The columns come from
/// the model, so a new property needs no change here. Keys are given by the caller.</summary>
[SuppressMessage("Security", "EF1002", Justification = "Names of tables and columns come from the model, values are parameters.")]
internal sealed class BulkInsert<T>
    where T : class
{
    private readonly SellerCenterDb _db;
    private readonly IProperty[] _properties;
    private readonly string _table;
    private readonly string _columns;

    public BulkInsert(SellerCenterDb db)
    {
        _db = db;
        var entity = db.Model.FindEntityType(typeof(T))!;
        _properties = [.. entity.GetProperties().Where(p => !p.IsShadowProperty())];
        _table = $"\"{entity.GetTableName()}\"";
        _columns = string.Join(", ", _properties.Select(p => $"\"{p.GetColumnName()}\""));
    }

    /// <summary>The highest key in the table; 0 when it is empty.</summary>
    public async Task<long> LastIdAsync(CancellationToken cancellation) =>
        (await _db.Database.SqlQueryRaw<long>($"SELECT COALESCE(MAX(\"Id\"), 0) AS \"Value\" FROM {_table}").ToListAsync(cancellation))[0];

    /// <summary>Writes the rows in the running transaction.</summary>
    public Task WriteAsync(IReadOnlyCollection<T> rows, CancellationToken cancellation) => _db.Database.GetDbConnection() is NpgsqlConnection postgres
        ? CopyAsync(postgres, rows, cancellation)
        : InsertAsync(rows, cancellation);

    /// <summary>Lets PostgreSQL go on counting where the given keys end; SQLite does so by itself.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        if (!_db.Database.IsNpgsql()) return;
        await _db.Database.ExecuteSqlRawAsync(
            $"SELECT setval(pg_get_serial_sequence('{_table}', 'Id'), GREATEST((SELECT MAX(\"Id\") FROM {_table}), 1))", cancellation);
    }

    private async Task InsertAsync(IReadOnlyCollection<T> rows, CancellationToken cancellation)
    {
        await using var command = _db.Database.GetDbConnection().CreateCommand();
        command.Transaction = _db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"INSERT INTO {_table} ({_columns}) VALUES ({string.Join(", ", _properties.Select((_, i) => $"$p{i}"))})";
        for (var i = 0; i < _properties.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"$p{i}";
            command.Parameters.Add(parameter);
        }

        await command.PrepareAsync(cancellation);
        foreach (var row in rows)
        {
            for (var i = 0; i < _properties.Length; i++) command.Parameters[i].Value = ValueOf(_properties[i], row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task CopyAsync(NpgsqlConnection connection, IReadOnlyCollection<T> rows, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {_table} ({_columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            foreach (var property in _properties)
            {
                if (ValueOf(property, row) is { } value) await copy.WriteAsync(value, cancellation);
                else await copy.WriteNullAsync(cancellation);
            }
        }

        await copy.CompleteAsync(cancellation);
    }

    private static object? ValueOf(IProperty property, T row)
    {
        var value = property.GetGetter().GetClrValue(row);
        return value is not null && property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}

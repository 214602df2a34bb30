using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace OzonSellerCenter.Data.Search;

/// <summary>Full-text index on both databases: FTS5 without content on SQLite, <c>tsvector</c> with a GIN index on PostgreSQL. Both are given
/// the same words, made by <see cref="SearchWords"/>. It writes in the caller's transaction, ranks nothing and counts nothing: that costs a
/// hundred times more than the newest hits in order. It knows no rights; the caller asks for stores by their signs.</summary>
[SuppressMessage("Security", "EF1002", Justification = "Names of tables are constants of this class, values are parameters.")]
public sealed class SearchIndex
{
    /// <summary>Messages with what they are about. Key: <see cref="SearchKey"/>.</summary>
    public static readonly SearchIndex Texts = new("SearchTexts");

    /// <summary>Fragments of the numbers of a conversation. Key: its id.</summary>
    public static readonly SearchIndex Numbers = new("SearchNumbers");

    /// <summary>Postings by fragments of their numbers and words. Key: <see cref="SearchKey"/>.</summary>
    public static readonly SearchIndex Postings = new("SearchPostings");

    /// <summary>Characters a fragment of a number has at least.</summary>
    public const int FragmentLength = 3;

    /// <summary>How many of the newest documents are looked through for one hit before the index is asked.</summary>
    private const int NewestPerHit = 40;

    /// <summary>Most words that are looked for in them, all together: what may stand in one of a hundred conversations is asked of the index.</summary>
    private const int NewestWords = 200_000;

    private readonly string _table;

    private SearchIndex(string table) => _table = table;

    /// <summary>A number in pieces of three characters, so that any fragment of it is a phrase; empty when it is shorter.</summary>
    public static IReadOnlyList<string> PiecesOf(string number) =>
        [.. Enumerable.Range(0, Math.Max(0, number.Length - FragmentLength + 1)).Select(i => number.Substring(i, FragmentLength))];

    /// <summary>Adds documents, each in place of a former one with its key.</summary>
    public async Task WriteAsync(SellerCenterDb db, IReadOnlyCollection<SearchDocument> documents, CancellationToken cancellation)
    {
        if (documents.Count == 0) return;

        // FTS5 writes out what it has gathered whenever a key is lower than the one before.
        var inOrder = documents.OrderBy(d => d.Key).ToList();
        if (db.Database.IsSqlite()) await WriteToSqliteAsync(db, inOrder, cancellation);
        else await WriteToPostgresAsync(db, inOrder, cancellation);
    }

    /// <summary>Removes documents; keys that are not there are no error.</summary>
    public async Task RemoveAsync(SellerCenterDb db, IReadOnlyCollection<long> keys, CancellationToken cancellation)
    {
        foreach (var key in keys) await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{_table}\" WHERE {KeyOf(db)} = {{0}}", [key], cancellation);
    }

    /// <summary>Removes everything.</summary>
    public Task ClearAsync(SellerCenterDb db, CancellationToken cancellation) => db.Database.ExecuteSqlRawAsync(
        db.Database.IsSqlite() ? $"INSERT INTO \"{_table}\" (\"{_table}\") VALUES ('delete-all')" : $"TRUNCATE \"{_table}\"", cancellation);

    /// <summary>Keys of the newest documents that match, highest first, all below <paramref name="before"/>.</summary>
    public async Task<List<long>> NewestAsync(SellerCenterDb db, SearchMatch match, long before, int take, CancellationToken cancellation)
    {
        if (db.Database.IsSqlite())
        {
            return await db.Database.SqlQueryRaw<long>(
                $"SELECT rowid AS \"Value\" FROM \"{_table}\" WHERE \"{_table}\" MATCH {{0}} AND rowid < {{1}} ORDER BY rowid DESC LIMIT {{2}}", match.ToFts5(), before, take)
                .ToListAsync(cancellation);
        }

        // What is frequent is among the newest, and is found there without the index. What is rare is not: there PostgreSQL, left alone, goes on
        // backwards through the whole table, because it expects a clause of many words to fit often; "+ 0" makes it ask the index instead.
        // Measured at a million messages: frequent 6 ms, by the index 456; rare 8 ms, backwards 1133.
        var query = match.ToTsQuery();
        var frequent = await db.Database.SqlQueryRaw<long>(
            $$"""
            SELECT n."Key" AS "Value" FROM (SELECT "Key", "Words" FROM "{{_table}}" WHERE "Key" < {1} ORDER BY "Key" DESC LIMIT {2}) n
            WHERE n."Words" @@ CAST({0} AS tsquery) ORDER BY n."Key" DESC LIMIT {3}
            """,
            query,
            before,
            Math.Min(NewestPerHit * take, NewestWords / match.Words),
            take).ToListAsync(cancellation);
        if (frequent.Count == take) return frequent;
        return await db.Database.SqlQueryRaw<long>(
            $"SELECT \"Key\" AS \"Value\" FROM \"{_table}\" WHERE \"Words\" @@ CAST({{0}} AS tsquery) AND \"Key\" < {{1}} ORDER BY \"Key\" + 0 DESC LIMIT {{2}}",
            query,
            before,
            take).ToListAsync(cancellation);
    }

    private static string KeyOf(SellerCenterDb db) => db.Database.IsSqlite() ? "rowid" : "\"Key\"";

    private async Task WriteToSqliteAsync(SellerCenterDb db, List<SearchDocument> documents, CancellationToken cancellation)
    {
        await using var command = CommandOf(db, $"INSERT OR REPLACE INTO \"{_table}\" (rowid, \"Words\") VALUES ($key, $words)");
        var (key, words) = (Add(command, "$key"), Add(command, "$words"));
        await command.PrepareAsync(cancellation);
        foreach (var document in documents)
        {
            (key.Value, words.Value) = (document.Key, Fts5Of(document));
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task WriteToPostgresAsync(SellerCenterDb db, List<SearchDocument> documents, CancellationToken cancellation)
    {
        await using var command = CommandOf(
            db,
            $"""
            INSERT INTO "{_table}" ("Key", "Words") SELECT t.k, CAST(t.w AS tsvector) FROM unnest(@keys, @words) AS t(k, w)
            ON CONFLICT ("Key") DO UPDATE SET "Words" = EXCLUDED."Words"
            """);
        Add(command, "@keys").Value = documents.ConvertAll(d => d.Key).ToArray();
        Add(command, "@words").Value = documents.ConvertAll(TsVectorOf).ToArray();
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Parts with a sign between them, so that no phrase goes across.</summary>
    private static string Fts5Of(SearchDocument document)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Max(document.Parts.Count, document.Signs.Count); i++)
        {
            if (i < document.Parts.Count) text.AppendJoin(' ', document.Parts[i]).Append(' ');
            text.Append(i < document.Signs.Count ? document.Signs[i] : "@").Append(' ');
        }

        return text.ToString();
    }

    private static string TsVectorOf(SearchDocument document)
    {
        var (text, position) = (new StringBuilder(), 0);
        foreach (var part in document.Parts)
        {
            foreach (var word in part) text.Append(CultureInfo.InvariantCulture, $"'{word}':{++position} ");
            position++;
        }

        foreach (var sign in document.Signs) text.Append(CultureInfo.InvariantCulture, $"'{sign}' ");
        return text.ToString();
    }

    private static DbCommand CommandOf(SellerCenterDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("The index is written in the transaction of what it tells.");
        return command;
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}

using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Data;

/// <summary>Opens a context for an operation, with the eyes of a person, of one store, or of the program itself.
/// One context per operation; the caller disposes it.</summary>
public sealed class Databases(IDbContextFactory<SellerCenterDb> contexts, TimeProvider clock)
{
    private const int MaxTries = 12;

    /// <summary>Raised after each commit with the events of it; <c>Live</c> listens.</summary>
    internal event Action<IReadOnlyList<StoreEvent>>? Committed;

    /// <summary>A context that sees the stores of a person. His memberships are read now, so a right taken away is felt at once.</summary>
    public async Task<SellerCenterDb> ForAsync(CurrentUser user, CancellationToken cancellation)
    {
        var db = await OpenAsync(cancellation);
        try
        {
            var memberships = await db.Memberships.IgnoreQueryFilters([AccessFilter.Name])
                .Where(m => m.UserId == user.Id && m.User.DisabledAt == null)
                .Select(m => new { m.StoreId, m.Role })
                .ToListAsync(cancellation);
            db.SeeAs(user, memberships.Select(m => (m.StoreId, m.Role)));
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>A context for background work in one store.</summary>
    public async Task<SellerCenterDb> ForStoreAsync(int storeId, CancellationToken cancellation)
    {
        var db = await OpenAsync(cancellation);
        db.SeeStore(storeId);
        return db;
    }

    /// <summary>A context for background work over all stores.</summary>
    public async Task<SellerCenterDb> ForSystemAsync(CancellationToken cancellation)
    {
        var db = await OpenAsync(cancellation);
        db.SeeEverything();
        return db;
    }

    /// <summary>Repeats a whole unit of work (open, read, decide, commit) when somebody else changed the same rows meanwhile.</summary>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception conflict) when (attempt < MaxTries && IsConflict(conflict))
            {
                // A short random pause lets one of two rivals through.
                await Task.Delay(Random.Shared.Next(1, 10 * attempt));
            }
        }
    }

    /// <inheritdoc cref="RetryAsync{T}"/>
    public static Task RetryAsync(Func<Task> work) => RetryAsync(async () =>
    {
        await work();
        return true;
    });

    /// <summary>A lost race: a version that moved, or a unique key that another writer took first.</summary>
    internal static bool IsConflict(Exception exception) => exception is DbUpdateConcurrencyException
        || (exception as DbUpdateException)?.InnerException is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 2067 or 1555 }
        || (exception as DbUpdateException)?.InnerException is Npgsql.PostgresException { SqlState: "23505" }

        // A statement of its own, such as ExecuteUpdate, throws without the wrapping.
        || (exception as Npgsql.PostgresException ?? exception.InnerException) is Npgsql.PostgresException { SqlState: "40001" or "40P01" };

    private async Task<SellerCenterDb> OpenAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation);
        db.Clock = clock;
        db.Committed = events => Committed?.Invoke(events);
        return db;
    }
}

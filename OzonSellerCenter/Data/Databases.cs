using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Data;

/// <summary>Opens a context for an operation, with the eyes of a person, of one store, or of the program itself.
/// One context per operation; the caller disposes it.</summary>
public sealed class Databases(IDbContextFactory<SellerCenterDb> contexts, TimeProvider clock)
{
    private const int MaxTries = 12;
    private readonly SharedReads _shared = new();

    /// <summary>Raised after each commit with the events of it; <c>Live</c> listens.</summary>
    internal event Action<IReadOnlyList<StoreEvent>>? Committed;

    /// <summary>A context that sees the stores of a person. His memberships are read now, so a right taken away is felt at once.</summary>
    public async Task<SellerCenterDb> ForAsync(CurrentUser user, CancellationToken cancellation)
    {
        var db = await OpenAsync(cancellation);
        try
        {
            // One opening for all that is asked; each would open, and set up, a connection of its own.
            await db.Database.OpenConnectionAsync(cancellation);
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

    /// <summary>Reads with the rights of a person, once for all who ask the same with the same stores in sight at the same time: hundreds of screens
    /// look again at what one message changed. Rights and rows are read after the call, as by <see cref="ForAsync"/>.</summary>
    /// <param name="question">What is asked, equal only when the answer is; the context knows stores, but no person and no role.</param>
    /// <param name="read">Its answer must be read-only, for others have it too.</param>
    public async Task<T> ShareAsync<T>(
        CurrentUser user, object question, Func<SellerCenterDb, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var sights = await _shared.AskAsync(nameof(Membership), SightsAsync, cancellation);
        var stores = sights.GetValueOrDefault(user.Id, []);
        return await _shared.AskAsync((string.Join(',', stores), typeof(T), question), ReadAsync, cancellation);

        async Task<T> ReadAsync()
        {
            await using var db = await OpenAsync(CancellationToken.None);
            await db.Database.OpenConnectionAsync(CancellationToken.None);
            db.SeeStores(stores);
            return await read(db, CancellationToken.None);
        }
    }

    /// <summary>A context for background work in one store.</summary>
    public async Task<SellerCenterDb> ForStoreAsync(int storeId, CancellationToken cancellation)
    {
        var db = await OpenAsync(cancellation);
        db.SeeStores([storeId]);
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

    // Who sees which stores, each in ascending order.
    private async Task<Dictionary<string, int[]>> SightsAsync()
    {
        await using var db = await OpenAsync(CancellationToken.None);
        var memberships = await db.Memberships.IgnoreQueryFilters([AccessFilter.Name])
            .Where(m => m.User.DisabledAt == null)
            .Select(m => new { m.UserId, m.StoreId })
            .ToListAsync();
        return memberships.GroupBy(m => m.UserId).ToDictionary(m => m.Key, m => m.Select(one => one.StoreId).Order().ToArray());
    }

    private async Task<SellerCenterDb> OpenAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation);
        db.Clock = clock;
        db.Committed = events => Committed?.Invoke(events);
        return db;
    }
}

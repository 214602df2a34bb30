using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>How far the import and the polls have come, kept per store and kind so that a restart goes on where it stopped, and shown on the
/// screens.</summary>
internal sealed class SyncProgress(Databases databases, TimeProvider clock)
{
    /// <summary>What makes up a store's data from Ozon; other parts keep their own progress in the same table.</summary>
    private static readonly string[] Kinds = [ChatSync.Kind, PostingSync.Kind];

    /// <summary>The progress row; a fresh one when there is none.</summary>
    public async Task<SyncState> ReadAsync(int storeId, string kind, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.SyncStates.AsNoTracking().SingleOrDefaultAsync(s => s.StoreId == storeId && s.Kind == kind, cancellation)
            ?? new SyncState { StoreId = storeId, Kind = kind };
    }

    /// <summary>The import's list has come so far.</summary>
    public Task AtAsync(int storeId, string kind, string cursor, int done, int total, CancellationToken cancellation) => ChangeAsync(storeId, kind, true, state =>
    {
        state.Cursor = cursor.Length > 0 ? cursor : null;
        state.Done = Math.Max(state.Done, done);
        state.Total = Math.Max(state.Total ?? 0, total);
    }, cancellation);

    /// <summary>So much of the import's whole is done.</summary>
    public Task DoneAsync(int storeId, string kind, int done, int total, CancellationToken cancellation) => ChangeAsync(storeId, kind, true, state =>
    {
        state.Done = done;
        state.Total = total;
    }, cancellation);

    /// <summary>A pass over the list ended well; data is as fresh as its start.</summary>
    public Task PassedAsync(int storeId, string kind, DateTime startedAt, CancellationToken cancellation) => ChangeAsync(storeId, kind, false, state =>
    {
        state.Cursor = null;
        state.FreshAt = startedAt;
        state.FailedAt = null;
        state.Error = null;
    }, cancellation);

    public Task FailedAsync(int storeId, string kind, OzonError error, CancellationToken cancellation) => ChangeAsync(storeId, kind, true, state =>
    {
        state.FailedAt = clock.GetUtcNow().UtcDateTime;
        state.Error = error.Kind.ToString();

        // A place Ozon does not know any more leads nowhere: the import begins again, and what it takes twice changes nothing.
        if (error.Kind is OzonErrorKind.InvalidRequest or OzonErrorKind.NotFound or OzonErrorKind.GarbageAnswer) state.Cursor = null;
    }, cancellation);

    /// <summary>Everything is read that was marked when <paramref name="before"/> was read: the store is as fresh as the pass it tells of, and
    /// with it an import is over.</summary>
    public async Task CompleteAsync(SyncState before, CancellationToken cancellation)
    {
        if (before is { FreshAt: null } or { Error: not null }) return;
        var (storeId, kind) = (before.StoreId, before.Kind);
        if (before.ImportedAt is null)
        {
            await ChangeAsync(storeId, kind, true, state =>
            {
                state.ImportedAt = clock.GetUtcNow().UtcDateTime;
                state.Total = state.Done = Math.Max(state.Done, state.Total ?? 0);
            }, cancellation);
        }

        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var states = await db.SyncStates.AsNoTracking().Where(s => s.StoreId == storeId && Kinds.Contains(s.Kind)).ToListAsync(cancellation);
        if (states.Count < Kinds.Length || states.Any(s => s.ImportedAt is null || s.FreshAt is null)) return;
        var freshAt = states.Min(s => s.FreshAt);

        // Past the version: nobody who edits the store's settings must lose a race against the clock.
        var moved = await db.Stores.Where(s => s.Id == storeId && (s.SyncedAt == null || s.SyncedAt < freshAt))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SyncedAt, freshAt), cancellation);
        if (moved == 0) return;
        db.Announce(storeId, EventKind.Sync, kind);
        await db.CommitAsync(cancellation);
    }

    private Task ChangeAsync(int storeId, string kind, bool announce, Action<SyncState> change, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForStoreAsync(storeId, cancellation);
            var state = await db.SyncStates.SingleOrDefaultAsync(s => s.StoreId == storeId && s.Kind == kind, cancellation);
            if (state is null) db.SyncStates.Add(state = new SyncState { StoreId = storeId, Kind = kind });
            change(state);
            if (announce) db.Announce(storeId, EventKind.Sync, kind);
            await db.CommitAsync(cancellation);
        });
}

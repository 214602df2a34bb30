using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Remembers of each store whether its Ozon offers the extension (<see cref="StoreExtension"/>): one that does not is asked once a day, since
/// many failing calls may cost the account its access (Ozon, Limits).</summary>
internal sealed class ExtensionOffer(Databases databases, TimeProvider clock)
{
    public async Task<bool> MayAskAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var refusedAt = await db.SyncStates.Where(s => s.StoreId == storeId && s.Kind == StoreExtension.Kind && s.Error == StoreExtension.NotOffered)
            .Select(s => s.FailedAt).SingleOrDefaultAsync(cancellation);

        // A clock that was put back must not put the next question off for days.
        return refusedAt is not { } at || at > Now || Now - at >= StoreExtension.AskAgainAfter;
    }

    /// <summary>Notes what an answer says of it; errors of other kinds say nothing.</summary>
    /// <param name="error">Null when it was answered.</param>
    public async Task NoteAsync(int storeId, OzonError? error, CancellationToken cancellation)
    {
        if (error is { Kind: not OzonErrorKind.MethodGone }) return;
        await Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForStoreAsync(storeId, cancellation);
            var state = await db.SyncStates.SingleOrDefaultAsync(s => s.StoreId == storeId && s.Kind == StoreExtension.Kind, cancellation);
            if (error is null && state is { Error: null }) return;
            if (state is null) db.SyncStates.Add(state = new SyncState { StoreId = storeId, Kind = StoreExtension.Kind });
            (state.Error, state.FailedAt) = error is null ? (null, null) : (StoreExtension.NotOffered, (DateTime?)Now);
            if (error is null) state.FreshAt = Now;
            db.Announce(storeId, EventKind.Sync, StoreExtension.Kind);
            await db.CommitAsync(cancellation);
        });
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

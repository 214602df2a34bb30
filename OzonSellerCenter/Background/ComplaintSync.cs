using OzonSellerCenter.Data;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Keeps cases like the store's Ozon tells of complaints, where it tells of any (<see cref="ExtensionOffer"/>).</summary>
internal sealed class ComplaintSync(
    OzonApi ozon, Databases databases, ComplaintIntake intake, ComplaintPhotos photos, SyncProgress progress, StoreGate gate, ExtensionOffer extension, Signals signals, TimeProvider clock, ILogger<ComplaintSync> log)
{
    /// <summary>Key of the progress row.</summary>
    public const string Kind = "complaints";

    /// <summary>Changes are asked for with this overlap, so that none falls between two looks.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>A key may lack this one right; the rest of the store works on.</summary>
    private static readonly OzonErrorKind[] NotAllowed = [OzonErrorKind.MissingRole, OzonErrorKind.Forbidden, OzonErrorKind.NotFound, OzonErrorKind.SubscriptionRequired];

    public async Task PollAsync(int storeId, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store || !await extension.MayAskAsync(storeId, cancellation)) return;
        var (startedAt, isWhole) = (clock.GetUtcNow().UtcDateTime, true);
        var since = (await progress.ReadAsync(storeId, Kind, cancellation)).FreshAt - Overlap;
        await foreach (var page in ozon.ComplaintPagesAsync(store.Account, new ComplaintListRequest { Filter = new ComplaintFilter { UpdatedSince = since } }, cancellation))
        {
            if (!page.IsOk)
            {
                if (page.Error.Kind == OzonErrorKind.MethodGone) await extension.NoteAsync(storeId, page.Error, cancellation);
                else if (!NotAllowed.Contains(page.Error.Kind)) await gate.NoteAsync(storeId, page.Error, cancellation);
                return;
            }

            foreach (var told in page.Value.Result.Where(ComplaintIntake.IsWhole)) isWhole &= await TakeSafelyAsync(store, told, cancellation);
        }

        await extension.NoteAsync(storeId, null, cancellation);

        // What could not be taken over whole is asked for again.
        if (isWhole) await progress.PassedAsync(storeId, Kind, startedAt, cancellation);
    }

    /// <summary>One that cannot be taken over must not keep the others from it.</summary>
    private async Task<bool> TakeSafelyAsync(OpenStore store, OzonComplaint told, CancellationToken cancellation)
    {
        try
        {
            if (await Databases.RetryAsync(() => TakeAsync(store.Id, told, cancellation)) is { } dispute) return await photos.FetchAsync(store, dispute, told.Photos, cancellation);

            // The list of returns tells of it in a moment.
            signals.ReturnLists.Set();
            return false;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(fault, "Complaint {Complaint} of store {StoreId} could not be taken over", told.ComplaintId, store.Id);
            return true;
        }
    }

    private async Task<long?> TakeAsync(int storeId, OzonComplaint told, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await intake.TakeAsync(db, storeId, told, cancellation) is not { } dispute) return null;

        // What is the same at every look must not keep others from writing. An opening has saved on its way and left its events to be committed.
        if (db.ChangeTracker.HasChanges()) await db.CommitAsync(cancellation);
        return dispute.Id;
    }
}

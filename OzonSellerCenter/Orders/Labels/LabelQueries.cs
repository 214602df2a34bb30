using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Labels;

/// <summary>A job of labels as it is shown.</summary>
public sealed record LabelView
{
    public required long Id { get; init; }
    /// <summary>Of the store, by whose clock times are shown.</summary>
    public required string TimeZone { get; init; }

    public required LabelState State { get; init; }
    public required IReadOnlyList<LabelFile> Files { get; init; }
    public required DateTime NextTryAt { get; init; }
    public required DateTime CreatedAt { get; init; }
    public string? Error { get; init; }
    public string? ErrorDetail { get; init; }

    /// <summary>How many postings it is about.</summary>
    public required int Postings { get; init; }

    /// <summary>Those without a label, at most <see cref="LabelQueries.MaxNamed"/>, with Ozon's words.</summary>
    public required IReadOnlyList<UnprintedLabel> Unprinted { get; init; }

    public bool IsOver => State is LabelState.Ready or LabelState.Failed;
}

/// <summary>A posting that got no label, and why, in Ozon's words.</summary>
public sealed record UnprintedLabel(string PostingNumber, string Problem);

/// <summary>What the page of a posting shows of its label.</summary>
/// <param name="StoreId">Of the posting.</param>
/// <param name="CanAsk">Ozon prints one for it as it stands.</param>
/// <param name="Newest">The last job that was to print it; null when nobody asked.</param>
/// <param name="IsOutdated">The address was changed since: whatever was printed before holds no longer.</param>
public sealed record LabelOfPosting(int StoreId, bool CanAsk, LabelView? Newest, bool IsOutdated);

/// <summary>Reads labels for owners and agents of their store; for all others there are none.</summary>
public sealed class LabelQueries(Databases databases)
{
    /// <summary>Postings without a label that are named.</summary>
    public const int MaxNamed = LabelActions.MaxPostings;

    /// <summary>A job; null when it is not there for this person.</summary>
    public async Task<LabelView?> OpenAsync(CurrentUser user, long id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await ViewAsync(db, id, cancellation);
    }

    /// <summary>The label of a posting; null when the person may not print it.</summary>
    public async Task<LabelOfPosting?> OfPostingAsync(CurrentUser user, string postingNumber, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.StoresInSight;
        var posting = await db.Postings.Where(p => stores.Contains(p.StoreId) && p.PostingNumber == postingNumber).OrderBy(p => p.StoreId)
            .Select(p => new { p.StoreId, p.Status, p.AvailableActions }).FirstOrDefaultAsync(cancellation);
        if (posting is null || !MayPrint(db, posting.StoreId)) return null;
        var newest = await db.PostingLabels.Where(l => l.StoreId == posting.StoreId && l.PostingNumber == postingNumber).MaxAsync(l => (long?)l.JobId, cancellation);
        var view = newest is { } id ? await ViewAsync(db, id, cancellation) : null;
        var changedAt = await ReaddressedAtAsync(db, posting.StoreId, postingNumber, cancellation);
        return new LabelOfPosting(posting.StoreId, LabelActions.CanPrint(posting.Status, posting.AvailableActions), view, changedAt is { } at && !(view?.CreatedAt >= at));
    }

    /// <summary>A file of a job, by its place; null when it is not there, or not for this person.</summary>
    public async Task<LabelFile?> FileAsync(CurrentUser user, long id, int place, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var job = await db.LabelJobs.Where(j => j.Id == id).Select(j => new { j.StoreId, j.Files }).SingleOrDefaultAsync(cancellation);
        return job is not null && MayPrint(db, job.StoreId) && job.Files.ElementAtOrDefault(place) is { Sha256: not null } file ? file : null;
    }

    /// <summary>When Ozon took another address from here; null when it has not.</summary>
    private static async Task<DateTime?> ReaddressedAtAsync(SellerCenterDb db, int storeId, string postingNumber, CancellationToken cancellation)
    {
        var subject = ShipmentClock.SubjectOf(postingNumber);
        var done = await (
            from command in db.OutboundCommands
            join deed in db.PostingDeeds on command.TargetId equals deed.Id
            where command.StoreId == storeId && command.Subject == subject && command.Kind == CommandKind.PostingDeed && command.State == CommandState.Done
            select new { deed.Wish, command.DoneAt }).ToListAsync(cancellation);
        return done.Find(d => d.Wish is AddressWish)?.DoneAt;
    }

    private static bool MayPrint(SellerCenterDb db, int storeId) => db.RoleIn(storeId) is StoreRole.Owner or StoreRole.Agent;

    private static async Task<LabelView?> ViewAsync(SellerCenterDb db, long id, CancellationToken cancellation)
    {
        var job = await db.LabelJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, cancellation);
        if (job is null || !MayPrint(db, job.StoreId)) return null;
        return new LabelView
        {
            Id = job.Id,
            TimeZone = await db.Stores.Where(s => s.Id == job.StoreId).Select(s => s.TimeZone).SingleAsync(cancellation),
            State = job.State,
            Files = job.Files,
            NextTryAt = job.NextTryAt,
            CreatedAt = job.CreatedAt,
            Error = job.Error,
            ErrorDetail = job.ErrorDetail,
            Postings = await db.PostingLabels.CountAsync(l => l.JobId == id, cancellation),
            Unprinted = await db.PostingLabels.Where(l => l.JobId == id && l.Problem != null).OrderBy(l => l.PostingNumber).Take(MaxNamed)
                .Select(l => new UnprintedLabel(l.PostingNumber, l.Problem!)).ToListAsync(cancellation),
        };
    }
}

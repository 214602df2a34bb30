using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Inspections;

/// <summary>A picture that was taken in and belongs to no inspection yet.</summary>
public sealed record TakenPhoto(string Sha256, string Name, string ContentType);

/// <summary>What a person found.</summary>
/// <param name="Value">What the goods are worth now, in minor units.</param>
public sealed record InspectionDraft(GoodsCondition Condition, string Words, bool CanBeSold, long Value, IReadOnlyList<TakenPhoto> Photos);

/// <summary>Takes down what was found when goods came back.</summary>
public sealed class InspectionActions(Databases databases, ContentFiles files, TimeProvider clock)
{
    public const int MaxPhotos = 10;
    public const int MaxWords = 2000;
    public const int MaxPhotoMegabytes = 10;

    internal const long MaxPhotoBytes = MaxPhotoMegabytes * 1024L * 1024L;

    private static readonly string[] Pictures = ["image/jpeg", "image/png", "image/webp"];

    /// <summary>Keeps a picture. Refused: <c>PhotoRefused</c> (name, megabytes) when it is too large or no JPEG, PNG or WebP by its first bytes.</summary>
    public async Task<(Outcome Outcome, TakenPhoto? Photo)> TakeAsync(string name, Stream content, CancellationToken cancellation)
    {
        var shown = Path.GetFileName(name) is { Length: > 0 } given ? given[..Math.Min(given.Length, 200)] : "photo";
        var refused = Outcome.Refused("PhotoRefused", shown, MaxPhotoMegabytes);

        if (await files.SaveAsync(content, MaxPhotoBytes, cancellation) is not { } kept) return (refused, null);
        var kind = FileKind.Of(kept.Head.Span);
        return Pictures.Contains(kind.ContentType) ? (Outcome.Done, new TakenPhoto(kept.Sha256, shown, kind.ContentType)) : (refused, null);
    }

    /// <summary>Writes an inspection. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotReceivedYet</c>, <c>ConditionMissing</c>,
    /// <c>ValueWrong</c> (less than nothing or more than was paid), <c>TextTooLong</c> (limit), <c>TooManyPhotos</c> (limit).</summary>
    public Task<Outcome> AddAsync(CurrentUser user, long requestId, InspectionDraft draft, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.ReturnRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == requestId, cancellation) is not { } request) return Outcome.NotFound;
        if (db.RoleIn(request.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        if (!CanInspect(request)) return Outcome.Refused("NotReceivedYet");
        if (!Enum.IsDefined(draft.Condition)) return Outcome.Refused("ConditionMissing");
        if (draft.Value < 0 || draft.Value > request.Worth) return Outcome.Refused("ValueWrong");
        if (draft.Words.Length > MaxWords) return Outcome.Refused("TextTooLong", MaxWords);
        if (draft.Photos.Count > MaxPhotos) return Outcome.Refused("TooManyPhotos", MaxPhotos);
        var inspection = new Inspection
        {
            StoreId = request.StoreId,
            ReturnRequestId = requestId,
            At = clock.GetUtcNow().UtcDateTime,
            By = user.Id,
            Condition = draft.Condition,
            Words = draft.Words.Trim(),
            CanBeSold = draft.CanBeSold,
            Value = draft.Value,
        };
        inspection.Photos.AddRange(draft.Photos.Select(p => new InspectionPhoto { StoreId = request.StoreId, Sha256 = p.Sha256, Name = p.Name, ContentType = p.ContentType }));
        db.Inspections.Add(inspection);
        db.Audit(request.StoreId, "return.inspect", request.Number, string.Create(CultureInfo.InvariantCulture, $"{draft.Condition}, {draft.Value} {request.Currency}, {draft.Photos.Count} photos"));
        ReturnActions.Announce(db, request);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>The goods are, or have been, with the shop.</summary>
    public static bool CanInspect(ReturnRequest request) => request.Stage is ReturnStage.Checkout or ReturnStage.Arbitration or ReturnStage.Approved or ReturnStage.Rejected;
}

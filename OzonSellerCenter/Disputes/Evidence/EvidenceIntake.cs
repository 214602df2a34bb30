using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Win32.SafeHandles;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence.Checks;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>Makes evidence of a file whose last byte is here: looks at its content, makes the copies for viewing, moves it under its SHA-256, and only
/// then writes the row. Killed anywhere between, there is no row, and the upload can go on.</summary>
public sealed class EvidenceIntake(Databases databases, ContentFiles files, EvidenceCopies copies, TimeProvider clock)
{
    /// <summary>Whether a person may add to a case; null when he may. <c>EvidenceReadOnly</c>, <c>EvidenceClosed</c>.</summary>
    public static Reason? MayAdd(SellerCenterDb db, Dispute dispute)
    {
        if (db.RoleIn(dispute.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return new Reason("EvidenceReadOnly");
        return dispute.IsOpen ? null : new Reason("EvidenceClosed");
    }

    /// <summary>Whether a case has room for a file of a size; null when it has. What is on its way in has its room kept.</summary>
    /// <param name="without">Id of an upload that does not count, because the file is its own.</param>
    public static async Task<Reason?> RoomAsync(SellerCenterDb db, long disputeId, long size, CancellationToken cancellation, string without = "")
    {
        if (size <= 0) return EvidenceRefusals.Of(EvidenceRefusals.Empty);
        if (size > EvidenceLimits.MaxVideo) return EvidenceRefusals.Of(EvidenceRefusals.VideoTooLarge);
        var there = db.EvidenceItems.Where(i => i.DisputeId == disputeId && i.Kind == EvidenceKind.File).Select(i => i.Size);
        var coming = db.EvidenceUploads.Where(u => u.DisputeId == disputeId && u.EvidenceId == null && u.Refusal == null && u.Id != without).Select(u => u.Size);
        if (await there.CountAsync(cancellation) + await coming.CountAsync(cancellation) >= EvidenceLimits.MaxFiles) return EvidenceRefusals.Of(EvidenceRefusals.TooManyFiles);
        return await there.SumAsync(cancellation) + await coming.SumAsync(cancellation) + size > EvidenceLimits.MaxCase ? EvidenceRefusals.Of(EvidenceRefusals.CaseFull) : null;
    }

    /// <summary>Takes the file of an upload, or says why not; a refused one is thrown away.</summary>
    /// <param name="file">Open for this upload alone.</param>
    internal async Task<UploadAnswer> TakeAsync(CurrentUser user, EvidenceUpload upload, SafeFileHandle file, string path, CancellationToken cancellation)
    {
        var (content, refusal) = await LookAsync(upload, file, cancellation);
        if (content is null) return await RefuseAsync(user, upload, refusal!, path, cancellation);

        // From here on it is brought to its end, whether somebody waits for the answer or not.
        var isMoved = files.Adopt(path, content.File.Sha256);
        try
        {
            var (item, late) = await Databases.RetryAsync(() => WriteAsync(user, upload, content));
            if (item is { } id && !isMoved) File.Delete(path);
            if (item is not null) return new UploadAnswer(UploadStand.Whole, upload.Size, item);
            return await RefuseAsync(user, upload, late!, path, CancellationToken.None);
        }
        catch when (isMoved && !File.Exists(path))
        {
            // No row speaks of it: it lies where the upload goes on from.
            File.Move(files.PathOf(content.File.Sha256), path);
            throw;
        }
    }

    private async Task<(Looked? Content, Reason? Refusal)> LookAsync(EvidenceUpload upload, SafeFileHandle file, CancellationToken cancellation)
    {
        // Closing it is the business of who opened it.
        using var handle = new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false);
        await using var content = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        var (looked, refusal) = await EvidenceCheck.LookAsync(content, cancellation);
        if (looked is null) return (null, refusal);
        var made = await copies.MakeAsync(content, looked, cancellation);
        return made.IsDamaged ? (null, EvidenceRefusals.Of(EvidenceRefusals.Damaged)) : (new Looked(looked, made), null);
    }

    private async Task<(long? ItemId, Reason? Refusal)> WriteAsync(CurrentUser user, EvidenceUpload upload, Looked content)
    {
        var (file, made) = content;
        await using var db = await databases.ForAsync(user, CancellationToken.None);
        if (await db.EvidenceUploads.SingleOrDefaultAsync(u => u.Id == upload.Id) is not { } row
            || await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Id == upload.DisputeId) is not { } dispute) return (null, new Reason("NotFound"));
        if (row.EvidenceId is { } done) return (done, null);
        if (MayAdd(db, dispute) is { } refusal) return (null, refusal);
        var same = await db.EvidenceItems.Where(i => i.DisputeId == dispute.Id && i.Sha256 == file.Sha256 && i.WithdrawnAt == null).Select(i => i.Name).FirstOrDefaultAsync();
        if (same is not null) return (null, EvidenceRefusals.Of(EvidenceRefusals.Duplicate, same));
        if (await RoomAsync(db, dispute.Id, file.Size, CancellationToken.None, upload.Id) is { } full) return (null, full);
        var item = new EvidenceItem
        {
            StoreId = dispute.StoreId,
            DisputeId = dispute.Id,
            Kind = EvidenceKind.File,
            Side = EvidenceSide.Seller,
            Role = upload.Role,
            Sha256 = file.Sha256,
            Size = file.Size,
            ContentType = file.Type.ContentType,
            Name = FileNames.WithExtension(upload.Name, file.Type.Extensions),
            AddedAt = clock.GetUtcNow().UtcDateTime,
            AddedBy = user.Id,
            ViewSha256 = made.View,
            ThumbSha256 = made.Thumb,
            Extent = file.Extent,
        };
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.EvidenceItems.Add(item);
        await db.SaveChangesAsync();
        row.EvidenceId = item.Id;
        db.Audit(dispute.StoreId, "evidence.Add", dispute.Number, string.Create(CultureInfo.InvariantCulture, $"{item.Id}, {file.Type.Name}, {file.Size} bytes, sha256 {file.Sha256}"));
        DisputeBook.Announce(db, dispute);
        await db.CommitAsync(CancellationToken.None);
        return (item.Id, null);
    }

    private async Task<UploadAnswer> RefuseAsync(CurrentUser user, EvidenceUpload upload, Reason refusal, string path, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await db.EvidenceUploads.Where(u => u.Id == upload.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.Refusal, refusal.Key), cancellation);
        File.Delete(path);
        return new UploadAnswer(UploadStand.Refused, 0, null, refusal);
    }

    private sealed record Looked(CheckedFile File, PictureCopies Copies);
}

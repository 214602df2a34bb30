using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Win32.SafeHandles;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence.Checks;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>A file that somebody wants to upload.</summary>
/// <param name="Size">Bytes.</param>
public sealed record NewUpload(string? Name, long Size, EvidenceRole Role);

/// <summary>How far an upload is.</summary>
/// <param name="Offset">Bytes that lie on the disk.</param>
/// <param name="EvidenceId">What it became; null while it is not whole.</param>
/// <param name="Refusal">Why it was not taken; a resource key.</param>
public sealed record UploadState(long Offset, long Size, long? EvidenceId, string? Refusal);

public enum UploadStand
{
    /// <summary>There is none, or it is not this person's.</summary>
    Missing,

    /// <summary>Another request writes to it.</summary>
    Busy,

    /// <summary>It goes on somewhere else.</summary>
    Elsewhere,

    /// <summary>More came than was announced.</summary>
    TooMuch,

    /// <summary>Taken, more to come.</summary>
    Going,

    /// <summary>It is whole, and is evidence.</summary>
    Whole,

    /// <summary>It is whole, and not taken.</summary>
    Refused,

    /// <summary>The disk is full; what came before is kept.</summary>
    DiskFull,
}

/// <summary>What became of a piece of an upload.</summary>
/// <param name="Offset">Bytes that lie on the disk now.</param>
public sealed record UploadAnswer(UploadStand Stand, long Offset = 0, long? EvidenceId = null, Reason? Refusal = null);

/// <summary>Takes files in piece by piece. How much has come is told by the unfinished file alone: whatever was killed, cut or restarted, it goes on
/// from there; and nothing counts as evidence before the last byte is here.</summary>
public sealed class EvidenceUploads(Databases databases, DataFolder folder, EvidenceIntake intake, TimeProvider clock)
{
    private const int BufferSize = 64 * 1024;

    // The number of ENOSPC and of EDQUOT on Unix, and of ERROR_DISK_FULL on Windows.
    private static readonly int[] Full = [28, 122, unchecked((int)0x80070070)];

    // Of this process; between processes the lock on the file decides.
    private readonly ConcurrentDictionary<string, bool> _busy = new();

    /// <summary>Writes to the disk.</summary>
    internal Func<SafeFileHandle, ReadOnlyMemory<byte>, long, CancellationToken, ValueTask> Write { get; set; } = RandomAccess.WriteAsync;

    /// <summary>Begins an upload. Refused: <c>NotFound</c>, <c>EvidenceReadOnly</c>, <c>EvidenceClosed</c>, and what <see cref="EvidenceIntake.RoomAsync"/>
    /// says.</summary>
    /// <returns>The id of the upload.</returns>
    public async Task<(Outcome Outcome, string? Id)> BeginAsync(CurrentUser user, long disputeId, NewUpload file, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Id == disputeId, cancellation) is not { } dispute) return (Outcome.NotFound, null);
        if (EvidenceIntake.MayAdd(db, dispute) is { } refusal) return (Outcome.Refused(refusal.Key, refusal.Args), null);
        if (await EvidenceIntake.RoomAsync(db, disputeId, file.Size, cancellation) is { } full) return (Outcome.Refused(full.Key, full.Args), null);
        var upload = new EvidenceUpload
        {
            Id = Guid.NewGuid().ToString("N"),
            StoreId = dispute.StoreId,
            DisputeId = dispute.Id,
            By = user.Id,
            Name = FileNames.Clean(file.Name),
            Role = Enum.IsDefined(file.Role) ? file.Role : EvidenceRole.None,
            Size = file.Size,
            StartedAt = clock.GetUtcNow().UtcDateTime,
        };
        db.EvidenceUploads.Add(upload);
        await db.CommitAsync(cancellation);
        return (Outcome.Done, upload.Id);
    }

    /// <summary>How far an upload of a person is; null when there is none of his.</summary>
    public async Task<UploadState?> StateAsync(CurrentUser user, string id, CancellationToken cancellation)
    {
        if (await FindAsync(user, id, cancellation) is not { } upload) return null;
        return new UploadState(upload.EvidenceId is null ? LengthOf(upload) : upload.Size, upload.Size, upload.EvidenceId, upload.Refusal);
    }

    /// <summary>Takes a piece in, and with the last one the whole file. What is there of a piece that broke off is kept.</summary>
    /// <param name="offset">Where the piece belongs.</param>
    public async Task<UploadAnswer> AppendAsync(CurrentUser user, string id, long offset, Stream piece, CancellationToken cancellation)
    {
        if (await FindAsync(user, id, cancellation) is not { } upload) return new UploadAnswer(UploadStand.Missing);
        if (upload.EvidenceId is { } evidence) return new UploadAnswer(UploadStand.Whole, upload.Size, evidence);
        if (upload.Refusal is { } refusal) return new UploadAnswer(UploadStand.Refused, 0, null, EvidenceRefusals.Of(refusal, upload.Name));
        if (!_busy.TryAdd(id, true)) return new UploadAnswer(UploadStand.Busy);
        try
        {
            return await WriteAsync(user, upload, offset, piece, cancellation);
        }
        catch (Exception full) when (IsDiskFull(full))
        {
            return new UploadAnswer(UploadStand.DiskFull, LengthOf(upload), null, new Reason("DiskFull"));
        }
        finally
        {
            _busy.TryRemove(id, out _);
        }
    }

    /// <summary>Gives an upload up. Nothing is left of it.</summary>
    /// <returns>False when there is none of this person's, or it is evidence already.</returns>
    public async Task<bool> CancelAsync(CurrentUser user, string id, CancellationToken cancellation)
    {
        if (await FindAsync(user, id, cancellation) is not { EvidenceId: null } upload || !_busy.TryAdd(id, true)) return false;
        try
        {
            await using var db = await databases.ForAsync(user, cancellation);
            await db.EvidenceUploads.Where(u => u.Id == id).ExecuteDeleteAsync(cancellation);
            File.Delete(PathOf(upload));
            return true;
        }
        finally
        {
            _busy.TryRemove(id, out _);
        }
    }

    /// <summary>Removes uploads of a store that were begun so long ago that nobody will go on with them, and the notes of those that are done.</summary>
    public async Task RemoveStaleAsync(int storeId, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - EvidenceLimits.GivenUpAfter;
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        foreach (var upload in await db.EvidenceUploads.AsNoTracking().Where(u => u.StoreId == storeId && u.StartedAt < before).ToListAsync(cancellation))
        {
            if (!_busy.TryAdd(upload.Id, true)) continue;
            try
            {
                await db.EvidenceUploads.Where(u => u.Id == upload.Id).ExecuteDeleteAsync(cancellation);
                File.Delete(PathOf(upload));
            }
            finally
            {
                _busy.TryRemove(upload.Id, out _);
            }
        }
    }

    // No connection is kept while a piece comes in over a slow line.
    private async Task<EvidenceUpload?> FindAsync(CurrentUser user, string id, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        return await db.EvidenceUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.By == user.Id, cancellation);
    }

    private static bool IsDiskFull(Exception fault) => fault is IOException full && Full.Contains(full.HResult)
        || (fault.InnerException ?? fault) is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 13 } or Npgsql.PostgresException { SqlState: "53100" };

    private async Task<UploadAnswer> WriteAsync(CurrentUser user, EvidenceUpload upload, long offset, Stream piece, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder.PathOf("files", "incoming"));
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(PathOf(upload), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (!IsDiskFull(taken))
        {
            return new UploadAnswer(UploadStand.Busy);
        }

        using (file)
        {
            var length = RandomAccess.GetLength(file);
            if (length != offset) return new UploadAnswer(UploadStand.Elsewhere, length);
            if (!await ReceiveAsync(file, offset, upload.Size, piece, cancellation)) return new UploadAnswer(UploadStand.TooMuch, offset);
            length = RandomAccess.GetLength(file);
            return length < upload.Size ? new UploadAnswer(UploadStand.Going, length) : await intake.TakeAsync(user, upload, file, PathOf(upload), cancellation);
        }
    }

    /// <returns>False when more came than belongs to it; nothing of it is kept then.</returns>
    private async Task<bool> ReceiveAsync(SafeFileHandle file, long offset, long size, Stream piece, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var at = offset;
            for (int read; (read = await piece.ReadAsync(buffer, cancellation)) > 0; at += read)
            {
                if (at + read > size || at + read - offset > EvidenceLimits.MaxChunk)
                {
                    RandomAccess.SetLength(file, offset);
                    return false;
                }

                // A write that has begun is brought to its end: half of one would be a length that nobody knows of.
                await Write(file, buffer.AsMemory(0, read), at, CancellationToken.None);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);

            // What we say lies there, lies there: after a power failure too.
            RandomAccess.FlushToDisk(file);
        }
    }

    private string PathOf(EvidenceUpload upload) => folder.PathOf("files", "incoming", upload.Id);

    private long LengthOf(EvidenceUpload upload) => new FileInfo(PathOf(upload)) is { Exists: true } file ? file.Length : 0;
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A step of the history as the log shows it; names as they are today, empty when the account is gone.</summary>
/// <param name="By">Key of who did it; null when the program did.</param>
/// <param name="PersonId">Key of the person it was given to or taken from.</param>
public sealed record ShownDeed(
    long Id, DateTime At, DeedKind Kind, DeedReason Reason, string? By, string ByName, string? PersonId, string PersonName, DateTime? Until, Turn? Turn, DateTime? UndoneAt, string UndoneByName);

/// <summary>A note as the log shows it.</summary>
/// <param name="Mentioned">Names that stand in it behind an @ and mean somebody.</param>
public sealed record ShownNote(long Id, DateTime At, string AuthorId, string AuthorName, string Text, IReadOnlyList<string> Mentioned);

/// <summary>What stands in the log between the messages and never leaves the house, oldest first.</summary>
public sealed record LogAsides(IReadOnlyList<ShownNote> Notes, IReadOnlyList<ShownDeed> Deeds)
{
    /// <summary>More than this between two pages of messages is not shown; the audit log has it.</summary>
    private const int Max = 200;

    public static LogAsides None { get; } = new([], []);

    /// <summary>Highest id of a note; 0 without any.</summary>
    public long NewestNote => Notes.Count == 0 ? 0 : Notes.Max(n => n.Id);

    /// <summary>These and others; what is in both is taken from the others.</summary>
    public LogAsides With(LogAsides others) => new(
        [.. Notes.Where(n => others.Notes.All(o => o.Id != n.Id)).Concat(others.Notes).OrderBy(n => n.Id)],
        [.. Deeds.Where(d => others.Deeds.All(o => o.Id != d.Id)).Concat(others.Deeds).OrderBy(d => d.Id)]);

    /// <summary>What lies in a span of time; the newest, should there be too many.</summary>
    /// <param name="from">Null from the beginning on.</param>
    /// <param name="before">Null without an end.</param>
    internal static async Task<LogAsides> BetweenAsync(
        SellerCenterDb db, long conversationId, DateTime? from, DateTime? before, CancellationToken cancellation)
    {
        var notes = Within(db.Notes.Where(n => n.ConversationId == conversationId), from, before);
        var deeds = Within(db.Deeds.Where(d => d.ConversationId == conversationId), from, before);
        return new LogAsides(await NotesAsync(db, notes, cancellation), await DeedsAsync(db, deeds, cancellation));
    }

    private static IQueryable<Note> Within(IQueryable<Note> notes, DateTime? from, DateTime? before)
    {
        if (from is not null) notes = notes.Where(n => n.At >= from);
        if (before is not null) notes = notes.Where(n => n.At < before);
        return notes.OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(Max);
    }

    private static IQueryable<Deed> Within(IQueryable<Deed> deeds, DateTime? from, DateTime? before)
    {
        if (from is not null) deeds = deeds.Where(d => d.At >= from);
        if (before is not null) deeds = deeds.Where(d => d.At < before);
        return deeds.OrderByDescending(d => d.At).ThenByDescending(d => d.Id).Take(Max);
    }

    private static async Task<List<ShownNote>> NotesAsync(SellerCenterDb db, IQueryable<Note> notes, CancellationToken cancellation)
    {
        var users = db.Users;
        var newestFirst = await notes
            .Select(n => new ShownNote(
                n.Id, n.At, n.AuthorId, users.Where(u => u.Id == n.AuthorId).Select(u => u.DisplayName).FirstOrDefault() ?? "", n.Text, n.Mentioned))
            .ToListAsync(cancellation);
        return [.. newestFirst.OrderBy(n => n.Id)];
    }

    private static async Task<List<ShownDeed>> DeedsAsync(SellerCenterDb db, IQueryable<Deed> deeds, CancellationToken cancellation)
    {
        var users = db.Users;
        var newestFirst = await deeds
            .Select(d => new ShownDeed(
                d.Id,
                d.At,
                d.Kind,
                d.Reason,
                d.By,
                users.Where(u => u.Id == d.By).Select(u => u.DisplayName).FirstOrDefault() ?? "",
                d.PersonId,
                users.Where(u => u.Id == d.PersonId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
                d.Until,
                d.Turn,
                d.UndoneAt,
                users.Where(u => u.Id == d.UndoneBy).Select(u => u.DisplayName).FirstOrDefault() ?? ""))
            .ToListAsync(cancellation);
        return [.. newestFirst.OrderBy(d => d.Id)];
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A step of the history as the log shows it; names as they are today, empty when the account is gone.</summary>
/// <param name="By">Key of who did it; null when the program did.</param>
/// <param name="PersonId">Key of the person it was given to or taken from.</param>
public sealed record ShownDeed(
    long Id, DateTime At, DeedKind Kind, DeedReason Reason, string? By, string ByName, string? PersonId, string PersonName, Turn? Turn);

/// <summary>What stands in the log between the messages and never leaves the house.</summary>
public sealed record LogAsides(IReadOnlyList<ShownDeed> Deeds)
{
    /// <summary>More than this between two pages of messages is not shown; the audit log has it.</summary>
    private const int Max = 200;

    public static LogAsides None { get; } = new([]);

    /// <summary>These and others; what is in both is taken from the others.</summary>
    public LogAsides With(LogAsides others) => new([.. Deeds.Where(d => others.Deeds.All(o => o.Id != d.Id)), .. others.Deeds]);

    /// <summary>What lies in a span of time; the newest, should there be too many.</summary>
    /// <param name="from">Null from the beginning on.</param>
    /// <param name="before">Null without an end.</param>
    internal static async Task<LogAsides> BetweenAsync(
        SellerCenterDb db, long conversationId, DateTime? from, DateTime? before, CancellationToken cancellation)
    {
        var (users, deeds) = (db.Users, db.Deeds.Where(d => d.ConversationId == conversationId));
        if (from is not null) deeds = deeds.Where(d => d.At >= from);
        if (before is not null) deeds = deeds.Where(d => d.At < before);
        return new LogAsides(await deeds
            .OrderByDescending(d => d.At).ThenByDescending(d => d.Id)
            .Take(Max)
            .Select(d => new ShownDeed(
                d.Id,
                d.At,
                d.Kind,
                d.Reason,
                d.By,
                users.Where(u => u.Id == d.By).Select(u => u.DisplayName).FirstOrDefault() ?? "",
                d.PersonId,
                users.Where(u => u.Id == d.PersonId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
                d.Turn))
            .ToListAsync(cancellation));
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Notes beside a conversation. They can only be added.</summary>
public sealed class NoteActions(Databases databases, TimeProvider clock)
{
    /// <summary>Adds a note and calls those it mentions: each gets an entry in his bell. The same key is taken once. Refused: <c>NotFound</c>,
    /// <c>SupportReadsOnly</c>, <c>NoteEmpty</c>, <c>NoteTooLong</c> (length, limit).</summary>
    public Task<Outcome> AddAsync(CurrentUser user, long conversationId, Guid key, string text, CancellationToken cancellation) =>
        ConversationChange.MakeAsync(databases, user, conversationId, (db, conversation) => AddAsync(db, user, conversation, key, text.Trim(), cancellation), cancellation);

    private async Task<Outcome> AddAsync(SellerCenterDb db, CurrentUser user, Conversation conversation, Guid key, string text, CancellationToken cancellation)
    {
        if (await db.Notes.AnyAsync(n => n.Key == key, cancellation)) return Outcome.Refused("Unchanged");
        if (text.Length == 0) return Outcome.Refused("NoteEmpty");
        if (text.Length > Note.MaxText) return Outcome.Refused("NoteTooLong", text.Length, Note.MaxText);
        var members = await db.Memberships.Where(m => m.StoreId == conversation.StoreId && m.User.DisabledAt == null)
            .Select(m => new { m.UserId, m.User.DisplayName }).ToListAsync(cancellation);
        var names = MentionText.In(text, members.Select(m => m.DisplayName));
        var now = clock.GetUtcNow().UtcDateTime;
        db.Notes.Add(new Note
        {
            StoreId = conversation.StoreId,
            ConversationId = conversation.Id,
            Key = key,
            AuthorId = user.Id,
            Text = text,
            At = now,
            Mentioned = [.. names],
        });
        (await DraftActions.OfAsync(db, user, conversation.StoreId, conversation.Id, cancellation, isNote: true)).Change("", now);

        // Two colleagues of one name are both called: better once too often.
        var called = members.Where(m => m.UserId != user.Id && names.Contains(m.DisplayName, StringComparer.OrdinalIgnoreCase)).Select(m => m.UserId).ToList();
        if (called.Count > 0) await CallAsync(db, user, conversation, called, now, cancellation);
        db.Audit(conversation.StoreId, "note.add", InboxActions.SubjectOf(conversation.Id), string.Create(CultureInfo.InvariantCulture, $"mentions {called.Count}"));
        return Outcome.Done;
    }

    private static async Task CallAsync(
        SellerCenterDb db, CurrentUser user, Conversation conversation, List<string> called, DateTime now, CancellationToken cancellation)
    {
        var title = await ConversationClocks.TitleOfAsync(db, conversation, cancellation);
        db.Mentions.AddRange(called.Select(userId => new Mention
        {
            StoreId = conversation.StoreId,
            UserId = userId,
            Subject = ConversationClocks.SubjectOf(conversation.Id),
            Title = title,
            By = user.Name,
            At = now,
        }));
        db.Announce(conversation.StoreId, EventKind.Alert, "");
    }
}

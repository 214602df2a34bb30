using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Bulk;

/// <summary>Does one thing with many conversations, each on its own: a row that was taken away or has changed refuses alone and holds up
/// nothing.</summary>
public sealed class BulkActions(Databases databases, InboxActions inbox, TimeProvider clock)
{
    /// <summary>Conversations at once at most.</summary>
    public const int MaxRows = 10_000;

    private delegate Task<Outcome> Change(SellerCenterDb db, Conversation conversation);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Changes one of them; once begun it is brought to its end, so that it is known what became of it. Refused as the deed itself is; see <see cref="AssignmentActions"/>, <see cref="TagActions"/>,
    /// <see cref="SnoozeActions"/>, <see cref="InboxActions.MarkReadAsync"/>.</summary>
    public Task<BulkRow> DoAsync(CurrentUser user, long id, BulkChange change) => change switch
    {
        BulkAssign assign => AssignAsync(user, id, assign.PersonId),
        BulkTag tag => TagAsync(user, id, tag.Name),
        BulkSnooze snooze => SnoozeAsync(user, id, snooze),
        BulkRead => ReadAsync(user, id),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private Task<BulkRow> AssignAsync(CurrentUser user, long id, string? personId) => WithUndoAsync(
        user,
        id,
        (db, conversation) => Assignment.ByHandAsync(db, conversation, personId, Now, CancellationToken.None),
        before => (db, conversation) => conversation.AssigneeId == personId
            ? Assignment.ByHandAsync(db, conversation, before.AssigneeId, Now, CancellationToken.None)
            : ChangedSince);

    private Task<BulkRow> TagAsync(CurrentUser user, long id, string name) => WithUndoAsync(
        user,
        id,
        (db, conversation) => Tagging.AddAsync(db, conversation, name, CancellationToken.None),
        _ => (db, conversation) => Tagging.RemoveAsync(db, conversation, name, CancellationToken.None));

    private Task<BulkRow> SnoozeAsync(CurrentUser user, long id, BulkSnooze snooze) => WithUndoAsync(
        user,
        id,
        (db, conversation) => Snoozing.SnoozeAsync(db, conversation, snooze.Until, snooze.Anyway, Now, CancellationToken.None),
        before => (db, conversation) => conversation.SnoozedAt is null || conversation.SnoozedUntil != snooze.Until
            ? ChangedSince
            : before.SnoozedAt is null || before.SnoozedUntil <= Now
                ? Task.FromResult(Snoozing.Wake(db, conversation, DeedReason.ByHand, Now))
                : Snoozing.SnoozeAsync(db, conversation, before.SnoozedUntil, anyway: true, Now, CancellationToken.None));

    private async Task<BulkRow> ReadAsync(CurrentUser user, long id) =>
        new(id, (await inbox.MarkReadAsync(user, id, CancellationToken.None)).Refusal);

    private static Task<Outcome> ChangedSince => Task.FromResult(Outcome.Refused("ChangedSince"));

    private async Task<BulkRow> WithUndoAsync(CurrentUser user, long id, Change change, Func<Before, Change> undoing)
    {
        Change? undo = null;
        var outcome = await ConversationChange.MakeAsync(
            databases,
            user,
            id,
            async (db, conversation) =>
            {
                var before = new Before(conversation.AssigneeId, conversation.SnoozedAt, conversation.SnoozedUntil);
                var made = await change(db, conversation);

                // What was so already is not put back.
                undo = made.IsDone ? undoing(before) : null;
                return made;
            },
            CancellationToken.None);
        return new BulkRow(id, outcome.Refusal, undo is null ? null : () => ConversationChange.MakeAsync(databases, user, id, (db, row) => undo(db, row), CancellationToken.None));
    }

    private sealed record Before(string? AssigneeId, DateTime? SnoozedAt, DateTime? SnoozedUntil);
}

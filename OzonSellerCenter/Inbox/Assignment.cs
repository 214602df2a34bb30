using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Puts a conversation into somebody's hands, in the caller's unit of work: the row, the step in its history and the audit entry.</summary>
internal static class Assignment
{
    /// <summary>A person gives it to a member of the store who may answer, or to nobody (null). Refused: <c>Unchanged</c>, <c>NotAssignable</c>.</summary>
    public static async Task<Outcome> ByHandAsync(
        SellerCenterDb db, Conversation conversation, string? personId, DateTime now, CancellationToken cancellation)
    {
        if (conversation.AssigneeId == personId) return Outcome.Refused("Unchanged");
        if (personId is not null && !await Answering(db, conversation.StoreId).AnyAsync(m => m.UserId == personId, cancellation))
        {
            return Outcome.Refused("NotAssignable");
        }

        Set(db, conversation, personId, DeedReason.ByHand, null, now);
        return Outcome.Done;
    }

    /// <summary>It is a person's turn.</summary>
    public static void InTurn(SellerCenterDb db, Conversation conversation, string personId, Turn turn, DateTime now) =>
        Set(db, conversation, personId, DeedReason.RoundRobin, turn, now);

    /// <summary>The person it was with has left the store.</summary>
    public static void Release(SellerCenterDb db, Conversation conversation, DateTime now) =>
        Set(db, conversation, null, DeedReason.PersonLeft, null, now);

    /// <summary>Those who answer in a store: owners and agents whose account may be used.</summary>
    public static IQueryable<Membership> Answering(SellerCenterDb db, int storeId) =>
        db.Memberships.Where(m => m.StoreId == storeId && m.User.DisabledAt == null && (m.Role == StoreRole.Owner || m.Role == StoreRole.Agent));

    private static void Set(SellerCenterDb db, Conversation conversation, string? personId, DeedReason reason, Turn? turn, DateTime now)
    {
        var before = conversation.AssigneeId;
        conversation.AssigneeId = personId;
        conversation.AssignedAt = personId is null ? null : now;
        db.Deeds.Add(new Deed
        {
            StoreId = conversation.StoreId,
            ConversationId = conversation.Id,
            Kind = personId is null ? DeedKind.Unassigned : DeedKind.Assigned,
            Reason = reason,
            At = now,
            By = db.User?.Id,
            PersonId = personId ?? before,
            Turn = turn,
        });
        var why = turn is null
            ? reason.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{reason}: open {turn.Open} of {turn.Max}, available {turn.Available}");
        db.Audit(conversation.StoreId, "conversation.assign", InboxActions.SubjectOf(conversation.Id), $"{before ?? "nobody"} -> {personId ?? "nobody"}; {why}");
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Inbox;

/// <summary>A person among whom conversations are given out.</summary>
/// <param name="GivenAt">When he was last given one in turn; null = never.</param>
/// <param name="Open">Conversations with him in which the buyer waits.</param>
public sealed record TurnTaker(string UserId, DateTime? GivenAt, int Open);

/// <summary>Gives conversations in which a buyer waits and that nobody looks after to those who are there, in turn, as long as each has less
/// than the store allows. What ends first is given first.</summary>
public sealed class RoundRobin(Databases databases, TimeProvider clock)
{
    private const int Batch = 100;

    /// <summary>Whose turn it is: of those with room the one whose last turn is the longest ago; null when nobody has room.</summary>
    public static TurnTaker? Next(IEnumerable<TurnTaker> people, int max) => people
        .Where(p => p.Open < max)
        .OrderBy(p => p.GivenAt ?? DateTime.MinValue).ThenBy(p => p.Open).ThenBy(p => p.UserId, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Gives out what is left over in a store, one conversation per transaction; does nothing where it is switched off.</summary>
    public async Task GiveOutAsync(int storeId, CancellationToken cancellation)
    {
        while (await Databases.RetryAsync(() => GiveNextAsync(storeId, cancellation)))
        {
            // Until nothing is left or nobody has room.
        }
    }

    /// <summary>Frees the conversations of people who do not answer in the store any more. Where the buyer waits it is a step of the
    /// history; what is finished only loses its name.</summary>
    public async Task ReleaseAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var answering = await Assignment.Answering(db, storeId).Select(m => m.UserId).ToListAsync(cancellation);
        var assignees = await db.Conversations.Where(c => c.StoreId == storeId && c.AssigneeId != null).Select(c => c.AssigneeId!).Distinct()
            .ToListAsync(cancellation);
        foreach (var gone in assignees.Except(answering))
        {
            while (await Databases.RetryAsync(() => ReleaseSomeAsync(storeId, gone, cancellation)))
            {
                // Batch by batch, so that the database stays free for others.
            }
        }
    }

    private async Task<bool> GiveNextAsync(int storeId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        if (await MaxOpenAsync(db, storeId, cancellation) is not { } max || !await Left(db, storeId).AnyAsync(cancellation)) return false;

        // From here on one at a time: the row of the person whose turn it is decides between two who give out at once.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var conversation = await Left(db, storeId).FirstOrDefaultAsync(cancellation);
        var people = await PeopleAsync(db, storeId, cancellation);
        if (conversation is null || Next(people, max) is not { } next) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await TakeTurnAsync(db, storeId, next, people, now, cancellation)) return true;
        Assignment.InTurn(db, conversation, next.UserId, new Turn(next.Open, max, people.Count), now);
        ConversationChange.Announce(db, conversation);
        await db.CommitAsync(cancellation);
        return true;
    }

    /// <summary>How many a person may have; null where conversations are not given out.</summary>
    private static async Task<int?> MaxOpenAsync(SellerCenterDb db, int storeId, CancellationToken cancellation) =>
        await db.Stores.Where(s => s.Id == storeId && s.RoundRobinSince != null).Select(s => (int?)s.MaxOpenPerPerson).SingleOrDefaultAsync(cancellation);

    private static IQueryable<Conversation> Left(SellerCenterDb db, int storeId) => db.Conversations
        .Where(c => c.StoreId == storeId && c.Kind == ConversationKind.Buyer && c.AssigneeId == null && c.SnoozedAt == null && c.DueAt != null)
        .OrderBy(c => c.DueAt).ThenBy(c => c.Id);

    private static async Task<List<TurnTaker>> PeopleAsync(SellerCenterDb db, int storeId, CancellationToken cancellation)
    {
        var open = await db.Conversations.Where(c => c.StoreId == storeId && c.AssigneeId != null && c.WaitingSince != null)
            .GroupBy(c => c.AssigneeId!)
            .Select(g => new { UserId = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.UserId, g => g.Count, cancellation);
        var there = await Assignment.Answering(db, storeId).Where(m => m.AwaySince == null).Select(m => new { m.UserId, m.GivenAt }).ToListAsync(cancellation);
        return [.. there.Select(m => new TurnTaker(m.UserId, m.GivenAt, open.GetValueOrDefault(m.UserId)))];
    }

    // Never twice the same instant, so that the order of turns is clear and a rival sees that this turn is taken.
    private static async Task<bool> TakeTurnAsync(
        SellerCenterDb db, int storeId, TurnTaker next, List<TurnTaker> people, DateTime now, CancellationToken cancellation)
    {
        var former = people.Max(p => p.GivenAt);
        var at = former >= now ? former.Value.AddMicroseconds(1) : now;
        var taken = await db.Memberships.Where(m => m.StoreId == storeId && m.UserId == next.UserId && m.GivenAt == next.GivenAt)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.GivenAt, at), cancellation);
        return taken == 1;
    }

    private async Task<bool> ReleaseSomeAsync(int storeId, string personId, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var conversations = await db.Conversations.Where(c => c.StoreId == storeId && c.AssigneeId == personId).Take(Batch).ToListAsync(cancellation);
        foreach (var conversation in conversations)
        {
            if (conversation.WaitingSince is null)
            {
                conversation.AssigneeId = null;
                conversation.AssignedAt = null;
                continue;
            }

            Assignment.Release(db, conversation, clock.GetUtcNow().UtcDateTime);
            ConversationChange.Announce(db, conversation);
        }

        await db.CommitAsync(cancellation);
        return conversations.Count == Batch;
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Background;

/// <summary>Gives a new store the rules it starts on, and moves the running clocks of a store when one of its rules,
/// its working hours or its pauses changed. How far it came is kept per store, so that a change
/// just before a stop is made up for at the next start.</summary>
public sealed class RuleWatch(Databases databases, Feed feed, Rulebook rulebook, ConversationClocks clocks, ShipmentClock shipments, ReturnClock returns, DisputeClock disputes, ILogger<RuleWatch> log)
    : BackgroundService
{
    private const int Batch = 50;
    private const string Kind = "rules";
    private readonly HashSet<int> _begun = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = feed.Listen();
        try
        {
            await FollowAsync(stoppingToken);
            await foreach (var notices in listener.ReadAsync(stoppingToken))
            {
                if (notices.Any(n => n.Kind == EventKind.Rule || (n.Kind == EventKind.Store && !_begun.Contains(n.StoreId)))) await FollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        try
        {
            await BeginAsync(cancellation);
            await CatchUpAsync(cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // Until the next change or start the defaults and the former limits hold; both are kept in the database.
            log.LogError(fault, "The rules of the stores could not be looked after.");
        }
    }

    /// <summary>Writes the first values of stores that have none yet.</summary>
    internal async Task BeginAsync(CancellationToken cancellation)
    {
        Dictionary<int, bool> stores;
        await using (var db = await databases.ForSystemAsync(cancellation))
        {
            stores = await db.Stores.Where(s => !_begun.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.IsSandbox, cancellation);
        }

        foreach (var (storeId, isSandbox) in stores)
        {
            await rulebook.EnsureAsync(storeId, isSandbox, cancellation);
            _begun.Add(storeId);
        }
    }

    /// <summary>Recomputes the stores whose rules changed since the last time.</summary>
    internal async Task CatchUpAsync(CancellationToken cancellation)
    {
        foreach (var (storeId, newest) in await BehindAsync(cancellation))
        {
            try
            {
                await RecomputeAsync(storeId, cancellation);
                await RememberAsync(storeId, newest, cancellation);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                // The other stores go on; this one is behind still and is taken up with the next change or start.
                log.LogError(fault, "The clocks of store {Store} could not follow a changed rule.", storeId);
            }
        }
    }

    private async Task<List<(int StoreId, string Newest)>> BehindAsync(CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        var rules = await db.RuleValues.Where(r => r.ChangedBy != null).GroupBy(r => r.StoreId)
            .Select(g => new { StoreId = g.Key, Id = g.Max(r => r.Id) }).ToDictionaryAsync(g => g.StoreId, g => g.Id, cancellation);
        var hours = await db.WorkingHours.GroupBy(h => h.StoreId)
            .Select(g => new { StoreId = g.Key, Id = g.Max(h => h.Id) }).ToDictionaryAsync(g => g.StoreId, g => g.Id, cancellation);
        var pauses = await db.ClockPauses.GroupBy(p => p.StoreId)
            .Select(g => new { StoreId = g.Key, Id = g.Max(p => p.Id) }).ToDictionaryAsync(g => g.StoreId, g => g.Id, cancellation);
        var done = await db.SyncStates.Where(s => s.Kind == Kind).ToDictionaryAsync(s => s.StoreId, s => s.Cursor, cancellation);
        return
        [
            .. rules.Keys.Union(hours.Keys).Union(pauses.Keys)
                .Select(id => (StoreId: id, Newest: $"{rules.GetValueOrDefault(id)} {hours.GetValueOrDefault(id)} {pauses.GetValueOrDefault(id)}"))
                .Where(n => done.GetValueOrDefault(n.StoreId) != n.Newest),
        ];
    }

    private async Task RecomputeAsync(int storeId, CancellationToken cancellation)
    {
        List<string> subjects;
        await using (var db = await databases.ForStoreAsync(storeId, cancellation))
        {
            // Also what lapsed unanswered: a longer window opens it again.
            subjects = await db.Deadlines
                .Where(d => d.StoreId == storeId && (d.State == DeadlineState.Running || d.State == DeadlineState.Watching || (d.State == DeadlineState.Missed && d.MetAt == null)))
                .Select(d => d.Subject).Distinct().ToListAsync(cancellation);
        }

        foreach (var part in subjects.Select(ConversationClocks.ConversationOf).OfType<long>().Chunk(Batch))
        {
            await Databases.RetryAsync(async () =>
            {
                await using var db = await databases.ForStoreAsync(storeId, cancellation);
                foreach (var conversation in await db.Conversations.Where(c => part.Contains(c.Id)).ToListAsync(cancellation))
                {
                    await clocks.RecomputeAsync(db, conversation, cancellation);
                    db.Announce(storeId, EventKind.Conversation, Text(conversation.Id));
                }

                await db.CommitAsync(cancellation);
            });
        }

        foreach (var part in subjects.Select(ShipmentClock.PostingOf).OfType<string>().Chunk(Batch))
        {
            await Databases.RetryAsync(async () =>
            {
                await using var db = await databases.ForStoreAsync(storeId, cancellation);
                foreach (var posting in await db.Postings.Where(p => p.StoreId == storeId && part.Contains(p.PostingNumber)).ToListAsync(cancellation))
                {
                    await shipments.RecomputeAsync(db, posting, cancellation);
                }

                await db.CommitAsync(cancellation);
            });
        }

        foreach (var part in subjects.Select(ReturnClock.RequestOf).OfType<long>().Chunk(Batch))
        {
            await Databases.RetryAsync(async () =>
            {
                await using var db = await databases.ForStoreAsync(storeId, cancellation);
                foreach (var request in await db.ReturnRequests.Where(r => part.Contains(r.Id)).ToListAsync(cancellation)) await returns.RecomputeAsync(db, request, cancellation);
                await db.CommitAsync(cancellation);
            });
        }

        foreach (var part in subjects.Select(DisputeClock.DisputeOf).OfType<long>().Chunk(Batch))
        {
            await Databases.RetryAsync(async () =>
            {
                await using var db = await databases.ForStoreAsync(storeId, cancellation);
                foreach (var dispute in await db.Disputes.Where(d => part.Contains(d.Id)).ToListAsync(cancellation))
                {
                    await disputes.RecomputeAsync(db, dispute, done: true, cancellation);
                    DisputeBook.Announce(db, dispute);
                }

                await db.CommitAsync(cancellation);
            });
        }
    }

    private async Task RememberAsync(int storeId, string newest, CancellationToken cancellation) => await Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var state = await db.SyncStates.SingleOrDefaultAsync(s => s.StoreId == storeId && s.Kind == Kind, cancellation);
        if (state is null) db.SyncStates.Add(state = new SyncState { StoreId = storeId, Kind = Kind });
        state.Cursor = newest;
        await db.CommitAsync(cancellation);
    });

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

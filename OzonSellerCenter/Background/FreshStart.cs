using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Orders.Unpaid;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Returns.Telling;

namespace OzonSellerCenter.Background;

/// <summary>Lets a store begin anew with an Ozon that is not the one it knew: the demo's, put back to its first day. The same ids mean other
/// messages there, so nothing that was taken over can stay. What the shop set up itself stays, and so does the record of who did what.</summary>
internal sealed class FreshStart(Schedule schedule, Databases databases, Signals signals)
{
    /// <summary>What came from Ozon and what hangs on it, children first.</summary>
    internal static readonly Type[] FromOzon =
    [
        typeof(EvidencePack), typeof(EvidenceUpload), typeof(EvidenceItem), typeof(DisputeStep), typeof(Dispute), typeof(AlertReceipt), typeof(Alert), typeof(Mention), typeof(Deadline), typeof(OutboundCommand), typeof(PushEvent), typeof(Draft), typeof(Note), typeof(Deed),
        typeof(ConversationTag), typeof(MessageRevision), typeof(Attachment), typeof(Message), typeof(Conversation), typeof(ProactiveMessage), typeof(PostingDeed), typeof(BuyerNote), typeof(ReturnDeed), typeof(ReturnPhoto), typeof(InspectionPhoto), typeof(Inspection), typeof(RefundStep), typeof(Refund), typeof(RefundLedger), typeof(ReturnRequest), typeof(PostingStep), typeof(PostingLabel), typeof(LabelJob), typeof(CancellationRequest), typeof(UnpaidOrder), typeof(ProductFact), typeof(PostingItem), typeof(Posting), typeof(SyncState),
    ];

    /// <summary>So many conversations are told one by one that they are gone; a screen holds far fewer.</summary>
    private const int ToldAtMost = 1000;

    /// <summary>Key of the row that says which Ozon the store's data is from.</summary>
    private const string Kind = "origin";

    /// <summary>Does <paramref name="change"/> while nothing runs by itself, then forgets what these stores had from another Ozon than the one
    /// there is now, and imports them again.</summary>
    /// <param name="change">What makes it another Ozon; it gives the name of the new one.</param>
    /// <param name="storeIds">The stores it is about.</param>
    public async Task AroundAsync(Func<Task<string>> change, IReadOnlyList<int> storeIds)
    {
        await schedule.StopAsync(CancellationToken.None);
        try
        {
            var origin = await change();
            foreach (var storeId in storeIds) await ForgetAsync(storeId, origin);
        }
        finally
        {
            await schedule.StartAsync(CancellationToken.None);
            signals.StoreOpened();
        }
    }

    /// <summary>Whether the store's data is from this Ozon. A store that says nothing of its origin is taken to be, from now on.</summary>
    public async Task<bool> IsFromAsync(int storeId, string origin, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        if (await db.SyncStates.SingleOrDefaultAsync(s => s.StoreId == storeId && s.Kind == Kind, cancellation) is { } known) return known.Cursor == origin;
        db.SyncStates.Add(new SyncState { StoreId = storeId, Kind = Kind, Cursor = origin });
        await db.CommitAsync(cancellation);
        return true;
    }

    private Task ForgetAsync(int storeId, string origin) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForStoreAsync(storeId, CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.Stores.AnyAsync(s => s.Id == storeId && s.IsSandbox)) throw new InvalidOperationException($"Store {storeId} is a real one: what came from Ozon stays.");
        await LeaveIndexAsync(db);
        var gone = await db.Conversations.OrderByDescending(c => c.LastAt).Select(c => c.Id).Take(ToldAtMost).ToListAsync();
        foreach (var type in FromOzon)
        {
            var delete = $"DELETE FROM \"{db.Model.FindEntityType(type)!.GetTableName()}\" WHERE \"StoreId\" = {{0}}";
            await db.Database.ExecuteSqlRawAsync(delete, storeId);
        }

        db.SyncStates.Add(new SyncState { StoreId = storeId, Kind = Kind, Cursor = origin });
        await db.Stores.Where(s => s.Id == storeId).ExecuteUpdateAsync(set => set.SetProperty(s => s.SyncedAt, (DateTime?)null));
        foreach (var id in gone) db.Announce(storeId, EventKind.Conversation, $"{id}");
        db.Announce(storeId, EventKind.Alert, "");
        db.Announce(storeId, EventKind.Deadline, "");
        db.Announce(storeId, EventKind.Store, "");
        await db.CommitAsync(CancellationToken.None);
    });

    /// <summary>What is gone is not found any more.</summary>
    private static async Task LeaveIndexAsync(SellerCenterDb db)
    {
        var messages = await db.Messages.Select(m => new { m.SentAt, m.Id }).ToListAsync();
        await SearchIndex.Texts.RemoveAsync(db, messages.ConvertAll(m => SearchKey.Of(m.SentAt, m.Id)), CancellationToken.None);
        await SearchIndex.Numbers.RemoveAsync(db, await db.Conversations.Select(c => c.Id).ToListAsync(), CancellationToken.None);
        var postings = await db.Postings.Select(p => new { p.InProcessAt, p.Id }).ToListAsync();
        await SearchIndex.Postings.RemoveAsync(db, postings.ConvertAll(p => OrderSearch.KeyOf(p.InProcessAt, p.Id)), CancellationToken.None);
    }
}

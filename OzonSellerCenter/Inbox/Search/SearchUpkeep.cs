using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>Keeps the search index in step with whatever is saved, in the same transaction: nobody who writes a message, a conversation or an
/// order has to think of it. What goes past the change tracker (<c>ExecuteUpdate</c>, bulk data) must not touch what is searched.</summary>
internal sealed class SearchUpkeep : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Touched> _touched = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        eventData.Context is SellerCenterDb db && Touched.In(db) is not null
            ? throw new NotSupportedException("What can be searched is saved with SaveChangesAsync.")
            : result;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not SellerCenterDb db || Touched.In(db) is not { } touched) return result;
        if (db.Database.CurrentTransaction is null) touched.Own = await db.Database.BeginTransactionAsync(cancellationToken);
        _touched.AddOrUpdate(db, touched);
        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not SellerCenterDb db || !_touched.Remove(db, out var touched)) return result;
        await using var own = touched.Own;
        await SearchUpdate.WriteAsync(db, touched, cancellationToken);
        if (own is not null) await own.CommitAsync(cancellationToken);
        return result;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) => ForgetAsync(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) => ForgetAsync(eventData.Context);

    private async Task ForgetAsync(DbContext? context)
    {
        if (context is not null && _touched.Remove(context, out var touched) && touched.Own is { } own) await own.DisposeAsync();
    }
}

/// <summary>What a saving changes of all that can be searched.</summary>
internal sealed class Touched
{
    /// <summary>Messages, each with the key under which it may stand in the index.</summary>
    public List<(Message Message, long? FormerKey)> Messages { get; } = [];

    /// <summary>Conversations that are new: they have no messages yet.</summary>
    public List<Conversation> Begun { get; } = [];

    /// <summary>Conversations that are about something else now.</summary>
    public List<Conversation> Retold { get; } = [];

    public List<Posting> Postings { get; } = [];

    /// <summary>Postings to be found by something else now, each with the key under which it may stand in their index.</summary>
    public List<(Posting Posting, long FormerKey)> Sought { get; } = [];

    public List<PostingItem> Items { get; } = [];

    public List<PostingItem> NewItems { get; } = [];

    /// <summary>The transaction, when there was none to write in.</summary>
    public IDbContextTransaction? Own { get; set; }

    /// <summary>Looks through the context; null when nothing of it is searched for.</summary>
    public static Touched? In(SellerCenterDb db)
    {
        var touched = new Touched();
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)) touched.Take(entry);
        return touched is { Messages: [], Begun: [], Retold: [], Postings: [], Sought: [], Items: [] } ? null : touched;
    }

    private void Take(EntityEntry entry)
    {
        var isNew = entry.State == EntityState.Added;
        if (entry.Entity is Posting sought && (isNew || Changed(nameof(sought.OrderNumber), nameof(sought.TrackingNumber), nameof(sought.City), nameof(sought.InProcessAt))))
        {
            Sought.Add((sought, OrderSearch.KeyOf((DateTime?)entry.OriginalValues[nameof(sought.InProcessAt)], sought.Id)));
        }

        switch (entry.Entity)
        {
            case Message message when isNew:
                Messages.Add((message, null));
                break;
            case Message message when entry.State == EntityState.Deleted || Changed(nameof(message.Text), nameof(message.SentAt), nameof(message.State)):
                Messages.Add((message, SearchKey.Of((DateTime)entry.OriginalValues[nameof(message.SentAt)]!, message.Id)));
                break;
            case Conversation conversation when isNew:
                Begun.Add(conversation);
                break;
            case Conversation conversation when Changed(
                nameof(conversation.BuyerName), nameof(conversation.OrderNumber), nameof(conversation.PostingNumber), nameof(conversation.Sku)):
                Retold.Add(conversation);
                break;
            case Posting posting when isNew || Changed(nameof(posting.OrderNumber), nameof(posting.TrackingNumber)):
                Postings.Add(posting);
                break;
            case PostingItem item when isNew || entry.State == EntityState.Deleted || Changed(nameof(item.Name), nameof(item.OfferId)):
                Items.Add(item);
                if (isNew) NewItems.Add(item);
                break;
        }

        bool Changed(params string[] properties) => entry.State == EntityState.Modified
            && properties.Any(p => !Equals(entry.Property(p).CurrentValue, entry.Property(p).OriginalValue));
    }
}

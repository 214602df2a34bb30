using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Support;

/// <summary>A store with conversations whose clocks follow a time the test moves.</summary>
public sealed class ClockTest : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private long _lastMessage = 1000;

    public required TestDb Db { get; init; }

    public required FakeTimeProvider Time { get; init; }

    public int StoreId { get; private set; }

    /// <summary>Owner of the store.</summary>
    public CurrentUser Owner { get; private set; } = null!;

    public ConversationClocks Clocks => Db.Services.GetRequiredService<ConversationClocks>();

    public DeadlineWatch Watch => Db.Services.GetRequiredService<DeadlineWatch>();

    public AlertActions Alerts => Db.Services.GetRequiredService<AlertActions>();

    public AlertQueries AlertQueries => Db.Services.GetRequiredService<AlertQueries>();

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    public static async Task<ClockTest> CreateAsync(Provider provider, DateTime now, Action<IServiceCollection>? configure = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(now, TimeSpan.Zero));
        var db = await TestDb.CreateAsync(provider, time, services =>
        {
            services.AddRules();
            services.AddDeadlines();
            services.AddSingleton<ConversationClocks>();
            services.AddSingleton<ShipmentClock>();
            services.AddSingleton<ReturnClock>();
            services.AddSingleton<DisputeClock>();
            services.AddSingleton<LateParcels>();
            services.AddSingleton<ProactiveNotes>();
            services.AddSingleton<DeadlineWatch>();
            services.AddSingleton<RuleWatch>();
            configure?.Invoke(services);
        });
        var test = new ClockTest { Db = db, Time = time };
        (var store, test.Owner) = await db.AddStoreAsync();
        test.StoreId = store.Id;
        return test;
    }

    public async Task<long> AddConversationAsync(string? buyer = null, string? posting = null, int? storeId = null)
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        var conversation = new Conversation
        {
            StoreId = storeId ?? StoreId,
            OzonChatId = Guid.NewGuid().ToString(),
            Kind = ConversationKind.Buyer,
            BuyerName = buyer,
            PostingNumber = posting,
        };
        db.Conversations.Add(conversation);
        await db.CommitAsync(Ct);
        return conversation.Id;
    }

    /// <summary>A message becomes known, and the clocks are reckoned with it, as the intake does.</summary>
    public async Task SayAsync(long conversationId, MessageAuthor author, DateTime at, MessageState state = MessageState.Received)
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId, Ct);
        db.Messages.Add(new Message
        {
            StoreId = conversation.StoreId,
            ConversationId = conversationId,
            Author = author,
            SentAt = at,
            State = state,
            OzonMessageId = ++_lastMessage,
        });
        await Clocks.RecomputeAsync(db, conversation, Ct);
        await db.CommitAsync(Ct);
    }

    public async Task RecomputeAsync(long conversationId)
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        await Clocks.RecomputeAsync(db, await db.Conversations.SingleAsync(c => c.Id == conversationId, Ct), Ct);
        await db.CommitAsync(Ct);
    }

    /// <summary>The deadline rows of a conversation, by start and kind.</summary>
    public async Task<List<Deadline>> RowsAsync(long conversationId)
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        var subject = ConversationClocks.SubjectOf(conversationId);
        return await db.Deadlines.AsNoTracking().Where(d => d.Subject == subject).OrderBy(d => d.StartedAt).ThenBy(d => d.Kind).ToListAsync(Ct);
    }

    public async Task<List<Alert>> AlertsAsync()
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        return await db.Alerts.AsNoTracking().Include(a => a.Deadline).OrderBy(a => a.RaisedAt).ThenBy(a => a.Id).ToListAsync(Ct);
    }

    public async Task<int> EventsAsync()
    {
        await using var db = await Db.Databases.ForSystemAsync(Ct);
        return await db.StoreEvents.CountAsync(Ct);
    }

    /// <summary>Waits, without counting on speed, until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            if (limit.IsCancellationRequested) Assert.Fail($"Not within a minute: {what}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}

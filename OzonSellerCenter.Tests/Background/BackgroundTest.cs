using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Insights;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>The whole background work over a database of its own: against a fake Ozon with a clock that stands, or over real HTTP in real time.
/// Nothing runs by itself.</summary>
internal sealed class BackgroundTest : IAsyncDisposable
{
    public static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    public const string Secret = "a-secret-that-only-ozon-knows";
    public const string ApiKey = "key-of-the-shop";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private BackgroundTest(TestDb db, FakeTimeProvider? time, FakeOzon? ozon) => (Db, _time, _ozon) = (db, time, ozon);

    private readonly FakeTimeProvider? _time;
    private readonly FakeOzon? _ozon;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    public TestDb Db { get; }
    public FakeTimeProvider Time => _time!;
    public FakeOzon Ozon => _ozon!;
    public int StoreId { get; private set; }
    public CurrentUser Owner { get; private set; } = null!;
    public Databases Databases => Db.Databases;
    public InboxActions Inbox => Get<InboxActions>();
    public OutboxDispatcher Dispatcher => Get<OutboxDispatcher>();
    public OutboxClaims Claims => Get<OutboxClaims>();
    public DateTime Now => Get<TimeProvider>().GetUtcNow().UtcDateTime;

    public T Get<T>() where T : notnull => Db.Services.GetRequiredService<T>();

    public static Task<BackgroundTest> CreateAsync(Provider provider = Provider.Sqlite, params (string Key, string Value)[] settings)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(Noon));
        return CreateAsync(provider, time, new FakeOzon(time), settings);
    }

    /// <summary>Against the same Ozon as another test, with a database of its own.</summary>
    public static async Task<BackgroundTest> CreateAsync(
        Provider provider, FakeTimeProvider? time, FakeOzon? ozon, (string Key, string Value)[] settings, string apiKey = ApiKey)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Ozon:BaseAddress", "https://ozon.test/"), new("Ozon:RetryDelaySeconds", "0.001"), new("Inbox:UndoSeconds", "0"), new("Ozon:Retries", "0"),
            ])
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        var db = await TestDb.CreateAsync(provider, time ?? TimeProvider.System, services =>
        {
            services.AddRules();
            services.AddDeadlines();
            services.AddSingleton<ConversationClocks>();
            services.AddSingleton<ShipmentClock>();
            services.AddSingleton<ShippingActions>();
            services.AddSingleton<LateParcels>();
            services.AddSingleton<ProactiveNotes>();
            services.AddStores();
            services.AddOrders();
            services.AddReturns();
            services.AddDisputes();
            services.AddInsights();
            services.AddSingleton(new WallClock(time ?? TimeProvider.System));
            services.AddSingleton<SignInGuards>();
            services.AddSingleton<FreshSignIn>();
            services.AddInbox(configuration);
            services.AddOzon(configuration);
            services.AddBackground(configuration);
            if (ozon is null) return;

            // The pacing and the settling live in real time; here they follow the test's.
            services.AddSingleton(_ => new OzonRateLimit(1_000_000, time!));
            services.AddSingleton(s => new Settling(s.GetRequiredService<IOptions<OutboxOptions>>(), time!));
            foreach (var name in new[] { OzonSetup.Reads, OzonSetup.Writes })
                services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => ozon);
        });
        var test = new BackgroundTest(db, time, ozon);
        (var store, test.Owner) = await db.AddStoreAsync();
        test.StoreId = store.Id;
        await test.StoreAsync(s =>
        {
            s.ProtectedApiKey = test.Get<StoreSecrets>().Protect(s.Id, apiKey);
            s.PushSecretHash = StoreSecrets.HashOf(Secret);
            s.Connection = ConnectionState.Working;
        });
        return test;
    }

    /// <summary>Changes the store's row.</summary>
    public async Task StoreAsync(Action<Store> change)
    {
        await using var db = await Databases.ForSystemAsync(Ct);
        change(await db.Stores.SingleAsync(s => s.Id == StoreId, Ct));
        await db.CommitAsync(Ct);
    }

    public async Task<T> ReadAsync<T>(Func<SellerCenterDb, Task<T>> read)
    {
        await using var db = await Databases.ForSystemAsync(Ct);
        return await read(db);
    }

    public Task<Store> StoreAsync() => ReadAsync(db => db.Stores.AsNoTracking().SingleAsync(s => s.Id == StoreId, Ct));

    /// <summary>A chat in which a buyer has asked, known here and at Ozon.</summary>
    public async Task<long> ChatAsync(string chatId = "chat-1", string question = "Есть ли размер L?")
    {
        Ozon.Say(chatId, question);
        await PollAsync();
        return await ReadAsync(db => db.Conversations.Where(c => c.OzonChatId == chatId).Select(c => c.Id).SingleAsync(Ct));
    }

    /// <summary>What the poll does: the list, then the histories.</summary>
    public async Task PollAsync()
    {
        await Get<ChatSync>().PollAsync(StoreId, Ct);
        await Get<ChatSync>().ReadMarkedAsync(StoreId, Ct);
    }

    /// <summary>An answer as from the composer; gives the message's id.</summary>
    public async Task<long> ReplyAsync(long conversationId, string text)
    {
        var outcome = await Inbox.SendAsync(Owner, new Reply(conversationId, Guid.NewGuid(), text, [], long.MaxValue, Anyway: true), Ct);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
        return await ReadAsync(db => db.Messages.Where(m => m.ConversationId == conversationId && m.SentBy != null).MaxAsync(m => m.Id, Ct));
    }

    public Task<Message> MessageAsync(long id) => ReadAsync(db => db.Messages.AsNoTracking().Include(m => m.Attachments).SingleAsync(m => m.Id == id, Ct));

    public Task<List<Message>> MessagesAsync(long conversationId) => ReadAsync(db =>
        db.Messages.AsNoTracking().Where(m => m.ConversationId == conversationId).OrderBy(m => m.OzonMessageId ?? long.MaxValue).ToListAsync(Ct));

    public Task<OutboundCommand> CommandAsync(long messageId) => ReadAsync(db =>
        db.OutboundCommands.AsNoTracking().SingleAsync(c => c.TargetId == messageId && c.Kind == CommandKind.SendMessage, Ct));

    public Task<List<DueCommand>> DueAsync() => Claims.DueAsync([], [], 100, Ct);

    /// <summary>Everything that is due now, once.</summary>
    public async Task DispatchDueAsync()
    {
        foreach (var due in await DueAsync()) await Dispatcher.DispatchAsync(due, Ct);
    }

    /// <summary>Lets time pass until nothing is left to do, or <paramref name="atMost"/> is over.</summary>
    public async Task DispatchAllAsync(TimeSpan? atMost = null)
    {
        var end = Now + (atMost ?? TimeSpan.FromHours(1));
        for (var round = 0; round < 500 && Now < end; round++)
        {
            for (var pass = 0; await DueAsync() is { Count: > 0 }; pass++)
            {
                Assert.True(pass < 500, "something stays due although it was dispatched");
                await DispatchDueAsync();
            }

            var (open, nextAt) = await Claims.AheadAsync(Ct);
            if (open == 0 || nextAt is null) break;
            if (nextAt > Now) Time.Advance(nextAt.Value - Now);
        }
    }

    /// <summary>The process was killed and starts again.</summary>
    public Task RestartAsync() => Claims.RecoverAsync(own: true, [], Ct);

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Live;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Views;

namespace OzonSellerCenter.Tests.Support;

/// <summary>A shop with its people, conversations and orders, for tests of screens, queries and actions. The clock stands until a test moves it.</summary>
public sealed class TestShop : IAsyncDisposable
{
    public static readonly DateTime Start = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private long _nextOzonId = 3_000_000_000_817_031_942;
    private int _nextChat;

    private TestShop(TestDb db, FakeTimeProvider clock, Store store, CurrentUser owner, CurrentUser agent, CurrentUser support)
    {
        Db = db;
        Clock = clock;
        Store = store;
        Owner = owner;
        Agent = agent;
        Support = support;
    }

    public TestDb Db { get; }
    public FakeTimeProvider Clock { get; }
    public Store Store { get; }
    public CurrentUser Owner { get; }
    public CurrentUser Agent { get; }
    public CurrentUser Support { get; }
    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public InboxActions Actions => Db.Services.GetRequiredService<InboxActions>();
    public DraftActions Drafts => Db.Services.GetRequiredService<DraftActions>();
    public InboxQueries Inbox => Db.Services.GetRequiredService<InboxQueries>();
    public SearchQueries Search => Db.Services.GetRequiredService<SearchQueries>();
    public Presence Presence => Db.Services.GetRequiredService<Presence>();
    public ConversationQueries Conversations => Db.Services.GetRequiredService<ConversationQueries>();
    public OrderListQueries Orders => Db.Services.GetRequiredService<OrderListQueries>();

    /// <summary>A store with an owner, an agent and a person of the support desk.</summary>
    public static async Task<TestShop> OpenAsync(Provider provider = Provider.Sqlite, params (string Key, string Value)[] settings)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Start));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
        var db = await TestDb.CreateAsync(provider, clock, services =>
        {
            services.AddViews();
            services.AddOrders();
            services.AddReturns();
            services.AddSingleton<FakePostingFacts>().AddSingleton<IPostingFacts>(s => s.GetRequiredService<FakePostingFacts>());
            services.AddInbox(configuration);
            services.AddRules();
            services.AddDeadlines();
            services.AddReturns();
            services.AddDisputes();
            services.AddSingleton(_ => new WallClock(clock));
            services.AddSingleton<SignInGuards>();
            services.AddSingleton<FreshSignIn>();
            services.AddSingleton<ConversationClocks>();
            services.AddSingleton<Presence>();
        });
        var (store, owner) = await db.AddStoreAsync();
        var (_, agent) = await db.AddStoreAsync(role: StoreRole.Agent);
        var (_, support) = await db.AddStoreAsync(role: StoreRole.Support);
        return new TestShop(db, clock, store, owner, agent, support);
    }

    /// <summary>A second store with an owner who has no right in the first.</summary>
    public Task<(Store Store, CurrentUser User)> OtherStoreAsync() => Db.AddStoreAsync("1000002");

    /// <summary>A buyer's chat; <paramref name="change"/> sets what the test is about.</summary>
    public async Task<Conversation> ConversationAsync(Action<Conversation>? change = null, Store? store = null, ConversationKind kind = ConversationKind.Buyer)
    {
        var number = Interlocked.Increment(ref _nextChat);
        var conversation = new Conversation
        {
            StoreId = (store ?? Store).Id,
            OzonChatId = $"0b1c6f1e-0001-4a6d-9a77-{number:D12}",
            Kind = kind,
            StartedAt = Now,
            LastAt = Now,
            LastAuthor = MessageAuthor.Buyer,
        };
        change?.Invoke(conversation);
        await using var db = await Db.Databases.ForSystemAsync(CancellationToken.None);
        db.Conversations.Add(conversation);
        await db.CommitAsync(CancellationToken.None);
        return conversation;
    }

    /// <summary>A message as the intake writes it: row, list entry and event in one commit.</summary>
    public async Task<Message> MessageAsync(
        Conversation conversation, string text = "Здравствуйте! Когда приедет заказ?", MessageAuthor author = MessageAuthor.Buyer, Action<Message>? change = null)
    {
        var message = new Message
        {
            StoreId = conversation.StoreId,
            ConversationId = conversation.Id,
            OzonMessageId = Interlocked.Increment(ref _nextOzonId),
            Author = author,
            Text = text,
            SentAt = Now,
            State = author == MessageAuthor.Seller ? MessageState.Sent : MessageState.Received,
        };
        change?.Invoke(message);
        await using var db = await Db.Databases.ForSystemAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var row = await db.Conversations.SingleAsync(c => c.Id == conversation.Id);
        db.Messages.Add(message);
        row.Show(message);
        if (author == MessageAuthor.Buyer)
        {
            row.Unread++;
            row.LastBuyerAt = message.SentAt;
        }

        db.Announce(conversation.StoreId, EventKind.Conversation, $"{conversation.Id}");
        await db.CommitAsync(CancellationToken.None);
        return message;
    }

    /// <summary>A posting with one item.</summary>
    public async Task<Posting> PostingAsync(string number = "0138-4821-1", string status = "delivered", Action<Posting>? change = null)
    {
        var posting = new Posting
        {
            StoreId = Store.Id,
            PostingNumber = number,
            OrderNumber = number[..number.LastIndexOf('-')],
            Status = status,
            Scheme = Scheme.Fbs,
            Total = 249_000,
            BuyerId = "115568",
            Items = { new PostingItem { StoreId = Store.Id, Sku = 148_313_766, OfferId = "KT-170", Name = "Чайник стеклянный, 1,7 л", Quantity = 1, Price = 249_000 } },
        };
        change?.Invoke(posting);
        await using var db = await Db.Databases.ForSystemAsync(CancellationToken.None);
        db.Postings.Add(posting);
        await db.CommitAsync(CancellationToken.None);
        return posting;
    }

    /// <summary>An answer as the composer sends it, with everything on the screen seen.</summary>
    public async Task<Reply> ReplyAsync(CurrentUser user, Conversation conversation, string text, params long[] files)
    {
        var open = await Conversations.OpenAsync(user, conversation.Id, CancellationToken.None);
        return new Reply(conversation.Id, Guid.NewGuid(), text, files, open?.Messages.Messages.Select(m => m.Id).DefaultIfEmpty().Max() ?? 0);
    }

    /// <summary>Ids of the conversations that a query finds, in their order.</summary>
    public async Task<long[]> FindAsync(string query, CurrentUser? user = null, InboxFilter? filter = null) =>
        [.. (await Search.FindAsync(user ?? Agent, (filter ?? InboxFilter.Default) with { Query = query }, null, CancellationToken.None)).Hits.Select(h => h.Row.Id)];

    /// <summary>Reads with the program's eyes.</summary>
    public async Task<T> ReadAsync<T>(Func<SellerCenterDb, Task<T>> read)
    {
        await using var db = await Db.Databases.ForSystemAsync(CancellationToken.None);
        return await read(db);
    }

    /// <summary>Changes rows with the program's eyes.</summary>
    public async Task WriteAsync(Func<SellerCenterDb, Task> write)
    {
        await using var db = await Db.Databases.ForSystemAsync(CancellationToken.None);
        await write(db);
        await db.CommitAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}

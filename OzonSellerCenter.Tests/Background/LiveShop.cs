using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Sandbox;

namespace OzonSellerCenter.Tests.Background;

/// <summary>All of the app but its screens, at work on a sandbox over real HTTP: it imports, takes pushes and sends.</summary>
public sealed class LiveShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly bool _ownsFolder;

    private LiveShop(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        _folder = folder;
        _ownsFolder = ownsFolder;
    }

    public static CurrentUser Agent { get; } = new("agent", "Agent");

    public int StoreId { get; private set; }

    public string PushUrl { get; private set; } = "";

    public Databases Databases => Get<Databases>();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Starts with a store for the sandbox's first account and waits until it is imported.</summary>
    /// <param name="ozon">The sandbox to work on.</param>
    /// <param name="folder">Give one to see what a restart finds.</param>
    /// <param name="settings">Settings that differ from the quick ones of tests.</param>
    public static async Task<LiveShop> StartAsync(SandboxHost ozon, string? folder = null, params (string Key, string Value)[] settings)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("live-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("SellerCenter:DataDirectory", data),
            new("Ozon:BaseAddress", $"{ozon.Address}/sandbox/ozon/"),
            new("Ozon:RequestsPerSecond", "50"),
            new("Ozon:RetryDelaySeconds", "0.02"),
            new("Inbox:UndoSeconds", "0"),
            new("Outbox:SettleSeconds", "0.6"),
            new("Outbox:FirstPauseSeconds", "0.05"),
            new("Outbox:LongestPauseSeconds", "1"),
            new("Outbox:MaxFailures", "30"),
            new("Sync:ChatPollSeconds", "3600"),
            new("Sync:PostingPollSeconds", "3600"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var services = builder.Services;
        services.AddRouting();
        services.AddSingleton(TimeProvider.System);
        services.AddData(builder.Configuration, data);
        services.AddOzon(builder.Configuration);
        services.AddSingleton<Feed>();
        services.AddSingleton<EventLog>();
        services.AddRules();
        services.AddDeadlines();
        services.AddStores();
        services.AddOrders();
        services.AddReturns();
        services.AddDisputes();
        services.AddSingleton(new WallClock(TimeProvider.System));
        services.AddSingleton<SignInGuards>();
        services.AddSingleton<FreshSignIn>();
        services.AddInbox(builder.Configuration);
        services.AddClockWatches();
        services.AddBackground(builder.Configuration);
        var app = builder.Build();
        app.MapBackground();
        var shop = new LiveShop(app, data, folder is null);
        await shop.PrepareAsync();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        shop.PushUrl = $"{address}/ozon/push/secret-{shop.StoreId}";
        await shop.SettleAsync();
        return shop;
    }

    /// <summary>Waits until everything is imported and nothing waits to be read again.</summary>
    public Task SettleAsync() => Wait.ForAsync(() => ReadAsync(async db =>
        await db.SyncStates.CountAsync(s => s.ImportedAt != null) == 2
        && !await db.Postings.AnyAsync(p => p.NeedsSync) && !await db.Conversations.AnyAsync(c => c.NeedsSync)), 90);

    public async Task<T> ReadAsync<T>(Func<SellerCenterDb, Task<T>> read)
    {
        await using var db = await Databases.ForSystemAsync(CancellationToken.None);
        return await read(db);
    }

    /// <summary>An answer, as the composer sends it; once more with the same key is no second answer.</summary>
    public async Task SendAsync(long conversationId, string text)
    {
        var outcome = await Get<InboxActions>().SendAsync(Agent, new Reply(conversationId, Guid.NewGuid(), text, [], long.MaxValue), CancellationToken.None);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
    }

    /// <summary>Conversations with a buyer that can be answered, with Ozon's id of their chat.</summary>
    public Task<List<(long Id, string ChatId)>> OpenConversationsAsync() => ReadAsync(async db =>
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(30);
        var open = await db.Conversations.Where(c => c.Kind == ConversationKind.Buyer && !c.IsClosed && (c.WindowClosesAt == null || c.WindowClosesAt > now))
            .OrderBy(c => c.Id).Select(c => new { c.Id, c.OzonChatId }).ToListAsync();
        return open.ConvertAll(c => (c.Id, c.OzonChatId));
    });

    /// <summary>What the database says of conversations, messages and clocks, in an order and with keys that do not depend on how it came in.</summary>
    public Task<string> DumpAsync() => ReadAsync(async db =>
    {
        var chats = await db.Conversations.AsNoTracking().ToDictionaryAsync(c => c.Id);

        // Ozon's lists do not tell when a posting was cancelled, so its window counts from when we first saw it: no fact to compare.
        var cancelled = await db.Postings.Where(p => p.CancelledAt != null).Select(p => p.PostingNumber).ToListAsync();
        bool HasWindow(Conversation c) => c.PostingNumber is null || !cancelled.Contains(c.PostingNumber);
        var lines = chats.Values.Select(c => string.Create(CultureInfo.InvariantCulture,
            $"{c.OzonChatId} {c.Kind} {c.IsClosed} {c.OrderNumber} {c.PostingNumber} {c.Sku} {c.LastAt:O} {c.LastAuthor} {c.Preview} waits {c.WaitingSince:O} due {c.DueAt:O} {c.DueKind} window {(HasWindow(c) ? c.WindowClosesAt : null):O}")).ToList();
        lines.AddRange((await db.Messages.AsNoTracking().ToListAsync()).Select(m => string.Create(CultureInfo.InvariantCulture,
            $"{chats[m.ConversationId].OzonChatId} {m.OzonMessageId} {m.Author} {m.SentAt:O} {m.State} {m.Text}")));
        var deadlines = await db.Deadlines.AsNoTracking().ToListAsync();

        // A parcel that had left before we heard of it has no clock, so only those that run are a fact.
        lines.AddRange(deadlines.Where(d => d is { Kind: DeadlineKind.ShipBy, State: DeadlineState.Running })
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Subject} {d.Kind} {d.StartedAt:O} {d.DueAt:O}")));
        var clocks = deadlines.Where(d => ConversationClocks.ConversationOf(d.Subject) is not null)
            .Select(d => (Clock: d, Chat: chats[ConversationClocks.ConversationOf(d.Subject)!.Value]));
        lines.AddRange(clocks.Where(c => c.Clock.Kind != DeadlineKind.ReplyWindow || HasWindow(c.Chat)).Select(c => c.Clock).Select(d => string.Create(CultureInfo.InvariantCulture,
            $"{chats[ConversationClocks.ConversationOf(d.Subject)!.Value].OzonChatId} {d.Kind} {d.StartedAt:O} {d.DueAt:O} {d.MetAt:O} {d.State}")));
        lines.AddRange((await db.Postings.AsNoTracking().ToListAsync()).Select(p => string.Create(CultureInfo.InvariantCulture,
            $"{p.PostingNumber} {p.Scheme} {p.Status} paid {p.InProcessAt:O} delivered {p.DeliveredAt:O} cancelled {p.CancelledAt is not null} {p.Total}")));
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    });

    /// <summary>Stops without a word, as a machine that loses power: nothing is finished, nothing is tidied.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        if (!_ownsFolder) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync()
    {
        await using var db = await Databases.ForSystemAsync(CancellationToken.None);
        await db.Database.MigrateAsync();
        if (await db.Stores.SingleOrDefaultAsync() is { } known)
        {
            StoreId = known.Id;
            return;
        }

        var store = new Store { Name = "Shop", ClientId = SandboxHost.ClientId, IsSandbox = true };
        db.Stores.Add(store);
        db.Users.Add(new AppUser { Id = Agent.Id, UserName = Agent.Id, DisplayName = Agent.Name });
        await db.CommitAsync(CancellationToken.None);
        StoreId = store.Id;
        store.ProtectedApiKey = Get<StoreSecrets>().Protect(store.Id, SandboxHost.Key);
        store.PushSecretHash = StoreSecrets.HashOf($"secret-{store.Id}");
        db.Memberships.Add(new Membership { StoreId = store.Id, UserId = Agent.Id, Role = StoreRole.Agent });
        await db.CommitAsync(CancellationToken.None);
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Bench;

/// <summary>The short form of the command <c>bench</c>: what the inbox asks must not grow with the number of conversations. Counted in steps of
/// the database, so that a busy machine changes nothing; the clock only guards what is not counted, the index of words.</summary>
public sealed class InboxSpeedTests(InboxSpeedTests.TwoShops shops) : IClassFixture<InboxSpeedTests.TwoShops>
{
    private const int Few = 1_000;
    private const int Many = 12_000;
    private readonly Shop _few = shops.Few;
    private readonly Shop _many = shops.Many;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twelve_times_the_conversations_are_no_more_work_for_the_inbox()
    {
        var grown = new List<string>();
        foreach (var (name, ask) in Questions)
        {
            var (few, many) = (await _few.Work.OfAsync(() => ask(_few)), await _many.Work.OfAsync(() => ask(_many)));
            TestContext.Current.TestOutputHelper?.WriteLine($"{name,-40} {few,8} {many,8} steps");
            if (many > 2 * few + 1000) grown.Add($"{name}: {few} steps with {Few} conversations, {many} with {Many}");
        }

        Assert.Empty(grown);
    }

    [Fact]
    public async Task Figures_are_counted_up_to_their_cap_and_no_further()
    {
        var list = await _many.Work.OfAsync(() => _many.Inbox.CountsAsync(_many.User, InboxFilter.Default, Ct));
        var navigation = await _many.Work.OfAsync(() => _many.Inbox.CountersAsync(_many.User, Ct));
        TestContext.Current.TestOutputHelper?.WriteLine($"figures of the list {list} steps, of the navigation {navigation}");

        // Nine counts in each of two stores.
        Assert.InRange(list + navigation, 1, 2 * 9 * 8 * InboxCounts.Cap);
    }

    [Fact]
    public async Task Two_hundred_screens_that_look_again_at_once_share_the_work()
    {
        var filter = InboxFilter.Default;
        var rows = (await _many.Inbox.ListAsync(_many.User, filter, null, Ct)).Rows.Select(r => r.Id).ToList();
        foreach (var look in new Func<Task>[]
        {
            () => _many.Inbox.RowsAsync(_many.User, filter, rows, Ct),
            () => _many.Inbox.CountsAsync(_many.User, filter, Ct),
            () => _many.Inbox.CountersAsync(_many.User, Ct),
        })
        {
            var one = await _many.Work.OfAsync(look);
            var all = await _many.Work.OfAsync(() => Task.WhenAll(Enumerable.Range(0, 200).Select(_ => look())));
            TestContext.Current.TestOutputHelper?.WriteLine($"one screen {one} steps, two hundred {all}");
            Assert.InRange(all, 1, (20 * one) + 1000);
        }
    }

    [Fact]
    public async Task Unread_results_are_found_without_going_through_all_conversations()
    {
        var unread = await _many.Work.OfAsync(() => SearchAsync(_many, "unread заказ "));
        TestContext.Current.TestOutputHelper?.WriteLine($"unread {unread} steps");
        Assert.InRange(unread, 1, 30_000);
    }

    [Fact]
    public async Task Twelve_times_the_messages_are_searched_in_about_the_same_time()
    {
        var grown = new List<string>();
        foreach (var query in new[] { "заказ ", "трещина палатка ", "\"не подошёл размер\"", "возвр", "Тимур from:seller ", "order:80000100 " })
        {
            var (few, many) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < 12; round++)
            {
                few = Math.Min(few, await TimeAsync(_few, query));
                many = Math.Min(many, await TimeAsync(_many, query));
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{query,-40} {few,8:0.00} {many,8:0.00} ms");
            if (many > 5 * few + 5) grown.Add($"{query}: {few:0.0} ms with {Few} conversations, {many:0.0} with {Many}");
        }

        Assert.Empty(grown);
    }

    /// <summary>Each is asked in both sizes; rows and results are the same number of a page.</summary>
    private static (string Name, Func<Shop, Task> Ask)[] Questions =>
    [
        ("membership alone", async s => await (await s.Test.Databases.ForAsync(s.User, Ct)).DisposeAsync()),
        ("list by deadline", s => s.Inbox.ListAsync(s.User, InboxFilter.Default, null, Ct)),
        ("list by deadline, from the middle", s => s.Inbox.ListAsync(s.User, InboxFilter.Default, s.Middle, Ct)),
        ("list unread", s => s.Inbox.ListAsync(s.User, InboxFilter.Default with { Unread = true }, null, Ct)),
        ("list waiting", s => s.Inbox.ListAsync(s.User, InboxFilter.Default with { Waiting = true }, null, Ct)),
        ("list overdue", s => s.Inbox.ListAsync(s.User, InboxFilter.Default with { Overdue = true }, null, Ct)),
        ("list newest first", s => s.Inbox.ListAsync(s.User, InboxFilter.Default with { Sort = InboxSort.Newest }, null, Ct)),
        ("list of one store", s => s.Inbox.ListAsync(s.User, InboxFilter.Default with { Store = s.Middle.StoreId }, null, Ct)),
        ("open a conversation", s => s.Conversations.OpenAsync(s.User, s.Middle.Id, Ct)),
        ("other conversations of the buyer", async s => await s.Conversations.OthersAsync(s.User, (await s.Conversations.OpenAsync(s.User, s.Middle.Id, Ct))!.Value.Head, Ct)),
        ("next alert of all", async s =>
        {
            await using var db = await s.Test.Databases.ForSystemAsync(Ct);
            await AlertRaising.NextAtAsync(db, Ct);
        }),
        ("search: common word", s => SearchAsync(s, "заказ ")),
        ("search: two words", s => SearchAsync(s, "отправите заказ ")),
        ("search: order number", s => SearchAsync(s, "80000100-0100")),
        ("search: nothing", s => SearchAsync(s, "неслыханное ")),
    ];

    private static async Task<double> TimeAsync(Shop shop, string query)
    {
        var start = Stopwatch.GetTimestamp();
        await SearchAsync(shop, query);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Task<SearchPage> SearchAsync(Shop shop, string query) =>
        shop.Test.Services.GetRequiredService<SearchQueries>().FindAsync(shop.User, InboxFilter.Default with { Query = query }, null, Ct);

    /// <summary>The same shop, small and large.</summary>
    public sealed class TwoShops : IAsyncLifetime
    {
        internal Shop Few { get; private set; } = null!;

        internal Shop Many { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Few = await Shop.OpenAsync(InboxSpeedTests.Few);
            Many = await Shop.OpenAsync(InboxSpeedTests.Many);
        }

        public async ValueTask DisposeAsync()
        {
            await Few.DisposeAsync();
            await Many.DisposeAsync();
        }
    }

    /// <summary>A shop with two stores and an owner of both.</summary>
    internal sealed record Shop(TestDb Test, CurrentUser User, StatementWork Work, InboxRow Middle) : IAsyncDisposable
    {
        public InboxQueries Inbox => Test.Services.GetRequiredService<InboxQueries>();

        public ConversationQueries Conversations => Test.Services.GetRequiredService<ConversationQueries>();

        public static async Task<Shop> OpenAsync(int conversations)
        {
            var test = await TestDb.CreateAsync(configure: services =>
            {
                services.AddRules().AddDeadlines();
                services.AddInbox(new ConfigurationBuilder().Build());
                services.AddSingleton<ConversationClocks>();
            });
            var (_, user) = await test.AddStoreAsync("1000001", userId: "owner");
            await test.AddStoreAsync("1000002", userId: "owner");
            Assert.Equal(0, await SeedCommand.RunAsync(test.Services, null, conversations, 2 * conversations, Ct));
            var inbox = test.Services.GetRequiredService<InboxQueries>();
            var middle = (await inbox.ListAsync(user, InboxFilter.Default, null, Ct, size: conversations / 25)).Rows[^1];
            return new Shop(test, user, await StatementWork.WatchAsync(test), middle);
        }

        public async ValueTask DisposeAsync()
        {
            Work.Dispose();
            await Test.DisposeAsync();
        }
    }
}

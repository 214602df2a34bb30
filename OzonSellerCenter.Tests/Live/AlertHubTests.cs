using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Deadlines;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Live;

public sealed class AlertHubTests
{
    private static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Nothing here takes a second; what takes a minute hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_hear_each_stage_once_and_others_nothing()
    {
        await using var test = await HubTest.StartAsync();
        var (_, agent) = await test.Clock.Db.AddStoreAsync(role: StoreRole.Agent);
        var (_, support) = await test.Clock.Db.AddStoreAsync(role: StoreRole.Support);
        var (second, other) = await test.Clock.Db.AddStoreAsync("1000002");
        await using var ears = new Ears();
        foreach (var user in new[] { test.Clock.Owner, agent, support, other }) await ears.OpenAsync(test, user);

        await test.AlertAsync("Дмитрий Л.");
        test.Clock.Time.Advance(TimeSpan.FromHours(1));
        await test.Clock.Watch.RaiseAllDueAsync(Ct);
        await ears.UntilAsync(agent, 2);
        await ears.UntilAsync(test.Clock.Owner, 2);

        // An alert of the other store comes last: whatever was to be heard before has been heard by then.
        await test.AlertAsync("Чужой", second.Id);
        await ears.UntilAsync(other, 1);
        Assert.Equal([(120, test.Clock.StoreId), (60, test.Clock.StoreId)], ears.Of(agent).Select(a => (a.MinutesBefore, a.StoreId)));
        Assert.Equal(second.Id, Assert.Single(ears.Of(other)).StoreId);
        Assert.Empty(ears.Of(support));
        var heard = ears.Of(test.Clock.Owner)[0];
        Assert.Equal(("FirstAnswer", "House", "Дмитрий Л.", "/inbox/1", Noon.AddHours(2)), (heard.Kind, heard.Owner, heard.Title, heard.Url, heard.DueAt));
    }

    [Fact]
    public async Task Who_lost_his_membership_hears_nothing_more_on_an_open_connection()
    {
        await using var test = await HubTest.StartAsync();
        var (_, agent) = await test.Clock.Db.AddStoreAsync(role: StoreRole.Agent);
        await using var ears = new Ears();
        await ears.OpenAsync(test, agent);
        await ears.OpenAsync(test, test.Clock.Owner);
        await using (var db = await test.Clock.Db.Databases.ForSystemAsync(Ct))
        {
            await db.Memberships.Where(m => m.UserId == agent.Id).ExecuteDeleteAsync(Ct);
        }

        await test.AlertAsync("Дмитрий Л.");
        await ears.UntilAsync(test.Clock.Owner, 1);
        Assert.Empty(ears.Of(agent));
        Assert.Empty(await ears.SinceAsync(agent, 0));
    }

    [Fact]
    public async Task Who_was_away_asks_for_what_he_missed()
    {
        await using var test = await HubTest.StartAsync();
        var (_, other) = await test.Clock.Db.AddStoreAsync("1000002");
        await test.AlertAsync("Первый");
        await test.AlertAsync("Второй");
        await using var ears = new Ears();
        await ears.OpenAsync(test, test.Clock.Owner);
        await ears.OpenAsync(test, other);
        var all = await ears.SinceAsync(test.Clock.Owner, 0);
        Assert.Equal(["Первый", "Второй"], all.Select(a => a.Title));
        Assert.Equal(["Второй"], (await ears.SinceAsync(test.Clock.Owner, all[0].AlertId)).Select(a => a.Title));
        Assert.Empty(await ears.SinceAsync(test.Clock.Owner, all[1].AlertId));
        Assert.Empty(await ears.SinceAsync(other, 0));
    }

    [Fact]
    public async Task Who_wants_notifications_gets_one_notice_with_its_words_for_all_that_came_together()
    {
        await using var test = await HubTest.StartAsync();
        await AlertSettingsTests.ChooseAsync(test.Clock, test.Clock.Owner, k => (k.Desktop, k.Sound) = (true, true));
        await using var ears = new Ears();
        var connection = await ears.OpenAsync(test, test.Clock.Owner);
        Assert.Equal(0, await connection.InvokeAsync<long>("Newest", Ct));
        await test.AlertAsync("Первый");
        await test.AlertAsync("Второй");
        await ears.UntilAsync(test.Clock.Owner, 2);
        var heard = ears.Of(test.Clock.Owner);
        Assert.All(heard, a => Assert.True(a.Desktop && a.Sound));
        var ids = heard.Select(a => a.AlertId).ToArray();
        var notice = await connection.InvokeAsync<DesktopNotice?>("Claim", ids, true, true, Ct);
        Assert.Equal(("2 conversations due within 2\u00a0h", "/due", true), (notice!.Title, notice.Url, notice.Sounds));
        Assert.Equal("Первый: answer by 17:00", notice.Body);
        Assert.Equal(ids, notice.AlertIds.Order());
        Assert.Null(await connection.InvokeAsync<DesktopNotice?>("Claim", ids, true, true, Ct));
        Assert.Equal(ids[1], await connection.InvokeAsync<long>("Newest", Ct));

        await connection.InvokeAsync("Opened", ids[0], Ct);
        Assert.Equal(1, (await test.Clock.AlertQueries.UnreadAsync(test.Clock.Owner, Ct)).Count);
    }

    [Fact]
    public async Task A_connection_whose_sign_in_ended_is_cut()
    {
        await using var test = await HubTest.StartAsync();
        await using var ears = new Ears();
        var connection = await ears.OpenAsync(test, test.Clock.Owner);
        var closed = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await test.SignOutAsync(ears.SignInOf(test.Clock.Owner));
        await closed.Task.WaitAsync(Patience, Ct);
    }

    [Fact]
    public async Task Strangers_are_not_let_in()
    {
        await using var test = await HubTest.StartAsync();
        await using var connection = test.Connect(null);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => connection.StartAsync(Ct));
    }

    /// <summary>What each person heard.</summary>
    private sealed class Ears : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, (HubConnection Connection, ConcurrentQueue<AlertMessage> Heard)> _people = new();

        private readonly ConcurrentDictionary<string, string> _signIns = new();

        public string SignInOf(CurrentUser user) => _signIns[user.Id];

        public AlertMessage[] Of(CurrentUser user) => [.. _people[user.Id].Heard];

        public async Task<HubConnection> OpenAsync(HubTest test, CurrentUser user)
        {
            var connection = test.Connect(_signIns[user.Id] = await test.SignInAsync(user));
            var heard = new ConcurrentQueue<AlertMessage>();
            connection.On<AlertMessage>("alert", heard.Enqueue);
            _people[user.Id] = (connection, heard);
            await connection.StartAsync(Ct).WaitAsync(Patience, Ct);
            return connection;
        }

        public Task<IReadOnlyList<AlertMessage>> SinceAsync(CurrentUser user, long last) =>
            _people[user.Id].Connection.InvokeAsync<IReadOnlyList<AlertMessage>>("Since", last, Ct).WaitAsync(Patience, Ct);

        public Task UntilAsync(CurrentUser user, int count) =>
            ClockTest.UntilAsync(() => Task.FromResult(_people[user.Id].Heard.Count >= count), $"{count} alerts heard");

        public async ValueTask DisposeAsync()
        {
            foreach (var (connection, _) in _people.Values) await connection.DisposeAsync().AsTask().WaitAsync(Patience);
        }
    }

    /// <summary>The hub in a server of its own, over a store whose clocks the test moves.</summary>
    private sealed class HubTest : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private HubTest(ClockTest clock, WebApplication app) => (Clock, _app) = (clock, app);

        public ClockTest Clock { get; }

        public static async Task<HubTest> StartAsync()
        {
            var clock = await ClockTest.CreateAsync(Provider.Sqlite, Noon, services =>
                services.AddSingleton(new WallClock(TimeProvider.System)).AddSingleton<SignInSessions>());
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("test", null);
            builder.Services.AddAuthorization();
            builder.Services.AddLive();

            // The same database and feed as the test's.
            builder.Services.AddSingleton(clock.Db.Feed);
            builder.Services.AddSingleton(clock.Db.Databases);
            builder.Services.AddSingleton(clock.AlertQueries);
            builder.Services.AddSingleton(clock.Alerts);
            builder.Services.AddSingleton<TimeProvider>(clock.Time);
            builder.Services.AddLocalization();
            builder.Services.AddSingleton(clock.Db.Services.GetRequiredService<SignInSessions>());
            var app = builder.Build();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapLive();
            await app.StartAsync(Ct);
            return new HubTest(clock, app);
        }

        /// <summary>The cookie's content for a person, as the sign-in page would have made it.</summary>
        public async Task<string> SignInAsync(CurrentUser user)
        {
            await using var db = await Clock.Db.Databases.ForSystemAsync(Ct);
            var account = await db.Users.SingleAsync(u => u.Id == user.Id, Ct);
            return $"{user.Id} {await Clock.Db.Services.GetRequiredService<SignInSessions>().StartAsync(account, "test", Ct)}";
        }

        public Task SignOutAsync(string signIn) => Clock.Db.Services.GetRequiredService<SignInSessions>().EndAsync(PersonOf(signIn)!, Ct);

        public HubConnection Connect(string? signIn) => new HubConnectionBuilder()
            .WithUrl("http://localhost/hubs/alerts", options =>
            {
                options.HttpMessageHandlerFactory = _ => _app.GetTestServer().CreateHandler();
                options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.LongPolling;
                if (signIn is not null) options.Headers["X-Sign-In"] = signIn;
            })
            .Build();

        /// <summary>A buyer wrote two hours ago, so that the first stage of the house's target is due.</summary>
        public async Task AlertAsync(string buyer, int? storeId = null)
        {
            await Clock.SayAsync(await Clock.AddConversationAsync(buyer, storeId: storeId), MessageAuthor.Buyer, Clock.Now.AddHours(-2));
            await Clock.Watch.RaiseAllDueAsync(Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync(CancellationToken.None).WaitAsync(Patience);
            await _app.DisposeAsync().AsTask().WaitAsync(Patience);
            await Clock.DisposeAsync();
        }
    }

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            return Task.FromResult(PersonOf(Request.Headers["X-Sign-In"].ToString()) is { } person
                ? AuthenticateResult.Success(new AuthenticationTicket(person, "test"))
                : AuthenticateResult.NoResult());
        }
    }

    private static ClaimsPrincipal? PersonOf(string signIn) => signIn.Split(' ') is [var id, var session]
        ? new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id), new(Session.SessionClaim, session)], "test"))
        : null;
}

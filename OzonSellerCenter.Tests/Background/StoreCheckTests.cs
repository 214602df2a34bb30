using System.Net;
using Microsoft.Extensions.Logging;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What the check of a key finds beyond Ozon's plain refusals (those are in <see cref="SyncTests"/>).</summary>
public sealed class StoreCheckTests
{
    private const string Roles = """{"expires_at":"2027-01-01T00:00:00Z","roles":[{"name":"Admin","methods":[%]}]}""";

    private static readonly string[] AllMethods =
    [
        "/v3/chat/list", "/v3/chat/history", "/v1/chat/send/message", "/v1/chat/send/file", "/v2/chat/read", "/v4/posting/fbs/list", "/v3/posting/fbs/get",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_key_is_a_state_and_nobody_asks_Ozon()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.StoreAsync(s => s.ProtectedApiKey = null);
        Assert.Equal((ConnectionState.NoKey, null), await CheckAsync(test));
        Assert.Empty(test.Ozon.Calls);
    }

    [Fact]
    public async Task A_key_that_does_not_open_here_is_a_state_of_its_own_and_said_once_in_the_log()
    {
        var log = new Lines();
        await using var test = await BackgroundTest.CreateAsync();
        test.Get<ILoggerFactory>().AddProvider(log);
        var sealedKey = (await test.StoreAsync()).ProtectedApiKey;
        await test.StoreAsync(s => s.ProtectedApiKey = [1, 2, 3]);
        for (var i = 0; i < 3; i++) Assert.Null(await test.Get<StoreGate>().OpenAsync(test.StoreId, Ct));
        Assert.Equal((ConnectionState.KeyUnreadable, null), await CheckAsync(test));
        Assert.Single(log.Said, s => s.Contains("does not open", StringComparison.Ordinal));

        // The key file was put back.
        await test.StoreAsync(s => s.ProtectedApiKey = sealedKey);
        Answer(test, AllMethods);
        Assert.Equal((ConnectionState.Working, null), await CheckAsync(test));
    }

    [Fact]
    public async Task An_Ozon_that_does_not_answer_is_unreachable_wherever_the_line_broke()
    {
        await using var test = await BackgroundTest.CreateAsync();
        foreach (var error in new[]
        {
            HttpRequestError.NameResolutionError, HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError, HttpRequestError.ResponseEnded,
        })
        {
            await WorkAsync(test);
            test.Ozon.Answer = (_, _) => throw new HttpRequestException(error, "the line broke");
            Assert.Equal((error, ConnectionState.Unreachable), (error, (await CheckAsync(test)).State));
        }
    }

    [Fact]
    public async Task An_answer_that_is_none_is_Ozons_fault()
    {
        await using var test = await BackgroundTest.CreateAsync();
        foreach (var (status, body) in new[]
        {
            (HttpStatusCode.OK, "<html>gateway</html>"), (HttpStatusCode.OK, "[]"), (HttpStatusCode.OK, "{\"roles\":"),
            (HttpStatusCode.BadGateway, "<html>bad gateway</html>"), (HttpStatusCode.Found, ""),
        })
        {
            await WorkAsync(test);
            test.Ozon.Answer = (_, _) => FakeOzon.Json(body, status);
            Assert.Equal((body, ConnectionState.OzonFailing), (body, (await CheckAsync(test)).State));
        }
    }

    [Fact]
    public async Task A_refusal_in_words_we_do_not_know_is_a_refusal_with_Ozons_words()
    {
        await using var test = await BackgroundTest.CreateAsync();
        test.Ozon.Answer = (_, _) => FakeOzon.Json("""{"code":7,"message":"Account is frozen"}""", HttpStatusCode.Forbidden);
        Assert.Equal((ConnectionState.Forbidden, "Account is frozen"), await CheckAsync(test));

        // A lasting refusal: only the check goes on asking.
        Assert.Null(await test.Get<StoreGate>().OpenAsync(test.StoreId, Ct));
    }

    [Fact]
    public async Task One_call_that_is_refused_in_unknown_words_does_not_shut_the_store()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.Get<StoreGate>().NoteAsync(test.StoreId, new OzonSellerCenter.Ozon.OzonError(OzonSellerCenter.Ozon.OzonErrorKind.Forbidden, "not this chat"), Ct);
        Assert.Equal(ConnectionState.Working, (await test.StoreAsync()).Connection);
    }

    [Fact]
    public async Task Chats_need_the_right_subscription()
    {
        await using var test = await BackgroundTest.CreateAsync();
        foreach (var type in new[] { "PREMIUM_PLUS", "PREMIUM", "PREMIUM_PRO", "UNSPECIFIED" })
        {
            await WorkAsync(test);
            Answer(test, AllMethods, type);
            var works = type is "PREMIUM_PLUS" or "PREMIUM_PRO";
            Assert.Equal((works ? ConnectionState.Working : ConnectionState.SubscriptionRequired, works ? null : type), await CheckAsync(test));
            Assert.Equal(type, (await test.StoreAsync()).Subscription);
        }
    }

    [Fact]
    public async Task A_subscription_that_ended_is_told_by_its_403()
    {
        await using var test = await BackgroundTest.CreateAsync();
        foreach (var message in new[]
        {
            "s.checkPremiumPlus failed: method is allowed starting from the premium plus subscription",
            "Information is available starting from the premium plus subscription.",
            "rpc error: code = PermissionDenied desc = not available with existing subscription",
        })
        {
            await WorkAsync(test);
            test.Ozon.Answer = (path, _) => path == "/v1/roles" ? RolesOf(AllMethods)
                : FakeOzon.Json($$"""{"code":7,"message":"{{message}}","details":[]}""", HttpStatusCode.Forbidden);
            Assert.Equal((ConnectionState.SubscriptionRequired, message), await CheckAsync(test));
        }
    }

    [Fact]
    public async Task A_key_that_lacks_a_method_of_the_daily_work_says_which()
    {
        await using var test = await BackgroundTest.CreateAsync();
        Answer(test, AllMethods.Except(["/v1/chat/send/file", "/v2/chat/read"]));
        Assert.Equal((ConnectionState.MissingRole, "/v1/chat/send/file, /v2/chat/read"), await CheckAsync(test));
    }

    [Fact]
    public async Task A_new_key_is_checked_at_once_and_one_that_works_not_again_before_its_time()
    {
        await using var test = await BackgroundTest.CreateAsync();
        Answer(test, AllMethods);
        await CheckAsync(test);
        var calls = test.Ozon.Calls.Count;
        test.Time.Advance(TimeSpan.FromSeconds(599));
        await CheckAsync(test);
        Assert.Equal(calls, test.Ozon.Calls.Count);

        var secrets = test.Get<StoreSecrets>();
        await test.StoreAsync(s => s.ProtectedApiKey = secrets.Protect(s.Id, "another-key"));
        await CheckAsync(test);
        Assert.True(test.Ozon.Calls.Count > calls);
    }

    [Fact]
    public async Task The_log_warns_once_a_day_from_two_weeks_before_the_key_ends()
    {
        var log = new Lines();
        await using var test = await BackgroundTest.CreateAsync();
        test.Get<ILoggerFactory>().AddProvider(log);
        Answer(test, AllMethods);
        await CheckAsync(test);
        Assert.Empty(log.Said);

        // From 24 November to two weeks before New Year, then three days of checks.
        test.Time.Advance(TimeSpan.FromDays(24));
        for (var i = 0; i < 3 * 24; i++)
        {
            await CheckAsync(test);
            test.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.InRange(log.Said.Count, 3, 4);
        Assert.All(log.Said, w => Assert.Contains("2027-01-01", w, StringComparison.Ordinal));
        Assert.All(log.Said, w => Assert.DoesNotContain(BackgroundTest.ApiKey, w, StringComparison.Ordinal));
    }

    /// <summary>All is well, and the next check is due.</summary>
    private static async Task WorkAsync(BackgroundTest test)
    {
        test.Time.Advance(TimeSpan.FromMinutes(20));
        Answer(test, AllMethods);
        Assert.Equal((ConnectionState.Working, null), await CheckAsync(test));
        test.Time.Advance(TimeSpan.FromMinutes(20));
    }

    private static async Task<(ConnectionState State, string? Detail)> CheckAsync(BackgroundTest test)
    {
        await test.Get<StoreCheck>().CheckAsync(test.StoreId, Ct);
        var store = await test.StoreAsync();
        return (store.Connection, store.ConnectionDetail);
    }

    private static void Answer(BackgroundTest test, IEnumerable<string> methods, string subscription = "PREMIUM_PLUS") => test.Ozon.Answer = (path, _) => path switch
    {
        "/v1/roles" => RolesOf(methods),
        "/v1/seller/info" => FakeOzon.Json($$$"""{"company":{"name":"Shop"},"subscription":{"is_premium":true,"type":"{{{subscription}}}"}}"""),
        _ => null,
    };

    private static HttpResponseMessage RolesOf(IEnumerable<string> methods) =>
        FakeOzon.Json(Roles.Replace("%", string.Join(',', methods.Select(m => $"\"{m}\"")), StringComparison.Ordinal));

    /// <summary>Keeps what is said about keys from warnings on.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Said { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var words = formatter(state, exception);
            if (logLevel >= LogLevel.Warning && words.Contains("key of store", StringComparison.Ordinal)) Said.Add(words);
        }

        public void Dispose()
        {
        }
    }
}

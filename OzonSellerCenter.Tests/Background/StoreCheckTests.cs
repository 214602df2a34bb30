using System.Net;
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
    public async Task A_key_that_does_not_open_here_counts_as_none()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.StoreAsync(s => s.ProtectedApiKey = [1, 2, 3]);
        Assert.Equal((ConnectionState.NoKey, null), await CheckAsync(test));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    public async Task An_Ozon_that_does_not_answer_is_unreachable_wherever_the_line_broke(HttpRequestError error)
    {
        await using var test = await BackgroundTest.CreateAsync();
        test.Ozon.Answer = (_, _) => throw new HttpRequestException(error, "the line broke");
        Assert.Equal(ConnectionState.Unreachable, (await CheckAsync(test)).State);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>gateway</html>")]
    [InlineData(HttpStatusCode.OK, "[]")]
    [InlineData(HttpStatusCode.OK, "{\"roles\":")]
    [InlineData(HttpStatusCode.BadGateway, "<html>bad gateway</html>")]
    [InlineData(HttpStatusCode.Found, "")]
    public async Task An_answer_that_is_none_is_Ozons_fault(HttpStatusCode status, string body)
    {
        await using var test = await BackgroundTest.CreateAsync();
        test.Ozon.Answer = (_, _) => FakeOzon.Json(body, status);
        Assert.Equal(ConnectionState.OzonFailing, (await CheckAsync(test)).State);
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

    [Theory]
    [InlineData("PREMIUM_PLUS", ConnectionState.Working, null)]
    [InlineData("PREMIUM_PRO", ConnectionState.Working, null)]
    [InlineData("PREMIUM", ConnectionState.SubscriptionRequired, "PREMIUM")]
    [InlineData("UNSPECIFIED", ConnectionState.SubscriptionRequired, "UNSPECIFIED")]
    public async Task Chats_need_the_right_subscription(string type, ConnectionState state, string? detail)
    {
        await using var test = await BackgroundTest.CreateAsync();
        Answer(test, AllMethods, type);
        Assert.Equal((state, detail), await CheckAsync(test));
        Assert.Equal(type, (await test.StoreAsync()).Subscription);
    }

    [Theory]
    [InlineData("s.checkPremiumPlus failed: method is allowed starting from the premium plus subscription")]
    [InlineData("Information is available starting from the premium plus subscription.")]
    [InlineData("rpc error: code = PermissionDenied desc = not available with existing subscription")]
    public async Task A_subscription_that_ended_is_told_by_its_403(string message)
    {
        await using var test = await BackgroundTest.CreateAsync();
        test.Ozon.Answer = (path, _) => path == "/v1/roles" ? RolesOf(AllMethods)
            : FakeOzon.Json($$"""{"code":7,"message":"{{message}}","details":[]}""", HttpStatusCode.Forbidden);
        Assert.Equal((ConnectionState.SubscriptionRequired, message), await CheckAsync(test));
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
        test.Get<Microsoft.Extensions.Logging.ILoggerFactory>().AddProvider(log);
        Answer(test, AllMethods);
        await CheckAsync(test);
        Assert.Empty(log.Warnings);

        // From 24 November to two weeks before New Year, then three days of checks.
        test.Time.Advance(TimeSpan.FromDays(24));
        for (var i = 0; i < 3 * 24; i++)
        {
            await CheckAsync(test);
            test.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.InRange(log.Warnings.Count, 3, 4);
        Assert.All(log.Warnings, w => Assert.Contains("2027-01-01", w, StringComparison.Ordinal));
        Assert.All(log.Warnings, w => Assert.DoesNotContain(BackgroundTest.ApiKey, w, StringComparison.Ordinal));
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

    /// <summary>Keeps the warnings of the key check.</summary>
    private sealed class Lines : Microsoft.Extensions.Logging.ILoggerProvider, Microsoft.Extensions.Logging.ILogger
    {
        public List<string> Warnings { get; } = [];

        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var words = formatter(state, exception);
            if (logLevel == Microsoft.Extensions.Logging.LogLevel.Warning && words.Contains("key of store", StringComparison.Ordinal)) Warnings.Add(words);
        }

        public void Dispose()
        {
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

/// <summary>The real client as the app registers it, over a network that answers what the test says; records what was sent and logged.</summary>
internal sealed class OzonStub : HttpMessageHandler, ILoggerProvider
{
    public static readonly OzonAccount Account = new("100001", "11111111-secret-key-2222");

    private readonly ServiceProvider _services;

    public OzonStub(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? answer = null, params (string Key, string Value)[] settings)
    {
        Answer = answer ?? ((_, _) => Task.FromResult(Json("{}")));
        var services = new ServiceCollection();
        services.AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
        services.AddOzon(Configuration(settings));
        services.AddHttpClient(OzonSetup.Reads).ConfigurePrimaryHttpMessageHandler(() => this);
        services.AddHttpClient(OzonSetup.Writes).ConfigurePrimaryHttpMessageHandler(() => this);
        _services = services.BuildServiceProvider();
        Api = _services.GetRequiredService<OzonApi>();
    }

    public OzonApi Api { get; }

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; }

    public ConcurrentQueue<(string Url, string Body, string Headers)> Sent { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Ozon:BaseAddress", "https://ozon.test/api"), new("Ozon:RetryDelaySeconds", "0.001")])
        .AddInMemoryCollection(settings.GroupBy(s => s.Key).Select(s => KeyValuePair.Create(s.Key, (string?)s.Last().Value)))
        .Build();

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static OzonStub Answering(HttpStatusCode status, string body, params (string Key, string Value)[] settings) =>
        new((_, _) => Task.FromResult(Json(body, status)), settings);

    public static OzonStub Failing(Func<Exception> failure) => new((_, _) => throw failure());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Sent.Enqueue((request.RequestUri!.AbsoluteUri, body, request.Headers + request.Content?.Headers.ToString()));
        var response = await Answer(request, cancellationToken);
        response.RequestMessage = request;
        return response;
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Recorder(Log);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _services.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue(formatter(state, exception) + exception);
    }
}

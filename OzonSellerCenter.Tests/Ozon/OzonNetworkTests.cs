using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

/// <summary>The client over real sockets, against a server that misbehaves at the level of bytes.</summary>
public sealed class OzonNetworkTests : IDisposable
{
    private const byte TlsHello = 0x16;
    private const string Confirmed = """{"result":"success"}""";

    private static readonly ChatSendMessageRequest Message = new() { ChatId = "c", Text = "Да" };

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly List<string> _received = [];
    private readonly CancellationTokenSource _closing = new();

    public OzonNetworkTests() => _server.Start();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Address => $"http://{_server.LocalEndpoint}/";

    [Fact]
    public async Task A_write_whose_connection_is_cut_after_the_request_is_unclear_and_sent_once()
    {
        Serve(_ => null);
        using var services = Client();

        var result = await services.GetRequiredService<OzonApi>().SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.Equal(OzonErrorKind.Unclear, result.Error?.Kind);
        Assert.Single(_received);
    }

    [Fact]
    public async Task A_write_on_a_kept_connection_that_is_cut_is_not_sent_again_by_the_network_layer()
    {
        Serve(n => n == 1 ? Ok(Confirmed) : null);
        using var services = Client();
        var api = services.GetRequiredService<OzonApi>();

        var first = await api.SendMessageAsync(OzonStub.Account, Message, Stop);
        var second = await api.SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.True(first.IsOk, first.Error?.ToString());
        Assert.Equal(OzonErrorKind.Unclear, second.Error?.Kind);
        Assert.Equal(2, _received.Count);
    }

    [Fact]
    public async Task Half_an_answer_to_a_write_is_unclear()
    {
        Serve(_ => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"result\":\"suc");
        using var services = Client();

        var result = await services.GetRequiredService<OzonApi>().SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.Equal(OzonErrorKind.Unclear, result.Error?.Kind);
        Assert.Single(_received);
    }

    [Fact]
    public async Task Half_an_answer_to_a_read_is_asked_again()
    {
        Serve(n => n == 1
            ? "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"chats\":["
            : Ok("""{"chats":[],"total_unread_count":3}"""));
        using var services = Client();

        var result = await services.GetRequiredService<OzonApi>().ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.Equal(3, result.Value?.TotalUnreadCount);
        Assert.Equal(2, _received.Count);
    }

    [Fact]
    public async Task No_answer_in_time_is_unclear_and_a_write_is_sent_once()
    {
        Serve(_ => "");
        using var services = Client(("Ozon:TimeoutSeconds", "1"));

        var result = await services.GetRequiredService<OzonApi>().SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.Equal(OzonErrorKind.Unclear, result.Error?.Kind);
        Assert.True(result.Error!.MayHaveActed);
        Assert.Single(_received);
    }

    [Fact]
    public async Task A_refused_connection_and_an_unknown_host_prove_that_nothing_was_sent()
    {
        var address = Address;
        _server.Stop();
        using var refused = Client(("Ozon:BaseAddress", address));
        using var unknown = Client(("Ozon:BaseAddress", "https://no-such-host.invalid/"));

        var first = await refused.GetRequiredService<OzonApi>().SendMessageAsync(OzonStub.Account, Message, Stop);
        var second = await unknown.GetRequiredService<OzonApi>().SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.Equal(OzonErrorKind.Unreachable, first.Error?.Kind);
        Assert.Equal(OzonErrorKind.Unreachable, second.Error?.Kind);
    }

    [Fact]
    public async Task A_server_without_TLS_where_TLS_is_expected_gets_nothing()
    {
        Serve(_ => Ok(Confirmed));
        using var services = Client(("Ozon:BaseAddress", Address.Replace("http:", "https:", StringComparison.Ordinal)));

        var result = await services.GetRequiredService<OzonApi>().SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.Equal(OzonErrorKind.Unreachable, result.Error?.Kind);
    }

    [Fact]
    public async Task A_connection_that_never_opens_proves_that_nothing_was_sent()
    {
        var services = Services();
        foreach (var name in new[] { OzonSetup.Reads, OzonSetup.Writes })
            services.AddHttpClient(name).UseSocketsHttpHandler((handler, _) =>
            {
                handler.ConnectTimeout = TimeSpan.FromMilliseconds(50);
                handler.ConnectCallback = async (_, c) =>
                {
                    await Task.Delay(Timeout.Infinite, c);
                    return Stream.Null;
                };
            });
        await using var built = services.BuildServiceProvider();

        var result = await built.GetRequiredService<OzonApi>().SendMessageAsync(OzonStub.Account, Message, Stop);

        Assert.Equal(OzonErrorKind.Unreachable, result.Error?.Kind);
    }

    [Fact]
    public async Task An_answer_larger_than_allowed_is_not_taken()
    {
        Serve(_ => Ok("{\"chats\":[],\"cursor\":\"" + new string('x', 5000) + "\"}"));
        using var services = Client(("Ozon:MaxAnswerBytes", "2000"));

        var result = await services.GetRequiredService<OzonApi>().ChatListAsync(OzonStub.Account, new ChatListRequest(), Stop);

        Assert.Equal(OzonErrorKind.GarbageAnswer, result.Error?.Kind);
        Assert.Single(_received);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_key()
    {
        Serve(n => n == 1 ? $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {Address}elsewhere\r\nContent-Length: 0\r\n\r\n" : Ok("{}"));
        using var services = Client();

        var result = await services.GetRequiredService<OzonApi>().RolesAsync(OzonStub.Account, Stop);

        Assert.Equal(OzonErrorKind.GarbageAnswer, result.Error?.Kind);
        Assert.Single(_received);
    }

    [Fact]
    public async Task The_base_address_keeps_its_path()
    {
        Serve(_ => Ok("""{"roles":[]}"""));
        using var services = Client(("Ozon:BaseAddress", Address + "sandbox/ozon"));

        await services.GetRequiredService<OzonApi>().RolesAsync(OzonStub.Account, Stop);

        Assert.StartsWith("POST /sandbox/ozon/v1/roles HTTP/1.1\r\n", Assert.Single(_received), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _closing.Cancel();
        _server.Dispose();
        _closing.Dispose();
    }

    private static string Ok(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private ServiceCollection Services(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOzon(OzonStub.Configuration([("Ozon:BaseAddress", Address), .. settings]));
        return services;
    }

    private ServiceProvider Client(params (string Key, string Value)[] settings) => Services(settings).BuildServiceProvider();

    /// <summary>The n-th request gets the bytes told: <c>null</c> cuts the connection, nothing leaves it waiting, a part is followed by a cut.</summary>
    private void Serve(Func<int, string?> answer) => _ = Task.Run(async () =>
    {
        while (!_closing.IsCancellationRequested)
        {
            var connection = await _server.AcceptTcpClientAsync(_closing.Token);
            _ = ConverseAsync(connection, answer);
        }
    });

    private async Task ConverseAsync(TcpClient connection, Func<int, string?> answer)
    {
        using var held = connection;
        var stream = connection.GetStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, _closing.Token) is var read and > 0)
        {
            var text = Encoding.UTF8.GetString(buffer, 0, read);
            if (buffer[0] == TlsHello)
            {
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), _closing.Token);
                return;
            }

            if (!text.StartsWith("POST ", StringComparison.Ordinal))
                continue;
            int count;
            lock (_received)
            {
                _received.Add(text);
                count = _received.Count;
            }

            if (answer(count) is not { } bytes)
                return;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(bytes), _closing.Token);
            if (bytes.Contains("Content-Length: 500", StringComparison.Ordinal))
                return;
        }
    }
}

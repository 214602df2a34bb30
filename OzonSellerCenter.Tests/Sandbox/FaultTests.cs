using System.Net;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Faults on request, for a client to be tried on.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private SandboxHost _host = null!;
    private string _chatId = "";

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync();
        _chatId = await _host.BuyerAsksAsync("?");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private Task<JsonObject> FaultAsync(string kind, double rate = 1, int milliseconds = 0) =>
        _host.ControlAsync("faults", new JsonObject { ["kind"] = kind, ["rate"] = rate, ["milliseconds"] = milliseconds });

    private Task<Answer> SendAsync(string text) =>
        _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = _chatId, ["text"] = text });

    private async Task<int> SentAsync() =>
        (await _host.ChatAsync(_chatId))["messages"]!.AsArray().Count(m => (string)m!["author"]! == "seller");

    [Fact]
    public async Task A_dropped_answer_has_acted()
    {
        await FaultAsync("drop-response");
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("один"));
        Assert.Equal(1, await SentAsync());
        await FaultAsync("none");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("два")).Status);
    }

    [Fact]
    public async Task A_500_and_a_429_have_not_acted()
    {
        await FaultAsync("http500");
        Assert.Equal("500/13 Internal error", (await SendAsync("один")).Refusal);
        await FaultAsync("http429");
        var busy = await SendAsync("один");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (busy.Status, busy.Headers["Retry-After"]));
        Assert.Equal(0, await SentAsync());
    }

    [Fact]
    public async Task Kinds_add_up_and_the_same_calls_meet_the_same_faults()
    {
        async Task<string> RunAsync()
        {
            await FaultAsync("none");
            await FaultAsync("http500", 0.3);
            await FaultAsync("http429", 0.3);
            var run = "";
            for (var i = 0; i < 40; i++)
                run += (int)(await _host.CallAsync("/v1/roles")).Status / 100;
            return run;
        }

        var first = await RunAsync();
        Assert.Contains('5', first);
        Assert.Contains('4', first);
        Assert.Contains('2', first);
        Assert.Equal(first, await RunAsync());
    }

    [Fact]
    public async Task Latency_delays_the_answer()
    {
        await FaultAsync("latency", 1, 300);
        var began = TimeProvider.System.GetTimestamp();
        await _host.CallAsync("/v1/roles");
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task An_unknown_kind_is_refused()
    {
        using var content = new StringContent("""{"kind":"earthquake"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await _host.Http.PostAsync(new Uri("/sandbox/control/faults", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}

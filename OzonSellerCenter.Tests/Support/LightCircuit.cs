using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OzonSellerCenter.Tests.Support;

/// <summary>A circuit without a browser: it takes the page, opens the line, takes what is drawn and says so, and answers scripts politely. So a
/// small machine can hold hundreds. It sees the texts that come, not the screen.</summary>
public sealed partial class LightCircuit : IAsyncDisposable
{
    private const int JsObject = 1;
    private const int JsNothing = 3;
    private readonly WebSocket _socket;
    private readonly CancellationTokenSource _leaving = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DateTimeOffset>> _awaited = [];
    private readonly Task _reading;
    private int _frames;
    private int _pings;
    private long _bytes;

    private LightCircuit(WebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    /// <summary>Messages that came so far, but for the pings.</summary>
    public int Frames => Volatile.Read(ref _frames);

    public int Pings => Volatile.Read(ref _pings);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Why it ended; null while it is open.</summary>
    public string? Ended { get; private set; }

    /// <summary>Opens the circuit of a page as a browser does.</summary>
    /// <param name="page">The page as it came.</param>
    /// <param name="connectAsync">Opens the line, with the cookies of the page.</param>
    public static async Task<LightCircuit> OpenAsync(Page page, Func<Uri, Task<WebSocket>> connectAsync)
    {
        var operations = Markers().Matches(page.Body).Select((marker, i) => $$"""{"type":"add","ssrComponentId":{{i}},"marker":{{marker.Groups[1].Value}}}""").ToList();
        Assert.NotEmpty(operations);
        var state = State().Match(page.Body).Groups[1].Value;
        var circuit = new LightCircuit(await connectAsync(new Uri("wss://localhost/_blazor")));
        await circuit.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        await circuit.SendAsync(BlazorPack.Call("StartCircuit", "https://localhost/", $"https://localhost{page.Path}", "[]", state));
        await circuit.SendAsync(BlazorPack.Call("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state));
        return circuit;
    }

    /// <summary>When this text comes.</summary>
    public Task<DateTimeOffset> SeesAsync(string text) => _awaited.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _reading;
        _socket.Dispose();
        _leaving.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        var (buffer, frame) = (new byte[4 * 1024], new MemoryStream());
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, _leaving.Token);
                if (part.MessageType == WebSocketMessageType.Close) break;
                frame.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                var bytes = frame.ToArray();

                // A stream keeps the room of its largest frame, and that is not the server's.
                frame = new MemoryStream();
                Interlocked.Add(ref _bytes, bytes.Length);

                // The answer to the greeting is text.
                if (bytes[0] != '{') foreach (var message in BlazorPack.Messages(bytes)) await TakeAsync(message);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException or IOException)
        {
            Ended ??= _leaving.IsCancellationRequested ? "left" : end.Message;
        }
    }

    private async Task TakeAsync(object?[] message)
    {
        if (message[0] is (long)BlazorPack.Ping)
        {
            Interlocked.Increment(ref _pings);
            return;
        }

        Interlocked.Increment(ref _frames);
        if (message[0] is (long)BlazorPack.Close) Ended = $"closed: {message.ElementAtOrDefault(1)}";
        if (message[0] is not (long)BlazorPack.Invocation) return;
        var arguments = (object?[])message[4]!;
        switch ((string)message[3]!)
        {
            case "JS.RenderBatch":
                See((byte[])arguments[1]!);
                await SendAsync(BlazorPack.Call("OnRenderCompleted", arguments[0], null));
                break;
            case "JS.BeginInvokeJS":
                await AnswerAsync(Long(arguments[0]), (string)arguments[1]!, (string?)arguments[2] ?? "[]", Long(arguments[3]));
                break;
            case "JS.Error":
                Ended = $"error: {arguments[0]}";
                break;
        }
    }

    private void See(byte[] batch)
    {
        foreach (var (text, seen) in _awaited)
        {
            if (!seen.Task.IsCompleted && batch.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0) seen.TrySetResult(TimeProvider.System.GetUtcNow());
        }
    }

    private async Task AnswerAsync(long handle, string script, string arguments, long kind)
    {
        // The page has no title of its own; every other question of ours is one of yes or no.
        var result = kind switch { JsObject => """{"__jsObjectId":1}""", JsNothing => "null", _ => script.EndsWith("Title", StringComparison.Ordinal) ? "\"\"" : "true" };
        if (handle != 0) await SendAsync(BlazorPack.Call("EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{result}]"));

        // A list asks how much of it is seen: a window of twelve rows.
        if (!script.EndsWith("Virtualize.init", StringComparison.Ordinal)) return;
        using var list = JsonDocument.Parse(arguments);
        var self = list.RootElement.EnumerateArray().First(a => a.ValueKind == JsonValueKind.Object && a.TryGetProperty("__dotNetObject", out _));
        await SendAsync(BlazorPack.Call("BeginInvokeDotNetFromJS", "1", null, "OnSpacerAfterVisible", self.GetProperty("__dotNetObject").GetInt64(), "[4000,4000,900]"));
    }

    private async Task SendAsync(byte[] bytes)
    {
        await _sending.WaitAsync(_leaving.Token);
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, _leaving.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private static long Long(object? number) => Convert.ToInt64(number, CultureInfo.InvariantCulture);

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}

using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The line of a window's circuit, which a test can cut and mend; the line of the alerts goes its own way.</summary>
internal sealed class Line
{
    private readonly List<IWebSocketRoute> _open = [];
    private volatile bool _isCut;

    /// <summary>Takes hold of the line. Pages that are opened from now on go through it.</summary>
    public static async Task<Line> OfAsync(Window window)
    {
        var line = new Line();
        await window.Page.Context.RouteWebSocketAsync("**/_blazor**", line.Take);
        await window.Page.Context.RouteAsync("**/_blazor/**", line.AnswerAsync);
        return line;
    }

    public async Task CutAsync()
    {
        _isCut = true;
        IWebSocketRoute[] open;
        lock (_open) open = [.. _open];
        foreach (var socket in open) await socket.CloseAsync();
    }

    public void Mend() => _isCut = false;

    private void Take(IWebSocketRoute socket)
    {
        if (_isCut)
        {
            _ = socket.CloseAsync();
            return;
        }

        lock (_open) _open.Add(socket);
        socket.ConnectToServer();
    }

    private Task AnswerAsync(IRoute route) => _isCut ? route.AbortAsync() : route.ContinueAsync();
}

using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox;

/// <summary>Looks at the pictures of chats when their time has come; sleeps until then.</summary>
internal sealed class Moderation : BackgroundService
{
    private readonly SandboxData _data;
    private readonly ChatBook _book;
    private readonly SandboxClock _clock;
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Moderation(SandboxData data, ChatBook book, SandboxClock clock)
    {
        _data = data;
        _book = book;
        _clock = clock;
        data.PicturesAdded += (_, _) => Volatile.Read(ref _woken).TrySetResult();
        clock.Moved += (_, _) => Volatile.Read(ref _woken).TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _woken, woken);
            var next = await NextAsync(stoppingToken);
            if (next is { } at && at <= _data.Now)
            {
                await _book.ModerateAsync(stoppingToken);
                continue;
            }
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var sleep = next is { } later ? later - _data.Now : Timeout.InfiniteTimeSpan;
            await Task.WhenAny(woken.Task, Task.Delay(sleep, _clock, enough.Token));
            await enough.CancelAsync();
        }
    }

    private async Task<DateTime?> NextAsync(CancellationToken cancel)
    {
        await using var db = await _data.OpenAsync(cancel);
        return await db.Messages.MinAsync(m => m.ModerateAt, cancel);
    }
}

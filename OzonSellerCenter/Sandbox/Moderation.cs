using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox;

/// <summary>Looks at the pictures of chats when their time has come; sleeps until then.</summary>
internal sealed class Moderation : BackgroundService
{
    private readonly SandboxData _data;
    private readonly ChatBook _book;
    private readonly SandboxClock _clock;
    private readonly ILogger<Moderation> _log;
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Moderation(SandboxData data, ChatBook book, SandboxClock clock, ILogger<Moderation> log)
    {
        _log = log;
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
            TimeSpan sleep;
            try
            {
                sleep = await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _log.LogError(e, "Pictures could not be moderated; tried again in a minute");
                sleep = TimeSpan.FromMinutes(1);
            }
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(woken.Task, Task.Delay(sleep, _clock, enough.Token));
            await enough.CancelAsync();
        }
    }

    /// <summary>Looks at everything that is due.</summary>
    /// <returns>How long to sleep.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken cancel)
    {
        while (await NextAsync(cancel) is { } at)
        {
            if (at - _data.Now is var left && left > TimeSpan.Zero)
                return left;
            await _book.ModerateAsync(cancel);
        }
        return Timeout.InfiniteTimeSpan;
    }

    private async Task<DateTime?> NextAsync(CancellationToken cancel)
    {
        await using var db = await _data.OpenAsync(cancel);
        return await db.Messages.MinAsync(m => m.ModerateAt, cancel);
    }
}

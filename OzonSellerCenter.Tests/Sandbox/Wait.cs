namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Waits for what happens by itself.</summary>
internal static class Wait
{
    public static async Task ForAsync(Func<Task<bool>> condition, int seconds = 30)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition())
            await Task.Delay(20, limit.Token);
    }

    public static Task ForAsync(Func<bool> condition, int seconds = 30) => ForAsync(() => Task.FromResult(condition()), seconds);
}

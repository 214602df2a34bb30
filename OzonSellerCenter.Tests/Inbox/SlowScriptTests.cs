using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>The scripts of a page come later than what they are for has gone.</summary>
public sealed class SlowScriptTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_box_that_went_while_its_script_was_on_the_way_is_left_alone()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.WindowClosesAt = shop.Now.AddMinutes(5));
        await using var window = shop.WindowOf(shop.Agent);
        var scripts = new SlowScripts();
        window.Services.AddSingleton<IJSRuntime>(scripts);
        var pane = window.Open(shop.Agent, conversation);
        pane.WaitForElement("[data-testid=composer]", Limit);
        await ClockTest.UntilAsync(() => Task.FromResult(scripts.Wanted > 0), "the script is asked for");

        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        pane.WaitForElement("[data-testid=composer-closed]", Limit);
        scripts.Come();
        await ClockTest.UntilAsync(() => Task.FromResult(scripts.Given == scripts.Wanted), "the script is there");
        await pane.InvokeAsync(() => { });
        Assert.Equal(0, scripts.Attached);
    }

    /// <summary>A browser whose module for the box is on the way until it is told to come.</summary>
    private sealed class SlowScripts : IJSRuntime, IJSObjectReference
    {
        private readonly TaskCompletionSource _come = new();

        public int Wanted { get; private set; }

        public int Given { get; private set; }

        public int Attached { get; private set; }

        public void Come() => _come.SetResult();

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            if (identifier == "import" && args?[0]?.ToString()?.Contains("drafts.js", StringComparison.Ordinal) == true)
            {
                Wanted++;
                await _come.Task.WaitAsync(Limit, cancellationToken);
                Given++;
            }

            if (identifier == "attach" && args?.Length == 3) Attached++;
            return this is TValue self ? self : default!;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

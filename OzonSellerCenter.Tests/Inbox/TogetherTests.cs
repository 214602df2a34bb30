using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Two people in two windows at one conversation.</summary>
public sealed class TogetherTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public TogetherTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Each_sees_that_the_other_looks_types_has_unsent_text_and_leaves()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var left = shop.WindowOf(shop.Agent);
        await using var right = shop.WindowOf(shop.Owner);
        var mine = left.OpenInTeam(shop.Agent, conversation);
        mine.WaitForElement("[data-testid=composer]", Limit);
        Assert.Equal("", Words(mine));

        var theirs = right.OpenInTeam(shop.Owner, conversation);
        theirs.WaitForElement("[data-testid=composer]", Limit);
        mine.WaitForState(() => Words(mine) == $"{shop.Owner.Name} is looking too", Limit);
        theirs.WaitForState(() => Words(theirs) == $"{shop.Agent.Name} is looking too", Limit);

        var composer = theirs.FindComponent<Composer>();
        await theirs.InvokeAsync(() => composer.Instance.Typing());
        mine.WaitForState(() => Words(mine) == $"{shop.Owner.Name} is typing", Limit);
        await theirs.InvokeAsync(() => composer.Instance.SaveDraftAsync("Уже"));
        shop.Clock.Advance(Presence.TypingFor);
        mine.WaitForState(() => Words(mine) == $"{shop.Owner.Name} has unsent text", Limit);

        // The tab goes, and leaves a draft behind.
        await right.DisposeComponentsAsync();
        mine.WaitForState(() => Words(mine) == $"{shop.Owner.Name} left an unsent answer", Limit);
        await shop.Actions.SendAsync(shop.Owner, await shop.ReplyAsync(shop.Owner, conversation, "Уже едет"), Ct);
        mine.WaitForState(() => Words(mine) == "", Limit);
    }

    [Fact]
    public async Task Whose_line_is_cut_is_gone_for_the_others_although_his_circuit_lives_on()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var left = shop.WindowOf(shop.Agent);
        await using var right = shop.WindowOf(shop.Owner);
        var mine = left.OpenInTeam(shop.Agent, conversation);
        right.OpenInTeam(shop.Owner, conversation);
        mine.WaitForState(() => Words(mine).Contains("looking", StringComparison.Ordinal), Limit);
        var circuit = right.Services.GetRequiredService<CircuitPresence>();
        await circuit.OnConnectionDownAsync(null!, Ct);
        mine.WaitForState(() => Words(mine) == "", Limit);
        await circuit.OnConnectionUpAsync(null!, Ct);
        mine.WaitForState(() => Words(mine).Contains("looking", StringComparison.Ordinal), Limit);
    }

    [Fact]
    public async Task Who_loses_his_right_to_the_store_leaves_his_seat()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.OpenInTeam(shop.Agent, conversation);
        pane.WaitForElement("[data-testid=composer]", Limit);
        Assert.Single(shop.Presence.At($"conversation:{conversation.Id}", shop.Owner.Id));
        await shop.WriteAsync(async db =>
        {
            db.Memberships.Remove(await db.Memberships.SingleAsync(m => m.UserId == shop.Agent.Id, Ct));
            db.Announce(shop.Store.Id, EventKind.Membership, shop.Agent.Id);
        });
        pane.WaitForState(() => pane.Markup.Contains("There is no such conversation", StringComparison.Ordinal), Limit);
        Assert.Empty(shop.Presence.At($"conversation:{conversation.Id}", shop.Owner.Id));
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_the_second_is_stopped_sees_the_first_answer_and_keeps_his_text()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await using var left = shop.WindowOf(shop.Agent);
        await using var right = shop.WindowOf(shop.Owner);
        var (mine, theirs) = (left.OpenInTeam(shop.Agent, conversation), right.OpenInTeam(shop.Owner, conversation));
        mine.WaitForElement("[data-testid=composer]", Limit);
        theirs.WaitForElement("[data-testid=composer]", Limit);
        var (first, second) = (mine.FindComponent<Composer>(), theirs.FindComponent<Composer>());
        await mine.InvokeAsync(() => first.Instance.SaveDraftAsync("Приедет завтра"));
        await theirs.InvokeAsync(() => second.Instance.SaveDraftAsync("Уже в пути"));

        await mine.InvokeAsync(() => first.Instance.SendAsync("Приедет завтра", Guid.NewGuid().ToString()));
        await theirs.InvokeAsync(() => second.Instance.SendAsync("Уже в пути", Guid.NewGuid().ToString()));

        theirs.WaitForState(() => theirs.FindAll("[data-testid=message][data-state=sending]").Any(m => m.TextContent.Contains("Приедет завтра", StringComparison.Ordinal)), Limit);
        Assert.Contains("A colleague answered", theirs.WaitForElement("[data-testid=send-refused]", Limit).TextContent, StringComparison.Ordinal);
        Assert.Equal("Уже в пути", (await shop.Conversations.DraftAsync(shop.Owner, conversation.Id, Ct)).Text);
        Assert.DoesNotContain(right.JSInterop.Invocations, i => i.Identifier == "clear");
        Assert.Equal(1, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(c => c.Kind == CommandKind.SendMessage, Ct)));
    }

    private static string Words(IRenderedComponent<TeamScope> window) =>
        string.Join("; ", window.FindAll("[data-testid=presence] .tag").Select(t => t.TextContent[t.QuerySelector(".avatar")!.TextContent.Length..].Trim()));
}

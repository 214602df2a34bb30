using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>What a team does with a conversation, on the screen.</summary>
public sealed class TeamScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public TeamScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task A_conversation_is_given_to_a_colleague_and_both_head_log_and_row_tell()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.OpenInTeam(shop.Agent, conversation);
        var list = window.ListInTeam(shop.Agent);
        pane.WaitForState(() => pane.FindAll("[data-testid=assign-person]").Count == 1, Limit);
        Assert.Contains("Nobody’s", pane.Find("[data-testid=assign]").TextContent, StringComparison.Ordinal);

        await pane.Find("[data-testid=assign-person]").ClickAsync();
        pane.WaitForState(() => pane.Find("[data-testid=assign]").TextContent.Contains(shop.Owner.Name, StringComparison.Ordinal), Limit);
        Assert.Contains($"{shop.Agent.Name} gave this to {shop.Owner.Name}", pane.Find("[data-testid=deed]").TextContent, StringComparison.Ordinal);
        list.WaitForState(() => list.Find("[data-testid=conversation-row]").TextContent.Contains($"Assigned to {shop.Owner.Name}.", StringComparison.Ordinal), Limit);

        await pane.Find("[data-key=i]").ClickAsync();
        pane.WaitForState(() => pane.Markup.Contains($"{shop.Agent.Name} took this", StringComparison.Ordinal), Limit);
        Assert.Equal(shop.Agent.Id, await shop.ReadAsync(db => db.Conversations.Select(c => c.AssigneeId).SingleAsync(Ct)));
        await pane.Find("[data-testid=assign-nobody]").ClickAsync();
        pane.WaitForState(() => pane.Markup.Contains($"{shop.Agent.Name} gave this back", StringComparison.Ordinal), Limit);
    }

    [Fact]
    public async Task The_support_desk_is_offered_nothing_to_do()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Support);
        var pane = window.OpenInTeam(shop.Support, conversation);
        pane.WaitForElement("[data-testid=composer-closed]", Limit);
        Assert.Empty(pane.FindAll(".conv-acts"));
    }
}

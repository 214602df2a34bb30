using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Deadlines;
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

        await pane.Find("[data-command=assign-me]").ClickAsync();
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

    [Fact]
    public async Task A_note_is_written_in_its_own_mode_and_stands_in_the_log_for_colleagues_only()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.IsClosed = true);
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.OpenInTeam(shop.Agent, conversation);
        var reply = pane.WaitForElement("[data-testid=composer-closed]", Limit);
        await pane.Find("[data-testid=mode-note]").ClickAsync();
        pane.WaitForElement("[data-testid=note-box]", Limit);
        Assert.Contains("note", pane.Find(".composer").ClassList);
        Assert.True(reply.ParentElement!.HasAttribute("hidden"));

        await pane.InvokeAsync(() => pane.FindComponent<NoteBox>().Instance.SendAsync($"@{shop.Owner.Name} <b>налёт</b>", Guid.NewGuid().ToString()));
        var note = pane.WaitForElement("[data-testid=message][data-state=note]", Limit);
        Assert.Equal($"{shop.Agent.Name} @{shop.Owner.Name} <b>налёт</b>", note.QuerySelector(".bub")!.TextContent);
        Assert.Equal($"@{shop.Owner.Name}", note.QuerySelector(".mention")!.TextContent);
        Assert.Equal(0, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(Ct)));
        Assert.Equal(0, await shop.ReadAsync(db => db.Messages.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_refused_note_stays_in_its_box()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.OpenInTeam(shop.Agent, conversation);
        await pane.WaitForElement("[data-testid=mode-note]", Limit).ClickAsync();
        pane.WaitForElement("[data-testid=note-box]", Limit);
        await pane.InvokeAsync(() => pane.FindComponent<NoteBox>().Instance.SendAsync("  ", Guid.NewGuid().ToString()));
        Assert.Contains("Your text is kept", pane.Find("[data-testid=note-refused]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(window.JSInterop.Invocations, i => i.Identifier == "clear");
    }

    [Fact]
    public async Task A_mention_rings_in_the_bell_and_opening_the_conversation_reads_it()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.BuyerName = "Ирина К.");
        await using var window = shop.WindowOf(shop.Owner);
        var bell = window.Render<AlertBell>();
        Assert.Equal("Alerts, nothing new", bell.Find("[data-testid=alert-bell]").GetAttribute("aria-label"));
        await shop.Db.Services.GetRequiredService<NoteActions>().AddAsync(shop.Agent, conversation.Id, Guid.NewGuid(), $"@{shop.Owner.Name} налёт", Ct);
        bell.WaitForAssertion(() => Assert.Equal("Alerts, 1 new", bell.Find("[data-testid=alert-bell]").GetAttribute("aria-label")), Limit);
        await bell.Find("[data-testid=alert-bell]").ClickAsync();
        var entry = bell.WaitForElement("[data-testid=mention] a", Limit);
        Assert.Equal($"/inbox/{conversation.Id}", entry.GetAttribute("href"));
        Assert.Contains($"{shop.Agent.Name} mentions you: Ирина К.", entry.TextContent, StringComparison.Ordinal);

        window.OpenInTeam(shop.Owner, conversation);
        bell.WaitForAssertion(() => Assert.Equal("Alerts, nothing new", bell.Find("[data-testid=alert-bell]").GetAttribute("aria-label")), Limit);
    }

    [Fact]
    public async Task Tags_are_added_and_removed_beside_the_conversation_and_stand_on_its_row()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var list = window.ListInTeam(shop.Agent);
        var editor = window.Render<TagEditor>(p => p.Add(e => e.User, shop.Agent).Add(e => e.Conversation, Head()));
        await editor.Find("[data-testid=tag-input]").ChangeAsync("срочно");
        await editor.Find("form").SubmitAsync();
        list.WaitForState(() => list.FindAll(".crow .tag").Any(t => t.TextContent == "срочно"), Limit);
        editor.Render(p => p.Add(e => e.Conversation, Head()));
        Assert.Equal("срочно", editor.Find("[data-testid=tag]").TextContent.Trim());

        await editor.Find("button[aria-label='Remove tag срочно']").ClickAsync();
        list.WaitForState(() => list.FindAll(".crow .tag").Count == 0, Limit);
        await editor.Find("form").SubmitAsync();
        Assert.Contains("A tag needs a name.", editor.Markup, StringComparison.Ordinal);

        OpenConversation Head() => shop.Conversations.OpenAsync(shop.Agent, conversation.Id, Ct).GetAwaiter().GetResult()!.Value.Head;
    }

    [Fact]
    public async Task A_conversation_is_put_off_with_one_press_and_the_way_back_is_in_the_same_place()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await using var window = shop.WindowOf(shop.Agent);
        var (pane, list) = (window.OpenInTeam(shop.Agent, conversation), window.ListInTeam(shop.Agent));
        list.WaitForState(() => list.FindAll("[data-testid=conversation-row]").Count == 1, Limit);
        await pane.WaitForElement("[data-testid=snooze-SnoozeTomorrow]", Limit).ClickAsync();
        list.WaitForState(() => list.FindAll("[data-testid=conversation-row]").Count == 0, Limit);
        pane.WaitForState(() => pane.FindAll("[data-testid=deed]").Any(d => d.TextContent.Contains("snoozed this until 25\u00a0November, 09:00", StringComparison.Ordinal)), Limit);
        await pane.Find("[data-testid=wake]").ClickAsync();
        list.WaitForState(() => list.FindAll("[data-testid=conversation-row]").Count == 1, Limit);
    }

    [Fact]
    public async Task Putting_off_past_a_clock_of_Ozon_is_said_first_and_done_only_when_wanted_all_the_same()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await WaitingAsync(shop);
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.OpenInTeam(shop.Agent, conversation);
        await pane.WaitForElement("[data-testid=snooze-heard]", Limit).ClickAsync();
        var notice = pane.WaitForElement("[data-testid=pane-notice]", Limit);
        Assert.Contains("A clock of Ozon ends before that, at 25\u00a0November, 15:00.", notice.TextContent, StringComparison.Ordinal);
        Assert.Null(await shop.ReadAsync(db => db.Conversations.Select(c => c.SnoozedAt).SingleAsync(Ct)));
        await pane.Find("[data-testid=pane-notice-do]").ClickAsync();
        pane.WaitForState(() => pane.Markup.Contains("snoozed this until a new message", StringComparison.Ordinal), Limit);
        Assert.Empty(pane.FindAll("[data-testid=pane-notice]"));
    }

    [Fact]
    public async Task No_answer_needed_says_who_decided_and_that_Ozon_goes_on_counting_and_can_be_taken_back()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await WaitingAsync(shop);
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.OpenInTeam(shop.Agent, conversation);
        await pane.WaitForElement("[data-testid=no-answer]", Limit).ClickAsync();
        var strip = pane.WaitForElement("[data-testid=no-answer-strip]", Limit);
        Assert.Contains($"No answer needed, {shop.Agent.Name}, 15:00", strip.TextContent, StringComparison.Ordinal);
        Assert.Contains("that clock runs on", strip.TextContent, StringComparison.Ordinal);
        Assert.Empty(pane.FindAll("[data-testid=no-answer]"));
        pane.WaitForState(() => pane.FindAll(".track due-chip").Select(c => c.GetAttribute("state")).SequenceEqual(["off", "running", "running"]), Limit);

        await pane.Find("[data-testid=no-answer-undo]").ClickAsync();
        pane.WaitForElement("[data-testid=no-answer]", Limit);
        Assert.Contains($"Taken back by {shop.Agent.Name}", pane.Find("[data-testid=deed]").TextContent, StringComparison.Ordinal);
    }

    private static async Task<Conversation> WaitingAsync(TestShop shop)
    {
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation);
        await shop.WriteAsync(async db => await shop.Db.Services.GetRequiredService<ConversationClocks>()
            .RecomputeAsync(db, await db.Conversations.SingleAsync(c => c.Id == conversation.Id, Ct), Ct));
        return conversation;
    }
}

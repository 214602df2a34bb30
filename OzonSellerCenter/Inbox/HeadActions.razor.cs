using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

public sealed partial class HeadActions
{
    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenConversation Conversation { get; set; } = default!;

    /// <summary>What there is to say about the last deed; null when it was simply done.</summary>
    [Parameter] public EventCallback<PaneNotice?> OnNotice { get; set; }

    [CascadingParameter] private InboxTeam Team { get; set; } = InboxTeam.None;
    [CascadingParameter] private ShopTime Shop { get; set; } = ShopTime.Moscow;
    [Inject] private AssignmentActions Assignments { get; set; } = default!;
    [Inject] private SnoozeActions Snoozes { get; set; } = default!;
    [Inject] private NoAnswerActions NoAnswers { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    // Who has left the store has nothing any more, also before it was freed.
    private string? Assignee => Team.NameOf(Conversation.AssigneeId);

    private string Spoken => Assignee is { } name ? T["AssignedToSpoken", name] : T["AssignSpoken"];

    private async Task AssignAsync(string? personId) => await TellAsync(await Assignments.AssignAsync(User, Conversation.Id, personId, CancellationToken.None));

    private async Task SnoozeAsync(DateTime? until, bool anyway)
    {
        var outcome = await Snoozes.SnoozeAsync(User, Conversation.Id, until, anyway, CancellationToken.None);
        if (outcome.Refusal is { Key: "SnoozePastOzon" } past)
        {
            var end = Shop.DayAndTime((DateTime)past.Args[0], Clock.GetUtcNow().UtcDateTime);
            await OnNotice.InvokeAsync(new PaneNotice(T[past.Key, end], T["SnoozeAnyway"], () => SnoozeAsync(until, anyway: true)));
            return;
        }

        await TellAsync(outcome);
    }

    private async Task WakeAsync() => await TellAsync(await Snoozes.WakeAsync(User, Conversation.Id, CancellationToken.None));

    private async Task NoAnswerAsync() =>
        await TellAsync(await NoAnswers.DeclareAsync(User, Conversation.Id, Conversation.LastBuyerAt, CancellationToken.None));

    private Task TellAsync(Outcome outcome) => OnNotice.InvokeAsync(PaneNotice.Of(T.Of(outcome.Refusal)));
}

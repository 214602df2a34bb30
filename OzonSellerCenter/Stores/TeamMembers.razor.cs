using Microsoft.AspNetCore.Components;
using MudBlazor;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Stores;

public sealed partial class TeamMembers
{
    private Reason? _refusal;
    private string? _link;
    private string _linkFor = "";
    private int _version;

    [Parameter, EditorRequired] public Team Team { get; set; } = default!;

    /// <summary>Key of the person who looks.</summary>
    [Parameter, EditorRequired] public string Me { get; set; } = "";

    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] private Session Session { get; set; } = default!;
    [Inject] private TeamActions Actions { get; set; } = default!;
    [Inject] private IDialogService Dialogs { get; set; } = default!;
    [Inject] private PublicLinks Public { get; set; } = default!;

    private bool IsOwner => Team.MyRole == StoreRole.Owner;

    private async Task ChangeRoleAsync(TeamMember member, string? chosen)
    {
        if (!Enum.TryParse<StoreRole>(chosen, out var role)) return;
        var sure = member.UserId != Me || role == StoreRole.Owner || await AskAsync("DemoteSelfAsk", "DemoteSelfConsequence", "DemoteSelf", member);
        Show(sure ? await Actions.ChangeRoleAsync(await Session.UserAsync(), Team.StoreId, member.UserId, role, CancellationToken.None) : Outcome.Done);

        // A refused choice must not stay chosen in the browser: the select is drawn anew.
        _version++;
        await OnChanged.InvokeAsync();
    }

    private async Task RemoveAsync(TeamMember member)
    {
        if (!await AskAsync("RemoveAsk", "RemoveConsequence", "Remove", member)) return;
        Show(await Actions.RemoveAsync(await Session.UserAsync(), Team.StoreId, member.UserId, CancellationToken.None));
        await OnChanged.InvokeAsync();
    }

    private async Task ResetAsync(TeamMember member, bool clearsSecondStep)
    {
        if (!await AskAsync("ResetAsk", clearsSecondStep ? "ResetTwoStepConsequence" : "ResetConsequence", "ResetMake", member, danger: false)) return;
        var (outcome, token) = await Actions.ResetPasswordAsync(
            await Session.UserAsync(), Team.StoreId, member.UserId, clearsSecondStep, CancellationToken.None);
        Show(outcome);
        if (token is null) return;
        _linkFor = member.Name;
        _link = Public.To(Links.ResetPassword(token));
    }

    private void Show(Outcome outcome) => (_refusal, _link) = (outcome.Refusal, null);

    private Task<bool> AskAsync(string title, string consequence, string confirm, TeamMember member, bool danger = true) =>
        ConfirmDialog.AskAsync(Dialogs, T[title, member.Name], T[consequence, member.Name], T[confirm], T["Cancel"], danger);
}

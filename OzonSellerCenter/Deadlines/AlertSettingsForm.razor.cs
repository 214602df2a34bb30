using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Deadlines;

public sealed partial class AlertSettingsForm
{
    private AlertSettings? _settings;
    private FormErrors _errors = new();
    private bool _saved;

    /// <summary>Zones to choose from, with their names.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<(string Id, string Name)> Zones { get; set; } = [];

    [Inject] private AlertSettingsQueries Queries { get; set; } = default!;
    [Inject] private AlertSettingsActions Actions { get; set; } = default!;
    [Inject] private Session Session { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _settings = await Queries.OfAsync(await Session.UserAsync(), CancellationToken.None);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            // Brings the element that asks for the browser's permission; the person's press never leaves the browser.
            await using var script = await Js.InvokeAsync<IJSObjectReference>("import", AssetFiles.Url("js/desktop-alerts.js"));
        }
        catch (JSDisconnectedException)
        {
            // Left before it was shown.
        }
    }

    private static void Toggle(KindSettings kind, int minutes)
    {
        if (!kind.Chosen.Remove(minutes)) kind.Chosen.Add(minutes);
    }

    private async Task SaveAsync()
    {
        _errors = _settings!.Check();
        _saved = !_errors.Any && (await Actions.SaveAsync(await Session.UserAsync(), _settings, CancellationToken.None)).IsDone;
    }
}

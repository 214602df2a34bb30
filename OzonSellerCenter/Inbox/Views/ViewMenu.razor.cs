using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Views;

/// <summary>The views a person can choose. Figures are counted when the menu opens, one after the other and each for a short time only: a
/// figure that takes too long is left out rather than waited for.</summary>
public sealed partial class ViewMenu : IDisposable
{
    private const int Cap = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<long, string> _counts = [];
    private IReadOnlyList<ShownView> _views = [];
    private ShownView? _removed;
    private Reason? _refusal;
    private string _name = "";
    private int? _storeId;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public InboxFilter Filter { get; set; } = InboxFilter.Default;

    /// <summary>The address of the list under a filter.</summary>
    [Parameter, EditorRequired] public Func<InboxFilter, string> To { get; set; } = default!;

    /// <summary>The person's stores.</summary>
    [Parameter] public IReadOnlyList<InboxStore> Stores { get; set; } = [];

    [CascadingParameter] private InboxTeam Team { get; set; } = InboxTeam.None;

    private InboxFilter Whole => InboxFilter.Default with { Tab = Filter.Tab };

    private string Title => _views.FirstOrDefault(v => v.Filter == Filter)?.Name ?? T["Inbox"];

    // For others only where he works himself.
    private List<InboxStore> Shareable => [.. Stores.Where(s => Team.AnsweringIn(s.Id).Any(c => c.UserId == User.Id))];

    protected override Task OnInitializedAsync() => LoadAsync();

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task LoadAsync() => _views = await Views.OfAsync(User, _leaving.Token);

    /// <summary>Reads the views again, for a colleague may have shared one, and counts what is in each.</summary>
    private async Task CountAsync()
    {
        await LoadAsync();
        foreach (var view in _views.Where(v => v.Filter.Query is null))
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
            patience.CancelAfter(Patience);
            try
            {
                var count = await Inbox.CountAsync(User, view.Filter, Cap, patience.Token);
                _counts[view.Id] = count >= Cap ? string.Create(CultureInfo.CurrentCulture, $"{Cap - 1}+") : count.ToString(CultureInfo.CurrentCulture);
            }
            catch (OperationCanceledException) when (!_leaving.IsCancellationRequested)
            {
                // Left out: no figure is better than an old one.
                _counts.Remove(view.Id);
            }
            catch (OperationCanceledException)
            {
                // The person left.
                return;
            }

            StateHasChanged();
        }
    }

    private async Task SaveAsync()
    {
        _refusal = (await Actions.SaveAsync(User, _name, Filter, _storeId, CancellationToken.None)).Refusal;
        if (_refusal is not null) return;
        (_name, _removed) = ("", null);
        await CountAsync();
    }

    private async Task RemoveAsync(ShownView view)
    {
        _refusal = (await Actions.RemoveAsync(User, view.Id, CancellationToken.None)).Refusal;
        if (_refusal is null) _removed = view;
        await LoadAsync();
    }

    private async Task UndoAsync()
    {
        var view = _removed!;
        _refusal = (await Actions.SaveAsync(User, view.Name, view.Filter, view.StoreId, CancellationToken.None)).Refusal;
        if (_refusal is null) _removed = null;
        await CountAsync();
    }

    private static string? Current(bool current) => current ? "true" : null;
}

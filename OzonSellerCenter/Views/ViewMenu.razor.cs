using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Views;

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
    /// <summary>The address of the list, such as <c>/inbox</c>.</summary>
    [Parameter, EditorRequired] public string Page { get; set; } = "";

    /// <summary>What is shown now, as in the address.</summary>
    [Parameter, EditorRequired] public string Query { get; set; } = "";

    /// <summary>What shows everything.</summary>
    [Parameter] public string Whole { get; set; } = "";

    /// <summary>The title while no view is shown.</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Of the heading that the title is.</summary>
    [Parameter] public int Level { get; set; } = 2;

    /// <summary>The address of the list under a filter; the page with the filter, when not given.</summary>
    [Parameter] public Func<string, string>? To { get; set; }

    /// <summary>How much is in a view, up to a bound; null where there is no figure.</summary>
    [Parameter] public Func<string, int, CancellationToken, Task<int?>>? Count { get; set; }

    /// <summary>Stores in which the person works, so that he may share.</summary>
    [Parameter] public IReadOnlyList<(int Id, string Name)> Shareable { get; set; } = [];

    private string Shown => _views.FirstOrDefault(v => v.Query == Query)?.Name ?? Title;

    protected override Task OnInitializedAsync() => LoadAsync();

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task LoadAsync() => _views = await Views.OfAsync(User, Page, _leaving.Token);

    /// <summary>Reads the views again, for a colleague may have shared one, and counts what is in each.</summary>
    private async Task CountAsync()
    {
        await LoadAsync();
        foreach (var view in Count is null ? [] : _views)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
            patience.CancelAfter(Patience);
            try
            {
                if (await Count!(view.Query, Cap, patience.Token) is not { } count) continue;
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
        _refusal = (await Actions.SaveAsync(User, Page, _name, Query, _storeId, CancellationToken.None)).Refusal;
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
        _refusal = (await Actions.SaveAsync(User, Page, view.Name, view.Query, view.StoreId, CancellationToken.None)).Refusal;
        if (_refusal is null) _removed = null;
        await CountAsync();
    }

    private string Address(string query) => To?.Invoke(query) ?? Page + query;

    private static string? Current(bool current) => current ? "true" : null;
}

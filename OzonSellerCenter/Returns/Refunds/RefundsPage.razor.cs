using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>The list of refunds. What narrows it is in the address.</summary>
public sealed partial class RefundsPage
{
    /// <summary>Rows that are read again in place when something changes; behind them it is read anew when it is scrolled to.</summary>
    private const int MaxInPlace = 200;

    private CurrentUser? _user;
    private RefundFilter _filter = RefundFilter.Default;
    private IReadOnlyList<OrderStore> _stores = [];
    private List<RefundRow> _rows = [];
    private long? _next;
    private string? _text;
    private Virtualize<RefundRow>? _virtualize;
    private bool _loading = true;
    private bool _failed;

    [Inject] private ILogger<RefundsPage> Log { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        ReadAddress();
        _user = await Session.UserAsync();
        _stores = await Queries.StoresAsync(_user, Leaving);
        await ReloadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind == EventKind.Refund || (change.Kind == EventKind.Membership && change.Subject == _user?.Id);

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => _user is null ? Task.CompletedTask : ReadAsync(Math.Clamp(_rows.Count, RefundListQueries.PageSize, MaxInPlace));

    private Task ReloadAsync() => ReadAsync(RefundListQueries.PageSize);

    private async Task ReadAsync(int size)
    {
        var filter = _filter;
        try
        {
            var page = await Queries.ListAsync(_user!, filter, null, Leaving, size);
            if (filter != _filter) return;
            (_rows, _next, _failed) = ([.. page.Rows], page.Next, false);
        }
        catch (System.Data.Common.DbException fault)
        {
            // Shown with a button to try again.
            Log.LogError(fault, "The list of refunds could not be read");
            _failed = true;
        }

        _loading = false;
        if (_virtualize is not null) await _virtualize.RefreshDataAsync();
    }

    private async ValueTask<ItemsProviderResult<RefundRow>> ProvideAsync(ItemsProviderRequest request)
    {
        while (_next is { } next && request.StartIndex + request.Count > _rows.Count)
        {
            var page = await Queries.ListAsync(_user!, _filter, next, Leaving);

            // Begun anew meanwhile, or read by another request.
            if (next != _next) continue;
            _rows.AddRange(page.Rows);
            _next = page.Next;
        }

        var total = _rows.Count + (_next is null ? 0 : RefundListQueries.PageSize);
        return new ItemsProviderResult<RefundRow>([.. _rows.Skip(request.StartIndex).Take(request.Count)], total);
    }

    private void ReadAddress()
    {
        _filter = RefundFilter.Parse(new Uri(Navigation.Uri).Query);
        _text = _filter.Text;
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (Leaving.IsCancellationRequested || new Uri(e.Location).AbsolutePath != Links.Refunds) return;
        ReadAddress();
        if (_user is not null) await ReloadAsync();
        StateHasChanged();
    });

    private OrderStore? StoreOf(RefundRow row) => _stores.FirstOrDefault(s => s.Id == row.StoreId);

    private void Go(RefundFilter filter) => Navigation.NavigateTo(To(filter));

    private static string To(RefundFilter filter) => Links.Refunds + filter.ToQuery();

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(object? typed) => DateOnly.TryParseExact(typed as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(long minor, RefundRow row) => new Money(minor, row.Currency).ToString();

    protected override ValueTask OnLeavingAsync()
    {
        Navigation.LocationChanged -= OnMoved;
        return ValueTask.CompletedTask;
    }
}

using System.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Shell;

/// <summary>The stores of the person, and the one that is looked at. Tells the layout in which zone times are to be shown.</summary>
public sealed partial class StorePicker
{
    private IReadOnlyList<InboxStore> _stores = [];

    [Inject] private InboxQueries Inbox { get; set; } = default!;
    [Inject] private Session Session { get; set; } = default!;

    /// <summary>Called when the zone of the shown stores is known or changes.</summary>
    [Parameter] public EventCallback<ShopTime> OnShopTime { get; set; }

    private InboxStore? Chosen => int.TryParse(HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query)["store"], out var id)
        ? _stores.FirstOrDefault(s => s.Id == id)
        : null;

    private string Name => Chosen?.Name ?? T["AllStores"];

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        await LoadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Store or EventKind.Membership;

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadAsync();

    private async Task LoadAsync()
    {
        _stores = await Inbox.StoresAsync(await Session.UserAsync(), Leaving);
        await TellShopTimeAsync();
    }

    // Several stores in several zones: Moscow, as at Ozon.
    private Task TellShopTimeAsync()
    {
        var zones = Chosen is { } one ? [one.TimeZone] : _stores.Select(s => s.TimeZone).Distinct().ToList();
        return OnShopTime.InvokeAsync(zones.Count == 1 ? ShopTime.In(zones[0]) : ShopTime.Moscow);
    }

    private string Address(int? store) => Navigation.GetUriWithQueryParameter("store", store);

    private void OnMoved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        await TellShopTimeAsync();
        StateHasChanged();
    });

    protected override ValueTask OnLeavingAsync()
    {
        Navigation.LocationChanged -= OnMoved;
        return ValueTask.CompletedTask;
    }
}

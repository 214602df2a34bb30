using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Shell;

public sealed partial class StorePicker
{
    private List<(int Id, string Name)> _stores = [];

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = default!;

    private int? Store => int.TryParse(
        System.Web.HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query)["store"], out var id) ? id : null;

    private string Chosen => _stores.Find(s => s.Id == Store).Name ?? T["AllStores"];

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        await LoadAsync();
    }

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        if (changes.Any(c => c.Kind is EventKind.Store or EventKind.Membership)) await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var user = Who.Of((await SignedIn).User);
        if (user is null) return;
        await using var db = await Databases.ForAsync(user, Leaving);
        var stores = await db.Memberships.Where(m => m.UserId == user.Id).OrderBy(m => m.Store.Name)
            .Select(m => new { m.StoreId, m.Store.Name }).ToListAsync(Leaving);
        _stores = [.. stores.Select(s => (s.StoreId, s.Name))];
    }

    private string Address(int? store) => Navigation.GetUriWithQueryParameter("store", store);

    private void OnMoved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);

    protected override ValueTask OnLeavingAsync()
    {
        Navigation.LocationChanged -= OnMoved;
        return ValueTask.CompletedTask;
    }
}

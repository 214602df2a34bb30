using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Stores;

public sealed partial class StoreSettingsPage
{
    private IReadOnlyList<StoreChoice> _stores = [];
    private StoreSettings? _settings;
    private bool _loaded;

    [SupplyParameterFromQuery] private int? Store { get; set; }

    private RenderFragment NoStore => builder => builder.AddContent(0, T["NoStore"].Value);

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Store or EventKind.Sync or EventKind.Membership;

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadAsync();

    private async Task LoadAsync()
    {
        var user = await Session.UserAsync();
        _stores = await Queries.OfAsync(user, Leaving);

        // A store of others and one that does not exist look the same: not there.
        var id = Store ?? StoreChoice.FirstOf(_stores)?.Id;
        _settings = id is null ? null : await Queries.SettingsAsync(user, id.Value, Leaving);
        _loaded = true;
    }
}

using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Stores;

public sealed partial class TeamPage
{
    private IReadOnlyList<StoreChoice> _stores = [];
    private Team? _team;
    private string _me = "";
    private bool _loaded;

    [SupplyParameterFromQuery] private int? Store { get; set; }

    private RenderFragment NoStore => builder => builder.AddContent(0, T["NoStore"].Value);

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Membership or EventKind.Store;

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadAsync();

    private async Task LoadAsync()
    {
        var user = await Session.UserAsync();
        _me = user.Id;
        _stores = await Stores.OfAsync(user, Leaving);
        var id = Store ?? StoreChoice.FirstOf(_stores)?.Id;
        _team = id is null ? null : await Queries.OfAsync(user, id.Value, Leaving);
        _loaded = true;
    }
}

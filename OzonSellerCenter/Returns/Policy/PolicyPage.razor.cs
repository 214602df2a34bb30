using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Returns.Policy;

/// <summary>How refunds go in a store: its rules with their sources, who pays, the steps, and questions with their answers.</summary>
public sealed partial class PolicyPage
{
    private IReadOnlyList<PolicyStore> _stores = [];
    private PolicyStore? _chosen;
    private StoreRules? _rules;
    private bool _loaded;
    private bool _failed;

    [Inject] private ILogger<PolicyPage> Log { get; set; } = default!;

    [SupplyParameterFromQuery] private int? Store { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override bool Concerns(StoreEvent change) =>
        change.Kind == EventKind.Membership || (change.Kind is EventKind.Rule or EventKind.Store && change.StoreId == _chosen?.Id);

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _stores = await Queries.StoresAsync(await Session.UserAsync(), Leaving);

            // A store of others and one that does not exist look the same: not there.
            _chosen = Store is { } id ? _stores.FirstOrDefault(s => s.Id == id) : _stores is [var first, ..] ? first : null;
            _rules = _chosen is null ? null : await Rulebook.ForAsync(_chosen.Id, Leaving);
            (_loaded, _failed) = (true, false);
        }
        catch (System.Data.Common.DbException fault)
        {
            Log.LogError(fault, "The rules of a store could not be read");
            _failed = true;
        }
    }

    private RuleValue Now(StoreRules rules, string key) => rules.At(key, Clock.GetUtcNow().UtcDateTime);
}

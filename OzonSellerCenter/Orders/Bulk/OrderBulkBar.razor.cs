using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Bulk;

/// <summary>The deeds on the chosen postings of the list.</summary>
public sealed partial class OrderBulkBar : IDisposable
{
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _stop;
    private BulkRun? _run;
    private LabelsAsked? _labels;
    private PickedAllow _allow = PickedAllow.Nothing;
    private IReadOnlyDictionary<string, Guid> _asked = new Dictionary<string, Guid>();
    private IReadOnlyList<(string Number, string Reason)> _refused = [];
    private string? _note;
    private int _printing;
    private int _turn = -1;
    private bool _isBusy;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OrderFilter Filter { get; set; } = OrderFilter.Default;
    [Parameter, EditorRequired] public Picking Picking { get; set; } = default!;

    /// <summary>What is chosen changed here.</summary>
    [Parameter] public EventCallback OnPicked { get; set; }

    /// <summary>The person is done with choosing.</summary>
    [Parameter] public EventCallback OnEnd { get; set; }

    [Inject] private PickedQueries Queries { get; set; } = default!;
    [Inject] private ShippingActions Shipping { get; set; } = default!;
    [Inject] private LabelActions Labels { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private ILogger<OrderBulkBar> Log { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_turn == Picking.Turn) return;
        _turn = Picking.Turn;
        var allow = Picking.Count == 0 ? PickedAllow.Nothing : await Queries.AllowAsync(User, [.. await IdsAsync()], _leaving.Token);
        if (_turn == Picking.Turn) _allow = allow;
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _stop?.Dispose();
    }

    private async Task PickAllAsync()
    {
        var matching = (await Queries.IdsAsync(User, Filter, _leaving.Token)).Count;
        _note = matching > PickedQueries.MaxRows ? T["TooMany", PickedQueries.MaxRows].Value : null;
        if (_note is null) Picking.PickAll(matching);
        await OnPicked.InvokeAsync();
    }

    /// <summary>Those that are chosen, as the list stands now; never more than may be at once.</summary>
    private async Task<IReadOnlyList<long>> IdsAsync() =>
        [.. Picking.Of(Picking.All is null ? [] : await Queries.IdsAsync(User, Filter, _leaving.Token)).Take(PickedQueries.MaxRows)];

    private Task PackAsync() => GoAsync(posting => new PackWish([posting.Items]));

    private Task HandOverAsync() => GoAsync(_ => new HandOverWish());

    private Task LabelsAsync() => OnceAsync(async () =>
    {
        var numbers = (await Queries.ByIdAsync(User, [.. await IdsAsync()], _leaving.Token)).Values.Select(p => p.PostingNumber).ToList();
        var asked = await Labels.AskAsync(User, numbers, Guid.NewGuid(), _leaving.Token);
        _refused = [.. asked.Refused.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value.Key))];
        (_labels, _printing) = (asked, numbers.Count - asked.Refused.Count);
        if (asked is { Jobs.Count: 1, Refused.Count: 0 }) Navigation.NavigateTo(Links.Labels(asked.Jobs[0]));
    });

    private Task GoAsync(Func<PickedPosting, PostingWish> wishOf) => OnceAsync(async () =>
    {
        var ids = await IdsAsync();
        var postings = await Queries.ByIdAsync(User, [.. ids], _leaving.Token);
        var deed = Guid.NewGuid();
        _stop?.Dispose();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var run = _run = new BulkRun([.. ids.Where(postings.ContainsKey)], id => AskAsync(postings[id], wishOf, deed), Log);
        var drawn = Clock.GetTimestamp();
        await run.GoAsync(Told, _stop.Token);
        _asked = run.Rows.Where(r => r.Refusal is null).ToDictionary(r => postings[r.Id].PostingNumber, r => DerivedKey.Of(deed, r.Id));
        _refused = [.. run.Refused.Select(r => (postings[r.Id].PostingNumber, r.Refusal!.Key))];

        void Told()
        {
            if (_leaving.IsCancellationRequested || Clock.GetElapsedTime(drawn) < DrawEvery) return;
            drawn = Clock.GetTimestamp();
            StateHasChanged();
        }
    });

    private async Task<BulkRow> AskAsync(PickedPosting posting, Func<PickedPosting, PostingWish> wishOf, Guid deed) =>
        new(posting.Id, (await Shipping.AskAsync(User, posting.PostingNumber, wishOf(posting), DerivedKey.Of(deed, posting.Id), CancellationToken.None)).Refusal);

    /// <summary>A second press while the first is at work does nothing.</summary>
    private async Task OnceAsync(Func<Task> work)
    {
        if (_isBusy) return;
        _isBusy = true;
        try
        {
            await work();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private Task StopAsync() => _stop!.CancelAsync();

    private async Task CloseAsync()
    {
        (_run, _labels, _refused) = (null, null, []);
        await OnEnd.InvokeAsync();
    }
}

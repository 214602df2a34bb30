using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk;

/// <summary>The queue of cases of a reviewer.</summary>
public sealed partial class CaseQueue
{
    private DeskQueue? _queue;
    private DeskFilter _filter = DeskFilter.Default;
    private long? _case;

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>The first that the person may decide, besides the one he looks at.</summary>
    private DeskRow? Next => _queue?.Rows.FirstOrDefault(r => r.Id != _case && !r.IsBarred && r.State is DisputeState.Submitted or DisputeState.InReview);

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        ReadAddress();
        await ReadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind == EventKind.Dispute || (change.Kind == EventKind.Membership && change.Subject == User.Id);

    protected override Task OnChangedAsync(IReadOnlyList<StoreEvent> changes) => ReadAsync();

    private async Task ReadAsync()
    {
        var filter = _filter;
        var queue = await Queries.QueueAsync(User, filter, Leaving);
        if (filter == _filter) _queue = queue;
    }

    private void ReadAddress()
    {
        var query = new Uri(Navigation.Uri).Query;
        (_filter, _case) = (DeskFilter.Parse(query), DeskFilter.CaseOf(query));
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (Leaving.IsCancellationRequested || new Uri(e.Location) is not { AbsolutePath: Links.Support } address || !DeskFilter.IsMeant(address.Query)) return;
        ReadAddress();
        await ReadAsync();
        StateHasChanged();
    });

    private void Go(DeskFilter filter) => Navigation.NavigateTo(filter.ToAddress());

    private static T? Word<T>(ChangeEventArgs e)
        where T : struct, Enum => Enum.TryParse<T>(e.Value as string, out var value) ? value : null;

    private static int? Number(ChangeEventArgs e) => int.TryParse(e.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Pressed(bool pressed) => pressed ? "true" : "false";

    private static string? Bar(DeskRow row) => row.State is not (DisputeState.Submitted or DisputeState.InReview) ? null : row.HadAHand ? "YouHadAHand" : row.WasFirst ? "YouWereFirst" : null;

    protected override ValueTask OnLeavingAsync()
    {
        Navigation.LocationChanged -= OnMoved;
        return ValueTask.CompletedTask;
    }
}

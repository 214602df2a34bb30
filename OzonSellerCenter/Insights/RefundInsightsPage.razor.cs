using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns.List;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Insights;

/// <summary>How much comes back, of what, and why.</summary>
public sealed partial class RefundInsightsPage
{
    private static readonly TimeSpan GatherFor = TimeSpan.FromSeconds(2);
    private RefundQuestion _question = new();
    private RefundFigures? _figures;
    private IReadOnlyList<InsightStore> _stores = [];
    private bool _failed;

    [Inject] private RefundInsightQueries Queries { get; set; } = default!;
    [Inject] private Session Session { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private ILogger<RefundInsightsPage> Log { get; set; } = default!;

    // The address is the question; the router sets it anew with each link.
    [SupplyParameterFromQuery] private string? By { get; set; }
    [SupplyParameterFromQuery] private string? Days { get; set; }
    [SupplyParameterFromQuery] private string? Store { get; set; }

    private bool HasRates => _question.By != RefundGrouping.Reason;

    private string? Language => _question.By is RefundGrouping.Product or RefundGrouping.Category or RefundGrouping.Reason or RefundGrouping.Warehouse ? "ru" : null;

    protected override async Task OnParametersSetAsync()
    {
        _question = RefundQuestion.Parse(new Uri(Navigation.Uri).Query);
        await LoadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Return or EventKind.Membership;

    // An import, or a busy hour, tells of many requests in a row: they are reckoned with once.
    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        if (changes.All(c => c.Kind != EventKind.Membership)) await Task.Delay(GatherFor, Leaving);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            var user = await Session.UserAsync();
            _stores = await Queries.StoresAsync(user, Leaving);
            _figures = await Queries.AskAsync(user, _question, Leaving);
            _failed = false;
        }
        catch (System.Data.Common.DbException fault)
        {
            Log.LogError(fault, "The figures of returns could not be read");
            (_failed, _figures) = (true, null);
        }
    }

    private static string To(RefundQuestion question) => Links.RefundInsights + question.ToQuery();

    private static string? Here(bool isHere) => isHere ? "page" : null;

    private string Export(string format)
    {
        var query = _question.ToQuery();
        return $"{Links.RefundInsightsExport}{query}{(query.Length == 0 ? '?' : '&')}format={format}";
    }

    /// <summary>The list of the requests behind a line; null when the list cannot be narrowed so.</summary>
    private string? CasesOf(RefundGrouping by, RefundLine line)
    {
        var today = DateOnly.FromDateTime(ShopTime.In(_stores is [var first, ..] ? first.TimeZone : "UTC").Local(Clock.GetUtcNow().UtcDateTime));
        var filter = new ReturnFilter { Tab = ReturnTab.All, Store = _question.Store, From = today.AddDays(-_question.Days) };
        ReturnFilter? narrowed = by switch
        {
            RefundGrouping.Product => filter with { Product = line.Key },
            RefundGrouping.Reason when line.Key.Length is > 0 and <= ReturnFilter.MaxText => filter with { Reason = line.Key },
            RefundGrouping.Scheme when Enum.TryParse<Scheme>(line.Key, out var scheme) && scheme != Scheme.Unknown => filter with { Scheme = scheme },
            RefundGrouping.Week => filter with { From = Day(line), To = Day(line).AddDays(6) },
            RefundGrouping.Month => filter with { From = Day(line), To = Day(line).AddMonths(1).AddDays(-1) },
            _ => null,
        };
        return narrowed is null ? null : Links.Returns + narrowed.ToQuery();
    }

    private string NameOf(RefundLine line) => _question.By switch
    {
        RefundGrouping.Week => T["WeekOf", Day(line).ToString("d", CultureInfo.CurrentCulture)],
        RefundGrouping.Month => Day(line).ToString("Y", CultureInfo.CurrentCulture),
        _ => line.Name.Length > 0 ? line.Name : T["NotKnown"],
    };

    private static DateOnly Day(RefundLine line) => DateOnly.ParseExact(line.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Of what has no deliveries of its own the share of all requests is told.
    private double? ValueOf(RefundLine line) => HasRates ? line.Rate : _figures is { All.Requests: > 0 } figures ? (double)line.Requests / figures.All.Requests : null;

    private string Width(RefundLine line)
    {
        var most = _figures!.Lines.Max(l => ValueOf(l) ?? 0);
        return most > 0 ? ((ValueOf(line) ?? 0) / most).ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal) : "0%";
    }

    private static string Share(double? share) => share is { } value ? value.ToString("P1", CultureInfo.CurrentCulture) : "–";

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Sum(IReadOnlyList<Money> sums) => sums.Count == 0 ? "–" : string.Join(" + ", sums);
}

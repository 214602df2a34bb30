using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Desk.Figures;

/// <summary>Decisions of the desk and their times.</summary>
public sealed partial class DeskFiguresPage
{
    private static readonly TimeSpan GatherFor = TimeSpan.FromSeconds(2);
    private FigureQuestion _question = new();
    private DeskFigures? _figures;
    private IReadOnlyList<DeskStore>? _stores;
    private bool _failed;

    [Inject] private FigureQueries Queries { get; set; } = default!;
    [Inject] private Session Session { get; set; } = default!;
    [Inject] private ILogger<DeskFiguresPage> Log { get; set; } = default!;

    // The address is the question; the router sets it anew with each link.
    [SupplyParameterFromQuery] private string? Days { get; set; }
    [SupplyParameterFromQuery] private string? Store { get; set; }

    private string Export
    {
        get
        {
            var query = _question.ToQuery();
            return $"{Links.DisputeInsightsExport}{query}{(query.Length == 0 ? '?' : '&')}format=csv";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        _question = FigureQuestion.Parse(new Uri(Navigation.Uri).Query);
        await LoadAsync();
    }

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Dispute or EventKind.Membership;

    // Many decisions in a row are reckoned with once.
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
            Log.LogError(fault, "The figures of cases could not be read");
            (_failed, _figures) = (true, null);
        }
    }

    private static string To(FigureQuestion question) => Links.DisputeInsights + question.ToQuery();

    private static string? Here(bool isHere) => isHere ? "page" : null;

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Whole hours; below one hour, minutes.</summary>
    private string Time(TimeSpan? span) => span is not { } time ? "–" : Clocks.Span(time.TotalHours < 1 ? TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes)) : TimeSpan.FromHours(Math.Round(time.TotalHours)));
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Tracking;

/// <summary>Sets tracking numbers from a list. Nothing is set before the person has seen what would be.</summary>
public sealed partial class TrackingPage : IAsyncDisposable
{
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<int, Reason?> _ends = [];
    private CancellationTokenSource? _stop;
    private ElementReference _root;
    private IJSObjectReference? _script;
    private CurrentUser? _user;
    private IReadOnlyList<TrackingLine>? _lines;
    private Guid _preview;
    private BulkRun? _run;
    private IReadOnlyDictionary<string, Guid> _asked = new Dictionary<string, Guid>();
    private string? _problem;
    private bool _onlyProblems;
    private bool _isReading;

    [Inject] private Session Session { get; set; } = default!;
    [Inject] private TrackingMatch Match { get; set; } = default!;
    [Inject] private IJSRuntime Js { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private ILogger<TrackingPage> Log { get; set; } = default!;

    private IReadOnlyList<TrackingLine> Matched { get; set; } = [];

    private List<TrackingLine> Shown => [.. _lines!.Where(l => !_onlyProblems || IsProblem(l))];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        var module = await Js.InvokeAsync<IJSObjectReference>("import", _leaving.Token, AssetFiles.Url("js/tracking.js"));
        _script = await module.InvokeAsync<IJSObjectReference>("attach", _leaving.Token, _root);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
        _stop?.Dispose();
        try
        {
            if (_script is not null) await _script.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        (_problem, _isReading) = (null, true);
        StateHasChanged();
        try
        {
            _problem = chosen.File.Size > TrackingList.MaxBytes ? T["FileTooLarge"].Value : await ReadAsync(chosen.File);
        }
        catch (Exception broken) when (broken is IOException or JSException)
        {
            // The browser stopped giving it: the line broke, or the file changed on its disk.
            _problem = T["FileBroke"];
        }
        finally
        {
            _isReading = false;
        }
    }

    /// <returns>What is wrong with the list as a whole; null when its lines can be looked at.</returns>
    private async Task<string?> ReadAsync(IBrowserFile file)
    {
        await using var content = file.OpenReadStream(TrackingList.MaxBytes, _leaving.Token);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, _leaving.Token);
        var sheet = TrackingList.Parse(TrackingText.Decode(bytes.ToArray()));
        if (sheet.Lines.Count == 0) return T["NoLines"];
        if (sheet.Lines.Count > TrackingList.MaxLines) return T["TooManyLines", Number(sheet.Lines.Count), Number(TrackingList.MaxLines)];
        _user ??= await Session.UserAsync();
        var lines = await Match.MatchAsync(_user, sheet.Lines, _leaving.Token);
        (_lines, Matched, _preview) = (lines, [.. lines.Where(l => l.Verdict == TrackingVerdict.Matched)], Guid.NewGuid());
        return null;
    }

    /// <summary>Has the numbers set; once more, it does only what was not begun.</summary>
    private async Task SetAsync()
    {
        if (_run is { IsOver: false }) return;
        var byLine = Matched.Where(l => !_ends.ContainsKey(l.Line)).ToDictionary(l => (long)l.Line);
        _stop?.Dispose();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var run = _run = new BulkRun([.. byLine.Keys], line => Match.SetAsync(_user!, _preview, byLine[line]), Log);
        var drawn = Clock.GetTimestamp();
        await run.GoAsync(Told, _stop.Token);
        foreach (var row in run.Rows) _ends[(int)row.Id] = row.Refusal;
        _asked = Matched.Where(l => _ends.TryGetValue(l.Line, out var refusal) && refusal is null)
            .ToDictionary(l => l.PostingNumber, l => DerivedKey.Of(_preview, l.Line));

        void Told()
        {
            if (_leaving.IsCancellationRequested || Clock.GetElapsedTime(drawn) < DrawEvery) return;
            drawn = Clock.GetTimestamp();
            StateHasChanged();
        }
    }

    private Task StopAsync() => _stop!.CancelAsync();

    private void Back()
    {
        (_lines, Matched, _run, _problem, _onlyProblems) = (null, [], null, null, false);
        _ends.Clear();
    }

    private bool IsProblem(TrackingLine line) => line.IsProblem || _ends.GetValueOrDefault(line.Line) is not null;

    private string WordsOf(TrackingLine line) => line switch
    {
        _ when _ends.TryGetValue(line.Line, out var end) => end is null ? T["Is_Asked"] : T[$"Refused_{end.Key}", end.Args],
        { Verdict: TrackingVerdict.NotAllowed, Status: { } status } => T["NotAllowedIn", Orders.StatusOf(status)],
        { Verdict: TrackingVerdict.NumberTooLong } => T["TooLong", WishCheck.MaxTracking],
        { Verdict: TrackingVerdict.NumberDamaged } => T["Damaged"],
        _ => T[$"Is_{line.Verdict}"],
    };

    private static string LookOf(TrackingVerdict verdict) => verdict switch
    {
        TrackingVerdict.Matched => "met",
        TrackingVerdict.Unchanged or TrackingVerdict.Repeated => "",
        _ => "over",
    };

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}

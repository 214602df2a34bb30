using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>Opens by a press on what bears <c>data-file-id</c> with the id of a piece; what cannot be shown is downloaded.</summary>
public sealed partial class EvidenceViewer : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private EvidenceLine? _shown;
    private ElementReference _dialog;
    private ElementReference _sheets;
    private IJSObjectReference? _module;
    private IJSObjectReference? _links;
    private IJSObjectReference? _drawn;
    private DotNetObjectReference<EvidenceViewer>? _self;
    private bool _isOpen;
    private long _drawnId;

    [Parameter, EditorRequired] public IReadOnlyList<EvidenceLine> Lines { get; set; } = [];

    private List<EvidenceLine> There => [.. Lines.Where(l => IsPicture(l) || l.Type?.Group is EvidenceGroup.Video or EvidenceGroup.Document)];

    private int Index => There.FindIndex(l => l.Item.Id == _shown?.Item.Id);

    private string Place => T["Place", Index + 1, There.Count];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", _leaving.Token, AssetFiles.Url("js/viewer.js"));
            _links = await _module.InvokeAsync<IJSObjectReference>("attach", _leaving.Token, _self);
        }

        if (_shown is null || _module is null) return;
        if (!_isOpen)
        {
            _isOpen = true;
            await _module.InvokeVoidAsync("show", _leaving.Token, _dialog, _self);
        }

        if (_shown.Type?.Group == EvidenceGroup.Document && _drawnId != _shown.Item.Id) await DrawAsync(_shown.Item);
    }

    /// <summary>A piece was pressed. The browser's own PDF reader is of no importance here.</summary>
    /// <returns>False when it is not there to be shown.</returns>
    [JSInvokable]
    public async Task<bool> OpenAsync(long id, bool showsPdf)
    {
        await ShowAsync(There.Find(l => l.Item.Id == id));
        return _shown is not null;
    }

    /// <summary>The piece before (−1) or behind (1); at the ends nothing happens.</summary>
    [JSInvokable]
    public async Task StepAsync(int by)
    {
        if (_shown is not null && There.ElementAtOrDefault(Index + by) is { } next) await ShowAsync(next);
    }

    /// <summary>The script has closed the dialog.</summary>
    [JSInvokable]
    public async Task Closed()
    {
        _isOpen = false;
        await ShowAsync(null);
    }

    private async Task ShowAsync(EvidenceLine? line)
    {
        _shown = line;
        await LetGoAsync();
        StateHasChanged();
    }

    private async Task DrawAsync(EvidenceItem item)
    {
        _drawnId = item.Id;
        var module = await Js.InvokeAsync<IJSObjectReference>("import", _leaving.Token, AssetFiles.Url("js/pdf-view.js"));
        var drawn = await module.InvokeAsync<IJSObjectReference>("draw", _leaving.Token, _sheets, new
        {
            url = Links.Evidence(item.Id),
            lib = AssetFiles.Url("js/lib/pdfjs/pdf.min.mjs"),
            worker = AssetFiles.Url("js/lib/pdfjs/pdf.worker.min.mjs"),
            failed = T["PdfFailed"].Value,
            page = T["PdfPage", "{0}", "{1}"].Value,
        });
        if (_drawnId == item.Id) _drawn = drawn;
        else await drawn.InvokeVoidAsync("dispose");
    }

    private async Task LetGoAsync()
    {
        _drawnId = 0;
        if (_drawn is not { } drawn) return;
        _drawn = null;
        await drawn.InvokeVoidAsync("dispose");
    }

    private static bool IsPicture(EvidenceLine line) => line.Item.ViewSha256 is not null;

    private string? Off(EvidenceLine end) => _shown?.Item.Id == end.Item.Id ? "true" : null;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await LetGoAsync();
            if (_links is not null) await _links.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its scripts with it.
        }

        await _leaving.CancelAsync();
        _leaving.Dispose();
        _self?.Dispose();
    }
}

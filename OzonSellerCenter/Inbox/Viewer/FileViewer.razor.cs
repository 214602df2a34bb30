using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Viewer;

/// <summary>Opens by a press on what bears <c>data-file-id</c> with the id of a file, anywhere in the page; without scripts that is a plain link.</summary>
public sealed partial class FileViewer : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<ViewedFile> _files = [];
    private ViewedFile? _file;
    private FilePreview? _preview;
    private ElementReference _dialog;
    private IJSObjectReference? _links;
    private IJSObjectReference? _module;
    private DotNetObjectReference<FileViewer>? _self;
    private bool _isOpen;
    private bool _showsPdf;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public long ConversationId { get; set; }

    private int Index => _files.Index().First(f => f.Item == _file).Index;

    private string Place => T["Place", Index + 1, _files.Count];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", _leaving.Token, AssetFiles.Url("js/viewer.js"));
            _links = await _module.InvokeAsync<IJSObjectReference>("attach", _leaving.Token, _self);
        }

        if (_file is null || _isOpen || _module is null) return;
        _isOpen = true;
        await _module.InvokeVoidAsync("show", _leaving.Token, _dialog, _self);
    }

    /// <summary>A file was pressed. <paramref name="showsPdf"/>: this browser can show PDF files in a page; phones often cannot.</summary>
    /// <returns>False when it is not there to be shown.</returns>
    [JSInvokable]
    public async Task<bool> OpenAsync(long id, bool showsPdf)
    {
        _files = await Files.FilesAsync(User, ConversationId, _leaving.Token);
        if (_files.FirstOrDefault(f => f.Id == id) is not { } file) return false;
        _showsPdf = showsPdf;
        await ShowAsync(file);
        return true;
    }

    /// <summary>The file before (−1) or behind (1); at the ends nothing happens.</summary>
    [JSInvokable]
    public async Task StepAsync(int by)
    {
        if (_file is not null && Index + by is var next && next >= 0 && next < _files.Count) await ShowAsync(_files[next]);
    }

    /// <summary>The script has closed the dialog.</summary>
    [JSInvokable]
    public void Closed()
    {
        (_file, _preview, _isOpen) = (null, null, false);
        StateHasChanged();
    }

    private async Task ShowAsync(ViewedFile file)
    {
        var preview = await Files.PreviewAsync(User, file, _leaving.Token);
        (_file, _preview) = (file, preview);
        StateHasChanged();
    }

    private string? Off(ViewedFile end) => _file == end ? "true" : null;

    public async ValueTask DisposeAsync()
    {
        try
        {
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

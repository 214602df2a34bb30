using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Shortcuts;

namespace OzonSellerCenter.Shell;

/// <summary>The frame of every page: rail, top bar, main. Keeps the browser's theme and MudBlazor's in step.</summary>
public sealed partial class MainLayout
{
    private DotNetObjectReference<MainLayout>? _self;
    private ErrorBoundary? _boundary;
    private ShopTime _shop = ShopTime.Moscow;
    private KeyMap? _keys;
    private string _name = "";
    private bool _dark;

    [Inject] private IJSRuntime Js { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> T { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private Session Session { get; set; } = default!;

    [CascadingParameter] private ThemeChoice? Theme { get; set; }

    private string Here => new Uri(Navigation.Uri).PathAndQuery;

    protected override async Task OnInitializedAsync()
    {
        _dark = Theme?.Dark ?? false;
        Navigation.LocationChanged += OnLocationChanged;
        _name = (await Session.UserAsync()).Name;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        try
        {
            await OnThemeAsync(await Js.InvokeAsync<bool>("q.theme.watch", _self));
            await using var drafts = await Js.InvokeAsync<IJSObjectReference>("import", AssetFiles.Url("js/drafts.js"));
            await drafts.InvokeVoidAsync("tidy", (await Session.UserAsync()).Id);
        }
        catch (JSDisconnectedException)
        {
            // Left before it was shown.
        }
    }

    /// <summary>The person, or the system, chose light or dark.</summary>
    [JSInvokable]
    public Task OnThemeAsync(bool dark)
    {
        if (dark == _dark) return Task.CompletedTask;
        _dark = dark;
        return InvokeAsync(StateHasChanged);
    }

    // Another page may well work: a fault of one screen is not carried along.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _boundary?.Recover();

    private void Recover() => _boundary?.Recover();

    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        try
        {
            if (_self is not null) await Js.InvokeVoidAsync("q.theme.unwatch");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
        _self?.Dispose();
    }
}

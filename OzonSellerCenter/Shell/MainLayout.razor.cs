using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Shell;

/// <summary>The frame of every page: rail, top bar, main. Keeps the browser's clock and theme in step with the server.</summary>
public sealed partial class MainLayout
{
    private DotNetObjectReference<MainLayout>? _self;
    private ErrorBoundary? _boundary;
    private string _name = "";
    private bool _dark;

    [Inject] private IJSRuntime Js { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> T { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private ClockJumps Jumps { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = default!;
    [CascadingParameter] private ThemeChoice? Theme { get; set; }

    private string Here => new Uri(Navigation.Uri).PathAndQuery;

    protected override async Task OnInitializedAsync()
    {
        _dark = Theme?.Dark ?? false;
        Jumps.Jumped += OnClockMoved;
        Navigation.LocationChanged += OnLocationChanged;
        _name = Who.Of((await SignedIn).User)?.Name ?? "";
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        await OnThemeAsync(await Js.InvokeAsync<bool>("q.theme.watch", _self));
    }

    /// <summary>The person, or the system, chose light or dark.</summary>
    [JSInvokable]
    public Task OnThemeAsync(bool dark)
    {
        if (dark == _dark) return Task.CompletedTask;
        _dark = dark;
        return InvokeAsync(StateHasChanged);
    }

    private void OnClockMoved() => _ = InvokeAsync(async () =>
    {
        try
        {
            await Js.InvokeVoidAsync("q.setServerTime", Clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
        catch (JSDisconnectedException)
        {
            // The page is gone; a returning one asks for the time itself.
        }
    });

    // Another page may well work: a fault of one screen is not carried along.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _boundary?.Recover();

    private void Recover() => _boundary?.Recover();

    public async ValueTask DisposeAsync()
    {
        Jumps.Jumped -= OnClockMoved;
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

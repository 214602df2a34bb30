using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Shared;
using QRCoder;

namespace OzonSellerCenter.Accounts;

public sealed partial class AuthenticatorCard
{
    private IReadOnlyList<string>? _codes;
    private Reason? _refusal;
    private FormErrors? _attempt;
    private string? _key;
    private string _qr = "";
    private string _code = "";
    private string _password = "";
    private int _round;

    [Parameter, EditorRequired] public ClaimsPrincipal Principal { get; set; } = default!;

    [Parameter, EditorRequired] public SecondStep Step { get; set; } = default!;

    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>The key stays on the server side of this screen until a code proves that the app has it.</summary>
    private async Task BeginAsync()
    {
        Clear(null);
        _key = await Actions.NewKeyAsync(CancellationToken.None);
        using var data = QRCodeGenerator.GenerateQrCode(SecondStepActions.UriOf(Principal.Identity?.Name ?? "", _key), QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        _qr = $"data:image/png;base64,{Convert.ToBase64String(picture.GetGraphic(6, drawQuietZones: false))}";
    }

    private async Task TurnOnAsync()
    {
        if (_key is null) return;
        var (outcome, codes) = await Actions.TurnOnAsync(Principal, _key, _code, CancellationToken.None);
        Clear(outcome.Refusal);
        if (!outcome.IsDone) return;
        (_key, _codes) = (null, codes);
        await OnChanged.InvokeAsync();
    }

    private async Task NewCodesAsync()
    {
        var (outcome, codes) = await Actions.NewCodesAsync(Principal, _password, CancellationToken.None);
        Clear(outcome.Refusal);
        if (outcome.IsDone) _codes = codes;
        await OnChanged.InvokeAsync();
    }

    private async Task TurnOffAsync()
    {
        var outcome = await Actions.TurnOffAsync(Principal, _password, CancellationToken.None);
        Clear(outcome.Refusal);
        await OnChanged.InvokeAsync();
    }

    private void Clear(Reason? refusal)
    {
        _refusal = refusal;
        _attempt = refusal is null ? null : new FormErrors();
        (_code, _password) = ("", "");
        _round++;
    }

    /// <summary>In groups of four, as people copy by hand.</summary>
    private static string Spaced(string key) => string.Join(' ', key.Chunk(4).Select(c => new string(c)));
}

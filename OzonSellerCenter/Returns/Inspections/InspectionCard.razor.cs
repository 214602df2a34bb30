using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Page;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Inspections;

/// <summary>The form of an inspection, and those that were written.</summary>
public sealed partial class InspectionCard
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly List<TakenPhoto> _taken = [];
    private int _condition;
    private string _value = "";
    private bool _canBeSold;
    private string _words = "";
    private string? _coming;
    private int _percent;
    private string? _refusal;
    private bool _saving;

    [Inject] private IStringLocalizer<RefundTexts> Amounts { get; set; } = default!;

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = default!;
    [Parameter, EditorRequired] public OpenReturn Open { get; set; } = default!;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        _refusal = null;
        if (_taken.Count + chosen.FileCount > InspectionActions.MaxPhotos)
        {
            _refusal = T["TooManyPhotos", InspectionActions.MaxPhotos];
            return;
        }

        foreach (var file in chosen.GetMultipleFiles(InspectionActions.MaxPhotos)) _refusal = T.Of(await TakeAsync(file)) ?? _refusal;
        _coming = null;
    }

    private async Task<Reason?> TakeAsync(IBrowserFile file)
    {
        (_coming, _percent) = (file.Name, 0);
        StateHasChanged();
        try
        {
            await using var content = new CountedStream(file.OpenReadStream(Math.Max(file.Size, 1), _leaving.Token), file.Size, Told);
            if (file.Size > InspectionActions.MaxPhotoBytes) return new Reason("PhotoRefused", file.Name, InspectionActions.MaxPhotoMegabytes);
            var (outcome, photo) = await Actions.TakeAsync(file.Name, content, _leaving.Token);
            if (photo is not null) _taken.Add(photo);
            return outcome.Refusal;
        }
        catch (Exception broken) when (broken is IOException or JSException)
        {
            // The browser stopped giving it: the line broke, or the file changed on its disk.
            return new Reason("PhotoBroke", file.Name);
        }

        void Told(int percent)
        {
            if (percent == _percent) return;
            _percent = percent;
            StateHasChanged();
        }
    }

    private async Task DoAsync()
    {
        if (_saving) return;
        if (AmountText.Read(_value, Open.Request.Currency, out var value).Refusal is { } wrong)
        {
            _refusal = Amounts.Of(wrong);
            return;
        }

        _saving = true;
        try
        {
            var outcome = await Actions.AddAsync(User, Open.Request.Id, new InspectionDraft((GoodsCondition)_condition, _words, _canBeSold, value, [.. _taken]), CancellationToken.None);
            _refusal = T.Of(outcome.Refusal);
            if (!outcome.IsDone) return;
            _taken.Clear();
            (_condition, _value, _canBeSold, _words) = (0, "", false, "");
        }
        finally
        {
            _saving = false;
        }
    }

    private string Sum(long minor) => new Money(minor, Open.Request.Currency).ToString();
}

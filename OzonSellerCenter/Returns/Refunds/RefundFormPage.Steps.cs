using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Refunds;

/// <summary>Going from step to step, and keeping what was written.</summary>
public sealed partial class RefundFormPage
{
    private string StepLink(int step)
    {
        var query = new Dictionary<string, object?> { ["step"] = step, ["draft"] = _form?.Draft?.Id };
        return Navigation.GetUriWithQueryParameters(query);
    }

    private void ReadAddress()
    {
        var words = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        long? Number(string name) => words.TryGetValue(name, out var text) && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

        _asked = (Number("return"), Number("action"), Number("draft"));
        _step = (int)Math.Clamp(Number("step") ?? 1, 1, 4);
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        // The way to another page goes by here too.
        if (Leaving.IsCancellationRequested || !new Uri(e.Location).AbsolutePath.EndsWith("/refund", StringComparison.Ordinal)) return;
        ReadAddress();
        if (_form is not null)
        {
            await KeepAsync();
            (_step, _errors, _refusal) = (Math.Min(_step, Reachable), new FormErrors(), null);
        }

        StateHasChanged();
    });

    private async Task NextAsync()
    {
        if (_isBusy || _form is null) return;
        (_isBusy, _refusal) = (true, null);
        try
        {
            if (_step == 1 && !await StartAsync()) return;
            _errors = _step == 1 ? new FormErrors() : Check(_step > 2).Errors;
            if (_errors.Any || !await KeepAsync()) return;
            if (_step == 3 && !await TellAsync()) return;
            if (_step < 4) Navigation.NavigateTo(StepLink(_step + 1));
            else await HandInAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task<bool> StartAsync()
    {
        if (_form!.Draft is not null) return true;
        var (outcome, id) = await Actions.StartAsync(_user!, PostingNumber, _asked.Request, _key, Leaving);
        _refusal = outcome.Refusal;
        if (!outcome.IsDone) return false;
        var typing = _typing;
        if (await Queries.OpenAsync(_user!, PostingNumber, _asked.Request, id, Leaving) is not { Draft: { } draft } form) return false;
        Take(form);

        // What was begun in another tab is gone on with; else what was chosen on the way here holds.
        if (draft.Way == default && typing.Way is { } way) _typing.Take(way);
        return true;
    }

    /// <summary>Keeps what was typed since the last time.</summary>
    /// <returns>False when it was refused.</returns>
    private async Task<bool> KeepAsync()
    {
        await _turn.WaitAsync(Leaving);
        try
        {
            if (_form?.Draft is not { } draft || _typed == _kept) return true;
            if (!_form.IsOpen) return false;
            var typed = _typed;
            var errors = new FormErrors();
            var words = _typing.Read(_form.Basis.Currency, errors);

            // What holds money keeps its last good amount until another one is written.
            if (draft.Holds && (errors.Any || words.Amount + words.Postage == 0)) return true;
            var (outcome, version) = await Actions.SaveAsync(_user!, draft.Id, words, _version, Leaving);
            _refusal = outcome.Refusal;
            if (!outcome.IsDone) return false;
            (_version, _kept, _savedAt) = (version, typed, Now);
            if (await Queries.OpenAsync(_user!, PostingNumber, _asked.Request, draft.Id, Leaving) is { } form) _form = form;
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> TellAsync()
    {
        foreach (var (step, text) in _tellings)
        {
            var outcome = await Actions.TellAsync(_user!, _form!.Draft!.Id, step, text, Leaving);
            _refusal = outcome.Refusal;
            if (!outcome.IsDone) return false;
        }

        _tellings.Clear();
        if (await Queries.OpenAsync(_user!, PostingNumber, _asked.Request, _form!.Draft!.Id, Leaving) is { } form) _form = form;
        return true;
    }

    private async Task HandInAsync()
    {
        var id = _form!.Draft!.Id;
        var outcome = await Actions.SubmitAsync(_user!, id, _version, Leaving);
        _refusal = outcome.Refusal;
        if (outcome.IsDone) Navigation.NavigateTo(Links.Refund(id));
    }

    protected override ValueTask OnLeavingAsync()
    {
        Navigation.LocationChanged -= OnMoved;
        _pause?.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Stores;

public sealed partial class StoreHours
{
    private WorkingHoursDraft _draft = new();
    private FormErrors _errors = new();
    private Reason? _refusal;
    private DateTime? _dueAt;
    private DateOnly? _newDay;
    private bool _saved;

    [Parameter, EditorRequired] public int StoreId { get; set; }

    [CascadingParameter] public ShopTime? Shop { get; set; }

    [Inject] private Session Session { get; set; } = default!;
    [Inject] private WorkingHoursQueries Queries { get; set; } = default!;
    [Inject] private WorkingHoursActions Actions { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (await Queries.OfAsync(await Session.UserAsync(), StoreId, CancellationToken.None) is not { } hours) return;
        (_draft, _dueAt) = (hours.Draft, hours.FirstAnswerDueAt);
    }

    private async Task SaveAsync()
    {
        (_errors, _refusal, _saved) = (_draft.Check(), null, false);
        if (_errors.Any) return;
        var user = await Session.UserAsync();
        _refusal = (await Actions.SetAsync(user, StoreId, _draft, CancellationToken.None)).Refusal;
        if (_refusal is not null || await Queries.OfAsync(user, StoreId, CancellationToken.None) is not { } hours) return;

        // As it was understood: overlaps merged, every dash the same.
        (_draft, _dueAt, _saved) = (hours.Draft, hours.FirstAnswerDueAt, true);
    }

    private void Add()
    {
        if (_newDay is not { } day || _draft.Exceptions.Exists(e => e.Day == day)) return;
        _draft.Exceptions.Add(new DayException(day, ""));
        _draft.Exceptions.Sort((one, other) => one.Day.CompareTo(other.Day));
        _newDay = null;
    }

    private void Change(DateOnly day, string hours) => _draft.Exceptions[_draft.Exceptions.FindIndex(e => e.Day == day)] = new DayException(day, hours);

    private void Remove(DateOnly day) => _draft.Exceptions.RemoveAll(e => e.Day == day);

    // Sunday comes first in .NET, Monday in the draft.
    private static string NameOf(int day) => CultureInfo.CurrentCulture.DateTimeFormat.DayNames[(day + 1) % 7];

    private static string Text(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);
}

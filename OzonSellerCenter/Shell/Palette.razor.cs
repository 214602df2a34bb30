using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Shortcuts;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Shell;

/// <summary>The command palette: what the person may go to and do, and what is found of conversations and orders.</summary>
public sealed partial class Palette
{
    /// <summary>Of conversations, and of orders.</summary>
    public const int MaxFound = 5;

    private CancellationTokenSource _finding = new();
    private DotNetObjectReference<Palette>? _self;
    private IJSObjectReference? _script;
    private IJSObjectReference? _box;
    private ElementReference _dialog;
    private CurrentUser _user = Session.Nobody;
    private IReadOnlyList<StoreChoice> _stores = [];
    private IReadOnlyList<SearchHit> _conversations = [];
    private IReadOnlyList<SearchHit> _orders = [];
    private SearchMarks? _marks;
    private SearchMarks? _orderMarks;
    private string _sought = "";
    private bool _failed;
    private bool _opened;

    [Inject] private IJSRuntime Js { get; set; } = default!;
    [Inject] private Session Session { get; set; } = default!;
    [Inject] private StoreQueries Stores { get; set; } = default!;
    [Inject] private SearchQueries Search { get; set; } = default!;
    [Inject] private IStringLocalizer<StoresTexts> StoreWords { get; set; } = default!;

    [CascadingParameter] private KeyMap? Keys { get; set; }

    private sealed record Place(string Id, string Href, string Sign, string Name, string? Command = null);

    /// <param name="Presses">Selector of a control of the page.</param>
    /// <param name="Lang">Language of the name where it is not that of the page.</param>
    private sealed record Deed(string Id, string Sign, string Name, string? Command = null, string? Presses = null, string? Lang = null);

    private bool Owns => _stores.Any(s => s.Role == StoreRole.Owner);

    private IEnumerable<Place> Places =>
    [
        new("inbox", Links.Inbox, "inbox", T["Inbox"], "go-inbox"),
        new("due", Links.Due, "due", T["Deadlines"], "go-due"),
        new("orders", Links.Orders, "orders", T["Orders"], "go-orders"),
        new("returns", Links.Returns, "returns", T["Returns"], "go-returns"), new("disputes", Links.Disputes, "disputes", T["Disputes"], "go-disputes"),
        .. _stores.Count > 0 ? [SettingsPlace("store", Links.StoreSettings, "store", "StoreSettings"), SettingsPlace("team", Links.Team, "users", "Team")] : Array.Empty<Place>(),
        .. Owns ? [new Place("hours", Links.StoreSettings, "store", T["PaletteHours"]), new Place("invite", Links.Team, "users", T["PaletteInvite"])] : Array.Empty<Place>(),
        SettingsPlace("alerts", Links.AlertSettings, "bell", "Alerts"),
        SettingsPlace("keys-page", Links.KeySettings, "key", "Keys"),
        SettingsPlace("profile", Links.Profile, "user", "Profile"),
    ];

    // Who only reads has no conversation to write in; the rest hides js/palette.js while no control of the page does it.
    private IEnumerable<Deed> Deeds =>
    [
        .. KeyCommand.All.Where(c => c.Group == CommandGroup.Conversation && (Works || c.Name is "why" or "more"))
            .Select(c => new Deed(c.Name, SignOf(c), Words[$"Do_{c.Name}"], c.Name)),
        new("keys-list", "key", Words["Open_keys"], "keys"),
        .. new[] { ("system", "screen", "ThemeSystem"), ("light", "sun", "ThemeLight"), ("dark", "moon", "ThemeDark") }
            .Select(t => new Deed($"theme-{t.Item1}", t.Item2, T["PalettePair", T["Theme"], T[t.Item3]], Presses: $"#me-menu [data-theme-choice={t.Item1}]")),
        .. Language.All.Where(l => l != Language.Current)
            .Select(l => new Deed($"lang-{l.Tag}", "globe", T["PalettePair", T["Language"], l.Name], Presses: $"#me-menu [hreflang={l.Tag}]")),
        new("out", "out", T["SignOut"], Presses: $"#me-menu [href='{Links.SignOut}']"),
    ];

    private bool Works => _stores.Any(s => s.Role is StoreRole.Owner or StoreRole.Agent);

    private Place SettingsPlace(string id, string href, string sign, string name) => new(id, href, sign, T["PalettePair", T["Settings"], StoreWords[name]]);

    private static string SignOf(KeyCommand command) => command.Name switch
    {
        "note" => "lock",
        "assign" => "users",
        "assign-me" => "user",
        "tags" => "plus",
        "done" => "check",
        "snooze" => "moon",
        "undo" => "undo",
        "why" => "info",
        "more" => "more",
        _ => "chat",
    };

    private string? KeyOf(string? command) => command is null ? null : Keys?.Working(KeyCommand.Find(command)!);

    protected override async Task OnInitializedAsync() => _user = await Session.UserAsync();

    protected override bool Concerns(StoreEvent change) => change.Kind is EventKind.Membership or EventKind.Store;

    protected override async Task OnChangedAsync(IReadOnlyList<StoreEvent> changes)
    {
        // What was found may be out of sight now.
        (_conversations, _orders) = ([], []);
        await LoadAsync();
    }

    private async Task LoadAsync() => _stores = await Stores.OfAsync(_user, Leaving);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        try
        {
            _script = await Js.InvokeAsync<IJSObjectReference>("import", AssetFiles.Url("js/palette.js"));
            _box = await _script.InvokeAsync<IJSObjectReference>("attach", _dialog, _self);
        }
        catch (JSDisconnectedException)
        {
            // Left before it was shown.
        }
    }

    /// <summary>It is opened; the first time its options are made.</summary>
    [JSInvokable]
    public async Task OpenAsync()
    {
        if (_opened) return;
        await LoadAsync();

        // What could not be read is asked for at the next opening.
        _opened = true;
        StateHasChanged();
    }

    /// <summary>Looks for conversations and orders; the search before it, if it still runs, is given up.</summary>
    [JSInvokable]
    public async Task FindAsync(string text)
    {
        await _finding.CancelAsync();
        var finding = _finding = new CancellationTokenSource();
        try
        {
            var orderQuery = OrderQueryOf(text);
            var orders = orderQuery is null ? null : await FoundAsync(orderQuery, MaxFound, finding.Token);

            // What was found by its number stands among the orders.
            var byNumber = orders?.Hits.Where(h => orders.Marks.IsInNumber(h.Row.PostingNumber ?? h.Row.OrderNumber)).ToList() ?? [];
            var conversations = await FoundAsync(text, MaxFound + byNumber.Count, finding.Token);
            (_orders, _orderMarks, _marks) = (byNumber, orders?.Marks, conversations.Marks);
            _conversations = [.. conversations.Hits.ExceptBy(byNumber.Select(o => o.Row.Id), h => h.Row.Id).Take(MaxFound)];
            (_sought, _failed) = (text, false);
        }
        catch (OperationCanceledException) when (finding.IsCancellationRequested)
        {
            return;
        }
        catch (System.Data.Common.DbException)
        {
            // Said to the person; the data layer has logged it.
            (_conversations, _orders, _failed) = ([], [], true);
        }

        StateHasChanged();
    }

    /// <summary>A fragment of a number as a query for it; null for a text that cannot be one.</summary>
    private static string? OrderQueryOf(string text)
    {
        var isNumber = text.Any(char.IsAsciiDigit) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or ' ');
        return isNumber && SearchWords.NumberOf(text).Length >= SearchIndex.FragmentLength ? $"order:\"{text}\"" : null;
    }

    private Task<SearchPage> FoundAsync(string text, int size, CancellationToken cancellation) =>
        Search.FindAsync(_user, InboxFilter.Default with { Query = text }, null, cancellation, size);

    protected override async ValueTask OnLeavingAsync()
    {
        await _finding.CancelAsync();
        _finding.Dispose();
        try
        {
            if (_box is not null)
            {
                await _box.InvokeVoidAsync("dispose");
                await _box.DisposeAsync();
            }

            if (_script is not null) await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }

        _self?.Dispose();
    }
}

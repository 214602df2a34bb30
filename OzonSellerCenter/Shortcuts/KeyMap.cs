using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Shortcuts;

/// <summary>Which key does what for a person: the usual keys, and what he changed of them. Never two commands on one key.</summary>
public sealed record KeyMap
{
    private readonly Dictionary<string, string> _own;
    private readonly Dictionary<string, string> _keys = [];

    private KeyMap(Dictionary<string, string> own, bool singlesOff)
    {
        (_own, SinglesOff) = (own, singlesOff);
        foreach (var (command, key) in own.Where(o => o.Value.Length > 0)) _keys[command] = key;

        // A key that a person gave away before a later version wanted it stays with what he gave it to.
        foreach (var command in KeyCommand.All.Where(c => !own.ContainsKey(c.Name)))
        {
            if (!_keys.Values.Any(k => KeyPress.Clash(k, command.Usual))) _keys[command.Name] = command.Usual;
        }
    }

    /// <summary>What everybody begins with.</summary>
    public static KeyMap Usual { get; } = new([], singlesOff: false);

    /// <summary>Keys without Ctrl do nothing (WCAG 2.1.4: speech input and a hand that trembles press them by accident).</summary>
    public bool SinglesOff { get; }

    /// <summary>The key of a command as it is set; null for none.</summary>
    public string? this[KeyCommand command] => _keys.GetValueOrDefault(command.Name);

    /// <summary>The key that works now: null also while single keys are off.</summary>
    public string? Working(KeyCommand command) => SinglesOff && !command.WhileTyping ? null : this[command];

    /// <summary>Whether the person changed it.</summary>
    public bool IsOwn(KeyCommand command) => _own.ContainsKey(command.Name);

    /// <summary>Whether he changed anything.</summary>
    public bool IsChanged => _own.Count > 0 || SinglesOff;

    /// <summary>Why a command cannot have a key; null when it can. Keys: <c>KeyNotFree</c>, <c>KeyNeedsCtrl</c>, <c>KeyWithCtrl</c>,
    /// <c>KeyTaken</c> (the key, name of the other command).</summary>
    public Reason? WhyNot(KeyCommand command, string key)
    {
        if (key != command.Usual && !KeyPress.IsFree(key)) return new Reason("KeyNotFree", KeyPress.Words(key));
        if (command.WhileTyping != KeyPress.HasMod(key)) return new Reason(command.WhileTyping ? "KeyNeedsCtrl" : "KeyWithCtrl");
        return TakenBy(command, key) is { } other ? new Reason("KeyTaken", KeyPress.Words(key), other.Name) : null;
    }

    /// <summary>With another key for a command; null takes its key away. Ask <see cref="WhyNot"/> before.</summary>
    public KeyMap With(KeyCommand command, string? key)
    {
        var own = new Dictionary<string, string>(_own) { [command.Name] = key ?? "" };
        if (key == command.Usual) own.Remove(command.Name);
        return new KeyMap(own, SinglesOff);
    }

    /// <summary>With the key of another command, which gets the key that this one had; null when that leaves two on one key.</summary>
    public KeyMap? Swapped(KeyCommand command, string key)
    {
        if (TakenBy(command, key) is not { } other) return null;
        var swapped = With(other, this[command]).With(command, key);
        return swapped.IsConsistent ? swapped : null;
    }

    public KeyMap WithSingles(bool on) => new(_own, singlesOff: !on);

    /// <summary>The changes as the database keeps them: <c>reply=KeyQ;note=</c>.</summary>
    public string Write() => string.Join(';', _own.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={o.Value}"));

    /// <summary>Reads what <see cref="Write"/> wrote; what a later version does not know any more is left out.</summary>
    public static KeyMap Read(string changes, bool singlesOff)
    {
        var own = new Dictionary<string, string>();
        foreach (var change in changes.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, key) = change.Split('=', 2) is [var n, var k] ? (n, k) : (change, "");
            if (KeyCommand.Find(name) is not null) own[name] = key;
        }

        return new KeyMap(own, singlesOff);
    }

    private KeyCommand? TakenBy(KeyCommand command, string key) =>
        KeyCommand.All.FirstOrDefault(c => c != command && this[c] is { } taken && KeyPress.Clash(taken, key));

    private bool IsConsistent => _keys.All(one => _keys.All(other => one.Key == other.Key || !KeyPress.Clash(one.Value, other.Value)))
        && KeyCommand.All.All(c => IsOwn(c) || this[c] is not null);
}

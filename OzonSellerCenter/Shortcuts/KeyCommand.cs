namespace OzonSellerCenter.Shortcuts;

/// <summary>Where a command stands in the list of keys.</summary>
public enum CommandGroup
{
    Moving,
    Conversation,
    Everywhere,
}

/// <summary>Something that a key does. The control that does it carries <c>data-command</c> with its name; what has no control is done by
/// <c>js/keys.js</c> itself.</summary>
/// <param name="Name">Such as <c>reply</c>; the text is <c>Do_reply</c>.</param>
/// <param name="Usual">The key that it has unless a person wants another, as <see cref="KeyPress"/> writes it.</param>
/// <param name="WhileTyping">It also works in a field, so its key needs Ctrl; the others never act there, and theirs must not have it.</param>
public sealed record KeyCommand(string Name, CommandGroup Group, string Usual, bool WhileTyping = false)
{
    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<KeyCommand> All { get; } =
    [
        new("next", CommandGroup.Moving, "KeyJ"),
        new("previous", CommandGroup.Moving, "KeyK"),
        new("next-band", CommandGroup.Moving, "BracketRight"),
        new("previous-band", CommandGroup.Moving, "BracketLeft"),
        new("views", CommandGroup.Moving, "KeyV"),
        new("pick", CommandGroup.Moving, "KeyS"),
        new("go-inbox", CommandGroup.Moving, "KeyG KeyI"),
        new("go-due", CommandGroup.Moving, "KeyG KeyD"),
        new("go-orders", CommandGroup.Moving, "KeyG KeyO"),
        new("go-returns", CommandGroup.Moving, "KeyG KeyR"),
        new("go-disputes", CommandGroup.Moving, "KeyG KeyS"),
        new("reply", CommandGroup.Conversation, "KeyR"),
        new("note", CommandGroup.Conversation, "KeyN"),
        new("assign", CommandGroup.Conversation, "KeyA"),
        new("assign-me", CommandGroup.Conversation, "KeyI"),
        new("tags", CommandGroup.Conversation, "KeyT"),
        new("done", CommandGroup.Conversation, "KeyE"),
        new("snooze", CommandGroup.Conversation, "KeyZ"),
        new("undo", CommandGroup.Conversation, "KeyU"),
        new("why", CommandGroup.Conversation, "KeyW"),
        new("more", CommandGroup.Conversation, "KeyM"),
        new("search", CommandGroup.Everywhere, "Slash"),
        new("keys", CommandGroup.Everywhere, "Shift+Slash"),
        new("palette", CommandGroup.Everywhere, "Mod+KeyK", WhileTyping: true),
    ];

    /// <summary>The command of a name; null for none.</summary>
    public static KeyCommand? Find(string name) => All.FirstOrDefault(c => c.Name == name);
}

namespace OzonSellerCenter.Inbox;

/// <summary>What the conversation has to say above the box one writes in: why something was not done, and what can be done all the same.</summary>
/// <param name="Action">Label of the button, a verb.</param>
/// <param name="Do">What it does.</param>
public sealed record PaneNotice(string Text, string? Action = null, Func<Task>? Do = null)
{
    /// <summary>A bare text; null for none.</summary>
    public static PaneNotice? Of(string? text) => text is null ? null : new PaneNotice(text);
}

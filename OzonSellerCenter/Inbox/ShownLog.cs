namespace OzonSellerCenter.Inbox;

/// <summary>The log of the open conversation as far as it was read: the newest page is read again whenever something changes, older ones stay
/// as they were read.</summary>
internal sealed class ShownLog
{
    private List<ShownMessage> _messages = [];

    public IReadOnlyList<ShownMessage> Messages => _messages;

    public LogAsides Asides { get; private set; } = LogAsides.None;

    public bool HasOlder { get; private set; }

    /// <summary>First message that was unread when the conversation was opened; set once, so that the line does not wander off while one reads.</summary>
    public long? NewFrom { get; private set; }

    public int NewCount { get; private set; }

    /// <summary>Highest message id; 0 for an empty log.</summary>
    public long Newest => _messages.Count == 0 ? 0 : _messages.Max(m => m.Id);

    /// <summary>Begins anew with the newest page.</summary>
    /// <param name="unread">So many messages of others nobody has read.</param>
    public void Start(MessagePage page, int unread)
    {
        (_messages, Asides, HasOlder) = ([.. page.Messages], page.Asides, page.HasOlder);
        var fresh = _messages.Where(m => m.Author != MessageAuthor.Seller).TakeLast(unread).ToList();
        (NewFrom, NewCount) = (fresh.Count > 0 ? fresh[0].Id : null, fresh.Count);
    }

    /// <summary>Adds the page before the oldest message shown.</summary>
    public void Prepend(MessagePage page) =>
        (_messages, Asides, HasOlder) = ([.. page.Messages, .. _messages], Asides.With(page.Asides), page.HasOlder);

    /// <summary>The newest page as it is now, behind older ones that were read before.</summary>
    public void TakeIn(MessagePage page)
    {
        Asides = Asides.With(page.Asides);
        if (!page.HasOlder || page.Messages.Count == 0)
        {
            (_messages, HasOlder) = ([.. page.Messages], page.HasOlder);
            return;
        }

        var first = page.Messages[0];
        var older = _messages.Where(m => m.SentAt < first.SentAt || (m.SentAt == first.SentAt && m.Id < first.Id)).ToList();
        if (older.Count == 0) HasOlder = true;
        _messages = [.. older, .. page.Messages];
    }
}

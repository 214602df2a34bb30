using OzonSellerCenter.Data;

namespace OzonSellerCenter.Live;

/// <summary>A person at a thing, in one tab. Others are told only when something changed for them: somebody who types on and on is told once.</summary>
public sealed class Seat : IDisposable
{
    private readonly Lock _sync = new();
    private readonly Presence _presence;
    private readonly ITimer _typingEnds;
    private PresenceMark _mark;
    private bool _isConnected = true;
    private bool _isDisposed;

    internal Seat(Presence presence, string subject, CurrentUser user)
    {
        _presence = presence;
        _typingEnds = presence.Clock.CreateTimer(_ => EndTyping(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _mark = new PresenceMark(Guid.NewGuid(), subject, user.Id, user.Name, IsLooking: true, null, HasUnsaved: false);
        presence.Put(_mark);
        presence.Pass(_mark, quietly: false);
    }

    public string Subject => _mark.Subject;

    /// <summary>A key was pressed a moment ago.</summary>
    public void Type() => Change(mark => mark with { TypingUntil = Now + Presence.TypingFor }, quietly: mark => mark.TypingUntil > Now);

    /// <summary>Nothing is being typed any more, such as after sending.</summary>
    public void StopTyping() => Change(mark => mark with { TypingUntil = null });

    /// <summary>There is text in the box that was not sent, or there is none any more.</summary>
    public void Keep(bool unsaved) => Change(mark => mark with { HasUnsaved = unsaved });

    /// <summary>The tab came to the front or went.</summary>
    public void Look(bool looking) => Change(mark => mark with { IsLooking = looking });

    /// <summary>The browser is gone or back; while it is gone the seat is empty for everybody.</summary>
    internal void Connect(bool connected)
    {
        PresenceMark mark;
        lock (_sync)
        {
            if (_isDisposed || _isConnected == connected) return;
            _isConnected = connected;
            _mark = _mark with { TypingUntil = null };
            _presence.Put(mark = _mark with { HasLeft = !connected });
        }

        _presence.Pass(mark, quietly: false);
    }

    internal bool IsDisposed
    {
        get
        {
            lock (_sync) return _isDisposed;
        }
    }

    public void Dispose()
    {
        PresenceMark mark;
        lock (_sync)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _typingEnds.Dispose();
            _presence.Put(mark = _mark with { HasLeft = true });
        }

        _presence.Pass(mark, quietly: false);
    }

    private DateTime Now => _presence.Clock.GetUtcNow().UtcDateTime;

    // Unless a key came at the very moment.
    private void EndTyping() => Change(mark => mark.TypingUntil <= Now ? mark with { TypingUntil = null } : mark);

    private void Change(Func<PresenceMark, PresenceMark> change, Func<PresenceMark, bool>? quietly = null)
    {
        PresenceMark before, after;
        lock (_sync)
        {
            (before, after) = (_mark, change(_mark));
            if (_isDisposed || before == after) return;
            _mark = after;
            if (after.TypingUntil is { } until && until != before.TypingUntil) _typingEnds.Change(until - Now, Timeout.InfiniteTimeSpan);
            if (!_isConnected) return;
            _presence.Put(after);
        }

        _presence.Pass(after, quietly is not null && quietly(before));
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Shortcuts;

/// <summary>Changes a person's own keys. His other windows hear <see cref="EventKind.PersonalKeys"/>.</summary>
public sealed class KeyActions(Databases databases)
{
    /// <summary>Gives a command a key; null takes it away.</summary>
    /// <returns>Refused: the reason of <see cref="KeyMap.WhyNot"/>.</returns>
    public Task<Outcome> ChangeAsync(CurrentUser user, KeyCommand command, string? key, CancellationToken cancellation) =>
        UpdateAsync(user, keys => key is not null && keys.WhyNot(command, key) is { } reason ? (null, reason) : (keys.With(command, key), null), cancellation);

    /// <summary>Gives a command the key of another, which gets its key in turn.</summary>
    /// <returns>Refused: <c>KeysChanged</c> when they cannot be swapped any more.</returns>
    public Task<Outcome> SwapAsync(CurrentUser user, KeyCommand command, string key, CancellationToken cancellation) =>
        UpdateAsync(user, keys => keys.Swapped(command, key) is { } swapped ? (swapped, null) : (null, new Reason("KeysChanged")), cancellation);

    /// <summary>Switches the keys without Ctrl on or off.</summary>
    public Task<Outcome> SwitchSinglesAsync(CurrentUser user, bool on, CancellationToken cancellation) =>
        UpdateAsync(user, keys => (keys.WithSingles(on), null), cancellation);

    /// <summary>All as usual again.</summary>
    public Task<Outcome> ResetAsync(CurrentUser user, CancellationToken cancellation) => UpdateAsync(user, _ => (KeyMap.Usual, null), cancellation);

    private Task<Outcome> UpdateAsync(CurrentUser user, Func<KeyMap, (KeyMap? Keys, Reason? Refusal)> change, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            var row = await db.PersonalKeys.SingleOrDefaultAsync(k => k.UserId == user.Id, cancellation);
            var (keys, refusal) = change(row is null ? KeyMap.Usual : KeyMap.Read(row.Changes, row.SinglesOff));
            if (refusal is not null) return Outcome.Refused(refusal.Key, refusal.Args);
            if (row is null) db.PersonalKeys.Add(row = new PersonalKeys { UserId = user.Id });
            (row.Changes, row.SinglesOff) = (keys!.Write(), keys.SinglesOff);
            db.Audit(null, "keys.changed", user.Id);
            foreach (var storeId in db.StoresInSight) db.Announce(storeId, EventKind.PersonalKeys, user.Id);
            await db.CommitAsync(cancellation);
            return Outcome.Done;
        });
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders;

/// <summary>What people of the shop want done with postings. Each wish is one transaction: the row in the posting's history, its outbox command, the
/// audit entry and the event.</summary>
public sealed class ShippingActions(Databases databases, TimeProvider clock)
{
    /// <summary>Ozon's reason "other, the seller's fault", which needs words of the seller's own (ozon/api.md §3.4).</summary>
    public const long OtherReason = 402;

    /// <summary>Longest text the shop may add to a cancellation or a decision.</summary>
    public const int MaxMessage = 500;

    /// <summary>A cancellation costs the shop money and rating and cannot be taken back at Ozon, and an address is changed once only: they leave after this
    /// time.</summary>
    public static readonly TimeSpan TimeToTakeBack = TimeSpan.FromSeconds(10);

    private static readonly CommandState[] Unfinished = [CommandState.Waiting, CommandState.Sending, CommandState.Unclear];
    private static readonly CommandState[] Done = [CommandState.Done];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Key of the outbox command that carries out the wish with this key.</summary>
    internal static string CommandKeyOf(Guid key) => $"posting:{key:N}";

    /// <summary>Takes a wish. The same key is taken once. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotAllowedNow</c> (Ozon's
    /// <c>available_actions</c> do not name it), <c>AlreadyAsked</c> (one of the same kind is under way), <c>EmptyPackage</c>,
    /// <c>PackagesDoNotAddUp</c>, <c>TrackingMissing</c>, <c>TrackingTooLong</c> (limit), <c>ReasonMissing</c>, <c>MessageMissing</c>,
    /// <c>MessageTooLong</c> (limit), <c>DatePassed</c>, <c>DatesReversed</c>, <c>NothingToCancel</c>, <c>CancelAllInstead</c>,
    /// <c>AddressMissing</c> (least), <c>AddressTooLong</c> (limit), <c>AddressTooLate</c>, <c>AddressChangedAlready</c>, <c>AddressNotOffered</c>.</summary>
    /// <param name="user">Who wants it.</param>
    /// <param name="postingNumber">Of which posting.</param>
    /// <param name="wish">What.</param>
    /// <param name="key">Made when the form was shown.</param>
    /// <param name="cancellation">Ends the work.</param>
    public Task<Outcome> AskAsync(CurrentUser user, string postingNumber, PostingWish wish, Guid key, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var commandKey = CommandKeyOf(key);
        if (await db.OutboundCommands.AnyAsync(c => c.Key == commandKey, cancellation)) return Outcome.Done;
        var stores = db.StoresInSight;
        var posting = await db.Postings.Include(p => p.Items).Where(p => stores.Contains(p.StoreId) && p.PostingNumber == postingNumber)
            .OrderBy(p => p.StoreId).FirstOrDefaultAsync(cancellation);
        if (posting is null) return Outcome.NotFound;
        if (db.RoleIn(posting.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");
        if (await HasWishAsync(db, posting, wish, Unfinished, cancellation)) return Outcome.Refused("AlreadyAsked");
        if (wish is AddressWish && await HasWishAsync(db, posting, wish, Done, cancellation)) return Outcome.Refused("AddressChangedAlready");
        if (wish is AddressWish && await StoreExtension.IsMissingAsync(db, posting.StoreId, cancellation)) return Outcome.Refused("AddressNotOffered");
        if (WishCheck.Of(posting, wish, Now) is { IsDone: false } refused) return refused;
        var deed = new PostingDeed { StoreId = posting.StoreId, PostingId = posting.Id, PostingNumber = posting.PostingNumber, Wish = Whole(posting, wish), At = Now, By = user.Id };
        db.PostingDeeds.Add(deed);
        await db.SaveChangesAsync(cancellation);
        db.OutboundCommands.Add(new OutboundCommand
        {
            StoreId = posting.StoreId,
            Key = commandKey,
            Kind = CommandKind.PostingDeed,
            Subject = ShipmentClock.SubjectOf(posting.PostingNumber),
            TargetId = deed.Id,
            CreatedAt = deed.At,
            CreatedBy = user.Id,
            NotBeforeAt = wish is CancelWish or CancelItemsWish or ApproveCancellationWish or AddressWish ? deed.At + TimeToTakeBack : deed.At,
        });
        db.Audit(posting.StoreId, "posting." + wish.GetType().Name, posting.PostingNumber, $"deed {deed.Id.ToString(CultureInfo.InvariantCulture)}");
        db.Announce(posting.StoreId, EventKind.Posting, posting.PostingNumber);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    /// <summary>Takes a wish back that has not left yet. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>AlreadyLeft</c>.</summary>
    public Task<Outcome> TakeBackAsync(CurrentUser user, long deedId, CancellationToken cancellation) => Databases.RetryAsync(async () =>
    {
        await using var db = await databases.ForAsync(user, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.PostingDeeds.AsNoTracking().SingleOrDefaultAsync(d => d.Id == deedId, cancellation) is not { } deed) return Outcome.NotFound;
        if (db.RoleIn(deed.StoreId) is not (StoreRole.Owner or StoreRole.Agent)) return Outcome.Refused("SupportReadsOnly");

        // What was tried once, and is to be tried again, may have reached Ozon after all.
        var taken = await db.OutboundCommands
            .Where(c => c.StoreId == deed.StoreId && c.Kind == CommandKind.PostingDeed && c.TargetId == deedId && c.State == CommandState.Waiting && c.UnclearAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CommandState.Cancelled).SetProperty(c => c.Version, c => c.Version + 1), cancellation);
        if (taken == 0) return Outcome.Refused("AlreadyLeft");
        db.Audit(deed.StoreId, "posting.take-back", deed.PostingNumber, $"deed {deed.Id.ToString(CultureInfo.InvariantCulture)}");
        db.Announce(deed.StoreId, EventKind.Posting, deed.PostingNumber);
        await db.CommitAsync(cancellation);
        return Outcome.Done;
    });

    private static PostingWish Whole(Posting posting, PostingWish wish) => wish switch
    {
        CancelItemsWish cancel => cancel with { Left = WishCheck.LeftAfter(posting, cancel) },
        AddressWish address => new AddressWish(address.Address.Trim()),
        _ => wish,
    };

    private static async Task<bool> HasWishAsync(SellerCenterDb db, Posting posting, PostingWish wish, CommandState[] states, CancellationToken cancellation)
    {
        var subject = ShipmentClock.SubjectOf(posting.PostingNumber);
        var wanted = await (
            from command in db.OutboundCommands
            join deed in db.PostingDeeds on command.TargetId equals deed.Id
            where command.StoreId == posting.StoreId && command.Subject == subject && command.Kind == CommandKind.PostingDeed && states.Contains(command.State)
            select deed.Wish).ToListAsync(cancellation);
        return wanted.Exists(w => w.GetType() == wish.GetType());
    }
}

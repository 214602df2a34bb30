using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Acting;

/// <summary>A reason for a cancellation that Ozon takes for a posting now.</summary>
/// <param name="Id">Ozon's id.</param>
/// <param name="Title">Russian, as Ozon words it.</param>
/// <param name="IsSellers">The cause lies with the seller: the cancellation counts in the error index.</param>
public sealed record CancelChoice(long Id, string Title, bool IsSellers);

/// <summary>What Ozon lets the seller choose from now.</summary>
/// <param name="Reasons">Reasons for a cancellation.</param>
/// <param name="From">The delivery may begin then at the earliest (UTC).</param>
/// <param name="To">It has to end by then (UTC).</param>
/// <param name="MovesLeft">How often the delivery date may still be moved.</param>
/// <param name="Failure">Why Ozon did not tell: a key of the texts; null when it did.</param>
public sealed record PostingChoices(IReadOnlyList<CancelChoice> Reasons, DateTime? From = null, DateTime? To = null, long? MovesLeft = null, string? Failure = null)
{
    public static PostingChoices Failed(string failure) => new([], Failure: failure);
}

/// <summary>Where a posting goes, and whether that can be changed.</summary>
/// <param name="Address">Street and house.</param>
/// <param name="ChangesLeft">0 or 1.</param>
/// <param name="ChangedAt">When it was changed (UTC); null while it is the buyer's own.</param>
/// <param name="IsLabelValid">False from a change on until a label was printed anew.</param>
/// <param name="Failure">Why it is not told: a key of the texts; null when it is.</param>
public sealed record PostingAddress(string Address, long ChangesLeft, DateTime? ChangedAt = null, bool IsLabelValid = true, string? Failure = null)
{
    /// <summary>The store's Ozon has no such method.</summary>
    public const string NotOffered = "AddressNotOffered";

    public static PostingAddress Failed(string failure) => new("", 0, Failure: failure);
}

/// <summary>Asks Ozon, at the moment they are wanted, for things that are not kept because they change by the hour. Done by the part that talks to
/// Ozon, since screens do not.</summary>
public interface IPostingFacts
{
    /// <summary>The reasons open for a cancellation (<c>/v1/posting/fbs/cancel-reason</c>).</summary>
    Task<PostingChoices> ReasonsAsync(int storeId, string postingNumber, CancellationToken cancellation);

    /// <summary>When the delivery may be moved to, and how often still (<c>/v1/posting/fbs/timeslot/change-restrictions</c>).</summary>
    Task<PostingChoices> DatesAsync(int storeId, string postingNumber, CancellationToken cancellation);

    /// <summary>Where it goes, and whether that can be changed still; not Ozon's (<see cref="StoreExtension"/>).</summary>
    Task<PostingAddress> AddressAsync(int storeId, string postingNumber, CancellationToken cancellation);
}

/// <summary>The same through the access filter.</summary>
public sealed class PostingChoiceQueries(Databases databases, IPostingFacts facts)
{
    /// <summary>What may be chosen for an act; nothing for a posting the person may not see.</summary>
    public async Task<PostingChoices> ForAsync(CurrentUser user, string postingNumber, PostingAct act, CancellationToken cancellation)
    {
        if (await StoreOfAsync(user, postingNumber, cancellation) is not { } store) return PostingChoices.Failed("NotFound");
        return act == PostingAct.DeliveryDate
            ? await facts.DatesAsync(store, postingNumber, cancellation)
            : await facts.ReasonsAsync(store, postingNumber, cancellation);
    }

    /// <summary>Where a posting goes; nothing for one the person may not see.</summary>
    public async Task<PostingAddress> AddressAsync(CurrentUser user, string postingNumber, CancellationToken cancellation) =>
        await StoreOfAsync(user, postingNumber, cancellation) is { } store
            ? await facts.AddressAsync(store, postingNumber, cancellation)
            : PostingAddress.Failed("NotFound");

    private async Task<int?> StoreOfAsync(CurrentUser user, string postingNumber, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var stores = db.StoresInSight;
        return await db.Postings.Where(p => stores.Contains(p.StoreId) && p.PostingNumber == postingNumber)
            .OrderBy(p => p.StoreId).Select(p => (int?)p.StoreId).FirstOrDefaultAsync(cancellation);
    }
}

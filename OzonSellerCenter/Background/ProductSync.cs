using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Learns from Ozon what the ordered products are: name, category, first picture. A key without the right to ask stops nothing else: orders
/// are read and packed without.</summary>
internal sealed class ProductSync(OzonApi ozon, Databases databases, ProductNames names, PictureFetch pictures, StoreGate gate, TimeProvider clock)
{
    /// <summary>Ozon takes so many at once.</summary>
    private const int AtOnce = 1000;

    /// <summary>Items of orders that are looked through at once for products not known yet.</summary>
    private const int ItemsAtOnce = 5000;

    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(7);

    /// <summary>After a refusal for want of a right the store is asked again this much later.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromHours(1);

    /// <summary>A key without the right, in the words it may be told in.</summary>
    private static readonly OzonErrorKind[] NotAllowed =
        [OzonErrorKind.MissingRole, OzonErrorKind.Forbidden, OzonErrorKind.NotFound, OzonErrorKind.MethodGone, OzonErrorKind.SubscriptionRequired];

    /// <summary>Up to which item each store's orders were looked through since the start of the program.</summary>
    private readonly ConcurrentDictionary<int, long> _seen = new();

    private readonly ConcurrentDictionary<int, DateTime> _notBefore = new();

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Asks for products without facts, then for facts that are old, then fetches the pictures that are missing.</summary>
    public async Task RefreshAsync(int storeId, CancellationToken cancellation)
    {
        if (_notBefore.TryGetValue(storeId, out var notBefore) && Now < notBefore) return;
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return;
        while (await NextItemsAsync(storeId, cancellation) is var (skus, upTo))
        {
            foreach (var some in skus.Chunk(AtOnce))
            {
                if (!await AskAsync(store, some, cancellation)) return;
            }

            _seen[storeId] = upTo;
        }

        // Each of these is fresh afterwards, so the loop ends.
        while (await OldAsync(storeId, cancellation) is { Length: > 0 } old)
        {
            if (!await AskAsync(store, old, cancellation)) return;
        }

        await pictures.FetchMissingAsync(storeId, cancellation);
    }

    /// <summary>Products of the next orders that have no facts; null when all orders were looked through.</summary>
    private async Task<(List<long> Skus, long UpTo)?> NextItemsAsync(int storeId, CancellationToken cancellation)
    {
        var seen = _seen.GetValueOrDefault(storeId);
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var items = await db.PostingItems.Where(i => i.StoreId == storeId && i.Id > seen).OrderBy(i => i.Id).Take(ItemsAtOnce)
            .Select(i => new { i.Id, i.Sku }).ToListAsync(cancellation);
        if (items.Count == 0) return null;
        var skus = items.Select(i => i.Sku).Where(s => s > 0).Distinct().ToList();
        var known = await db.ProductFacts.Where(f => f.StoreId == storeId && skus.Contains(f.Sku)).Select(f => f.Sku).ToListAsync(cancellation);
        return ([.. skus.Except(known)], items[^1].Id);
    }

    private async Task<long[]> OldAsync(int storeId, CancellationToken cancellation)
    {
        var before = Now - FreshFor;
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        return await db.ProductFacts.Where(f => f.StoreId == storeId && f.FetchedAt < before).OrderBy(f => f.FetchedAt).Take(AtOnce).Select(f => f.Sku).ToArrayAsync(cancellation);
    }

    /// <returns>False when the store cannot be asked now.</returns>
    private async Task<bool> AskAsync(OpenStore store, long[] skus, CancellationToken cancellation)
    {
        var request = new ProductInfoListRequest { Sku = [.. skus.Select(s => s.ToString(CultureInfo.InvariantCulture))] };
        var answer = await ozon.ProductInfoListAsync(store.Account, request, cancellation);
        if (!answer.IsOk) return await RefusedAsync(store.Id, answer.Error, cancellation);
        var told = new Dictionary<long, OzonProduct>();
        foreach (var product in answer.Value.Items)
        {
            foreach (var sku in product.Sources.Select(s => s.Sku).Prepend(product.Sku)) told.TryAdd(sku, product);
        }

        if (await names.LearnAsync(store.Account, answer.Value.Items, cancellation) is { } error && !NotAllowed.Contains(error.Kind))
        {
            return await RefusedAsync(store.Id, error, cancellation);
        }

        await Databases.RetryAsync(() => WriteAsync(store.Id, skus, told, cancellation));
        return true;
    }

    private async Task<bool> RefusedAsync(int storeId, OzonError error, CancellationToken cancellation)
    {
        if (NotAllowed.Contains(error.Kind)) _notBefore[storeId] = Now + RefusedFor;
        else await gate.NoteAsync(storeId, error, cancellation);
        return false;
    }

    private async Task WriteAsync(int storeId, long[] skus, Dictionary<long, OzonProduct> told, CancellationToken cancellation)
    {
        await using var db = await databases.ForStoreAsync(storeId, cancellation);
        var facts = await db.ProductFacts.Where(f => f.StoreId == storeId && skus.Contains(f.Sku)).ToDictionaryAsync(f => f.Sku, cancellation);
        foreach (var sku in skus)
        {
            if (!facts.TryGetValue(sku, out var fact)) db.ProductFacts.Add(fact = new ProductFact { StoreId = storeId, Sku = sku });

            // What Ozon does not know any more keeps what is known, and is not asked for at each look.
            fact.FetchedAt = Now;
            if (!told.TryGetValue(sku, out var product)) continue;
            fact.OfferId = product.OfferId;
            fact.Name = product.Name;
            fact.CategoryId = product.DescriptionCategoryId;
            fact.Category = names.Of(product) ?? fact.Category;
            fact.TakePicture(product.PrimaryImage.Concat(product.Images).FirstOrDefault());
        }

        // Told once for all of them.
        db.Announce(storeId, EventKind.Product, "");
        await db.CommitAsync(cancellation);
    }
}

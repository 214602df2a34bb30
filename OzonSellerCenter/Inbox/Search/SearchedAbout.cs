using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>Kinds of numbers by which a conversation is found; each has a name in the texts.</summary>
public enum NumberKind
{
    Order,
    Posting,
    Tracking,
    Sku,

    /// <summary>The seller's own article.</summary>
    Article,
}

/// <summary>A number as it is written.</summary>
public sealed record SearchedNumber(NumberKind Kind, string Number);

/// <summary>What a conversation is about, as far as it can be searched for: it is in the index with every message of it.</summary>
public sealed record SearchedAbout
{
    /// <summary>An order of a hundred products does not make each of its messages a hundred times as long.</summary>
    private const int MaxProducts = 20;

    public required long ConversationId { get; init; }
    public required int StoreId { get; init; }
    public string? Buyer { get; init; }
    public IReadOnlyList<string> Products { get; init; } = [];
    public IReadOnlyList<SearchedNumber> Numbers { get; init; } = [];

    /// <summary>Reads it for some conversations that the context sees.</summary>
    public static async Task<Dictionary<long, SearchedAbout>> OfAsync(SellerCenterDb db, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var items = db.PostingItems;
        var conversations = await db.Conversations
            .Where(c => ids.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.StoreId,
                c.BuyerName,
                c.OrderNumber,
                c.PostingNumber,
                c.Sku,

                // One by one: as a pair EF numbers the items of all products first.
                Product = items.Where(i => i.StoreId == c.StoreId && i.Sku == c.Sku).OrderBy(i => i.Id).Select(i => i.Name).FirstOrDefault(),
                Article = items.Where(i => i.StoreId == c.StoreId && i.Sku == c.Sku).OrderBy(i => i.Id).Select(i => i.OfferId).FirstOrDefault(),
            })
            .ToListAsync(cancellation);
        var postings = new List<PostingFound>();
        foreach (var store in conversations.Where(c => c.OrderNumber != null).GroupBy(c => c.StoreId))
        {
            postings.AddRange(await PostingsAsync(db, store.Key, [.. store.Select(c => c.OrderNumber!).Distinct()], cancellation));
        }

        var ofOrder = postings.ToLookup(p => (p.StoreId, p.OrderNumber));
        return conversations.ToDictionary(c => c.Id, c =>
        {
            var parcels = c.OrderNumber is null ? [] : ofOrder[(c.StoreId, c.OrderNumber)].ToList();
            var products = parcels.SelectMany(p => p.Items).ToList();
            return new SearchedAbout
            {
                ConversationId = c.Id,
                StoreId = c.StoreId,
                Buyer = c.BuyerName,
                Products = [.. products.Select(i => i.Name).Append(c.Product ?? "").Where(n => n.Length > 0).Distinct().Take(MaxProducts)],
                Numbers =
                [
                    .. Numbered(NumberKind.Posting, [c.PostingNumber, .. parcels.Select(p => p.PostingNumber)]),
                    .. Numbered(NumberKind.Order, [c.OrderNumber]),
                    .. Numbered(NumberKind.Tracking, parcels.Select(p => p.TrackingNumber)),
                    .. Numbered(NumberKind.Article, products.Select(i => i.OfferId).Append(c.Article).Take(MaxProducts)),
                    .. Numbered(NumberKind.Sku, products.Select(i => $"{i.Sku}").Append(c.Sku is { } sku ? $"{sku}" : null).Take(MaxProducts)),
                ],
            };
        });
    }

    /// <summary>The index entry of a message of this conversation.</summary>
    public SearchDocument TextOf(long messageId, MessageAuthor author, DateTime sentAt, string text) => new(
        SearchKey.Of(sentAt, messageId),
        [SearchWords.StemsOf(text), [.. Products.Prepend(Buyer ?? "").SelectMany(SearchWords.StemsOf)]],
        [SearchSigns.OfConversation(ConversationId), SearchSigns.OfStore(StoreId), SearchSigns.OfAuthor((int)author)]);

    /// <summary>The index entry of the numbers; null when there are none.</summary>
    public SearchDocument? NumbersDocument()
    {
        var numbers = Numbers.Select(n => SearchWords.NumberOf(n.Number)).Where(n => n.Length >= SearchIndex.FragmentLength).Distinct().ToList();

        // A posting's number begins with that of its order: what is a fragment of another needs no entry of its own.
        var pieces = numbers.Where(n => !numbers.Exists(o => o != n && o.Contains(n, StringComparison.Ordinal))).Select(SearchIndex.PiecesOf).ToList();
        return pieces.Count == 0 ? null : new SearchDocument(ConversationId, pieces, [SearchSigns.OfStore(StoreId)]);
    }

    private static IEnumerable<SearchedNumber> Numbered(NumberKind kind, IEnumerable<string?> numbers) =>
        numbers.Where(n => !string.IsNullOrEmpty(n)).Distinct().Select(n => new SearchedNumber(kind, n!));

    private static Task<List<PostingFound>> PostingsAsync(SellerCenterDb db, int storeId, string[] orders, CancellationToken cancellation) => db.Postings
        .Where(p => p.StoreId == storeId && orders.Contains(p.OrderNumber))
        .OrderBy(p => p.Id)
        .AsSingleQuery()
        .Select(p => new PostingFound(
            p.StoreId,
            p.OrderNumber,
            p.PostingNumber,
            p.TrackingNumber,
            p.Items.OrderBy(i => i.Id).Select(i => new ItemFound(i.Sku, i.OfferId, i.Name)).ToList()))
        .ToListAsync(cancellation);

    private sealed record PostingFound(int StoreId, string OrderNumber, string PostingNumber, string? TrackingNumber, List<ItemFound> Items);

    private sealed record ItemFound(long Sku, string OfferId, string Name);
}

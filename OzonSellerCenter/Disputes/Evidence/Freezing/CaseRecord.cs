using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Disputes.Evidence.Freezing;

/// <summary>A picture the buyer sent in a chat.</summary>
internal sealed record SentPicture(string? Sha256, DateTime SentAt);

/// <summary>Everything that the shop's record tells of a case.</summary>
internal sealed record CaseRecord
{
    public required Dispute Dispute { get; init; }

    /// <summary>When it was read here.</summary>
    public required DateTime ReadAt { get; init; }

    public required string Store { get; init; }
    public required string TimeZone { get; init; }
    public required Posting? Posting { get; init; }
    public required IReadOnlyList<PostingStep> Steps { get; init; }
    public required IReadOnlyList<ReturnRequest> Returns { get; init; }
    public required IReadOnlyList<Refund> Refunds { get; init; }
    public required IReadOnlyList<Inspection> Inspections { get; init; }
    public required IReadOnlyList<ProductFact> Products { get; init; }

    /// <summary>The chats with the buyer about the posting.</summary>
    public required IReadOnlyList<long> Conversations { get; init; }

    public required IReadOnlyList<SentPicture> SentPictures { get; init; }

    /// <summary>Items of the posting the case is about: those of its product, or all.</summary>
    public IReadOnlyList<PostingItem> Items => [.. (Posting?.Items ?? []).Where(i => Dispute.Sku == 0 || i.Sku == Dispute.Sku)];

    public static async Task<CaseRecord> ReadAsync(SellerCenterDb db, Dispute dispute, DateTime now, CancellationToken cancellation)
    {
        var (storeId, number) = (dispute.StoreId, dispute.PostingNumber);
        var store = await db.Stores.Where(s => s.Id == storeId).Select(s => new { s.Name, s.TimeZone }).SingleAsync(cancellation);
        var posting = number.Length == 0 ? null : await db.Postings.AsNoTracking().Include(p => p.Items)
            .SingleOrDefaultAsync(p => p.StoreId == storeId && p.PostingNumber == number, cancellation);
        var returns = await db.ReturnRequests.AsNoTracking().Include(r => r.Photos)
            .Where(r => r.StoreId == storeId && (r.Id == dispute.ReturnRequestId || (number != "" && r.PostingNumber == number))).OrderBy(r => r.Id).ToListAsync(cancellation);
        var requests = returns.ConvertAll(r => r.Id);
        var skus = (posting?.Items ?? []).Select(i => i.Sku).Where(s => dispute.Sku == 0 || s == dispute.Sku).Append(dispute.Sku).Where(s => s > 0).Distinct().ToList();
        var conversations = await db.Conversations
            .Where(c => c.StoreId == storeId && (c.Id == dispute.ConversationId || (number != "" && c.PostingNumber == number && c.Kind == ConversationKind.Buyer)))
            .OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellation);
        return new CaseRecord
        {
            Dispute = dispute,
            ReadAt = now,
            Store = store.Name,
            TimeZone = store.TimeZone,
            Posting = posting,
            Steps = posting is null ? [] : await db.PostingSteps.AsNoTracking().Where(s => s.PostingId == posting.Id).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(cancellation),
            Returns = returns,
            Refunds = number.Length == 0 ? [] : await db.Refunds.AsNoTracking()
                .Where(r => r.StoreId == storeId && r.PostingNumber == number && r.State != RefundState.Draft).OrderBy(r => r.Id).ToListAsync(cancellation),
            Inspections = await db.Inspections.AsNoTracking().Include(i => i.Photos).Where(i => requests.Contains(i.ReturnRequestId)).OrderBy(i => i.Id).ToListAsync(cancellation),
            Products = await db.ProductFacts.AsNoTracking().Where(f => f.StoreId == storeId && skus.Contains(f.Sku)).OrderBy(f => f.Sku).ToListAsync(cancellation),
            Conversations = conversations,
            SentPictures = await db.Messages.Where(m => conversations.Contains(m.ConversationId) && m.Author == MessageAuthor.Buyer)
                .SelectMany(m => m.Attachments.Where(a => a.IsImage), (m, a) => new { a.Id, a.Sha256, m.SentAt }).OrderBy(p => p.Id)
                .Select(p => new SentPicture(p.Sha256, p.SentAt)).ToListAsync(cancellation),
        };
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What buyers say of orders that have arrived. A deed gives the name of what stands in its way; what was said once stays.</summary>
internal sealed class RatingBook(SandboxData data)
{
    /// <summary>Rates one product of the order.</summary>
    public Task<string?> RateAsync(string number, long sku, int rating, string text, List<NewFile> photos, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var posting = await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == number, cancel);
        if (posting is null || posting.Items.All(i => i.Sku != sku))
            return PostingFault.NotFound;
        if (posting.Status != "delivered")
            return PostingFault.WrongStatus;
        if (await db.Reviews.AnyAsync(r => r.PostingNumber == number && r.Sku == sku, cancel))
            return null;
        db.Reviews.Add(new Review
        {
            ClientId = posting.ClientId,
            Sku = sku,
            PostingNumber = number,
            BuyerId = posting.BuyerId,
            Rating = rating,
            Text = text,
            WrittenAt = data.Now,
            Photos = [.. photos.Select(p => new ReviewPhoto
            {
                Path = Guid.NewGuid().ToString("n") + Path.GetExtension(p.Name).ToLowerInvariant(),
                ContentType = p.ContentType,
                Content = p.Content,
            })],
        });
        return null;
    }, cancel);

    /// <summary>Rates the seller's work on the order; each mark from 1 to 5.</summary>
    public Task<string?> RateServiceAsync(string number, int speed, int packing, int service, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var posting = await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == number, cancel);
        if (posting is null)
            return PostingFault.NotFound;
        if (posting.Status != "delivered")
            return PostingFault.WrongStatus;
        if (await db.ServiceReviews.FindAsync([number], cancel) is not null)
            return null;
        db.ServiceReviews.Add(new ServiceReview
        {
            PostingNumber = number,
            ClientId = posting.ClientId,
            BuyerId = posting.BuyerId,
            Speed = speed,
            Packing = packing,
            Service = service,
            WrittenAt = data.Now,
        });
        return null;
    }, cancel);
}

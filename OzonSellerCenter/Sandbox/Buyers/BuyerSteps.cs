using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Seed;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>What a simulated buyer does in one step.</summary>
internal sealed class BuyerSteps(
    SandboxData data, ChatBook book, CancellationBook cancellations, PostingBook postings, BuyerReturns returns, BuyerComplaints complaints, PushEvents events, BuyerTalk talk)
{
    // Old conversations are left in peace.
    private static readonly TimeSpan StillTalking = TimeSpan.FromHours(2);
    private static readonly TimeSpan ReadsAfter = TimeSpan.FromSeconds(40);
    private const int LongestTalk = 8;

    /// <summary>Everybody reads what has lain there for a while; then one of them does something.</summary>
    public async Task TakeAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await ReadAsync(now, cancel);
        var draw = chance.NextDouble();
        if (draw < 0.10 && await complaints.AnswerAsync(chance, now, cancel))
            return;
        if (draw < 0.45 && await AnswerAsync(chance, now, cancel))
            return;
        if (draw < 0.60)
            await AskAboutProductAsync(chance, cancel);
        else if (draw < 0.785)
            await AskAboutOrderAsync(chance, now, cancel);
        else if (draw < 0.82)
            await returns.StepAsync(chance, now, cancel);
        else if (draw < 0.835)
            await complaints.StepAsync(chance, now, cancel);
        else if (draw < 0.90)
            await TravelAsync(chance, now, cancel);
        else if (draw < 0.95)
            await OrderAsync(chance, now, cancel);
        else if (draw < 0.985)
            await RateAsync(chance, null, now, cancel);
        else
            await CancelAsync(chance, cancel);
    }

    private async Task ReadAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var before = now - ReadsAfter;
        var unread = await db.Chats.Where(c => c.BuyerId != null && c.LastMessageId > c.BuyerReadThrough && c.SellerWroteAt <= before)
            .Select(c => c.Id).ToListAsync(cancel);
        foreach (var chatId in unread)
            await book.BuyerReadsAsync(chatId, cancel);
    }

    private async Task<bool> AnswerAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var since = now - StillTalking;
        var before = now - ReadsAfter;
        var answered = await db.Chats.AsNoTracking()
            .Where(c => c.BuyerId != null && c.SellerWroteAt >= since && c.SellerWroteAt <= before && c.BuyerWroteAt < c.SellerWroteAt)
            .OrderBy(c => c.SellerWroteAt).ToListAsync(cancel);
        foreach (var chat in answered)
        {
            if (await db.Messages.CountAsync(m => m.ChatId == chat.Id, cancel) >= LongestTalk)
                continue;
            if (chance.Next(4) == 0 && await RateAsync(chance, chat.PostingNumber, now, cancel))
                return true;
            await book.BuyerWritesAsync(chat, talk.Draw("reply", chance), null, cancel);
            return true;
        }
        return false;
    }

    private async Task AskAboutProductAsync(Random chance, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var products = await db.Products.AsNoTracking().OrderBy(p => p.Sku).ToListAsync(cancel);
        var buyers = await db.Buyers.Select(b => b.Id).OrderBy(id => id).ToListAsync(cancel);
        var product = products[chance.Next(products.Count)];
        var buyerId = buyers[chance.Next(buyers.Count)];
        var chat = await book.FindAsync(product.ClientId, buyerId, null, product.Sku, cancel)
            ?? book.NewChat(product.ClientId, buyerId, null, product.Sku);
        await book.BuyerWritesAsync(chat, talk.Draw("product", chance, product.Category), null, cancel);
    }

    private async Task AskAboutOrderAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var lately = now.AddDays(-7);
        var recent = await db.Postings.AsNoTracking()
            .Where(p => p.ChangedAt >= lately && !db.Chats.Any(c => c.PostingNumber == p.PostingNumber)).OrderBy(p => p.Id).ToListAsync(cancel);
        if (recent.Count == 0)
            return;
        var posting = recent[chance.Next(recent.Count)];
        var sku = posting.Items[0].Sku;
        var category = await db.Products.Where(p => p.Sku == sku).Select(p => p.Category).SingleAsync(cancel);
        var chat = book.NewChat(posting.ClientId, posting.BuyerId, posting.PostingNumber, sku);
        await book.BuyerWritesAsync(chat, talk.Draw(BuyerTalk.MomentOf(posting.Status), chance, category), null, cancel);
    }

    /// <summary>An order goes one step on its way, and Ozon tells the seller.</summary>
    private Task TravelAsync(Random chance, DateTime now, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        // What a carrier has moves by the clock.
        var moving = await db.Postings.Where(p => p.PackedAt == null && p.NextStopAt == null && (p.Status == "awaiting_deliver" || p.Status == "delivering"))
            .OrderBy(p => p.Id).ToListAsync(cancel);
        if (moving.Count == 0)
            return;
        var posting = moving[chance.Next(moving.Count)];
        if (posting.Status == "awaiting_deliver")
        {
            posting.MoveTo("delivering", "posting_on_way_to_city", now);
            posting.HandedOverAt = now;
            posting.TrackingNumber = $"{chance.Next(8000, 8999)}{chance.Next(1000, 9999)}{chance.Next(1000, 9999)}";
        }
        else if (posting.Substatus is not "posting_in_pickup_point" && posting.Scheme == "FBS")
        {
            posting.MoveTo(posting.Status, "posting_in_pickup_point", now);
        }
        else
        {
            posting.MoveTo("delivered", "posting_received", now);
            posting.DeliveredAt = now;
        }
        await events.StateChangedAsync(db, posting, cancel);
    }, cancel);

    /// <summary>Somebody orders a thing, and Ozon tells the seller.</summary>
    private Task OrderAsync(Random chance, DateTime now, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var products = await db.Products.AsNoTracking().OrderBy(p => p.Sku).ToListAsync(cancel);
        var buyers = await db.Buyers.AsNoTracking().OrderBy(b => b.Id).ToListAsync(cancel);
        var product = products[chance.Next(products.Count)];
        var seed = new PostingSeed(chance, now, await db.Postings.MaxAsync(p => p.OrderId, cancel));
        Posting posting;
        // The same chance has drawn the first day's orders, and those of the run before: a number may be taken.
        do
        {
            posting = seed.Make(
                SeedProduct.Of(product), product.Sku, buyers[chance.Next(buyers.Count)], "awaiting_packaging", chance.Next(5) == 0 ? "RFBS" : "FBS", TimeSpan.Zero);
        }
        while (await db.Postings.AnyAsync(p => p.OrderNumber == posting.OrderNumber, cancel));
        await postings.OpenAsync(db, posting, cancel);
    }, cancel);

    /// <summary>Somebody no longer wants what is not on its way yet.</summary>
    private async Task CancelAsync(Random chance, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var waiting = await db.Postings.AsNoTracking().Where(p => p.Scheme != "FBO" && (p.Status == "awaiting_packaging" || p.Status == "awaiting_deliver"))
            .OrderBy(p => p.Id).ToListAsync(cancel);
        if (waiting.Count == 0)
            return;
        var posting = waiting[chance.Next(waiting.Count)];
        await cancellations.BuyerCancelsAsync(posting.ClientId, posting.PostingNumber, talk.Draw("cancel", chance), cancel);
    }

    /// <summary>Somebody rates what he got: that order, or any that has no rating yet.</summary>
    private Task<bool> RateAsync(Random chance, string? postingNumber, DateTime now, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var unrated = await db.Postings
            .Where(p => p.DeliveredAt != null && (postingNumber == null || p.PostingNumber == postingNumber))
            .Where(p => !db.Reviews.Any(r => r.PostingNumber == p.PostingNumber)).OrderBy(p => p.Id).ToListAsync(cancel);
        if (unrated.Count == 0)
            return false;
        var posting = unrated[chance.Next(unrated.Count)];
        var rating = chance.Next(10) switch { 0 => 1, 1 => 3, 2 or 3 => 4, _ => 5 };
        db.Reviews.Add(new Review
        {
            ClientId = posting.ClientId,
            Sku = posting.Items[0].Sku,
            PostingNumber = posting.PostingNumber,
            BuyerId = posting.BuyerId,
            Rating = rating,
            Text = talk.Draw(rating >= 4 ? "review5" : rating == 3 ? "review3" : "review1", chance),
            WrittenAt = now,
        });
        return true;
    }, cancel);
}

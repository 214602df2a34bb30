using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>What a simulated buyer does in one step about what he gives back: answers an offer, sends the goods, or asks.</summary>
internal sealed class BuyerReturns(SandboxData data, ReturnBook book, BuyerTalk talk)
{
    private const double TakesOffer = 0.65;

    /// <summary>Less than this part of the price, in percent, nobody takes.</summary>
    private const int LeastOffer = 30;

    // What he has just been told he thinks over.
    private static readonly TimeSpan ThinksFor = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan GivesBackWithin = TimeSpan.FromDays(14);

    public async Task StepAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        var draw = chance.Next(3);
        if (draw == 0 && await AnswerAsync(chance, now, cancel))
            return;
        if (draw <= 1 && await SendAsync(chance, now, cancel))
            return;
        await AskAsync(chance, now, cancel);
    }

    private async Task<ReturnRequest?> LongestInAsync(string state, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var before = now - ThinksFor;
        return await db.Returns.AsNoTracking().Where(r => r.State == state && r.Scheme == "RFBS" && r.StateAt <= before)
            .OrderBy(r => r.StateAt).ThenBy(r => r.Id).FirstOrDefaultAsync(cancel);
    }

    private async Task<bool> AnswerAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        if (await LongestInAsync(ReturnRequest.Offered, now, cancel) is not { } request)
            return false;
        var takes = chance.NextDouble() < TakesOffer && request.Offer * 100 >= request.Worth * LeastOffer;
        return await book.AnswerAsync(request.ClientId, request.Id, takes, cancel) is null;
    }

    private async Task<bool> SendAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        if (await LongestInAsync(ReturnRequest.Approved, now, cancel) is not { } request)
            return false;
        var track = string.Create(CultureInfo.InvariantCulture, $"800{chance.Next(100_000, 999_999)}{chance.Next(10_000, 99_999)}");
        return await book.SendAsync(request.ClientId, request.Id, track, 100L * chance.Next(220, 640), cancel) is null;
    }

    private async Task AskAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var since = now - GivesBackWithin;
        var received = await db.Postings.AsNoTracking().Where(p => p.DeliveredAt >= since && !db.Returns.Any(r => r.PostingNumber == p.PostingNumber))
            .OrderBy(p => p.Id).ToListAsync(cancel);
        if (received.Count == 0)
            return;
        var posting = received[chance.Next(received.Count)];
        var item = posting.Items[chance.Next(posting.Items.Count)];
        var reason = ReturnReason.All[chance.Next(ReturnReason.All.Count)];
        var category = await db.Products.Where(p => p.Sku == item.Sku).Select(p => p.Category).SingleAsync(cancel);
        var words = talk.Draw(string.Create(CultureInfo.InvariantCulture, $"return{reason.Id}"), chance, category);
        await book.AskAsync(posting.PostingNumber, new NewReturn(item.Sku, 1, reason, words, []), cancel);
    }
}

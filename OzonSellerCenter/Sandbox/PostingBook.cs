using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>
/// What people and carriers do with postings. Everyone acts through here: the API, the control API and the carriers. A deed gives the name of
/// what stands in its way (<see cref="PostingFault"/>) and has changed nothing then; null when it is done.
/// </summary>
internal sealed class PostingBook(SandboxData data, PushEvents events, SandboxOptions options)
{
    /// <summary>Does something with a posting of that seller, if the action is open to it.</summary>
    public Task<string?> DoAsync(
        long clientId, string number, string action, Func<SandboxDb, Posting, Task<string?>> deed, CancellationToken cancel) => data.WriteAsync(async db =>
        {
            var posting = await db.Postings.SingleOrDefaultAsync(p => p.ClientId == clientId && p.PostingNumber == number && p.Scheme != "FBO", cancel);
            if (posting is null)
                return PostingFault.NotFound;
            return PostingActions.Of(posting, data.Now).Contains(action) ? await deed(db, posting) : PostingFault.Of(posting, action);
        }, cancel);

    /// <summary>A new order within a deed, paid just now: Ozon tells the seller of it.</summary>
    public Task OpenAsync(SandboxDb db, Posting posting, CancellationToken cancel)
    {
        db.Postings.Add(posting);
        return events.NewPostingAsync(db, posting, cancel);
    }

    /// <summary>The buyer says that he has it, wherever the carrier believes it to be.</summary>
    public Task<string?> ReceiveAsync(string number, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var posting = await db.Postings.SingleOrDefaultAsync(p => p.PostingNumber == number, cancel);
        if (posting is null)
            return PostingFault.NotFound;
        if (!posting.IsOnItsWay)
            return PostingFault.WrongStatus;
        var now = data.Now;
        posting.MoveTo("delivered", "posting_received", now);
        (posting.DeliveredAt, posting.NextStopAt) = (now, null);
        await CloseRequestsAsync(db, posting, CancellationRequest.Rejected, now, cancel);
        await events.StateChangedAsync(db, posting, cancel);
        return null;
    }, cancel);

    /// <summary>Another status, with nothing else to it.</summary>
    public Task<string?> MoveAsync(long clientId, string number, string action, string status, string substatus, CancellationToken cancel) =>
        DoAsync(clientId, number, action, async (db, posting) =>
        {
            var now = data.Now;
            posting.MoveTo(status, substatus, now);
            posting.NextStopAt = (status, posting.Scheme) switch
            {
                ("awaiting_deliver", "FBS") => ParcelRoute.PickUpAt(posting, now),
                ("arbitration", _) => now + ParcelRoute.ArbitrationFor,
                ("delivering", "RFBS") when posting.IsConditionallyDelivered => now + ParcelRoute.ConfirmedAfter,
                _ => null,
            };
            if (action == PostingActions.Delivering)
                posting.HandedOverAt = now;
            await events.StateChangedAsync(db, posting, cancel);
            return null;
        }, cancel);

    /// <summary>Puts a posting together, each package a posting of its own; pieces of each package by SKU. Gives all their numbers.</summary>
    public async Task<(string? Fault, IReadOnlyList<string> Numbers)> ShipAsync(
        long clientId, string number, IReadOnlyList<Dictionary<long, int>> packages, CancellationToken cancel)
    {
        List<string> numbers = [number];
        var fault = await DoAsync(clientId, number, PostingActions.Ship, async (db, posting) =>
        {
            var all = packages.SelectMany(p => p).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Sum(p => p.Value));
            if (Misfit(posting, all) is { } misfit)
                return misfit;
            if (posting.Items.Any(i => all.GetValueOrDefault(i.Sku) != i.Quantity))
                return PostingFault.WrongQuantity;
            if (options.Quirks.ShipFailsOnce && posting.Substatus != PostingActions.ShipFailed)
            {
                posting.MoveTo(posting.Status, PostingActions.ShipFailed, data.Now);
                return null;
            }
            foreach (var package in packages.Skip(1))
                numbers.Add((await SplitAsync(db, posting, package, numbers.Count - 1, cancel)).PostingNumber);
            foreach (var packed in db.Postings.Local.ToList())
                await PackAsync(db, packed, cancel);
            return null;
        }, cancel);
        return (fault, numbers);
    }

    /// <summary>Puts those pieces into a posting of their own, still to be assembled; all that there are: assembles the posting. Gives the number.</summary>
    public async Task<(string? Fault, string Number)> ShipPartAsync(long clientId, string number, Dictionary<long, int> pieces, CancellationToken cancel)
    {
        var made = number;
        var fault = await DoAsync(clientId, number, PostingActions.Ship, async (db, posting) =>
        {
            if (Misfit(posting, pieces) is { } misfit)
                return misfit;
            if (posting.Items.All(i => pieces.GetValueOrDefault(i.Sku) == i.Quantity))
            {
                await PackAsync(db, posting, cancel);
                return null;
            }
            var part = await SplitAsync(db, posting, pieces, 0, cancel);
            made = part.PostingNumber;
            posting.ChangedAt = data.Now;
            await events.StateChangedAsync(db, posting, cancel);
            await events.NewPostingAsync(db, part, cancel);
            return null;
        }, cancel);
        return (fault, made);
    }

    /// <summary>Pieces that will not be sent; without any left the posting is cancelled.</summary>
    public Task<string?> CancelPiecesAsync(long clientId, string number, CancelReason reason, Dictionary<long, int> pieces, CancellationToken cancel) =>
        DoAsync(clientId, number, PostingActions.CancelProducts, async (db, posting) =>
        {
            if (Misfit(posting, pieces) is { } misfit)
                return misfit;
            if (posting.Items.All(i => pieces.GetValueOrDefault(i.Sku) == i.Quantity))
            {
                await CancelAsync(db, posting, reason, "seller", data.Now, cancel);
                return null;
            }
            await RefundBook.PayAsync(db, posting, BuyerRefund.Cancellation, posting.Worth(pieces), 0, null, data.Now, cancel);
            posting.CancelPieces(pieces);
            posting.ChangedAt = data.Now;
            await events.StateChangedAsync(db, posting, cancel);
            return null;
        }, cancel);

    /// <summary>Cancels within a deed; a request for it that is still open is granted with it.</summary>
    /// <param name="db">Where the posting was read.</param>
    /// <param name="posting">One that may be cancelled.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">client, seller, ozon or delivery.</param>
    /// <param name="at">When.</param>
    /// <param name="cancel">Breaks it off.</param>
    public async Task CancelAsync(SandboxDb db, Posting posting, CancelReason reason, string by, DateTime at, CancellationToken cancel)
    {
        posting.MoveTo("cancelled", "posting_canceled", at);
        (posting.CancelledAt, posting.CancelReasonId, posting.CancelReason, posting.CancelledBy) = (at, reason.Id, reason.Title, by);
        posting.NextStopAt = null;
        await RefundBook.PayAsync(db, posting, BuyerRefund.Cancellation, posting.Price, 0, null, at, cancel);
        if (posting is { HandedOverAt: not null, Scheme: "FBS" } && reason != CancelReason.LostByService)
            db.Returns.AddRange(ReturnBook.ComingBack(posting, at));
        await CloseRequestsAsync(db, posting, CancellationRequest.Approved, at, cancel);
        await CloseOrderAsync(db, posting, at, cancel);
        await events.PostingCancelledAsync(db, posting, cancel);
    }

    /// <summary>Brings every parcel that is due one stop further.</summary>
    public Task TravelAsync(CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var now = data.Now;
        foreach (var posting in await db.Postings.Where(p => p.NextStopAt <= now).OrderBy(p => p.NextStopAt).ThenBy(p => p.Id).ToListAsync(cancel))
        {
            var at = posting.NextStopAt!.Value;
            ParcelRoute.Advance(posting, ParcelRoute.FateOf(posting.PostingNumber, options.Seed));
            if (posting.Status == "cancelled")
            {
                // Told as it was before, so that the push names where the parcel got lost.
                posting.Substatus = posting.PreviousSubstatus;
                await CancelAsync(db, posting, CancelReason.LostByService, "delivery", at, cancel);
                continue;
            }
            if (posting.Status == "delivered")
                await CloseRequestsAsync(db, posting, CancellationRequest.Rejected, at, cancel);
            await events.StateChangedAsync(db, posting, cancel);
        }
    }, cancel);

    private async Task PackAsync(SandboxDb db, Posting posting, CancellationToken cancel)
    {
        var now = data.Now;
        posting.MoveTo("awaiting_deliver", "posting_transferring_to_delivery", now);
        posting.PackedAt = now;
        posting.NextStopAt = posting.Scheme == "FBS" ? ParcelRoute.PickUpAt(posting, now) : null;
        await events.StateChangedAsync(db, posting, cancel);
    }

    private async Task<Posting> SplitAsync(SandboxDb db, Posting posting, Dictionary<long, int> pieces, int ahead, CancellationToken cancel)
    {
        var known = await db.Postings.Where(p => p.OrderNumber == posting.OrderNumber).Select(p => p.PostingNumber).ToListAsync(cancel);
        var last = known.Max(n => int.Parse(n.AsSpan(n.LastIndexOf('-') + 1), CultureInfo.InvariantCulture));
        var part = posting.SplitOff($"{posting.OrderNumber}-{last + ahead + 1}", pieces, data.Now);
        db.Postings.Add(part);
        return part;
    }

    private static string? Misfit(Posting posting, Dictionary<long, int> pieces) =>
        pieces.Keys.Any(sku => posting.Items.All(i => i.Sku != sku)) ? PostingFault.UnknownProduct
        : posting.Items.Any(i => pieces.GetValueOrDefault(i.Sku) > i.Quantity) ? PostingFault.WrongQuantity
        : null;

    /// <summary>The buyer has his points again when nothing of what he bought comes any more.</summary>
    private static async Task CloseOrderAsync(SandboxDb db, Posting posting, DateTime at, CancellationToken cancel)
    {
        var order = await db.ShopOrders.SingleOrDefaultAsync(o => o.OrderNumber == posting.OrderNumber && o.CancelledAt == null, cancel);
        var others = order is null ? [] : await db.Postings.Where(p => p.OrderNumber == posting.OrderNumber).ToListAsync(cancel);
        if (order is null || others.Any(p => p.Status != "cancelled"))
            return;
        order.Cancel(await db.Buyers.SingleAsync(b => b.Id == order.BuyerId, cancel), at);
    }

    private static async Task CloseRequestsAsync(SandboxDb db, Posting posting, string state, DateTime at, CancellationToken cancel)
    {
        var open = await db.CancellationRequests
            .Where(r => r.PostingNumber == posting.PostingNumber && r.State == CancellationRequest.OnApproval).ToListAsync(cancel);
        foreach (var request in open)
            request.Decide(state, "", at);
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What a buyer asks.</summary>
internal sealed record NewReturn(long Sku, int Quantity, ReturnReason Reason, string Comment, IReadOnlyList<NewFile> Photos)
{
    /// <summary>How he sends it.</summary>
    public ReturnMethod Method { get; init; } = ReturnMethod.Post;
}

/// <summary>What buyers and sellers do with returns. Everyone acts through here; a deed gives the name of what stands in its way and has changed
/// nothing then.</summary>
internal sealed class ReturnBook(SandboxData data)
{
    /// <summary>The buyer asks. One request for a product of a posting at a time.</summary>
    public async Task<(string? Fault, ReturnRequest? Request)> AskAsync(string number, NewReturn wish, CancellationToken cancel)
    {
        ReturnRequest? made = null;
        var fault = await data.WriteAsync(async db =>
        {
            var posting = await db.Postings.SingleOrDefaultAsync(p => p.PostingNumber == number, cancel);
            if (posting?.Items.Find(i => i.Sku == wish.Sku) is not { } item)
                return PostingFault.NotFound;
            if (posting.DeliveredAt is null)
                return ReturnFault.NotDelivered;
            if (wish.Quantity < 1 || wish.Quantity > item.Quantity)
                return PostingFault.WrongQuantity;
            var asked = await db.Returns.Where(r => r.PostingNumber == number && r.Sku == wish.Sku).ToListAsync(cancel);
            if (asked.Exists(r => r.BlocksAnother))
                return ReturnFault.AlreadyAsked;
            var now = data.Now;
            var count = await db.Returns.CountAsync(r => r.BuyerId == posting.BuyerId && r.Type == ReturnRequest.ByBuyer, cancel);
            made = Make(posting, item, wish, count + 1, now);
            db.Returns.Add(made);
            return null;
        }, cancel);
        return (fault, made);
    }

    /// <summary>What comes back of an order that was cancelled on its way.</summary>
    public static IEnumerable<ReturnRequest> ComingBack(Posting posting, DateTime at) => posting.Items.Select((item, i) =>
    {
        var wish = new NewReturn(item.Sku, item.Quantity, new ReturnReason(0, posting.CancelReason, false), "", []);
        var request = Make(posting, item, wish, i + 1, at, type: ReturnRequest.OfCancelled);
        request.Move(ReturnRequest.Moving, at, ReturnRequest.OnItsWayFor);
        return request;
    });

    /// <summary>A request as it begins.</summary>
    /// <param name="posting">That brought it.</param>
    /// <param name="item">What is to go back.</param>
    /// <param name="wish">What the buyer says.</param>
    /// <param name="count">Requests of the same buyer, this one included.</param>
    /// <param name="at">When he asks.</param>
    /// <param name="id">0 takes the next.</param>
    /// <param name="type"><see cref="ReturnRequest.Type"/>.</param>
    public static ReturnRequest Make(Posting posting, PostingItem item, NewReturn wish, int count, DateTime at, long id = 0, string type = ReturnRequest.ByBuyer)
    {
        var request = new ReturnRequest
        {
            Id = id,
            ClientId = posting.ClientId,
            Number = $"{posting.OrderNumber.Split('-')[0]}-{(type == ReturnRequest.ByBuyer ? 'R' : 'C')}{count}",
            Type = type,
            PostingNumber = posting.PostingNumber,
            OrderNumber = posting.OrderNumber,
            BuyerId = posting.BuyerId,
            Scheme = posting.Scheme,
            Sku = item.Sku,
            OfferId = item.OfferId,
            Name = item.Name,
            Quantity = wish.Quantity,
            Price = item.Price,
            ReasonId = wish.Reason.Id,
            Reason = wish.Reason.Name,
            IsDefect = wish.Reason.IsDefect,
            Comment = wish.Comment,
            MethodId = wish.Method.Id,
            CreatedAt = at,
            State = ReturnRequest.OnApproval,
            Photos = [.. wish.Photos.Select(p => new ReturnPhoto
            {
                Path = $"{Guid.NewGuid():N}{Path.GetExtension(p.Name).ToLowerInvariant()}",
                ClientId = posting.ClientId,
                ContentType = p.ContentType,
                Content = p.Content,
            })],
        };
        request.Move(ReturnRequest.OnApproval, at, request.IsRfbs ? ReturnRequest.DecidedWithin : ReturnRequest.DecidedWithinMarket);
        return request;
    }

    /// <summary>The seller does something that is open to him. It is Ozon: what comes twice is looked at twice.</summary>
    /// <param name="clientId">Whose request.</param>
    /// <param name="returnId">Which.</param>
    /// <param name="action">Of <see cref="ReturnActions"/>.</param>
    /// <param name="comment">For the buyer.</param>
    /// <param name="amount">Kopecks offered, with <see cref="ReturnActions.Compensate"/>.</param>
    /// <param name="postage">Kopecks repaid for the way back.</param>
    /// <param name="cancel">Breaks it off.</param>
    public Task<string?> ActAsync(long clientId, long returnId, long action, string comment, long amount, long postage, CancellationToken cancel) => OnAsync(clientId, returnId, async (db, request) =>
    {
        if (!ReturnActions.Of(request).Contains(action))
            return ReturnFault.NotAvailable;
        var fault = await ActAsync(db, request, action, amount, postage, data.Now, cancel);
        if (fault is null && comment.Length > 0)
            request.SellerComment = comment;
        return fault;
    }, cancel);

    private static async Task<string?> ActAsync(SandboxDb db, ReturnRequest request, long action, long amount, long postage, DateTime now, CancellationToken cancel)
    {
        switch (action)
        {
            case ReturnActions.Reject or ReturnActions.RejectAfterCheck:
                request.Move(ReturnRequest.Rejected, now);
                return null;
            case ReturnActions.Compensate:
                (request.Offers, request.Offer) = (request.Offers + 1, amount);
                request.Move(ReturnRequest.Offered, now, ReturnRequest.AnsweredWithin);
                return null;
            case ReturnActions.TakeBack:
                request.Move(ReturnRequest.Approved, now, ReturnRequest.SentWithin);
                return null;
            case ReturnActions.Receive:
                request.ReceivedAt = now;
                request.Move(ReturnRequest.Received, now);
                return null;
            default:
                return await PayAsync(db, request, ReturnRequest.MoneyReturned, request.Worth, postage, now, cancel);
        }
    }

    /// <summary>The buyer takes the offer, or does not.</summary>
    public Task<string?> AnswerAsync(long clientId, long returnId, bool takes, CancellationToken cancel) => OnAsync(clientId, returnId, async (db, request) =>
    {
        if (request.State != ReturnRequest.Offered)
            return ReturnFault.NotAvailable;
        if (takes)
            return await PayAsync(db, request, ReturnRequest.CompensationReturned, request.Offer, 0, data.Now, cancel);
        request.Decline(data.Now);
        return null;
    }, cancel);

    /// <summary>The buyer has sent the goods.</summary>
    public Task<string?> SendAsync(long clientId, long returnId, string tracking, long postage, CancellationToken cancel) => OnAsync(clientId, returnId, (_, request) =>
    {
        if (request.State != ReturnRequest.Approved)
            return Task.FromResult<string?>(ReturnFault.NotAvailable);
        (request.TrackingNumber, request.Postage) = (tracking, postage);
        request.Move(request.IsRfbs ? ReturnRequest.OnWay : ReturnRequest.Moving, data.Now, ReturnRequest.OnItsWayFor);
        return Task.FromResult<string?>(null);
    }, cancel);

    /// <summary>The goods are there.</summary>
    public Task<string?> ArriveAsync(long clientId, long returnId, CancellationToken cancel) => OnAsync(clientId, returnId, (_, request) =>
    {
        if (request.State != ReturnRequest.OnWay)
            return Task.FromResult<string?>(ReturnFault.NotAvailable);
        request.Move(ReturnRequest.Arrived, data.Now);
        return Task.FromResult<string?>(null);
    }, cancel);

    /// <summary>The buyer does not want it any more.</summary>
    public Task<string?> WithdrawAsync(long clientId, long returnId, CancellationToken cancel) => OnAsync(clientId, returnId, (_, request) =>
    {
        if (!request.CanBeWithdrawn)
            return Task.FromResult<string?>(ReturnFault.NotAvailable);
        request.Move(ReturnRequest.Cancelled, data.Now);
        return Task.FromResult<string?>(null);
    }, cancel);

    /// <summary>Somebody decides in Ozon's own cabinet: the only way for FBO and FBS.</summary>
    /// <param name="decision">approve, reject or refund.</param>
    public Task<string?> DecideInCabinetAsync(long clientId, long returnId, string decision, CancellationToken cancel) => OnAsync(clientId, returnId, async (db, request) =>
    {
        if (!OpenInCabinet(decision).Contains(request.State) || request.Type != ReturnRequest.ByBuyer)
            return ReturnFault.NotAvailable;
        var now = data.Now;
        if (decision == "refund")
            return await PayAsync(db, request, ReturnRequest.MoneyReturned, request.Worth, 0, now, cancel);
        if (decision == "reject")
            request.Move(ReturnRequest.Rejected, now);
        else
            request.Move(ReturnRequest.Approved, now, request.IsRfbs ? ReturnRequest.SentWithin : ReturnRequest.OnItsWayFor);
        return null;
    }, cancel);

    private static string[] OpenInCabinet(string decision) => decision switch
    {
        "approve" => [ReturnRequest.OnApproval, ReturnRequest.AfterOffer],
        "reject" => [ReturnRequest.OnApproval, ReturnRequest.Received],
        _ => [ReturnRequest.OnApproval, ReturnRequest.AfterOffer, ReturnRequest.Received],
    };

    /// <summary>Ends a request with the money that somebody has decided on, unless some of it has gone back before.</summary>
    private static async Task<string?> PayAsync(SandboxDb db, ReturnRequest request, string state, long amount, long postage, DateTime at, CancellationToken cancel)
    {
        if (amount > await RefundBook.LeftAsync(db, await PostingOfAsync(db, request, cancel), cancel))
            return RefundFault.TooMuch;
        await PayRestAsync(db, request, state, amount, postage, at, cancel);
        return null;
    }

    /// <summary>Ends a request with as much of the money as did not go back before: nobody is there to be told that some did.</summary>
    public static async Task PayRestAsync(SandboxDb db, ReturnRequest request, string state, long amount, long postage, DateTime at, CancellationToken cancel)
    {
        await RefundBook.PayAsync(db, await PostingOfAsync(db, request, cancel), BuyerRefund.Return, amount, postage, request.Id, at, cancel);
        request.Move(state, at);
    }

    private static Task<Posting> PostingOfAsync(SandboxDb db, ReturnRequest request, CancellationToken cancel) =>
        db.Postings.SingleAsync(p => p.PostingNumber == request.PostingNumber, cancel);

    private Task<string?> OnAsync(long clientId, long returnId, Func<SandboxDb, ReturnRequest, Task<string?>> deed, CancellationToken cancel) => data.WriteAsync(async db =>
        await db.Returns.SingleOrDefaultAsync(r => r.ClientId == clientId && r.Id == returnId, cancel) is { } request ? await deed(db, request) : ReturnFault.NotFound, cancel);
}

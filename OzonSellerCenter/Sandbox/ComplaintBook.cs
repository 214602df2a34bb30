using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Names of what stands in the way of a complaint; the emulator's own.</summary>
internal static class ComplaintFault
{
    public const string NotFound = "COMPLAINT_NOT_FOUND";
    public const string NotOpen = "COMPLAINT_NOT_OPEN";
    public const string AlreadyOpen = "COMPLAINT_ALREADY_OPEN";
    public const string AlreadyDecided = "COMPLAINT_ALREADY_DECIDED";
    public const string ReferenceReused = "COMPLAINT_REFERENCE_REUSED";
    public const string TooMuch = "COMPLAINT_AMOUNT_EXCEEDS_PRICE";
    public const string TooEarly = "POSTING_NOT_SHIPPED";
    public const string TooLate = "CONTEST_PERIOD_OVER";
}

/// <summary>What somebody complains of.</summary>
/// <param name="Topic">Of <see cref="ComplaintTopic"/>.</param>
/// <param name="Amount">Kopecks; null claims all that the posting cost.</param>
internal sealed record NewComplaint(string Topic, string Words, long? Amount, IReadOnlyList<NewFile> Photos, string Nature = Complaint.Honest);

/// <summary>What buyers and Ozon do about complaints. Everyone acts through here; a deed gives the name of what stands in its way and has changed nothing
/// then. What the desk says is in <see cref="ComplaintDesk"/>.</summary>
internal sealed class ComplaintBook(SandboxData data)
{
    /// <summary>The buyer complains of an order that is under way or with him. One open complaint for a posting.</summary>
    public async Task<(string? Fault, Complaint? Complaint)> OpenAsync(string number, NewComplaint wish, CancellationToken cancel)
    {
        Complaint? made = null;
        var fault = await data.WriteAsync(async db =>
        {
            if (await db.Postings.SingleOrDefaultAsync(p => p.PostingNumber == number, cancel) is not { } posting)
                return PostingFault.NotFound;
            if (posting.DeliveredAt is null && posting.HandedOverAt is null)
                return ComplaintFault.TooEarly;
            if (wish.Amount > posting.Price)
                return ComplaintFault.TooMuch;
            if (await OpenOfAsync(db, number, Complaint.ByBuyer, cancel) is not null)
                return ComplaintFault.AlreadyOpen;
            made = db.Complaints.Add(Make(posting, Complaint.ByBuyer, wish, data.Now)).Entity;
            return null;
        }, cancel);
        return (fault, made);
    }

    /// <summary>The buyer contests that his return was turned down: the return is disputed until somebody decides.</summary>
    public async Task<(string? Fault, Complaint? Complaint)> ContestAsync(long returnId, string words, IReadOnlyList<NewFile> photos, string nature, CancellationToken cancel)
    {
        Complaint? made = null;
        var fault = await data.WriteAsync(async db =>
        {
            if (await db.Returns.SingleOrDefaultAsync(r => r.Id == returnId && r.Type == ReturnRequest.ByBuyer, cancel) is not { } request)
                return ReturnFault.NotFound;
            if (await db.Complaints.AnyAsync(c => c.ReturnId == returnId, cancel))
                return ComplaintFault.AlreadyOpen;
            if (request.State != ReturnRequest.Rejected)
                return ReturnFault.NotAvailable;
            var now = data.Now;
            if (now >= request.StateAt + Complaint.ContestedWithin)
                return ComplaintFault.TooLate;
            var posting = await db.Postings.SingleAsync(p => p.PostingNumber == request.PostingNumber, cancel);
            request.Move(ReturnRequest.Disputed, now);
            var topic = request.IsDefect ? request.ReasonId == 8 ? ComplaintTopic.NotAsDescribed : ComplaintTopic.Quality : ComplaintTopic.Other;
            made = db.Complaints.Add(Make(posting, Complaint.ReturnContested, new NewComplaint(topic, words, request.Worth, photos, nature), now, request)).Entity;
            return null;
        }, cancel);
        return (fault, made);
    }

    /// <summary>The buyer reports a piece missing: Ozon pays him and keeps that back from the seller.</summary>
    public async Task<(string? Fault, Complaint? Complaint)> WithholdAsync(string number, NewComplaint wish, CancellationToken cancel)
    {
        Complaint? made = null;
        var fault = await data.WriteAsync(async db =>
        {
            if (await db.Postings.SingleOrDefaultAsync(p => p.PostingNumber == number, cancel) is not { } posting)
                return PostingFault.NotFound;
            if (posting.DeliveredAt is null)
                return ReturnFault.NotDelivered;
            if (await OpenOfAsync(db, number, Complaint.Withholding, cancel) is not null)
                return ComplaintFault.AlreadyOpen;
            var amount = wish.Amount ?? posting.Items[0].Price;
            if (amount > await RefundBook.LeftAsync(db, posting, cancel))
                return RefundFault.TooMuch;
            var now = data.Now;
            await RefundBook.PayAsync(db, posting, BuyerRefund.Withholding, amount, 0, null, now, cancel);
            made = db.Complaints.Add(Make(posting, Complaint.Withholding, wish with { Amount = amount }, now)).Entity;
            return null;
        }, cancel);
        return (fault, made);
    }

    /// <summary>The buyer has asked Ozon's support in: what he complains of is known there, and a complaint there is if there was none. Once.</summary>
    public Task OzonCalledAsync(string number, string words, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var posting = await db.Postings.SingleAsync(p => p.PostingNumber == number, cancel);
        var known = await db.Complaints.Where(c => c.PostingNumber == number && c.Kind == Complaint.ByBuyer).ToListAsync(cancel);
        if (known.Exists(c => c.OzonCalledAt is not null))
            return;
        var now = data.Now;
        var complaint = known.Find(c => c.IsOpen) ?? db.Complaints.Add(Make(posting, Complaint.ByBuyer, new NewComplaint(ComplaintTopic.Other, words, null, []), now)).Entity;
        complaint.OzonCalledAt = now;
        complaint.Add(new ComplaintEntry { Type = ComplaintEntry.OzonCalled, By = ComplaintEntry.Buyer, Text = words, At = now });
    }, cancel);

    /// <summary>The buyer answers what he was asked.</summary>
    public Task<string?> AnswerAsync(long clientId, long id, string words, CancellationToken cancel) => OnAsync(clientId, id, (_, complaint) =>
    {
        if (complaint.Question is null)
            return Task.FromResult<string?>(ComplaintFault.NotOpen);
        Say(complaint, ComplaintEntry.Answer, words);
        return Task.FromResult<string?>(null);
    }, cancel);

    /// <summary>The buyer takes it back.</summary>
    public Task<string?> WithdrawAsync(long clientId, long id, string words, CancellationToken cancel) => OnAsync(clientId, id, async (db, complaint) =>
    {
        if (!complaint.CanBeWithdrawn)
            return ComplaintFault.NotOpen;
        await WithdrawAsync(db, complaint, words, data.Now, cancel);
        return null;
    }, cancel);

    /// <summary>Both sides have agreed.</summary>
    public Task<string?> SettleAsync(long clientId, long id, string words, CancellationToken cancel) => OnAsync(clientId, id, async (db, complaint) =>
    {
        if (!complaint.IsOpen)
            return ComplaintFault.NotOpen;
        Say(complaint, ComplaintEntry.Settlement, words);
        await EndAsync(db, complaint, Complaint.Settled, complaint.UpdatedAt, cancel);
        return null;
    }, cancel);

    /// <summary>The buyer does not take the first decision: somebody else decides anew.</summary>
    public Task<string?> AppealAsync(long clientId, long id, string words, CancellationToken cancel) => OnAsync(clientId, id, async (db, complaint) =>
    {
        if (!complaint.CanBeAppealed(data.Now))
            return ComplaintFault.NotOpen;
        Say(complaint, ComplaintEntry.Appeal, words);
        complaint.State = Complaint.Open;
        if (complaint.ReturnId is { } returnId)
            (await db.Returns.SingleAsync(r => r.Id == returnId, cancel)).Move(ReturnRequest.Disputed, complaint.UpdatedAt);
        return null;
    }, cancel);

    /// <summary>Lets happen by itself what nobody did in time: Ozon decides about a return for the buyer, and money that was kept back stays so.</summary>
    public Task PassDueAsync(CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var now = data.Now;
        foreach (var complaint in await db.Complaints.Where(c => c.NextAt <= now).OrderBy(c => c.NextAt).ThenBy(c => c.Id).ToListAsync(cancel))
        {
            var at = complaint.NextAt!.Value;
            if (complaint.Kind == Complaint.Withholding)
            {
                await EndAsync(db, complaint, Complaint.Lapsed, at, cancel);
                continue;
            }
            var request = await db.Returns.SingleAsync(r => r.Id == complaint.ReturnId, cancel);
            await ReturnBook.PayRestAsync(db, request, ReturnRequest.MoneyReturned, complaint.Amount, 0, at, cancel);
            complaint.Add(new ComplaintEntry
            {
                Type = ComplaintEntry.Decision,
                By = ComplaintEntry.Ozon,
                Text = "Решение не принято в срок: Ozon вернул деньги покупателю.",
                At = at,
                Outcome = Complaint.ForBuyer,
                Amount = complaint.Amount,
                Instance = 2,
            });
            (complaint.State, complaint.NextAt) = (Complaint.Decided, null);
        }
    }, cancel);

    /// <summary>Takes it back within a deed.</summary>
    public static Task WithdrawAsync(SandboxDb db, Complaint complaint, string words, DateTime at, CancellationToken cancel)
    {
        complaint.Add(new ComplaintEntry { Type = ComplaintEntry.Withdrawal, By = ComplaintEntry.Buyer, Text = words, At = at });
        return EndAsync(db, complaint, Complaint.Withdrawn, at, cancel);
    }

    /// <summary>A complaint as it begins.</summary>
    public static Complaint Make(Posting posting, string kind, NewComplaint wish, DateTime at, ReturnRequest? request = null)
    {
        var item = posting.Items.Find(i => i.Sku == request?.Sku) ?? posting.Items[0];
        return new Complaint
        {
            ClientId = posting.ClientId,
            Kind = kind,
            Topic = wish.Topic,
            PostingNumber = posting.PostingNumber,
            OrderNumber = posting.OrderNumber,
            Scheme = posting.Scheme,
            BuyerId = posting.BuyerId,
            Sku = item.Sku,
            Name = item.Name,
            ReturnId = request?.Id,
            Words = wish.Words,
            Amount = wish.Amount ?? posting.Price,
            OpenedAt = at,
            UpdatedAt = at,
            Nature = wish.Nature,
            NextAt = kind switch
            {
                Complaint.ReturnContested => at + Complaint.DecidedWithin,
                Complaint.Withholding => at + Complaint.WithholdingContestedWithin,
                _ => null,
            },
            Photos = [.. wish.Photos.Select(p => new ComplaintPhoto
            {
                Path = $"{Guid.NewGuid():N}{Path.GetExtension(p.Name).ToLowerInvariant()}",
                ClientId = posting.ClientId,
                ContentType = p.ContentType,
                Content = p.Content,
            })],
        };
    }

    /// <summary>What the seller had decided stands again when nobody contests it any more.</summary>
    private static async Task EndAsync(SandboxDb db, Complaint complaint, string state, DateTime at, CancellationToken cancel)
    {
        (complaint.State, complaint.NextAt, complaint.UpdatedAt) = (state, null, at);
        if (complaint.ReturnId is { } returnId)
            (await db.Returns.SingleAsync(r => r.Id == returnId, cancel)).Move(ReturnRequest.Rejected, at);
    }

    private static Task<Complaint?> OpenOfAsync(SandboxDb db, string number, string kind, CancellationToken cancel) =>
        db.Complaints.FirstOrDefaultAsync(c => c.PostingNumber == number && c.Kind == kind && c.State == Complaint.Open, cancel);

    private void Say(Complaint complaint, string type, string words) =>
        complaint.Add(new ComplaintEntry { Type = type, By = ComplaintEntry.Buyer, Text = words, At = data.Now });

    private Task<string?> OnAsync(long clientId, long id, Func<SandboxDb, Complaint, Task<string?>> deed, CancellationToken cancel) => data.WriteAsync(async db =>
        await db.Complaints.SingleOrDefaultAsync(c => c.ClientId == clientId && c.Id == id, cancel) is { } complaint ? await deed(db, complaint) : ComplaintFault.NotFound, cancel);
}

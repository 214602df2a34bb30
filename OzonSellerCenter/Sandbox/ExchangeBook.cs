using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Another piece instead of money: a posting of the same order, for which nothing is paid.</summary>
internal sealed class ExchangeBook(SandboxData data, PostingBook postings)
{
    /// <summary>Makes it, once for each reference.</summary>
    public async Task<(string? Fault, string Number)> MakeAsync(long clientId, long returnId, string reference, CancellationToken cancel)
    {
        var number = "";
        var fault = await data.WriteAsync(async db =>
        {
            var request = await db.Returns.SingleOrDefaultAsync(r => r.ClientId == clientId && r.Id == returnId, cancel);
            if (request is null)
                return ReturnFault.NotFound;
            if (request.ExchangePosting.Length > 0)
            {
                number = request.ExchangePosting;
                return request.ExchangeReference == reference ? null : RefundFault.ReferenceReused;
            }
            if (await db.Returns.AnyAsync(r => r.ClientId == clientId && r.ExchangeReference == reference, cancel))
                return RefundFault.ReferenceReused;
            if (request.State != ReturnRequest.Received)
                return RefundFault.NotReceived;
            var former = await db.Postings.SingleAsync(p => p.PostingNumber == request.PostingNumber, cancel);
            var now = data.Now;
            var known = await db.Postings.Where(p => p.OrderNumber == former.OrderNumber).Select(p => p.PostingNumber).ToListAsync(cancel);
            var last = known.Max(n => int.Parse(n.AsSpan(n.LastIndexOf('-') + 1), CultureInfo.InvariantCulture));
            number = string.Create(CultureInfo.InvariantCulture, $"{former.OrderNumber}-{last + 1}");
            await postings.OpenAsync(db, former.InsteadOf(number, request, now), cancel);
            (request.ExchangePosting, request.ExchangeReference) = (number, reference);
            request.Move(ReturnRequest.Solved, now);
            return null;
        }, cancel);
        return (fault, number);
    }
}

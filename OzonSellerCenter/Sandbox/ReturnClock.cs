using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Lets happen by itself what nobody did in time.</summary>
internal sealed class ReturnClock : DueWork
{
    private readonly SandboxData _data;

    public ReturnClock(SandboxData data, SandboxClock clock, ILogger<ReturnClock> log)
        : base(data, clock, log)
    {
        _data = data;
        data.PostingsChanged += Wake;
    }

    protected override Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel) => db.Returns.MinAsync(r => r.NextAt, cancel);

    protected override Task DoAsync(CancellationToken cancel) => _data.WriteAsync(async db =>
    {
        var now = _data.Now;
        foreach (var request in await db.Returns.Where(r => r.NextAt <= now).OrderBy(r => r.NextAt).ThenBy(r => r.Id).ToListAsync(cancel))
            await PassAsync(db, request, request.NextAt!.Value, cancel);
    }, cancel);

    /// <summary>What silence leads to (ozon/rules.md §2.1, §2.3, §2.9).</summary>
    private static async Task PassAsync(SandboxDb db, ReturnRequest request, DateTime at, CancellationToken cancel)
    {
        switch (request.State)
        {
            case ReturnRequest.OnApproval:
                request.Move(ReturnRequest.Approved, at, request.IsRfbs ? ReturnRequest.SentWithin : ReturnRequest.OnItsWayFor);
                break;
            case ReturnRequest.Offered:
                request.Decline(at);
                break;
            case ReturnRequest.AfterOffer when request.Worth < ReturnActions.SmallSum:
                await ReturnBook.PayRestAsync(db, request, ReturnRequest.MoneyReturned, request.Worth, 0, at, cancel);
                break;
            case ReturnRequest.AfterOffer:
                request.Move(ReturnRequest.Approved, at, ReturnRequest.SentWithin);
                break;
            case ReturnRequest.Approved when request.IsRfbs:
                request.Move(ReturnRequest.Cancelled, at);
                break;
            case ReturnRequest.Approved:
                request.Move(ReturnRequest.Moving, at, ReturnRequest.OnItsWayFor);
                break;
            case ReturnRequest.OnWay:
                request.Move(ReturnRequest.Arrived, at);
                break;
            case ReturnRequest.Moving when request.Type == ReturnRequest.ByBuyer:
                request.ReceivedAt = at;
                await ReturnBook.PayRestAsync(db, request, ReturnRequest.MoneyReturned, request.Worth, 0, at, cancel);
                break;
            case ReturnRequest.Moving:
                request.ReceivedAt = at;
                request.Move(ReturnRequest.Received, at);
                break;
            default:
                throw new InvalidOperationException($"Nothing happens by itself to {request.Number}: {request.State}");
        }
    }
}

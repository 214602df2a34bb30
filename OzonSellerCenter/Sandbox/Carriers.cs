using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox;

/// <summary>Move the parcels that were put together from stop to stop.</summary>
internal sealed class Carriers : DueWork
{
    private readonly PostingBook _book;

    public Carriers(SandboxData data, PostingBook book, SandboxClock clock, ILogger<Carriers> log)
        : base(data, clock, log)
    {
        _book = book;
        data.PostingsChanged += Wake;
    }

    protected override Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel) => db.Postings.MinAsync(p => p.NextStopAt, cancel);

    protected override Task DoAsync(CancellationToken cancel) => _book.TravelAsync(cancel);
}

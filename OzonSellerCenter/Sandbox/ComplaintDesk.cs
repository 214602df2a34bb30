using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>A decision, as the desk tells it.</summary>
/// <param name="Instance">1, or 2 after an appeal.</param>
/// <param name="Outcome">Of <see cref="Complaint.Outcomes"/>.</param>
/// <param name="Amount">Kopecks for the buyer; of a withholding, for the seller.</param>
/// <param name="Reasons">For both sides.</param>
/// <param name="Reference">The desk's own name for it.</param>
internal sealed record NewDecision(int Instance, string Outcome, long Amount, string Reasons, string Reference);

/// <summary>What the desk that decides in Ozon's place asks and decides. What comes twice under the same reference is said once. A decision pays no buyer:
/// the seller's refund does that.</summary>
internal sealed class ComplaintDesk(SandboxData data)
{
    /// <summary>Asks the buyer for more.</summary>
    public Task<string?> AskAsync(long clientId, long id, string words, string reference, CancellationToken cancel) => OnAsync(clientId, id, complaint =>
        complaint.Entries.Find(e => e.Reference == reference) is { } said ? said is { Type: ComplaintEntry.Question } && said.Text == words : null, (_, complaint) =>
        {
            if (!complaint.IsOpen)
                return Task.FromResult<string?>(ComplaintFault.NotOpen);
            complaint.Add(new ComplaintEntry { Type = ComplaintEntry.Question, By = ComplaintEntry.Desk, Text = words, At = data.Now, Reference = reference });
            return Task.FromResult<string?>(null);
        }, cancel);

    /// <summary>Decides. The second instance follows an appeal of either side; the seller's is not told here.</summary>
    public Task<string?> DecideAsync(long clientId, long id, NewDecision wish, CancellationToken cancel) => OnAsync(clientId, id, complaint =>
        complaint.Entries.Find(e => e.Reference == wish.Reference) is { } said
            ? said is { Type: ComplaintEntry.Decision } && (said.Instance, said.Outcome, said.Amount, said.Text) == (wish.Instance, wish.Outcome, wish.Amount, wish.Reasons)
            : null, async (db, complaint) =>
        {
            // Contested in time, it may be decided after the time to contest it.
            if (complaint.State is Complaint.Withdrawn or Complaint.Settled)
                return ComplaintFault.NotOpen;
            if (complaint.Entries.Exists(e => e.Type == ComplaintEntry.Decision && e.Instance >= wish.Instance))
                return ComplaintFault.AlreadyDecided;
            var posting = await db.Postings.SingleAsync(p => p.PostingNumber == complaint.PostingNumber, cancel);
            if (wish.Amount > posting.Price)
                return ComplaintFault.TooMuch;
            complaint.Add(new ComplaintEntry
            {
                Type = ComplaintEntry.Decision,
                By = ComplaintEntry.Desk,
                Text = wish.Reasons,
                At = data.Now,
                Reference = wish.Reference,
                Outcome = wish.Outcome,
                Amount = wish.Amount,
                Instance = wish.Instance,
            });
            (complaint.State, complaint.NextAt) = (Complaint.Decided, null);
            if (complaint.Kind == Complaint.Withholding)
                complaint.Compensated = wish.Outcome == Complaint.ForBuyer ? 0 : wish.Amount > 0 ? Math.Min(wish.Amount, complaint.Amount) : complaint.Amount;
            if (complaint.ReturnId is { } returnId)
                (await db.Returns.SingleAsync(r => r.Id == returnId, cancel)).Move(wish.Outcome == Complaint.ForSeller ? ReturnRequest.Rejected : ReturnRequest.Solved, complaint.UpdatedAt);
            return null;
        }, cancel);

    /// <param name="said">Whether that reference has said the same; null when it has said nothing.</param>
    /// <param name="deed">What is done when it has not.</param>
    private Task<string?> OnAsync(
        long clientId, long id, Func<Complaint, bool?> said, Func<SandboxDb, Complaint, Task<string?>> deed, CancellationToken cancel) => data.WriteAsync(async db =>
        {
            if (await db.Complaints.SingleOrDefaultAsync(c => c.ClientId == clientId && c.Id == id, cancel) is not { } complaint)
                return ComplaintFault.NotFound;
            return said(complaint) switch
            {
                true => null,
                false => ComplaintFault.ReferenceReused,
                null => await deed(db, complaint),
            };
        }, cancel);
}

/// <summary>Lets the terms of complaints end.</summary>
internal sealed class ComplaintClock : DueWork
{
    private readonly ComplaintBook _book;

    public ComplaintClock(SandboxData data, ComplaintBook book, SandboxClock clock, ILogger<ComplaintClock> log)
        : base(data, clock, log)
    {
        _book = book;
        data.PostingsChanged += Wake;
    }

    protected override Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel) => db.Complaints.MinAsync(c => c.NextAt, cancel);

    protected override Task DoAsync(CancellationToken cancel) => _book.PassDueAsync(cancel);
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>What a simulated buyer does in one step about what he is not content with: answers what he was asked, or complains; not each of them in good faith.</summary>
internal sealed class BuyerComplaints(SandboxData data, ComplaintBook book, BuyerTalk talk)
{
    // What he was asked he thinks over.
    private static readonly TimeSpan ThinksFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ComplainsWithin = TimeSpan.FromDays(14);

    /// <summary>Out of so many who could complain of what is really wrong, one lies and one complains of everything.</summary>
    private const int Honest = 3;

    /// <summary>Somebody who was asked answers; false when nobody was.</summary>
    public async Task<bool> AnswerAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var before = now - ThinksFor;
        var open = await db.Complaints.AsNoTracking().Where(c => c.State == Complaint.Open && c.UpdatedAt <= before).OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id).ToListAsync(cancel);
        return open.Find(c => c.Question is not null) is { } asked
            && await book.AnswerAsync(asked.ClientId, asked.Id, talk.Draw("complaint-answer", chance), cancel) is null;
    }

    /// <summary>Somebody complains, contests that he was turned down, reports a piece missing, or does not take a decision.</summary>
    public async Task StepAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        switch (chance.Next(6))
        {
            case 0:
                await ContestAsync(chance, now, cancel);
                break;
            case 1:
                await MissAsync(chance, now, cancel);
                break;
            case 2:
                await AppealAsync(chance, now, cancel);
                break;
            default:
                await ComplainAsync(chance, now, cancel);
                break;
        }
    }

    private async Task ComplainAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        var nature = chance.Next(Honest + 2) switch { 0 => Complaint.FalseClaim, 1 => Complaint.Serial, _ => Complaint.Honest };
        await using var db = await data.OpenAsync(cancel);
        var received = await ReceivedAsync(db, now, Complaint.ByBuyer, cancel);
        if (nature == Complaint.Serial)
        {
            // Who complains of everything does it again; the first time it is somebody who buys a lot.
            var regulars = await db.Complaints.Where(c => c.Nature == Complaint.Serial).Select(c => c.BuyerId).Distinct().ToListAsync(cancel);
            var theirs = received.FindAll(p => regulars.Contains(p.BuyerId));
            received = theirs.Count > 0 ? theirs : [.. received.GroupBy(p => p.BuyerId).MaxBy(g => g.Count()) ?? Enumerable.Empty<Posting>()];
        }
        if (received.Count == 0)
            return;
        var posting = received[chance.Next(received.Count)];
        // A lie is told of what can be proved.
        var topics = nature == Complaint.FalseClaim ? [ComplaintTopic.Delivery, ComplaintTopic.NotAsDescribed] : ComplaintTopic.All.Where(t => t.Id != ComplaintTopic.Delivery).Select(t => t.Id).ToArray();
        var topic = topics[chance.Next(topics.Length)];
        await book.OpenAsync(posting.PostingNumber, new NewComplaint(topic, talk.Draw($"complaint-{topic}", chance), null, [], nature), cancel);
    }

    private async Task ContestAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var since = now - Complaint.ContestedWithin;
        var refused = await db.Returns.Where(r => r.State == ReturnRequest.Rejected && r.Type == ReturnRequest.ByBuyer && r.StateAt > since)
            .Where(r => !db.Complaints.Any(c => c.ReturnId == r.Id)).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancel);
        if (refused.Count > 0)
            await book.ContestAsync(refused[chance.Next(refused.Count)], talk.Draw("complaint-contest", chance), [], Complaint.Honest, cancel);
    }

    private async Task MissAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var received = await ReceivedAsync(db, now, Complaint.Withholding, cancel);
        if (received.Count > 0)
            await book.WithholdAsync(received[chance.Next(received.Count)].PostingNumber, new NewComplaint(ComplaintTopic.Quality, talk.Draw("complaint-missing", chance), null, []), cancel);
    }

    private async Task AppealAsync(Random chance, DateTime now, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var decided = await db.Complaints.AsNoTracking().Where(c => c.State == Complaint.Decided && c.Kind == Complaint.ByBuyer && c.Nature == Complaint.Serial).OrderBy(c => c.Id).ToListAsync(cancel);
        if (decided.Find(c => c.CanBeAppealed(now) && c.Decision is { Outcome: Complaint.ForSeller }) is { } complaint)
            await book.AppealAsync(complaint.ClientId, complaint.Id, talk.Draw("complaint-appeal", chance), cancel);
    }

    /// <summary>What was received lately, and of which nobody has complained in that way.</summary>
    private static Task<List<Posting>> ReceivedAsync(SandboxDb db, DateTime now, string kind, CancellationToken cancel)
    {
        var since = now - ComplainsWithin;
        return db.Postings.AsNoTracking().Where(p => p.DeliveredAt >= since && p.Status == "delivered" && !db.Complaints.Any(c => c.PostingNumber == p.PostingNumber && c.Kind == kind))
            .Where(p => !db.Returns.Any(r => r.PostingNumber == p.PostingNumber)).OrderBy(p => p.Id).ToListAsync(cancel);
    }
}

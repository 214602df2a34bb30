using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>A buyer whose claim is false gives in when the seller shows in the chat that he knows better. What counts as showing it is rough: with "it has not
/// come" the parcel's tracking number, or that it was delivered or handed over; with "not as described" a word about the description.</summary>
internal static class FalseClaims
{
    public const string GivesIn = "Разобрались, претензий нет.";

    private static readonly string[] Delivery = ["доставлен", "вручен"];
    private static readonly string[] Description = ["описани"];

    /// <summary>The seller has written into that chat: the open false claims of its buyer that this answers are taken back, within the deed.</summary>
    public static async Task HearAsync(SandboxDb db, Chat chat, string text, DateTime at, CancellationToken cancel)
    {
        if (chat.BuyerId is not { } buyer || text.Length == 0)
            return;
        var claims = await db.Complaints
            .Where(c => c.ClientId == chat.ClientId && c.BuyerId == buyer && c.State == Complaint.Open && c.Kind == Complaint.ByBuyer && c.Nature == Complaint.FalseClaim)
            .Where(c => chat.PostingNumber == null || c.PostingNumber == chat.PostingNumber).ToListAsync(cancel);
        foreach (var claim in claims)
        {
            var posting = await db.Postings.AsNoTracking().SingleAsync(p => p.PostingNumber == claim.PostingNumber, cancel);
            if (IsAnsweredBy(claim.Topic, posting.TrackingNumber, text))
                await ComplaintBook.WithdrawAsync(db, claim, GivesIn, at, cancel);
        }
    }

    private static bool IsAnsweredBy(string topic, string trackingNumber, string text) => topic switch
    {
        ComplaintTopic.Delivery => (trackingNumber.Length > 0 && Holds(text, trackingNumber)) || Array.Exists(Delivery, word => Holds(text, word)),
        ComplaintTopic.NotAsDescribed => Array.Exists(Description, word => Holds(text, word)),
        _ => false,
    };

    private static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}

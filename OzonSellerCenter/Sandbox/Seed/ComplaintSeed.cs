using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Seed;

/// <summary>What buyers are not content with on the first day: one whose claim is false, one who complains of everything, and a piece reported missing.</summary>
internal static class ComplaintSeed
{
    private static readonly (string Kind, string Topic, string Nature, double Hours, string Words, string? Photo)[] All =
    [
        (Complaint.ByBuyer, ComplaintTopic.NotAsDescribed, Complaint.FalseClaim, 3, "Товар не такой, как в описании: цвет другой, на этикетке другая модель. Верните деньги полностью.", "etiketka.jpg"),
        (Complaint.ByBuyer, ComplaintTopic.Quality, Complaint.Serial, 9, "Качество ужасное, развалилось в первый же день. Уже не первый раз у вас такое.", null),
        (Complaint.Withholding, ComplaintTopic.Quality, Complaint.Honest, 52, "В посылке не хватает одного предмета, коробка была заклеена.", null),
    ];

    /// <summary>Adds them, about orders of the first shop that were received last before each.</summary>
    public static void Write(SandboxDb db, List<Posting> orders, DateTime now)
    {
        HashSet<string> taken = [];
        foreach (var (kind, topic, nature, hours, words, photo) in All)
        {
            var at = now.AddHours(-hours);
            var posting = orders.Where(p => p is { ClientId: 1000001, Status: "delivered", IsFbo: false } && p.DeliveredAt < at && !taken.Contains(p.OrderNumber)).MaxBy(p => p.DeliveredAt)!;
            taken.Add(posting.OrderNumber);
            var wish = new NewComplaint(topic, words, kind == Complaint.Withholding ? posting.Items[0].Price : null, [], nature);
            var complaint = ComplaintBook.Make(posting, kind, wish, at);
            db.Complaints.Add(complaint);
            if (photo is not null)
                complaint.Photos.Add(new ComplaintPhoto { Path = $"first-day-{photo}", ClientId = posting.ClientId, ContentType = "image/jpeg", Content = SeedTexts.Photo(photo) });
            if (kind == Complaint.Withholding)
            {
                db.BuyerRefunds.Add(new BuyerRefund
                {
                    ClientId = posting.ClientId,
                    PostingNumber = posting.PostingNumber,
                    Source = BuyerRefund.Withholding,
                    Amount = complaint.Amount,
                    CreatedAt = at,
                    PayAt = at + BuyerRefund.PaidAfter,
                    PaidAt = at + BuyerRefund.PaidAfter,
                });
            }
        }
    }
}

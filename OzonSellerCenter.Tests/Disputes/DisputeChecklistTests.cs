using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Page;
using K = OzonSellerCenter.Disputes.DisputeKind;
using T = OzonSellerCenter.Disputes.DisputeTopic;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>What evidence counts, and what the record says for and against.</summary>
public sealed class DisputeChecklistTests
{
    private static readonly DateTime Opened = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(K.Complaint, T.Quality, DisputeChecklist.PackingVideo)]
    [InlineData(K.Complaint, T.NotAsDescribed, DisputeChecklist.ListingText)]
    [InlineData(K.Complaint, T.Delivery, DisputeChecklist.Tracking)]
    [InlineData(K.Complaint, T.Price, DisputeChecklist.PriceProof)]
    [InlineData(K.ReturnContested, T.Quality, DisputeChecklist.PackingVideo)]
    [InlineData(K.Withholding, T.Quality, DisputeChecklist.PackingVideo)]
    [InlineData(K.Withholding, T.Delivery, DisputeChecklist.PackingVideo)]
    [InlineData(K.Withholding, T.NotAsDescribed, DisputeChecklist.PackingVideo)]
    [InlineData(K.Carrier, T.Delivery, DisputeChecklist.ProofOfHandOver)]
    public void The_weightiest_piece_stands_first(K kind, T topic, string first) => Assert.Equal(first, DisputeChecklist.Wanted(Case(kind, topic))[0]);

    [Fact]
    public void Every_list_names_each_piece_once_and_asks_for_the_record_of_the_order()
    {
        foreach (var kind in Enum.GetValues<K>())
        {
            foreach (var topic in Enum.GetValues<T>())
            {
                var wanted = DisputeChecklist.Wanted(Case(kind, topic));
                Assert.Equal(wanted.Distinct(), wanted);
                Assert.Contains(DisputeChecklist.OrderRecord, wanted);
                Assert.InRange(wanted.Count, 3, 8);
            }
        }
    }

    [Fact]
    public void What_is_there_is_told_by_kind_role_and_side_and_what_was_withdrawn_is_not_there()
    {
        var withdrawn = DisputeHouse.Evidence(EvidenceKind.File, EvidenceRole.PackingVideo);
        (withdrawn.WithdrawnAt, withdrawn.WithdrawnWhy) = (Opened, "не тот заказ");
        EvidenceItem[] items =
        [
            withdrawn, DisputeHouse.Evidence(EvidenceKind.Transcript), DisputeHouse.Evidence(EvidenceKind.File, EvidenceRole.Certificate),
            DisputeHouse.Evidence(EvidenceKind.BuyerPhoto), DisputeHouse.Evidence(EvidenceKind.File, EvidenceRole.DefectPhoto, EvidenceSide.Buyer), DisputeHouse.Evidence(EvidenceKind.InspectionPhoto),
        ];
        var there = DisputeChecklist.Of(Case(K.Complaint, T.Quality), items).Where(l => l.IsThere).ToDictionary(l => l.Key, l => l.Ids.Count);
        Assert.Equal(
            new Dictionary<string, int> { [DisputeChecklist.BuyerPhoto] = 2, [DisputeChecklist.DefectPhoto] = 1, [DisputeChecklist.Certificate] = 1, [DisputeChecklist.Transcript] = 1 },
            there);
        Assert.DoesNotContain(DisputeChecklist.Of(Case(K.Complaint, T.Quality), []), line => line.IsThere);
    }

    [Fact]
    public void A_complaint_long_after_delivery_without_a_photo_by_somebody_who_lost_three_times_speaks_for_the_shop()
    {
        var earlier = Enumerable.Range(1, 3).Select(i => new EarlierCase(i, K.Complaint, T.Quality, DisputeState.Closed, i == 1 ? DisputeOutcome.Withdrawn : DisputeOutcome.Seller, Opened)).ToList();
        var record = new CaseRecord { DeliveredAt = Opened.AddDays(-12), BuyerWroteAt = Opened.AddHours(-4), AnsweredAt = Opened.AddHours(-2) };
        var facts = CaseStrength.Of(Case(K.Complaint, T.Quality), record, [DisputeHouse.Evidence(EvidenceKind.File, EvidenceRole.PackingVideo)], earlier, Opened);
        Assert.Equal(["DeliveredBefore", "NoBuyerPhoto", "PackingVideo", "EarlierOurs", "Answered"], facts.Select(f => f.Key));
        Assert.All(facts, f => Assert.True(f.SpeaksForUs));
        Assert.Equal([12, 3, 2], facts.Where(f => f.Args.Length > 0).Select(f => (int)f.Args[0]));
    }

    [Fact]
    public void A_parcel_that_did_not_come_and_a_buyer_without_an_answer_speak_against_it()
    {
        var earlier = new[] { new EarlierCase(1, K.Complaint, T.Delivery, DisputeState.Closed, DisputeOutcome.Buyer, Opened) };
        var record = new CaseRecord { DeliverBy = Opened.AddDays(-4), BuyerWroteAt = Opened.AddHours(-30) };
        var facts = CaseStrength.Of(Case(K.Complaint, T.Delivery), record, [], earlier, Opened);
        Assert.Equal(["Overdue", "EarlierTheirs", "NotAnswered"], facts.Select(f => f.Key));
        Assert.All(facts, f => Assert.False(f.SpeaksForUs));
        Assert.Equal(4, facts[0].Args[0]);
    }

    [Fact]
    public void Delivered_in_time_or_late_is_told_where_delivery_is_argued_about()
    {
        string[] Keys(T topic, CaseRecord record) => [.. CaseStrength.Of(Case(K.Complaint, topic), record, [], [], Opened).Select(f => f.Key)];
        var inTime = new CaseRecord { DeliveredAt = Opened.AddDays(-1), DeliverBy = Opened };
        Assert.Equal(["DeliveredBefore", "DeliveredInTime"], Keys(T.Delivery, inTime));
        Assert.Equal(["DeliveredBefore", "DeliveredLate"], Keys(T.Delivery, inTime with { DeliverBy = Opened.AddDays(-2) }));

        // A fault that is seen the day after says nothing by its date.
        Assert.DoesNotContain("DeliveredBefore", Keys(T.Quality, inTime));
        Assert.Equal(["NotDelivered"], Keys(T.Delivery, new CaseRecord()));
    }

    [Fact]
    public void What_is_not_known_is_no_fact()
    {
        Assert.Equal(["NoBuyerPhoto", "NoPackingVideo"], CaseStrength.Of(Case(K.Complaint, T.Quality), new CaseRecord(), [], [], Opened).Select(f => f.Key));
        Assert.Empty(CaseStrength.Of(Case(K.Complaint, T.Other), new CaseRecord(), [], [new EarlierCase(1, K.Complaint, T.Other, DisputeState.InReview, DisputeOutcome.None, Opened)], Opened));
        Assert.Equal(["NoProofOfHandOver"], CaseStrength.Of(Case(K.Carrier, T.Delivery), new CaseRecord(), [], [], Opened).Select(f => f.Key));
    }

    private static Dispute Case(K kind, T topic) => DisputeHouse.Make(1, Opened, kind, topic);
}

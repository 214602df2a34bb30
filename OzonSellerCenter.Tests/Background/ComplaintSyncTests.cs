using System.Net;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Cases follow what the store's Ozon tells of complaints, each once.</summary>
public sealed class ComplaintSyncTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    private static Task<int> EventsAsync(BackgroundTest test) => test.ReadAsync(db => db.StoreEvents.CountAsync(e => e.Kind == EventKind.Dispute, Ct));

    [Theory, MemberData(nameof(Providers))]
    public async Task A_complaint_becomes_one_case_with_its_pictures_however_often_it_is_told(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await test.ReadAsync(async db =>
        {
            db.Postings.Add(new Posting { StoreId = test.StoreId, PostingNumber = "0400-1-1", OrderNumber = "0400-1", Status = "delivered", BuyerId = "4711" });
            await db.CommitAsync(Ct);
            return true;
        });
        var fake = new FakeComplaints(test);
        var complaint = fake.Add(new FakeComplaint(1, test.Now.AddHours(-2)));
        complaint.Photos.AddRange(["a.png", "text.png"]);
        for (var i = 0; i < 3; i++) await fake.PollAsync();
        var dispute = await fake.CaseAsync(complaint);
        Assert.Equal(("complaint:1", DisputeKind.Complaint, DisputeTopic.Quality, DisputeState.Gathering), (dispute.Key, dispute.Kind, dispute.Topic, dispute.State));
        Assert.Equal(("Сломалась", 200_000, "4711", 11, Scheme.Rfbs), (dispute.Claim, dispute.ClaimAmount, dispute.BuyerId, dispute.Sku, dispute.Scheme));
        Assert.Equal(complaint.OpenedAt, dispute.OpenedAt);
        Assert.Equal([DisputeEvent.Open], (await fake.StepsAsync(complaint)).Select(s => s.Event));
        var photo = Assert.Single(await fake.EvidenceAsync());
        Assert.Equal((EvidenceKind.BuyerPhoto, EvidenceSide.Buyer, "image/png", FakeComplaints.Png.Length, "a.png"), (photo.Kind, photo.Side, photo.ContentType, (int)photo.Size, photo.Name));
        var clock = await test.ReadAsync(db => db.Deadlines.AsNoTracking().SingleAsync(d => d.Kind == DeadlineKind.DisputeAnswer, Ct));
        Assert.Equal((DeadlineState.Running, complaint.OpenedAt.AddHours(24)), (clock.State, clock.DueAt));
        Assert.Equal(2, await EventsAsync(test));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_the_buyer_says_and_does_is_taken_over_once(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var fake = new FakeComplaints(test);
        var complaint = fake.Add(new FakeComplaint(1, test.Now));
        await fake.PollAsync();
        complaint.OzonCalledAt = test.Now;
        fake.Happens(complaint, "ozon_called", "Помогите");
        fake.Happens(complaint, "answer", "Вот ещё");
        await fake.PollAsync();
        await fake.PollAsync();
        Assert.Equal([(DisputeEvent.Open, "Сломалась"), (DisputeEvent.BuyerWrote, "Вот ещё"), (DisputeEvent.Escalate, "Помогите")], (await fake.StepsAsync(complaint)).Select(s => (s.Event, s.Words)));
        Assert.NotNull((await fake.CaseAsync(complaint)).EscalatedAt);

        var id = (await fake.CaseAsync(complaint)).Id;
        foreach (var what in (DisputeEvent[])[DisputeEvent.Submit, DisputeEvent.TakeUp, DisputeEvent.AskBuyer]) await fake.FireAsync(id, what);
        await fake.PollAsync();
        Assert.Equal(DisputeState.BuyerAsked, (await fake.CaseAsync(complaint)).State);
        fake.Happens(complaint, "answer", "Фото");
        await fake.PollAsync();
        Assert.Equal(DisputeState.Submitted, (await fake.CaseAsync(complaint)).State);

        await fake.FireAsync(id, DisputeEvent.TakeUp);
        await fake.FireAsync(id, DisputeEvent.Decide, "Нет", outcome: DisputeOutcome.Seller);
        fake.Happens(complaint, "decision", "Нет", "decided", "desk", "seller", 1);
        await fake.PollAsync();
        fake.Happens(complaint, "appeal", "Не согласны", "open");
        await fake.PollAsync();
        await fake.PollAsync();
        var appealed = await fake.CaseAsync(complaint);
        Assert.Equal((DisputeState.Gathering, 2, false), (appealed.State, appealed.Instance, appealed.AppealedBySeller));

        fake.Happens(complaint, "withdrawal", "Разобрались", "withdrawn");
        await fake.PollAsync();
        var events = await EventsAsync(test);
        await fake.PollAsync();
        var closed = await fake.CaseAsync(complaint);
        Assert.Equal((DisputeState.Closed, DisputeOutcome.Withdrawn, events), (closed.State, closed.Outcome, await EventsAsync(test)));
        Assert.DoesNotContain(await test.ReadAsync(db => db.Deadlines.AsNoTracking().ToListAsync(Ct)), d => d.State == DeadlineState.Running);
        Assert.Equal((DisputeEvent.Withdraw, "Разобрались"), (await fake.StepsAsync(complaint)).Select(s => (s.Event, s.Words)).Last());
    }

    [Fact]
    public async Task Money_kept_back_a_settlement_and_what_Ozon_decides_by_itself_end_cases_in_their_ways()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var fake = new FakeComplaints(test);
        var kept = fake.Add(new FakeComplaint(1, test.Now) { Kind = "withholding", Topic = "other" });
        var settled = fake.Add(new FakeComplaint(2, test.Now) { Topic = "price" });
        var decided = fake.Add(new FakeComplaint(3, test.Now) { Topic = "delivery" });
        await fake.PollAsync();
        Assert.Equal(("withholding:1", DisputeKind.Withholding), ((await fake.CaseAsync(kept)).Key, (await fake.CaseAsync(kept)).Kind));
        Assert.Equal((DisputeTopic.Other, DisputeTopic.Price, DisputeTopic.Delivery), ((await fake.CaseAsync(kept)).Topic, (await fake.CaseAsync(settled)).Topic, (await fake.CaseAsync(decided)).Topic));
        (kept.State, kept.UpdatedAt) = ("lapsed", test.Now);
        fake.Happens(settled, "settlement", "Договорились", "settled");
        fake.Happens(decided, "decision", "Срок вышел", "decided", "ozon", "buyer", 2);
        await fake.PollAsync();
        await fake.PollAsync();
        Assert.Equal((DisputeOutcome.Lapsed, DisputeOutcome.Settled), ((await fake.CaseAsync(kept)).Outcome, (await fake.CaseAsync(settled)).Outcome));
        var byOzon = await fake.CaseAsync(decided);
        Assert.Equal((DisputeState.Decided, DisputeOutcome.Buyer, 100_000, "Срок вышел"), (byOzon.State, byOzon.Outcome, byOzon.Awarded, byOzon.Reasons));
        Assert.Equal([DisputeEvent.Open, DisputeEvent.OzonDecide], (await fake.StepsAsync(decided)).Select(s => s.Event));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_contested_return_is_one_case_whoever_tells_of_it_first(Provider provider)
    {
        await using var work = await ReturnWork.CreateAsync(provider);
        var fake = new FakeComplaints(work.Test);
        var (first, second) = (await work.KnownAsync(501), await work.KnownAsync(502));

        // The list of returns tells of the first, that of complaints of the second.
        first.Move("Arbitration", "DisputeOpened");
        await work.PollAsync();
        var complaint = fake.Add(new FakeComplaint(1, work.Test.Now) { Kind = "return_contested", ReturnId = 501, Posting = first.Posting });
        var other = fake.Add(new FakeComplaint(2, work.Test.Now) { Kind = "return_contested", ReturnId = 502, Posting = second.Posting });
        await fake.PollAsync();
        second.Move("Arbitration", "DisputeOpened");
        for (var i = 0; i < 2; i++)
        {
            await work.PollAsync();
            await fake.PollAsync();
        }

        Assert.Equal(2, await work.Test.ReadAsync(db => db.Disputes.CountAsync(Ct)));
        foreach (var (told, request) in new[] { (complaint, first), (other, second) })
        {
            var known = await work.RequestAsync(request);
            var dispute = await fake.CaseAsync(told);
            Assert.Equal(($"return:{known.Id}", DisputeKind.ReturnContested, known.Id, "Сломалась"), (dispute.Key, dispute.Kind, dispute.ReturnRequestId, dispute.Claim));
        }

        // Its end is told with the complaint, not by the state that the return goes to.
        first.Move("Rejected", "Rejected");
        fake.Happens(complaint, "withdrawal", "", "withdrawn");
        await work.PollAsync();
        await fake.PollAsync();
        Assert.Equal(DisputeOutcome.Withdrawn, (await fake.CaseAsync(complaint)).Outcome);
    }

    [Fact]
    public async Task One_about_a_return_that_is_not_known_yet_is_asked_for_again_and_so_is_a_picture_that_did_not_come()
    {
        await using var work = await ReturnWork.CreateAsync();
        var fake = new FakeComplaints(work.Test) { HasPhotos = false };
        var request = work.Ozon.Add(501, 2000);
        fake.Add(new FakeComplaint(1, work.Test.Now) { Kind = "return_contested", ReturnId = 501, Posting = request.Posting }).Photos.Add("a.png");
        await fake.PollAsync();
        Assert.Equal(0, await work.Test.ReadAsync(db => db.Disputes.CountAsync(Ct)));
        work.Test.Time.Advance(TimeSpan.FromHours(3));
        await work.PollAsync();
        await fake.PollAsync();
        Assert.Empty(await fake.EvidenceAsync());
        fake.HasPhotos = true;
        work.Test.Time.Advance(TimeSpan.FromHours(3));
        await work.Test.StoreAsync(s => s.Connection = ConnectionState.Working);
        await fake.PollAsync();
        Assert.Single(await fake.EvidenceAsync());
        Assert.Equal(1, await work.Test.ReadAsync(db => db.Disputes.CountAsync(Ct)));
    }

    [Fact]
    public async Task Many_are_read_page_by_page_then_only_what_is_new_and_an_Ozon_that_tells_of_none_is_left_alone()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var fake = new FakeComplaints(test);
        for (var id = 1; id <= 205; id++) fake.Add(new FakeComplaint(id, test.Now.AddDays(-1)));
        await fake.PollAsync();
        Assert.Equal((205, 3), (await test.ReadAsync(db => db.Disputes.CountAsync(Ct)), test.Ozon.CallsOf("/complaint/list")));
        await fake.PollAsync();
        Assert.Equal(4, test.Ozon.CallsOf("/complaint/list"));
        test.Ozon.Answer = (path, _) => path.StartsWith("/extension/", StringComparison.Ordinal) ? FakeOzon.Json("404 page not found", HttpStatusCode.NotFound) : null;
        for (var i = 0; i < 3; i++) await fake.PollAsync();
        Assert.Equal((5, ConnectionState.Working), (test.Ozon.CallsOf("/complaint/list"), (await test.StoreAsync()).Connection));
    }
}

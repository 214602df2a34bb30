using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Buyers;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Simulated buyers complain in good faith and in bad, and give in when they are shown that they lie.</summary>
public sealed class ComplaintBuyerTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task SayAsync(Posting posting, string text)
    {
        var chat = await _host.BuyerAsksAsync("Где мои деньги?", posting.PostingNumber);
        await _host.CallAsync("/v1/chat/send/message", new JsonObject { ["chat_id"] = chat, ["text"] = text });
    }

    private async Task<Posting> TrackedAsync()
    {
        var posting = await _host.GotAsync();
        await _host.Get<SandboxData>().WriteAsync(async db =>
        {
            (await db.Postings.FindAsync(posting.Id))!.TrackingNumber = "80012345";
        });
        return posting;
    }

    [Theory]
    [InlineData("delivery", Complaint.FalseClaim, "По трек-номеру 80012345 посылка у вас", Complaint.Withdrawn)]
    [InlineData("delivery", Complaint.FalseClaim, "Заказ ВРУЧЕН вам 3 мая", Complaint.Withdrawn)]
    [InlineData("delivery", Complaint.FalseClaim, "Проверим и ответим", Complaint.Open)]
    [InlineData("delivery", Complaint.Serial, "Заказ доставлен", Complaint.Open)]
    [InlineData("delivery", Complaint.Honest, "Заказ доставлен", Complaint.Open)]
    [InlineData("not_as_described", Complaint.FalseClaim, "В описании указан именно этот цвет", Complaint.Withdrawn)]
    [InlineData("not_as_described", Complaint.FalseClaim, "Заказ доставлен", Complaint.Open)]
    [InlineData("quality", Complaint.FalseClaim, "В описании указан именно этот цвет", Complaint.Open)]
    public async Task A_false_claim_is_taken_back_when_the_seller_shows_that_he_knows_better(string topic, string nature, string said, string state)
    {
        var (posting, other) = (await TrackedAsync(), await TrackedAsync());
        var id = await _host.ComplainedAsync(posting, topic, nature);
        await SayAsync(other, said);
        Assert.Equal(Complaint.Open, (await _host.ComplaintAsync(id)).State);
        await SayAsync(posting, said);
        Assert.Equal(state, (await _host.ComplaintAsync(id)).State);
    }

    [Fact]
    public async Task What_was_said_before_the_complaint_does_not_count()
    {
        var posting = await TrackedAsync();
        await SayAsync(posting, "Заказ доставлен");
        Assert.Equal(Complaint.Open, (await _host.ComplaintAsync(await _host.ComplainedAsync(posting, "delivery", Complaint.FalseClaim))).State);
    }

    [Fact]
    public async Task Who_is_asked_answers_after_a_while()
    {
        var id = await _host.ComplainedAsync(await _host.GotAsync());
        var buyers = _host.Get<BuyerComplaints>();
        async Task<bool> AnswersAsync() => await buyers.AnswerAsync(new Random(1), _host.Get<SandboxData>().Now, TestContext.Current.CancellationToken);
        Assert.False(await AnswersAsync());
        await _host.AskAsync(id, "Пришлите фото", "q1");
        Assert.False(await AnswersAsync());
        await _host.AdvanceAsync("PT11M");
        Assert.True(await AnswersAsync());
        Assert.Equal(["question", "answer"], (await _host.ComplaintAsync(id)).Entries.Select(e => e.Type));
        Assert.False(await AnswersAsync());
    }

    [Fact]
    public async Task They_open_each_kind_now_and_then_not_all_in_good_faith_and_appeal()
    {
        var refused = await _host.RefusedAsync(await _host.GotAsync());
        var (chance, buyers) = (new Random(3), _host.Get<BuyerComplaints>());
        for (var i = 0; i < 60; i++)
            await buyers.StepAsync(chance, _host.Get<SandboxData>().Now, TestContext.Current.CancellationToken);
        var all = await _host.ReadAsync(db => db.Complaints.ToList());
        Assert.Contains(all, c => c.ReturnId == refused);
        Assert.Equal(Complaint.Kinds.Order(), all.Select(c => c.Kind).Distinct().Order());
        Assert.Equal(Complaint.Natures.Order(), all.Select(c => c.Nature).Distinct().Order());
        Assert.Contains(all.Where(c => c.Nature == Complaint.Serial).CountBy(c => c.BuyerId), b => b.Value > 1);
        Assert.All(all.Where(c => c is { Nature: Complaint.FalseClaim, Id: > 3 }), c => Assert.Contains(c.Topic, (string[])["delivery", "not_as_described"]));
        var serial = all.First(c => c is { Nature: Complaint.Serial, ClientId: 1000001 });
        await _host.JudgeAsync(serial.Id, "seller");
        for (var i = 0; i < 60; i++)
            await buyers.StepAsync(chance, _host.Get<SandboxData>().Now, TestContext.Current.CancellationToken);
        Assert.Contains((await _host.ComplaintAsync(serial.Id)).Entries, e => e.Type == ComplaintEntry.Appeal);
    }
}

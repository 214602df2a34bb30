using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Bulk;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Orders.Tracking;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Sandbox;
using UglyToad.PdfPig;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What is done with many postings at once reaches the sandbox over real HTTP.</summary>
public sealed class ManyPostingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_300_tracking_numbers_with_5_wrong_ones_295_are_set_and_5_are_named()
    {
        await using var ozon = await SandboxHost.StartAsync();
        var numbers = Enumerable.Range(0, 295).Select(i => $"0777000000-{i:D4}-1").ToList();
        foreach (var number in numbers) await ozon.NewAsync("RFBS", status: "awaiting_deliver", number: number);
        var (twice, fbs) = (await ozon.NewAsync("RFBS", status: "awaiting_deliver"), await ozon.FindAsync("awaiting_deliver"));
        await using var shop = await LiveShop.StartAsync(ozon);

        var lines = numbers.Select((n, i) => $"{n};RB{i:D9}CN").ToList();
        lines.InsertRange(100, [$"{twice.PostingNumber};RB1", "0777000000-9999-1;RB2", $"{fbs.PostingNumber};RB3", $"{twice.PostingNumber};RB4", $"{numbers[0]};"]);
        var match = shop.Get<TrackingMatch>();
        var seen = await match.MatchAsync(LiveShop.Agent, TrackingList.Parse(string.Join("\r\n", lines)).Lines, Ct);
        Assert.Equal(300, seen.Count);
        Assert.Equal(
            [(101, TrackingVerdict.Conflicting), (102, TrackingVerdict.Unknown), (103, TrackingVerdict.NotAllowed), (104, TrackingVerdict.Conflicting), (105, TrackingVerdict.NumberMissing)],
            seen.Where(l => l.IsProblem).Select(l => (l.Line, l.Verdict)));

        // Pressed twice, or begun again after it broke off: each number goes out once.
        var (preview, good) = (Guid.NewGuid(), seen.Where(l => l.Verdict == TrackingVerdict.Matched).ToList());
        foreach (var line in good.Concat(good)) Assert.Null((await match.SetAsync(LiveShop.Agent, preview, line)).Refusal);
        var keys = good.ConvertAll(l => DerivedKey.Of(preview, l.Line));
        await Wait.ForAsync(async () => (await shop.Get<AskedQueries>().StatesAsync(LiveShop.Agent, keys, Ct)).Values.Count(s => s.State == CommandState.Done) == 295, 120);
        Assert.Equal(295, await shop.ReadAsync(db => db.PostingDeeds.CountAsync(Ct)));

        await using var db = await ozon.Get<SandboxData>().OpenAsync(Ct);
        var told = await db.Postings.AsNoTracking().Where(p => p.TrackingNumber.StartsWith("RB") && p.TrackingNumber.EndsWith("CN") && numbers.Contains(p.PostingNumber))
            .ToDictionaryAsync(p => p.PostingNumber, p => p.TrackingNumber, Ct);
        Assert.Equal(good.Select(l => (l.PostingNumber, l.Number)), good.Select(l => (l.PostingNumber, told[l.PostingNumber])));
        Assert.Equal("", (await db.Postings.AsNoTracking().SingleAsync(p => p.Id == twice.Id, Ct)).TrackingNumber);
        await shop.SettleAsync();
        Assert.All(await match.MatchAsync(LiveShop.Agent, [.. good.Select(l => l with { Verdict = TrackingVerdict.Open })], Ct), l => Assert.Equal(TrackingVerdict.Unchanged, l.Verdict));
    }

    [Fact]
    public async Task Labels_of_many_come_as_one_file_and_the_one_that_was_cancelled_at_Ozon_is_named()
    {
        await using var ozon = await SandboxHost.StartAsync();
        var postings = new List<string>();
        for (var i = 0; i < 3; i++) postings.Add((await ozon.NewAsync(status: "awaiting_deliver")).PostingNumber);
        await using var shop = await LiveShop.StartAsync(ozon);
        var cancelled = await ozon.CallAsync(
            "/v2/posting/fbs/cancel", new JsonObject { ["posting_number"] = postings[1], ["cancel_reason_id"] = 352, ["cancel_reason_message"] = "нет" });
        Assert.Equal(System.Net.HttpStatusCode.OK, cancelled.Status);

        var asked = await shop.Get<LabelActions>().AskAsync(LiveShop.Agent, postings, Guid.NewGuid(), Ct);
        var id = Assert.Single(asked.Jobs);
        Task<LabelView?> ReadAsync() => shop.Get<LabelQueries>().OpenAsync(LiveShop.Agent, id, Ct);
        await Wait.ForAsync(async () => (await ReadAsync())!.IsOver, 90);
        var job = (await ReadAsync())!;
        Assert.Equal(LabelState.Ready, job.State);
        Assert.Equal([postings[1]], job.Unprinted.Select(u => u.PostingNumber));
        Assert.Equal([("big_label", 2), ("small_label", 2)], job.Files.Select(f => (f.Kind, f.Printed)));
        foreach (var file in job.Files)
        {
            using var pdf = PdfDocument.Open(File.ReadAllBytes(shop.Get<ContentFiles>().PathOf(file.Sha256!)));
            Assert.Equal(2, pdf.NumberOfPages);
            Assert.Contains(postings[0], pdf.GetPage(1).Text, StringComparison.Ordinal);
        }
    }
}

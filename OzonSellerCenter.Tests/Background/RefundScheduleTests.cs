using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Random courses of clicks, lost answers, deaths, decisions elsewhere and looks at Ozon: whatever comes after what, a request is paid once, and
/// what is set aside is what is refunded, in flight or unknown (research: 0 of n failures bounds the rate at 3/n).</summary>
public sealed class RefundScheduleTests(ITestOutputHelper output)
{
    private static readonly Fate[] Fates =
    [
        Fate.Taken, Fate.CutAfterActing, Fate.CutBeforeActing, Fate.Error500AfterActing, Fate.Error500, Fate.GarbageAfterActing, Fate.NoConnection, Fate.TooMany(2),
        Fate.DeathAfterActing, Fate.DeathBeforeActing, Fate.Refusal(System.Net.HttpStatusCode.BadRequest, 3, "no"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Of_150_random_courses_none_pays_twice() => RunAsync(150, 20261129);

    [Fact, Trait("Kind", "Long")]
    public Task Of_10000_random_courses_none_pays_twice() => RunAsync(10_000, 17);

    private async Task RunAsync(int courses, int seed)
    {
        var random = new Random(seed);
        var (paid, failed, events) = (0, 0, 0);
        ReturnWork? work = null;
        for (var course = 0; course < courses; course++)
        {
            // A database that grows slows the looks at it: some hundred requests each.
            if (course % 100 == 0)
            {
                if (work is not null) await work.DisposeAsync();
                work = await ReturnWork.CreateAsync();
            }

            var log = new List<string>();
            var request = await work!.KnownAsync(course + 1, random.Next(2) == 0 ? 2000 : 5000);
            try
            {
                for (var step = random.Next(4, 16); step > 0; step--, events++) await StepAsync(work, request, random, log);
                await DrainAsync(work, request);
                await CheckAsync(work, request);
            }
            catch (Exception fault)
            {
                var refunds = (await work.RefundsAsync(request)).Select(r => $"{r.State} {r.Failure} {r.Action?.Id} {r.Amount}");
                Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}, course {course}: {string.Join(", ", log)}; at Ozon {request.State}, acts {string.Join(" ", request.Acts)}, paid {string.Join(" ", request.Payments)}; here {string.Join(", ", refunds)}\n{fault}"));
            }

            if (request.Payments.Count > 0) paid++;
            else failed++;
        }

        await work!.DisposeAsync();
        output.WriteLine($"{courses} courses, {events} events: {paid} paid once, {failed} not at all, 0 twice");
        Assert.True(paid > courses / 10 && failed > courses / 20, "the courses do not try both");
    }

    private static async Task StepAsync(ReturnWork work, FakeReturn request, Random random, List<string> log)
    {
        var what = random.Next(15);
        log.Add($"{what}");
        switch (what)
        {
            case 0 or 1 or 2:
                await ClickAsync(work, request, random);
                break;
            case 3:
                // Two at once, as two tabs.
                await Task.WhenAll(ClickAsync(work, request, random), ClickAsync(work, request, new Random(random.Next())));
                break;
            case 4 when (await work.RefundsAsync(request)).FirstOrDefault(r => r.State is RefundState.Approved or RefundState.Submitted) is { } under:
                await work.Refunds.WithdrawAsync(work.Test.Owner, under.Id, Ct);
                break;
            case 5 or 6 when (await work.RefundsAsync(request)).FirstOrDefault(r => r.State is RefundState.Submitted or RefundState.InReview) is { } waits:
                if (random.Next(4) == 0) await work.Reviews.RefuseAsync(work.Support, waits.Id, waits.Version, "Нет оснований", Ct);
                else await Task.WhenAll(work.ApproveAsync(waits.Id), work.ApproveAsync(waits.Id));
                break;
            case 7 or 8:
                request.Fates.Enqueue(Fates[random.Next(Fates.Length)]);
                break;
            case 9:
                await work.Test.RestartAsync();
                break;
            case 10:
                await work.PollAsync();
                break;
            case 11 when request.Actions is { Count: > 0 } actions:
                // Somebody decides in Ozon's own cabinet.
                request.Act(actions[random.Next(actions.Count)], 500);
                break;
            case 12 when request.State == "OfferedPartialCompensation":
                request.Answer(random.Next(2) == 0);
                break;
            case 13 when request is { State: "Approved", Group: "Delivering" }:
                request.Move("Checkout", "ArrivedAtWarehouse");
                break;
            default:
                work.Test.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 900)));
                await DispatchAsync(work);
                break;
        }
    }

    private static async Task ClickAsync(ReturnWork work, FakeReturn request, Random random)
    {
        var offered = (await work.RequestAsync(request)).Actions.Where(a => a.Id is 1020 or FakeReturns.RefundAndLeave or FakeReturns.Refund).ToList();
        if (offered.Count == 0) return;
        var action = offered[random.Next(offered.Count)].Id;
        if (await work.DraftAsync(request, action, action == 1020 ? random.Next(100, 150_000) : null) is var id and > 0) await work.SubmitAsync(id);
    }

    private static async Task DispatchAsync(ReturnWork work)
    {
        try
        {
            await work.Test.DispatchDueAsync();
        }
        catch (OperationCanceledException)
        {
            // The process died; it starts again.
            await work.Test.RestartAsync();
        }
    }

    /// <summary>Nothing strikes any more, and time goes by.</summary>
    private static async Task DrainAsync(ReturnWork work, FakeReturn request)
    {
        request.Fates.Clear();
        await work.Test.RestartAsync();
        await work.PollAsync();
        await work.Test.DispatchAllAsync(TimeSpan.FromHours(3));
        await work.PollAsync();
        await work.PollAsync();
    }

    private static async Task CheckAsync(ReturnWork work, FakeReturn request)
    {
        var refunds = await work.RefundsAsync(request);
        var ledger = await work.LedgerAsync(request);
        Assert.True(request.Payments.Count <= 1, $"paid {request.Payments.Count} times");
        Assert.True(request.Payments.Sum() <= request.Price);
        Assert.True(request.Offers <= 2);
        Assert.Equal(refunds.Where(r => r.Holds).Sum(r => r.Amount), ledger?.Held ?? 0);
        Assert.True((ledger?.Held ?? 0) <= request.Price * 100L);
        Assert.DoesNotContain(refunds, r => r.State is RefundState.Unclear or RefundState.Approved);

        // What is shown is what is so.
        Assert.Equal(request.Payments.Count, refunds.Count(r => r.State == RefundState.Paid));
        var known = await work.RequestAsync(request);
        Assert.Equal((request.State, (long?)null), (known.State, known.OpenDeedId));
        var acts = await work.Test.ReadAsync(db => db.ReturnDeeds.CountAsync(d => d.ReturnRequestId == known.Id, Ct));
        Assert.True(acts <= refunds.Count);
    }
}

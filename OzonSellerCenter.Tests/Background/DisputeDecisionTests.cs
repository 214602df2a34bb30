using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What the desk asks and decides is told at Ozon once, whatever happens on the way.</summary>
public sealed class DisputeDecisionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Mishaps => DeedTests.Mishaps;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    private static async Task<(FakeComplaints Fake, FakeComplaint Complaint, long Step)> DecidedAsync(BackgroundTest test)
    {
        var fake = new FakeComplaints(test);
        var complaint = fake.Add(new FakeComplaint(7, test.Now));
        await fake.PollAsync();
        var id = (await fake.CaseAsync(complaint)).Id;
        await fake.FireAsync(id, DisputeEvent.Submit);
        await fake.FireAsync(id, DisputeEvent.TakeUp);
        var step = await fake.FireAsync(id, DisputeEvent.Decide, "Шов разошёлся", 50_050, DisputeOutcome.Split);
        await CommandAsync(test, id, step);
        return (fake, complaint, step);
    }

    private static async Task CommandAsync(BackgroundTest test, long disputeId, long step)
    {
        await using var db = await test.Databases.ForStoreAsync(test.StoreId, Ct);
        db.OutboundCommands.Add(new OutboundCommand
        {
            StoreId = test.StoreId,
            Key = $"step:{step}",
            Kind = CommandKind.DisputeDecision,
            Subject = DisputeClock.SubjectOf(disputeId),
            TargetId = step,
            CreatedAt = test.Now,
            NotBeforeAt = test.Now,
        });
        await db.CommitAsync(Ct);
    }

    private static Task<OutboundCommand> CommandAsync(BackgroundTest test) => test.ReadAsync(db => db.OutboundCommands.AsNoTracking().OrderBy(c => c.Id).LastAsync(Ct));

    [Theory, MemberData(nameof(Mishaps))]
    public async Task Whatever_the_network_does_the_decision_is_told_once(string mishap)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var (fake, complaint, step) = await DecidedAsync(test);
        if (mishap != nameof(Fate.Taken)) fake.Fates.Enqueue((Fate)typeof(Fate).GetField(mishap)!.GetValue(null)!);
        await test.DispatchAllAsync();
        Assert.Equal(CommandState.Done, (await CommandAsync(test)).State);
        var told = Assert.Single(complaint.Entries);
        Assert.Equal(($"dispute:{step}", "split", "500.50", 1, "Шов разошёлся"), ((string)told["reference"]!, (string)told["outcome"]!, (string)told["amount"]!["amount"]!, (int)told["instance"]!, (string)told["text"]!));

        // Told back by the list, it decides nothing anew.
        await test.StoreAsync(s => s.Connection = ConnectionState.Working);
        await fake.PollAsync();
        Assert.Equal([DisputeEvent.Open, DisputeEvent.Submit, DisputeEvent.TakeUp, DisputeEvent.Decide], (await fake.StepsAsync(complaint)).Select(s => s.Event));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Killed_while_it_was_told_it_is_told_once(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var (fake, complaint, _) = await DecidedAsync(test);
        fake.Fates.Enqueue(Fate.DeathAfterActing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(test.DispatchDueAsync);
        await test.RestartAsync();
        await test.DispatchAllAsync();
        Assert.Equal(CommandState.Done, (await CommandAsync(test)).State);
        Assert.Single(complaint.Entries);
    }

    [Fact]
    public async Task A_question_goes_to_the_buyer_and_what_is_refused_says_why()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var fake = new FakeComplaints(test);
        var complaint = fake.Add(new FakeComplaint(7, test.Now));
        await fake.PollAsync();
        var id = (await fake.CaseAsync(complaint)).Id;
        await fake.FireAsync(id, DisputeEvent.Submit);
        await fake.FireAsync(id, DisputeEvent.TakeUp);
        await CommandAsync(test, id, await fake.FireAsync(id, DisputeEvent.AskBuyer, "Пришлите фото"));
        var events = await test.ReadAsync(db => db.StoreEvents.CountAsync(e => e.Kind == EventKind.Dispute, Ct));
        await test.DispatchAllAsync();
        Assert.Equal("Пришлите фото", (string)Assert.Single(complaint.Entries)["text"]!);
        Assert.True(await test.ReadAsync(db => db.StoreEvents.CountAsync(e => e.Kind == EventKind.Dispute, Ct)) > events);

        fake.All.Clear();
        await fake.FireAsync(id, DisputeEvent.BuyerAnswer);
        await fake.FireAsync(id, DisputeEvent.TakeUp);
        await CommandAsync(test, id, await fake.FireAsync(id, DisputeEvent.Decide, "Нет", outcome: DisputeOutcome.Seller));
        await test.DispatchAllAsync();
        var refused = await CommandAsync(test);
        Assert.Equal((CommandState.Failed, "COMPLAINT_NOT_FOUND"), (refused.State, refused.ErrorDetail));
    }

    [Fact]
    public async Task Of_a_case_that_Ozon_does_not_tell_of_nothing_is_told()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var fake = new FakeComplaints(test);
        await using (var db = await test.Databases.ForStoreAsync(test.StoreId, Ct))
        {
            await test.Get<DisputeBook>().OpenAsync(db, new Dispute { StoreId = test.StoreId, Key = "form", Kind = DisputeKind.Complaint, OpenedAt = test.Now }, "", Ct);
            await db.CommitAsync(Ct);
        }

        var id = await test.ReadAsync(db => db.Disputes.Select(d => d.Id).SingleAsync(Ct));
        await fake.FireAsync(id, DisputeEvent.Submit);
        await fake.FireAsync(id, DisputeEvent.TakeUp);
        await CommandAsync(test, id, await fake.FireAsync(id, DisputeEvent.Decide, "Нет"));
        await test.DispatchAllAsync();
        Assert.Equal((CommandState.Failed, 0), ((await CommandAsync(test)).State, test.Ozon.Calls.Count(c => c.Path.Contains("complaint", StringComparison.Ordinal))));
    }
}

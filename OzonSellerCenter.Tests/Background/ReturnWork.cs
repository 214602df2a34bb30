using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What the people of a shop do with a request at the fake Ozon.</summary>
internal sealed class ReturnWork(BackgroundTest test, FakeReturns ozon) : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public BackgroundTest Test => test;
    public FakeReturns Ozon => ozon;
    public CurrentUser Support { get; private set; } = null!;
    public RefundActions Refunds => test.Get<RefundActions>();
    public RefundReviewActions Reviews => test.Get<RefundReviewActions>();
    public ReturnActions Returns => test.Get<ReturnActions>();

    public static async Task<ReturnWork> CreateAsync(Provider provider = Provider.Sqlite)
    {
        var test = await BackgroundTest.CreateAsync(provider);

        // No clock stands at a whole second: instants are finer than the databases keep them.
        test.Time.Advance(TimeSpan.FromTicks(1_234_567));
        var work = new ReturnWork(test, new FakeReturns(test.Ozon, test.Time));
        (_, work.Support) = await test.Db.AddStoreAsync(role: StoreRole.Support);
        return work;
    }

    /// <summary>A request that is known here.</summary>
    public async Task<FakeReturn> KnownAsync(long id = 501, int price = 2000)
    {
        var request = ozon.Add(id, price);
        await PollAsync();
        return request;
    }

    /// <summary>Looks at Ozon, which can be reached again.</summary>
    public async Task PollAsync()
    {
        await test.StoreAsync(s => s.Connection = ConnectionState.Working);
        await test.Get<ReturnSync>().PollAsync(test.StoreId, Ct);
        await test.Get<ReturnSync>().ReadMarkedAsync(test.StoreId, Ct);
        await test.Get<RefundSync>().PollAsync(test.StoreId, Ct);
        await test.Get<ReturnSync>().ReadMarkedAsync(test.StoreId, Ct);
    }

    public Task<ReturnRequest> RequestAsync(FakeReturn request) => test.ReadAsync(db => db.ReturnRequests.AsNoTracking().SingleAsync(r => r.ReturnId == request.Id, Ct));

    public Task<Refund> RefundAsync(long id) => test.ReadAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.Id == id, Ct));

    public Task<List<Refund>> RefundsAsync(FakeReturn request) =>
        test.ReadAsync(db => db.Refunds.AsNoTracking().Where(r => r.PostingNumber == request.Posting).OrderBy(r => r.Id).ToListAsync(Ct));

    /// <summary>A draft of a refund that answers with an action; 0 when none could be begun.</summary>
    public async Task<long> DraftAsync(FakeReturn request, long action, long? amount = null, string explanation = "Цвет не тот, фото это показывают")
    {
        var known = await RequestAsync(request);
        var (outcome, id) = await Refunds.StartAsync(test.Owner, request.Posting, known.Id, Guid.NewGuid(), Ct);
        if (!outcome.IsDone) return 0;
        var refund = await RefundAsync(id);
        var draft = new RefundDraft
        {
            Way = RefundWay.Answer,
            Scope = amount is null ? RefundScope.Whole : RefundScope.Part,
            Action = known.Actions.FirstOrDefault(a => a.Id == action),
            Amount = amount ?? known.Worth,
            Reason = RefundReason.NotAsDescribed,
            Explanation = explanation,
        };
        await Refunds.SaveAsync(test.Owner, id, draft, refund.Version, Ct);
        return id;
    }

    public async Task<Outcome> SubmitAsync(long refundId) => await Refunds.SubmitAsync(test.Owner, refundId, (await RefundAsync(refundId)).Version, Ct);

    public async Task<Outcome> ApproveAsync(long refundId) =>
        await Reviews.ApproveAsync(Support, refundId, (await RefundAsync(refundId)).Version, new SignInProof(Support.Id, test.Now), "", Ct);

    public async Task<RefundLedger?> LedgerAsync(FakeReturn request) => await test.ReadAsync(db => db.RefundLedgers.AsNoTracking().SingleOrDefaultAsync(l => l.PostingNumber == request.Posting, Ct));

    public ValueTask DisposeAsync() => test.DisposeAsync();
}

using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Returns.Refunds;

/// <summary>Requests, refunds and reviews in a shop of a test.</summary>
internal static class RefundHouse
{
    public const string Number = "0138-4821-1";
    public const long Worth = 249_000;
    public const long Sku = 148_313_766;
    public static readonly OfferedAction Offer = new(ReturnActs.CompensateId, "Предложить частичную компенсацию");
    public static readonly OfferedAction KeepGoods = new(11, "Вернуть деньги без возврата товара");

    public static readonly RefundDraft Whole = new()
    {
        Way = RefundWay.Answer,
        Action = KeepGoods,
        Amount = Worth,
        Reason = RefundReason.Defect,
        Explanation = "Покупатель прислал фото трещины, брак виден.",
    };

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static RefundActions Refunds(this TestShop shop) => shop.Db.Services.GetRequiredService<RefundActions>();

    public static RefundReviewActions Reviews(this TestShop shop) => shop.Db.Services.GetRequiredService<RefundReviewActions>();

    /// <summary>A delivered posting and the buyer's request for it.</summary>
    public static async Task<ReturnRequest> RequestAsync(this TestShop shop, Action<ReturnRequest>? change = null)
    {
        await shop.PostingAsync(Number, change: p => p.Scheme = Scheme.Rfbs);
        var request = new ReturnRequest
        {
            StoreId = shop.Store.Id,
            Source = ReturnSource.Rfbs,
            ReturnId = 55_765_650,
            Number = "55765650-R10",
            PostingNumber = Number,
            OrderNumber = "0138-4821",
            Scheme = Scheme.Rfbs,
            AskedAt = shop.Now,
            StateAt = shop.Now,
            Reason = "Товар с дефектом",
            Comment = "Трещина на стекле",
            ProductName = "Чайник стеклянный, 1,7 л",
            Price = Worth,
            State = "OnSellerApproval",
            StateName = "Ожидает решения продавца",
            Actions = [Offer, KeepGoods],
        };
        change?.Invoke(request);
        await shop.WriteAsync(db =>
        {
            db.ReturnRequests.Add(request);
            return Task.CompletedTask;
        });
        return request;
    }

    /// <summary>A delivered posting of a store whose Ozon pays without a request.</summary>
    public static async Task PayingAsync(this TestShop shop)
    {
        await shop.PostingAsync(Number);
        await shop.WriteAsync(db =>
        {
            db.SyncStates.Add(new SyncState { StoreId = shop.Store.Id, Kind = StoreExtension.Kind, FreshAt = shop.Now });
            return Task.CompletedTask;
        });
    }

    /// <summary>A draft that is written to the end.</summary>
    public static async Task<(long Id, long Version)> DraftAsync(this TestShop shop, RefundDraft draft, long? requestId, CurrentUser? by = null)
    {
        var (started, id) = await shop.Refunds().StartAsync(by ?? shop.Agent, Number, requestId, Guid.NewGuid(), Ct);
        Assert.True(started.IsDone, started.Refusal?.Key);
        var (saved, version) = await shop.Refunds().SaveAsync(by ?? shop.Agent, id, draft, await shop.ReadAsync(db => db.Refunds.Where(r => r.Id == id).Select(r => r.Version).SingleAsync(Ct)), Ct);
        Assert.True(saved.IsDone, saved.Refusal?.Key);
        return (id, version);
    }

    /// <summary>One that waits for its review.</summary>
    public static async Task<long> WaitingAsync(this TestShop shop, CurrentUser? by = null)
    {
        await shop.LimitAsync(1000);
        var request = await shop.RequestAsync();
        var (id, version) = await shop.DraftAsync(Whole, request.Id, by);
        Assert.Null((await shop.Refunds().SubmitAsync(by ?? shop.Agent, id, version, Ct)).Refusal?.Key);
        return id;
    }

    /// <summary>Sets the sum, in rubles, above which a second person is needed.</summary>
    public static async Task LimitAsync(this TestShop shop, decimal rubles) =>
        Assert.True((await shop.Db.Services.GetRequiredService<OzonSellerCenter.Rules.RuleActions>().ChangeAsync(shop.Owner, shop.Store.Id, OzonSellerCenter.Rules.RuleKeys.RefundLimit, rubles, "test", Ct)).IsDone);

    public static Task<Refund> RefundAsync(this TestShop shop, long id) => shop.ReadAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.Id == id, Ct));

    /// <summary>Money set aside of the posting.</summary>
    public static Task<long> HeldAsync(this TestShop shop) => shop.ReadAsync(db => db.RefundLedgers.Where(l => l.PostingNumber == Number).Select(l => l.Held).SingleOrDefaultAsync(Ct));

    /// <summary>A session that was signed in just now.</summary>
    public static async Task<ClaimsPrincipal> SignInAsync(this TestShop shop, CurrentUser user)
    {
        var secret = $"secret-{user.Id}";
        await shop.WriteAsync(db =>
        {
            db.SignInSessions.Add(new SignInSession { Id = SignInSessions.IdOf(secret), UserId = user.Id, SecurityStamp = "", Browser = "", StartedAt = shop.Now, SeenAt = shop.Now });
            return Task.CompletedTask;
        });
        return new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(Session.SessionClaim, secret)], "test"));
    }

    /// <summary>That the person has signed in just now.</summary>
    public static async Task<SignInProof?> ProofAsync(this TestShop shop, CurrentUser user) =>
        await shop.Db.Services.GetRequiredService<FreshSignIn>().ProofAsync(await shop.SignInAsync(user), Ct);
}

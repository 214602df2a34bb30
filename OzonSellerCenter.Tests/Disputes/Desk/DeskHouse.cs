using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Desk;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Tests.Returns.Refunds;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes.Desk;

/// <summary>Cases at the desk of a shop of a test.</summary>
internal static class DeskHouse
{
    public const long Claim = 200_000;
    public const string Reasons = "Фото показывает трещину на корпусе, описание товара её не упоминает, видео упаковки этого места не показывает.";

    /// <summary>Two things never happen to a case at the same instant.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public static readonly Verdict ForBuyer = new(DisputeOutcome.Buyer, 0, Reasons);
    public static readonly Verdict ForSeller = new(DisputeOutcome.Seller, 0, Reasons);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static DeskActions Desk(this TestShop shop) => shop.Db.Services.GetRequiredService<DeskActions>();

    public static Verdict Split(long amount) => new(DisputeOutcome.Split, amount, Reasons);

    /// <summary>A store whose marketplace is the bundled one, with a delivered posting of 2 490 ₽.</summary>
    public static async Task<TestShop> OpenAsync(Provider provider = Provider.Sqlite)
    {
        var shop = await TestShop.OpenAsync(provider);
        await shop.PayingAsync();
        return shop;
    }

    /// <summary>One more person of the support desk.</summary>
    public static async Task<CurrentUser> SecondReviewerAsync(this TestShop shop) => (await shop.Db.AddStoreAsync(role: StoreRole.Support, userId: "user-second-support")).User;

    /// <summary>A case that waits at the desk; the shop let its time to answer go by.</summary>
    public static async Task<long> CaseAsync(
        this TestShop shop, string key = "complaint:1", DisputeKind kind = DisputeKind.Complaint, DisputeTopic topic = DisputeTopic.Quality, long claim = Claim, string? openedBy = null, long? request = null,
        long sku = RefundHouse.Sku, string? buyer = "115568", DisputeState state = DisputeState.Submitted, Action<Dispute>? change = null)
    {
        var dispute = new Dispute
        {
            StoreId = shop.Store.Id,
            Key = key,
            Kind = kind,
            Topic = topic,
            PostingNumber = RefundHouse.Number,
            OrderNumber = "0138-4821",
            Scheme = OzonSellerCenter.Orders.Scheme.Fbs,
            Sku = sku,
            ProductName = "Чайник стеклянный, 1,7 л",
            BuyerId = buyer,
            ReturnRequestId = request,
            Claim = "Чайник пришёл с трещиной, верните деньги.",
            ClaimAmount = claim,
            OpenedAt = shop.Now,
            OpenedBy = openedBy,
        };
        change?.Invoke(dispute);
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var book = shop.Db.Services.GetRequiredService<DisputeBook>();
        await book.OpenAsync(db, dispute, "", Ct);
        shop.Clock.Advance(Moment);
        if (state != DisputeState.Gathering) Assert.True(await book.FireAsync(db, dispute, DisputeEvent.StepIn, "", 0, Ct));
        await db.CommitAsync(Ct);
        return dispute.Id;
    }

    public static Task<Dispute> DisputeAsync(this TestShop shop, long id) => shop.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(d => d.Id == id, Ct));

    public static async Task<long> VersionAsync(this TestShop shop, long id) => (await shop.DisputeAsync(id)).Version;

    /// <summary>Lets something happen to a case with the program's eyes.</summary>
    public static async Task FireAsync(this TestShop shop, long id, DisputeEvent what, string words = "")
    {
        shop.Clock.Advance(Moment);
        await shop.WriteAsync(async db =>
            Assert.True(await shop.Db.Services.GetRequiredService<DisputeBook>().FireAsync(db, await db.Disputes.SingleAsync(d => d.Id == id, Ct), what, words, 0, Ct)));
    }

    /// <summary>Appealed, and waiting at the desk again.</summary>
    public static async Task AppealAsync(this TestShop shop, long id)
    {
        await shop.FireAsync(id, DisputeEvent.Appeal, "Новое видео упаковки.");
        await shop.FireAsync(id, DisputeEvent.StepIn);
    }

    public static Task<List<Refund>> PaidAsync(this TestShop shop) => shop.ReadAsync(db => db.Refunds.AsNoTracking().OrderBy(r => r.Id).ToListAsync(Ct));

    public static EvidenceItem Piece(int storeId, long disputeId, char letter, string? by) => new()
    {
        StoreId = storeId,
        DisputeId = disputeId,
        Kind = EvidenceKind.File,
        Side = EvidenceSide.Seller,
        Sha256 = new string(letter, 64),
        ContentType = "image/png",
        Name = $"{letter}.png",
        AddedAt = TestShop.Start,
        AddedBy = by,
    };
}

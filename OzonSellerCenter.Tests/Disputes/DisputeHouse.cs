using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>Cases in a shop of a test.</summary>
internal static class DisputeHouse
{
    public const string Number = "0138-4821-1";
    public const string Account = "Товар упакован 20 ноября, видео упаковки приложено. Покупатель написал через 12 дней после вручения и фото не прислал.";

    private static int _next;

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static DisputeActions Disputes(this TestShop shop) => shop.Db.Services.GetRequiredService<DisputeActions>();

    public static DisputeOpening Opening(this TestShop shop) => shop.Db.Services.GetRequiredService<DisputeOpening>();

    /// <summary>A case as it is taken in.</summary>
    public static Dispute Make(int storeId, DateTime openedAt, DisputeKind kind = DisputeKind.Complaint, DisputeTopic topic = DisputeTopic.Quality, string? buyer = "115568", long? requestId = null) => new()
    {
        StoreId = storeId,
        Key = $"test:{Interlocked.Increment(ref _next)}",
        Kind = kind,
        Topic = topic,
        PostingNumber = Number,
        OrderNumber = "0138-4821",
        Scheme = Scheme.Rfbs,
        Sku = 148_313_766,
        ProductName = "Чайник стеклянный, 1,7 л",
        BuyerId = buyer,
        ReturnRequestId = requestId,
        Claim = "Чайник треснул на второй день.",
        ClaimAmount = 249_000,
        OpenedAt = openedAt,
        StateSince = openedAt,
    };

    /// <summary>Opens a case through the book, with its first step and its clocks.</summary>
    public static async Task<Dispute> DisputeAsync(
        this TestShop shop, DisputeKind kind = DisputeKind.Complaint, Action<Dispute>? change = null, DisputeTopic topic = DisputeTopic.Quality, long? requestId = null)
    {
        var dispute = Make(shop.Store.Id, shop.Now, kind, topic, requestId: requestId);
        change?.Invoke(dispute);
        var book = shop.Db.Services.GetRequiredService<DisputeBook>();
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        await book.OpenAsync(db, dispute, "", Ct);
        await db.CommitAsync(Ct);
        return dispute;
    }

    /// <summary>Lets something happen to a case, as the program would.</summary>
    public static async Task FireAsync(this TestShop shop, long id, DisputeEvent what, Action<Dispute>? before = null, string words = "")
    {
        var book = shop.Db.Services.GetRequiredService<DisputeBook>();
        await using var db = await shop.Db.Databases.ForSystemAsync(Ct);
        var dispute = await db.Disputes.SingleAsync(d => d.Id == id, Ct);
        before?.Invoke(dispute);
        Assert.True(await book.FireAsync(db, dispute, what, words, dispute.Awarded, Ct), $"{what} in {dispute.State}");
        await db.CommitAsync(Ct);
    }

    /// <summary>As a reviewer decides it.</summary>
    public static async Task DecideAsync(this TestShop shop, long id, DisputeOutcome outcome)
    {
        await shop.FireAsync(id, DisputeEvent.TakeUp, d => d.Reviewer = shop.Support.Id);
        await shop.FireAsync(id, DisputeEvent.Decide, d => (d.Outcome, d.Reasons) = (outcome, "Причины решения"));
    }

    public static Task<Dispute> DisputeAsync(this TestShop shop, long id) => shop.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(d => d.Id == id, Ct));

    public static Task<List<DisputeStep>> StepsAsync(this TestShop shop, long id) =>
        shop.ReadAsync(db => db.DisputeSteps.AsNoTracking().Where(s => s.DisputeId == id).OrderBy(s => s.Id).ToListAsync(Ct));

    /// <summary>A piece of evidence.</summary>
    public static EvidenceItem Evidence(EvidenceKind kind, EvidenceRole role = EvidenceRole.None, EvidenceSide side = EvidenceSide.Seller, Dispute? of = null) => new()
    {
        StoreId = of?.StoreId ?? 1,
        DisputeId = of?.Id ?? 1,
        Kind = kind,
        Role = role,
        Side = kind == EvidenceKind.File ? side : kind is EvidenceKind.BuyerPhoto ? EvidenceSide.Buyer : EvidenceSide.Record,
        Sha256 = $"{Interlocked.Increment(ref _next):x64}",
        ContentType = "image/jpeg",
        Name = "file",
    };

    /// <summary>An account that may be handed in; its version.</summary>
    public static async Task<long> WriteAsync(this TestShop shop, long id, CurrentUser? by = null, long offer = 0)
    {
        var dispute = await shop.DisputeAsync(id);
        var (saved, version) = await shop.Disputes().SaveAsync(by ?? shop.Agent, id, new AccountDraft(dispute.Topic, Account, [], offer), dispute.Version, Ct);
        Assert.Null(saved.Refusal?.Key);
        return version;
    }
}

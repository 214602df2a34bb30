using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Evidence.Freezing;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Tests.Disputes.Packs;
using OzonSellerCenter.Tests.Returns;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Disputes.Freezing;

/// <summary>One click copies into a case what the record tells of it.</summary>
public sealed class FreezingTests
{
    private const string Number = "0138-4821-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task One_click_copies_order_way_talk_product_and_pictures_and_a_second_one_nothing(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await FurnishAsync(shop);
        var first = await CollectAsync(shop, dispute);
        Assert.Empty(first.Missing);
        Assert.Equal((8, 0), (first.Added, first.Same));
        var items = await ItemsAsync(shop, dispute);
        Assert.Equal(
            [
                (EvidenceKind.OrderRecord, EvidenceSide.Record, $"Заказ {Number}.txt", "text/plain"), (EvidenceKind.Tracking, EvidenceSide.Record, $"Отслеживание {Number}.txt", "text/plain"),
                (EvidenceKind.Transcript, EvidenceSide.Record, $"Переписка {dispute.ConversationId}.txt", "text/plain"),
                (EvidenceKind.ListingText, EvidenceSide.Record, "Карточка товара 148313766.txt", "text/plain"), (EvidenceKind.ListingPhoto, EvidenceSide.Record, "Фото из карточки 148313766.png", "image/png"),
                (EvidenceKind.BuyerPhoto, EvidenceSide.Buyer, "Фото покупателя 55765650-R1-1.jpg", "image/jpeg"), (EvidenceKind.BuyerPhoto, EvidenceSide.Buyer, "Фото покупателя из чата 1.jpg", "image/jpeg"),
                (EvidenceKind.InspectionPhoto, EvidenceSide.Seller, $"Фото осмотра {await shop.ReadAsync(db => db.Inspections.Select(i => i.Id).SingleAsync(Ct))}-1.jpg", "image/jpeg"),
            ],
            items.Select(i => (i.Kind, i.Side, i.Name, i.ContentType)));
        Assert.All(items, i => Assert.Equal((shop.Agent.Id, shop.Now), (i.AddedBy, i.AddedAt)));

        // The product as Ozon told of it a week ago, everything else as it stands now, the pictures as old as they are.
        Assert.Equal([shop.Now, shop.Now, shop.Now, shop.Now.AddDays(-7), shop.Now.AddDays(-7), shop.Now, shop.Now.AddHours(-3), shop.Now.AddHours(-1)], items.Select(i => i.AsOf!.Value));
        Assert.Equal(items.Select(i => i.Sha256), await shop.ReadAsync(db => db.AuditEntries.Where(a => a.Action == "evidence.freeze").OrderBy(a => a.Id).Select(a => a.Details!.Substring(a.Details.Length - 64)).ToListAsync(Ct)));

        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await CollectAsync(shop, dispute);
        Assert.Equal((0, 8), (second.Added, second.Same));
        await shop.WriteAsync(async db => (await db.Postings.SingleAsync(Ct)).Status = "cancelled");
        var third = await CollectAsync(shop, dispute);
        Assert.Equal((1, 7), (third.Added, third.Same));
        Assert.Equal(2, (await ItemsAsync(shop, dispute)).Count(i => i.Kind == EvidenceKind.OrderRecord));
    }

    [Fact]
    public async Task The_copies_are_Russian_say_times_in_both_zones_and_hold_neither_name_nor_address_of_the_buyer()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await FurnishAsync(shop);
        await CollectAsync(shop, dispute);
        var texts = new Dictionary<EvidenceKind, string>();
        foreach (var item in (await ItemsAsync(shop, dispute)).Where(i => i.ContentType == "text/plain"))
        {
            texts[item.Kind] = await File.ReadAllTextAsync(shop.PlaceOf(item.Sha256), Encoding.UTF8, Ct);
        }

        Has(EvidenceKind.OrderRecord, "ЗАПИСЬ О ЗАКАЗЕ", Number, "Доставлен (delivered)", "1 × 2\u00a0490\u00a0₽ = 2\u00a0490\u00a0₽", "Чайник стеклянный, 1,7 л",
            "Доставлен: 22.11.2026 15:00:00 +03:00 (22.11.2026 12:00:00 UTC)", "Заявка 55765650-R1", "Слова покупателя: Пришёл не тот цвет", "1\u00a0000\u00a0₽, выплачен, причина: брак");
        Has(EvidenceKind.Tracking, "СДЭК", "10234567891", "24.11.2026 10:00:00 +03:00 (24.11.2026 07:00:00 UTC)", "posting_on_way_to_city", "впервые увидела");
        Has(EvidenceKind.ListingText, "SKU: 148313766", "Название: Чайник стеклянный KT-170", "Категория: Чайники", "Описание товара: программе неизвестно", "Цена: 2\u00a0490\u00a0₽");
        Has(EvidenceKind.Transcript, "[24.11.2026 12:00:00 +03:00 (24.11.2026 09:00:00 UTC)] Покупатель", "  Пришёл не тот\n    [24.11.2026] Магазин", "фото.jpg");
        foreach (var secret in new[] { "Иван Секретный", "+79161234567", "Тверская" }) Assert.All(texts.Values, t => Assert.DoesNotContain(secret, t, StringComparison.Ordinal));

        void Has(EvidenceKind kind, params string[] parts) => Assert.All(parts, part => Assert.Contains(part, texts[kind], StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Where_nothing_is_known_that_is_told_by_name(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await shop.DisputeAsync(d => d.ConversationId = null);
        var collected = await CollectAsync(shop, dispute);
        Assert.True(collected.Outcome.IsDone);
        Assert.Equal(0, collected.Added);
        Assert.Equal(["Frozen_NoOrder", "Frozen_NoTracking", "Frozen_NoConversation", "Frozen_NoListing", "Frozen_NoListingPhoto", "Frozen_NoBuyerPhotos"], collected.Missing);
        Assert.Empty(await ItemsAsync(shop, dispute));
    }

    [Fact]
    public async Task A_picture_that_is_still_to_come_or_gone_is_told_and_the_rest_is_copied()
    {
        await using var shop = await TestShop.OpenAsync();
        var dispute = await FurnishAsync(shop);
        await shop.WriteAsync(async db =>
        {
            (await db.ReturnPhotos.SingleAsync(Ct)).Sha256 = null;
            File.Delete(shop.PlaceOf((await db.InspectionPhotos.SingleAsync(Ct)).Sha256));
        });
        var collected = await CollectAsync(shop, dispute);
        Assert.Equal((6, "Frozen_PhotosComing, Frozen_FileGone"), (collected.Added, string.Join(", ", collected.Missing)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Clicks_at_the_same_moment_copy_once_and_what_was_withdrawn_stays_away(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await FurnishAsync(shop);
        var all = await Task.WhenAll(new[] { shop.Owner, shop.Agent, shop.Support }.Select(u => shop.Get<EvidenceFreezing>().CollectAsync(u, dispute.Id, Ct)));
        Assert.All(all, c => Assert.True(c.Outcome.IsDone));
        Assert.Equal(8, all.Sum(c => c.Added));
        await shop.WriteAsync(async db =>
        {
            var item = await db.EvidenceItems.FirstAsync(i => i.Kind == EvidenceKind.ListingPhoto, Ct);
            (item.WithdrawnAt, item.WithdrawnBy, item.WithdrawnWhy) = (shop.Now, shop.Agent.Id, "Другой цвет");
        });
        Assert.Equal((0, 8), (await CollectAsync(shop, dispute)) is var again ? (again.Added, again.Same) : default);
        Assert.Equal(8, (await ItemsAsync(shop, dispute)).Count);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_case_of_others_is_not_there_and_a_closed_one_takes_nothing(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var dispute = await FurnishAsync(shop);
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.Equal("NotFound", (await shop.Get<EvidenceFreezing>().CollectAsync(stranger, dispute.Id, Ct)).Outcome.Refusal?.Key);
        Assert.Equal("NotFound", (await shop.Get<EvidenceFreezing>().CollectAsync(shop.Agent, dispute.Id + 1000, Ct)).Outcome.Refusal?.Key);
        await shop.WriteAsync(async db => (await db.Disputes.SingleAsync(d => d.Id == dispute.Id, Ct)).State = DisputeState.Closed);
        Assert.Equal("CaseClosed", (await CollectAsync(shop, dispute)).Outcome.Refusal?.Key);
        Assert.Empty(await ItemsAsync(shop, dispute));
    }

    private static Task<Collected> CollectAsync(TestShop shop, Dispute dispute) => shop.Get<EvidenceFreezing>().CollectAsync(shop.Agent, dispute.Id, Ct);

    private static Task<List<EvidenceItem>> ItemsAsync(TestShop shop, Dispute dispute) =>
        shop.ReadAsync(db => db.EvidenceItems.AsNoTracking().Where(i => i.DisputeId == dispute.Id).OrderBy(i => i.Id).ToListAsync(Ct));

    /// <summary>A case of which everything there can be is known.</summary>
    private static async Task<Dispute> FurnishAsync(TestShop shop)
    {
        var posting = await shop.PostingAsync(Number, change: p =>
        {
            (p.TrackingNumber, p.Carrier, p.BuyerName, p.City) = ("10234567891", "СДЭК", "Иван Секретный", "Москва, Тверская");
            (p.InProcessAt, p.DeliveringAt, p.DeliveredAt, p.StateAt) = (shop.Now.AddDays(-9), shop.Now.AddDays(-7), shop.Now.AddDays(-2), shop.Now.AddDays(-2));
        });
        var conversation = await shop.ConversationAsync(c => (c.PostingNumber, c.BuyerName) = (Number, "Иван Секретный"));
        var (sent, taken, seen, listed) = (await KeepAsync(shop, 1), await KeepAsync(shop, 2), await KeepAsync(shop, 3), await KeepAsync(shop, 4, SkiaSharp.SKEncodedImageFormat.Png));
        await shop.MessageAsync(conversation, "Пришёл не тот\n[24.11.2026] Магазин", change: m =>
        {
            m.SentAt = shop.Now.AddHours(-3);
            m.Attachments.Add(new Attachment { StoreId = shop.Store.Id, ConversationId = conversation.Id, Name = "фото.jpg", IsImage = true, Sha256 = sent });
        });
        var request = await shop.ReturnAsync(change: r => r.Photos.Add(new ReturnPhoto { StoreId = shop.Store.Id, OzonUrl = "https://cdn.example/1.jpg", Sha256 = taken, ContentType = "image/jpeg" }));
        await shop.WriteAsync(db =>
        {
            db.PostingSteps.Add(new PostingStep { StoreId = shop.Store.Id, PostingId = posting.Id, Substatus = "posting_on_way_to_city", At = shop.Now.AddHours(-5) });
            db.ProductFacts.Add(new ProductFact
            {
                StoreId = shop.Store.Id,
                Sku = 148_313_766,
                OfferId = "KT-170",
                Name = "Чайник стеклянный KT-170",
                Category = "Чайники",
                PictureUrl = "https://cdn.example/k.png",
                PictureSha256 = listed,
                PictureType = "image/png",
                FetchedAt = shop.Now.AddDays(-7),
            });
            db.Inspections.Add(new Inspection
            {
                StoreId = shop.Store.Id,
                ReturnRequestId = request.Id,
                At = shop.Now.AddHours(-1),
                By = shop.Agent.Id,
                Condition = GoodsCondition.Used,
                Photos = { new InspectionPhoto { StoreId = shop.Store.Id, Sha256 = seen, Name = "1.jpg", ContentType = "image/jpeg" } },
            });
            db.Refunds.Add(new Refund { StoreId = shop.Store.Id, Key = "1", PostingNumber = Number, State = RefundState.Paid, Amount = 100_000, Reason = RefundReason.Defect, CreatedAt = shop.Now });
            return Task.CompletedTask;
        });
        return await shop.DisputeAsync(d => (d.ConversationId, d.Claim) = (conversation.Id, "Позвоните +79161234567"));
    }

    private static async Task<string> KeepAsync(TestShop shop, int number, SkiaSharp.SKEncodedImageFormat format = SkiaSharp.SKEncodedImageFormat.Jpeg)
    {
        using var content = new MemoryStream(PackBench.Photo(number, 100, 80, format));
        return (await shop.Get<ContentFiles>().SaveAsync(content, long.MaxValue, Ct))!.Sha256;
    }
}

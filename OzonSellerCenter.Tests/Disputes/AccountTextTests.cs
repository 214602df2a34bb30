using System.Globalization;
using System.Resources;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.List;
using OzonSellerCenter.Disputes.Page;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Disputes;

/// <summary>The guided account: its questions, what the record answers, and the text made of it.</summary>
public sealed class AccountTextTests
{
    private static readonly DateTime Opened = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly ResourceManager Texts = new("OzonSellerCenter.Disputes.DisputeTexts", typeof(DisputeTexts).Assembly);

    public static TheoryData<DisputeKind, DisputeTopic> Cases => [.. from kind in Enum.GetValues<DisputeKind>() from topic in Enum.GetValues<DisputeTopic>() select (kind, topic)];

    [Theory, MemberData(nameof(Cases))]
    public void Each_kind_and_topic_has_six_to_eight_questions_and_each_answer_its_place_in_the_account(DisputeKind kind, DisputeTopic topic)
    {
        var questions = AccountQuestions.Of(kind, topic);
        Assert.InRange(questions.Count, 6, 8);
        Assert.Equal(questions.Distinct(), questions);
        Assert.Equal(AccountQuestions.Proposed, questions[^1]);
        var dispute = DisputeHouse.Make(1, Opened, kind, topic);
        var account = AccountText.Build(dispute, topic, questions.ToDictionary(q => q, q => $"ответ {q}"));
        Assert.Equal(questions.Count + 1, account.Split('\n').Length);
        Assert.All(questions.Index(), q => Assert.Contains($"{q.Index + 1}. ", account, StringComparison.Ordinal));
        Assert.All(questions, q => Assert.Contains($"ответ {q}.", account, StringComparison.Ordinal));
    }

    [Fact]
    public void What_nobody_answered_is_left_out_and_answers_of_another_topic_too()
    {
        var dispute = DisputeHouse.Make(1, Opened);
        var account = AccountText.Build(dispute, DisputeTopic.Quality, new Dictionary<string, string> { [AccountQuestions.Packed] = "Снято на видео!", [AccountQuestions.Said] = "  ", [AccountQuestions.Price] = "199" });
        Assert.Equal("Отправление 0138-4821-1, товар «Чайник стеклянный, 1,7 л».\n1. Упаковка. Снято на видео!", account);
        Assert.Equal(Dispute.MaxWords, AccountText.Build(dispute, DisputeTopic.Quality, new Dictionary<string, string> { [AccountQuestions.Packed] = new('я', 5000) }).Length);
    }

    [Fact]
    public void Dates_and_numbers_come_from_the_record_by_the_shops_clock_and_in_Russian_whatever_the_screen_speaks()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("zh-Hans");
        try
        {
            var dispute = DisputeHouse.Make(1, Opened);
            dispute.Offer = 50_000;
            var record = new CaseRecord
            {
                OrderedAt = new(2026, 11, 9, 8, 0, 0, DateTimeKind.Utc),
                PackedAt = new(2026, 11, 10, 8, 5, 0, DateTimeKind.Utc),
                HandedOverAt = new(2026, 11, 10, 21, 30, 0, DateTimeKind.Utc),
                DeliveredAt = new(2026, 11, 12, 9, 0, 0, DateTimeKind.Utc),
                DeliverBy = new(2026, 11, 14, 9, 0, 0, DateTimeKind.Utc),
                TrackingNumber = "RA1",
                Carrier = "Почта России",
                Price = 249_000,
                Paid = 249_000,
                AnsweredAt = new(2026, 11, 24, 11, 0, 0, DateTimeKind.Utc),
                ReturnState = "Отклонено продавцом",
                ReturnComment = "Следы использования.",
            };
            EvidenceItem[] items = [DisputeHouse.Evidence(EvidenceKind.File, EvidenceRole.PackingVideo), DisputeHouse.Evidence(EvidenceKind.Transcript), DisputeHouse.Evidence(EvidenceKind.Transcript)];
            string Of(string key) => AccountText.Prefill(key, dispute, record, items, ShopTime.Moscow).Replace('\u00a0', ' ');
            Assert.Equal("Заказ принят в работу 9 ноября 2026 г. в 11:00. Сумма отправления 2 490 ₽.", Of(AccountQuestions.Ordered));
            Assert.Equal("Упаковано 10 ноября 2026 г. в 11:05. Упаковка снята на видео без монтажа.", Of(AccountQuestions.Packed));
            Assert.Equal("Передано в доставку 11 ноября 2026 г. в 00:30. Трек-номер RA1, Почта России.", Of(AccountQuestions.HandedOver));
            Assert.Equal("Вручено 12 ноября 2026 г. в 12:00. Срок доставки соблюдён.", Of(AccountQuestions.Delivered));
            Assert.Equal("Покупатель обратился 24 ноября 2026 г. в 15:00. Его слова: «Чайник треснул на второй день».", Of(AccountQuestions.Said));
            Assert.Equal("Мы ответили 24 ноября 2026 г. в 14:00.", Of(AccountQuestions.Answered));
            Assert.Equal("Заявка на возврат: Отклонено продавцом. Причина: Следы использования.", Of(AccountQuestions.Decided));
            Assert.Equal("Приложены: видео упаковки, переписка.", Of(AccountQuestions.Shows));
            Assert.Equal("Готовы вернуть 500 ₽.", Of(AccountQuestions.Proposed));
            Assert.Equal("Цена товара при покупке 2 490 ₽.", Of(AccountQuestions.Price));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_the_record_does_not_know_is_left_to_the_person()
    {
        var dispute = DisputeHouse.Make(1, Opened);
        var known = AccountQuestions.Of(DisputeKind.Complaint, DisputeTopic.NotAsDescribed).Where(q => AccountText.Prefill(q, dispute, new CaseRecord(), [], ShopTime.Moscow).Length > 0);
        Assert.Equal([AccountQuestions.Said], known);
    }

    [Theory, InlineData(""), InlineData("ru"), InlineData("zh-Hans")]
    public void Every_text_whose_key_is_put_together_is_there(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        IEnumerable<string> keys =
        [
            .. Cases.SelectMany(c => AccountQuestions.Of(c.Data.Item1, c.Data.Item2)).Select(q => $"Ask_{q}"),
            .. Cases.SelectMany(c => DisputeChecklist.Wanted(DisputeHouse.Make(1, Opened, c.Data.Item1, c.Data.Item2))).SelectMany(k => new[] { $"Check_{k}", $"Check_{k}_Why", $"Check_{k}_Do" }),
            .. Enum.GetNames<DisputeKind>().SelectMany(k => new[] { $"Kind_{k}", $"Kinds_{k}", $"KindAbout_{k}" }),
            .. Enum.GetNames<DisputeTopic>().Select(t => $"Topic_{t}"),
            .. Enum.GetNames<DisputeState>().Select(s => $"State_{s}"),
            .. Enum.GetNames<DisputeState>().Where(s => s is not ("Closed" or "Decided")).Select(s => $"Next_{s}"),
            .. Enum.GetNames<DisputeStanding>().Select(s => $"Standing_{s}"),
            .. Enum.GetNames<DisputeOutcome>().Select(o => $"Outcome_{o}"),
            .. Enum.GetNames<DisputeEvent>().Select(e => $"Event_{e}"),
            .. Enum.GetNames<ReturnStage>().Select(s => $"Return_{s}"),
            .. Enum.GetNames<DeadlineKind>().Where(k => k.StartsWith("Dispute", StringComparison.Ordinal)).Select(k => $"Clock_{k}"),
            .. Enum.GetNames<CaseAct>().Where(a => a != "None").SelectMany(a => new[] { $"Act_{a}", $"Do_{a}", $"Done_{a}", $"Hint_{a}" }),
            .. Enum.GetNames<CaseAct>().Where(a => a is not ("None" or "HandOver")).Select(a => $"Words_{a}"),
            .. new[] { "Contest", "Video", "Account", "Appeal", "Final", "HandOver", "Buyer", "Others" }.Select(s => $"Silence_{s}"),
            .. new[] { "Seller", "Buyer", "Split", "None" }.Select(o => $"Decided_{o}"),
            .. new[] { "Appeal", "Support", "Claim", "Society", "Lawyer", "Court" }.SelectMany(w => new[] { $"Help_{w}", $"Help_{w}_Text", $"Help_{w}_Source" }),
            .. new[]
            {
                "DeliveredBefore", "DeliveredInTime", "DeliveredLate", "Overdue", "NotDelivered", "BuyerPhoto", "NoBuyerPhoto", "PackingVideo", "NoPackingVideo", "ProofOfDelivery", "ProofOfHandOver",
                "NoProofOfHandOver", "Listing", "NoListing", "PriceProof", "NoPriceProof", "EarlierOurs", "EarlierTheirs", "EarlierMixed", "Answered", "NotAnswered",
            }.Select(f => $"Fact_{f}"),
            .. new[]
            {
                "NotFound", "SupportReadsOnly", "NotWritable", "ChangedMeanwhile", "TextTooLong", "OfferWrong", "KindWrong", "AccountShort", "PersonWrong", "Over", "WordsMissing", "NoPosting", "NotReleased",
                "TicketMissing", "TicketTooLong", "OutcomeMissing", "NoAppeal", "ClaimMissing", "AmountWrong", "NotAllowedNow", "AlreadyAsked",
                "AmountMissing", "AmountNotANumber", "AmountNegative", "TooManyDecimals", "AmountCurrency", "AmountTooLarge",
            },
        ];
        string[] missing = [.. keys.Distinct().Where(key => Texts.GetResourceSet(culture, true, false)?.GetString(key) is null)];
        Assert.Empty(missing);
    }
}

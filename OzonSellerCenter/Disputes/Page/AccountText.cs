using System.Globalization;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>Makes the shop's account of events out of answers and dates. Who decides reads Russian, so it is Russian whatever language the screen has.</summary>
public static class AccountText
{
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru");

    private static readonly Dictionary<string, string> Headings = new()
    {
        [AccountQuestions.Promised] = "Что обещано на странице товара",
        [AccountQuestions.Ordered] = "Заказ",
        [AccountQuestions.Price] = "Цена",
        [AccountQuestions.Charged] = "Что удержано",
        [AccountQuestions.Packed] = "Упаковка",
        [AccountQuestions.HandedOver] = "Передача в доставку",
        [AccountQuestions.Receipt] = "Кто принял отправление",
        [AccountQuestions.Where] = "Где отправление",
        [AccountQuestions.Delivered] = "Вручение",
        [AccountQuestions.Said] = "Что сообщил покупатель",
        [AccountQuestions.Answered] = "Что мы ответили",
        [AccountQuestions.Decided] = "Наше решение по возврату",
        [AccountQuestions.CameBack] = "Что вернулось",
        [AccountQuestions.Shows] = "Что подтверждают материалы",
        [AccountQuestions.Proposed] = "Что мы предлагаем",
    };

    private static readonly Dictionary<EvidenceRole, string> Roles = new()
    {
        [EvidenceRole.PackingVideo] = "видео упаковки",
        [EvidenceRole.DefectPhoto] = "фото недостатка",
        [EvidenceRole.Certificate] = "сертификат",
        [EvidenceRole.ProofOfHandOver] = "подтверждение передачи",
        [EvidenceRole.ProofOfDelivery] = "подтверждение вручения",
        [EvidenceRole.PriceProof] = "подтверждение цены",
    };

    private static readonly Dictionary<EvidenceKind, string> Kinds = new()
    {
        [EvidenceKind.OrderRecord] = "данные заказа",
        [EvidenceKind.Transcript] = "переписка",
        [EvidenceKind.Tracking] = "данные отслеживания",
        [EvidenceKind.ListingText] = "описание товара на день заказа",
        [EvidenceKind.ListingPhoto] = "фото товара на день заказа",
        [EvidenceKind.BuyerPhoto] = "фото покупателя",
        [EvidenceKind.InspectionPhoto] = "фото осмотра",
    };

    /// <summary>The account: what was answered, each under its heading, in the order of the questions.</summary>
    /// <param name="topic">As it was chosen; the case may still have another one.</param>
    public static string Build(Dispute dispute, DisputeTopic topic, IReadOnlyDictionary<string, string> answers)
    {
        var parts = AccountQuestions.Of(dispute.Kind, topic)
            .Where(key => !string.IsNullOrWhiteSpace(answers.GetValueOrDefault(key)))
            .Select((key, number) => string.Create(Russian, $"{number + 1}. {Headings[key]}. {Sentence(answers[key])}"));
        var product = dispute.ProductName.Length > 0 ? $", товар «{dispute.ProductName}»" : "";
        var about = dispute.PostingNumber.Length > 0 ? $"Отправление {dispute.PostingNumber}{product}." : "";
        var text = string.Join('\n', parts.Prepend(about).Where(p => p.Length > 0));
        return text.Length <= Dispute.MaxWords ? text : text[..Dispute.MaxWords];
    }

    /// <summary>What the record answers to a question; empty where only a person knows.</summary>
    /// <param name="shop">By whose clock the dates are told.</param>
    public static string Prefill(string key, Dispute dispute, CaseRecord record, IEnumerable<EvidenceItem> items, ShopTime shop)
    {
        string? At(string words, DateTime? at) => at is { } instant ? $"{words} {shop.Local(instant).ToString("d MMMM yyyy 'г. в' HH:mm", Russian)}." : null;

        string Sum(long minor) => new Money(minor, dispute.Currency).Show(Russian);

        var number = record.TrackingNumber is { } tracking ? $"Трек-номер {tracking}{(record.Carrier is { } carrier ? $", {carrier}" : "")}." : null;
        return key switch
        {
            AccountQuestions.Ordered => Join(At("Заказ принят в работу", record.OrderedAt), record.Paid is { } paid ? $"Сумма отправления {Sum(paid)}." : null),
            AccountQuestions.Price => record.Price is { } price ? $"Цена товара при покупке {Sum(price)}." : "",
            AccountQuestions.Charged => dispute.ClaimAmount > 0 ? $"Удержано {Sum(dispute.ClaimAmount)}. {dispute.Claim}" : dispute.Claim,
            AccountQuestions.Packed => Join(At("Упаковано", record.PackedAt), Has(items, EvidenceRole.PackingVideo) ? "Упаковка снята на видео без монтажа." : null),
            AccountQuestions.HandedOver => Join(At("Передано в доставку", record.HandedOverAt), number),
            AccountQuestions.Where => Join(number, At("Вручено", record.DeliveredAt)),
            AccountQuestions.Delivered => Join(At("Вручено", record.DeliveredAt), Lateness(record)),
            AccountQuestions.Said => Join(At("Покупатель обратился", record.ReturnAskedAt ?? dispute.OpenedAt), dispute.Claim.Length > 0 ? $"Его слова: «{dispute.Claim.Trim().TrimEnd('.')}»." : null),
            AccountQuestions.Answered => Join(At("Мы ответили", record.AnsweredAt)),
            AccountQuestions.Decided => Join(record.ReturnState.Length > 0 ? $"Заявка на возврат: {record.ReturnState}." : null, record.ReturnComment.Length > 0 ? $"Причина: {record.ReturnComment.Trim().TrimEnd('.')}." : null),
            AccountQuestions.Shows => Enclosed(items),
            AccountQuestions.Proposed => dispute.Offer > 0 ? $"Готовы вернуть {Sum(dispute.Offer)}." : "",
            _ => "",
        };
    }

    private static string? Lateness(CaseRecord record) => (record.DeliverBy, record.DeliveredAt) switch
    {
        ({ } by, { } at) when at <= by => "Срок доставки соблюдён.",
        _ => null,
    };

    private static bool Has(IEnumerable<EvidenceItem> items, EvidenceRole role) => items.Any(i => i.Role == role && i.WithdrawnAt is null);

    private static string Enclosed(IEnumerable<EvidenceItem> items)
    {
        var names = items.Where(i => i.WithdrawnAt is null).OrderBy(i => i.Id)
            .Select(i => Kinds.GetValueOrDefault(i.Kind) ?? Roles.GetValueOrDefault(i.Role) ?? "").Where(n => n.Length > 0).Distinct().ToList();
        return names.Count == 0 ? "" : $"Приложены: {string.Join(", ", names)}.";
    }

    private static string Join(params string?[] parts) => string.Join(' ', parts.Where(p => p is not null));

    private static string Sentence(string words)
    {
        var text = words.Trim();
        return text[^1] is '.' or '!' or '?' or '…' or '»' or ':' ? text : $"{text}.";
    }
}

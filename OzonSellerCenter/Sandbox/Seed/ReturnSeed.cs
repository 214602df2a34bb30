using System.Globalization;
using OzonSellerCenter.Sandbox.Buyers;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Seed;

/// <summary>What buyers give back: some requests in every state, and those of the last four months with what became of them and of the money.
/// Chance of its own, so that the rest of the shop stays as it is without them.</summary>
internal sealed class ReturnSeed(SandboxDb db, Random chance, DateTime now, List<SeedProduct> products, Dictionary<string, long> skus, List<Buyer> buyers, List<Posting> orders)
{
    private const int Ended = 60;

    /// <summary>Ended ones were asked for between these days ago.</summary>
    private const int Newest = 8;
    private const int Oldest = 120;

    /// <summary>The product that comes back far more often than others.</summary>
    private const string Weak = "BL-600";

    private static readonly (string Article, string Scheme, string State, int Reason, string Time, string Comment, string? Photo)[] Open =
    [
        ("MG-350", "RFBS", ReturnRequest.OnApproval, 6, "20m", "Две кружки из четырёх пришли с отколотой ручкой. Коробка снаружи целая.", "kruzhka.jpg"),
        ("OD-200", "RFBS", ReturnRequest.OnApproval, 4, "2h10m", "Шов разошёлся в первую же ночь, наполнитель лезет наружу.", "shov.jpg"),
        ("TP-39", "RFBS", ReturnRequest.OnApproval, 1, "9h", "Заказан 39-й, по стельке это 37-й. Надеть невозможно.", "tufelka.jpg"),
        ("KP-E", "RFBS", ReturnRequest.OnApproval, 8, "30h", "На фото цвет графит, приехал серо-бежевый. Этикетку прилагаю.", "etiketka.jpg"),
        ("LT-05", "RFBS", ReturnRequest.OnApproval, 2, "47h", "Не подошла к потолку, не вешали, упаковка цела.", null),
        ("BL-600", "FBS", ReturnRequest.OnApproval, 4, "3h", "Включается через раз, потом пахнет горелым.", null),
        ("PL-24", "FBS", ReturnRequest.OnApproval, 3, "14h", "Покрытие поцарапалось от деревянной лопатки за неделю.", null),
        ("TR-1L", "FBO", ReturnRequest.OnApproval, 4, "6h", "Чай остывает за два часа вместо обещанных восемнадцати.", "stakan.jpg"),
        ("PS-15", "RFBS", ReturnRequest.Offered, 8, "44h", "Обещали 45 минут работы, хватает на двадцать.", null),
        ("SH-250", "RFBS", ReturnRequest.AfterOffer, 8, "40m", "Свет пропускают, днём в комнате светло. Скидка не поможет.", null),
        ("KRT-M", "RFBS", ReturnRequest.AfterOffer, 1, "26h", "Рукав короткий, носить не получится, нужны деньги.", null),
        ("HL-48", "RFBS", ReturnRequest.Approved, 1, "25h", "Маломерит на два размера, пояс не сходится.", null),
        ("KS-30", "FBS", ReturnRequest.Approved, 6, "20h", "Вмятина на боку, крышка не закрывается.", null),
        ("GR-10", "FBS", ReturnRequest.Moving, 4, "31h", "Половина лампочек не горит.", null),
        ("UT-24", "RFBS", ReturnRequest.OnWay, 4, "18h", "Протекает из-под подошвы, на ткани пятна.", null),
        ("UV-3L", "RFBS", ReturnRequest.Arrived, 4, "5h", "Шумит так, что спать нельзя, пара почти нет.", null),
        ("PD-50", "RFBS", ReturnRequest.Arrived, 3, "27h", "Запах не выветрился за неделю.", null),
        ("LM-30", "RFBS", ReturnRequest.Received, 7, "4h", "Нет стойки из комплекта, собрать нельзя.", null),
        ("BL-600", "RFBS", ReturnRequest.Received, 4, "21h", "Насадка не держится, выпадает в чашу.", null),
        ("KB-60", "RFBS", ReturnRequest.OnApproval, 7, "5h", "В мешочке 52 детали вместо 60, пересчитали дважды.", null),
        ("PC-24", "RFBS", ReturnRequest.OnApproval, 5, "28h", "Приехал синий поезд без вагонов, заказывали красный.", null),
    ];

    // Of what is not weak; every fifth comes from Ozon's warehouse.
    private static readonly string[] Others =
        ["KT-170", "TP-39", "KRT-M", "PL-24", "KP-2", "SH-250", "OT-18", "LM-12", "MG-350", "PT-70", "UV-3L", "KB-60", "OR-06", "HL-48", "PS-15"];

    private static readonly string[] SellersOutcomes =
    [
        ReturnRequest.MoneyReturned, ReturnRequest.CompensationReturned, ReturnRequest.MoneyReturned, ReturnRequest.Rejected,
        ReturnRequest.Solved, ReturnRequest.MoneyReturned, ReturnRequest.Cancelled,
    ];

    private static readonly string[] MarketOutcomes = [ReturnRequest.MoneyReturned, ReturnRequest.MoneyReturned, ReturnRequest.Rejected];

    private readonly PostingSeed _postings = new(chance, now, orders.Max(p => p.OrderId));
    private readonly HashSet<string> _numbers = [.. orders.Select(p => p.OrderNumber)];
    private readonly Dictionary<long, int> _asked = [];
    private readonly BuyerTalk _talk = new();
    private long _lastId = 61_280_417;
    private int _photos;

    /// <summary>Adds them, the oldest first, with the orders they are about; and the money of orders that were cancelled.</summary>
    public void Write()
    {
        foreach (var posting in orders)
        {
            if (posting.CancelledAt is { } at)
                Pay(posting, BuyerRefund.Cancellation, null, posting.Paid, 0, at);
        }
        for (var i = 0; i < Ended; i++)
            WriteEnded(i, now.AddDays(-Oldest + ((Oldest - Newest) * i / (double)(Ended - 1))));
        foreach (var plan in Open)
            WriteOpen(plan.Article, plan.Scheme, plan.State, plan.Reason, SeedTexts.Span(plan.Time), plan.Comment, plan.Photo);
    }

    private void WriteOpen(string article, string scheme, string state, int reason, TimeSpan time, string comment, string? photo)
    {
        // A state that ends by itself is told by what is left of it, any other by how long it has lasted.
        var within = state switch
        {
            ReturnRequest.OnApproval => scheme == "RFBS" ? ReturnRequest.DecidedWithin : ReturnRequest.DecidedWithinMarket,
            ReturnRequest.Offered => ReturnRequest.AnsweredWithin,
            ReturnRequest.AfterOffer => ReturnRequest.DecidedWithin,
            ReturnRequest.Approved => scheme == "RFBS" ? ReturnRequest.SentWithin : ReturnRequest.OnItsWayFor,
            ReturnRequest.OnWay or ReturnRequest.Moving => ReturnRequest.OnItsWayFor,
            _ => (TimeSpan?)null,
        };
        var since = now - (within is { } whole ? whole - time : time);
        var (request, _) = Ask(article, scheme, reason, comment, state == ReturnRequest.OnApproval ? since : since - Hours(20, 70));
        request.Move(state, since, within);
        if (state is ReturnRequest.Offered or ReturnRequest.AfterOffer)
            (request.Offers, request.Offer, request.SellerComment) = (1, Part(request), "Предлагаем вернуть часть цены, товар остаётся у вас.");
        if (state == ReturnRequest.Received)
            request.ReceivedAt = since;
        if (request.IsRfbs && state is ReturnRequest.OnWay or ReturnRequest.Arrived or ReturnRequest.Received)
            Send(request);
        if (photo is null)
            return;
        request.Photos.Add(new ReturnPhoto
        {
            Path = string.Create(CultureInfo.InvariantCulture, $"{request.Id:x}{++_photos:x}.jpg"),
            ReturnId = request.Id,
            ClientId = request.ClientId,
            ContentType = "image/jpeg",
            Content = SeedTexts.Photo(photo),
        });
    }

    private void WriteEnded(int i, DateTime at)
    {
        var article = i % 5 == 2 ? Weak : Others[i % Others.Length];
        var scheme = (i % 5) switch { 0 => "FBO", 1 => "FBS", 3 => "FBS", _ => "RFBS" };
        var reason = article == Weak ? 4 : 1 + chance.Next(ReturnReason.All.Count);
        var product = products.First(p => p.Article == article);
        var (request, posting) = Ask(article, scheme, reason, _talk.Draw($"return{reason}", chance, product.Category), at);
        var outcomes = request.IsRfbs ? SellersOutcomes : MarketOutcomes;
        var (state, ended) = (outcomes[i / 2 % outcomes.Length], at + Hours(20, 24 * 6));
        request.Move(state, ended);
        switch (state)
        {
            case ReturnRequest.Rejected:
                request.SellerComment = "На товаре следы использования, фото с описанием отправили в чат.";
                break;
            case ReturnRequest.CompensationReturned:
                (request.Offers, request.Offer, request.SellerComment) = (1, Part(request), "Предлагаем вернуть часть цены, товар остаётся у вас.");
                Pay(posting, BuyerRefund.Return, request.Id, request.Offer, 0, ended);
                break;
            case ReturnRequest.MoneyReturned:
                if (request.IsRfbs)
                    Send(request);
                request.ReceivedAt = ended;
                Pay(posting, BuyerRefund.Return, request.Id, request.Worth, request.IsDefect ? request.Postage : 0, ended);
                break;
            case ReturnRequest.Solved:
                Send(request);
                request.ReceivedAt = ended;
                Exchange(request, posting);
                break;
        }
    }

    private (ReturnRequest Request, Posting Posting) Ask(string article, string scheme, int reason, string comment, DateTime at)
    {
        var product = products.First(p => p.Article == article);
        var delivered = at - Hours(4, 24 * 5);
        Posting posting;
        do
            posting = _postings.Make(product, skus[article], buyers[chance.Next(buyers.Count)], "delivered", scheme, now - delivered);
        while (!_numbers.Add(posting.OrderNumber));
        db.Postings.Add(posting);
        var count = _asked[posting.BuyerId] = _asked.GetValueOrDefault(posting.BuyerId) + 1;
        var wish = new NewReturn(skus[article], posting.Items[0].Quantity, ReturnReason.All.First(r => r.Id == reason), comment, []);
        var request = ReturnBook.Make(posting, posting.Items[0], wish, count, at, _lastId += 1 + chance.Next(900));
        db.Returns.Add(request);
        return (request, posting);
    }

    private void Send(ReturnRequest request) => (request.TrackingNumber, request.Postage) =
        (string.Create(CultureInfo.InvariantCulture, $"800{chance.Next(100_000, 999_999)}{chance.Next(10_000, 99_999)}"), 100L * chance.Next(220, 640));

    private void Pay(Posting posting, string source, long? returnId, long amount, long postage, DateTime at) => db.BuyerRefunds.Add(new BuyerRefund
    {
        ClientId = posting.ClientId,
        PostingNumber = posting.PostingNumber,
        Source = source,
        ReturnId = returnId,
        Amount = amount,
        Postage = postage,
        CreatedAt = at,
        PayAt = at + BuyerRefund.PaidAfter,
        PaidAt = at + BuyerRefund.PaidAfter,
    });

    private void Exchange(ReturnRequest request, Posting former)
    {
        var made = former.InsteadOf(former.OrderNumber + "-2", request, request.StateAt);
        made.MoveTo("delivered", "posting_received", request.StateAt + Hours(8, 40));
        (made.HandedOverAt, made.DeliveredAt) = (request.StateAt + Hours(2, 8), made.ChangedAt);
        db.Postings.Add(made);
        (request.ExchangePosting, request.ExchangeReference) = (made.PostingNumber, $"EX-{request.Id}");
    }

    // A third or so of the price, in whole roubles.
    private long Part(ReturnRequest request) => request.Worth * chance.Next(25, 45) / 10_000 * 100;

    private TimeSpan Hours(int from, int to) => TimeSpan.FromMinutes(chance.Next(from * 60, to * 60));
}

using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Seed;

/// <summary>
/// Fills an empty sandbox: three sellers, their products, orders, conversations and reviews. The same number
/// (<see cref="SandboxOptions.Seed"/>) and the same moment give the same shop to the last id.
/// </summary>
internal sealed class ShopSeed(SandboxOptions options)
{
    /// <summary>The last id before the first message; Ozon's are of this size.</summary>
    private const long FirstMessageId = 3_000_000_000_817_031_942;
    private const int FboOrders = 10;

    private static readonly (long ClientId, string Name, string Legal, string Inn, string Subscription)[] Sellers =
    [
        (1000001, "Дом и свет", "ИП Каримова Анна Сергеевна", "770412345678", "PREMIUM_PLUS"),
        (1000002, "Маленький лес", "ИП Орлов Степан Ильич", "500298765432", "PREMIUM_PLUS"),
        (1000003, "Медовая лавка", "ИП Пасечник Егор Петрович", "020311223344", "UNSPECIFIED"),
    ];

    private static readonly (string City, string Region)[] Places =
    [
        ("Москва", "Москва"), ("Санкт-Петербург", "Санкт-Петербург"), ("Казань", "Республика Татарстан"), ("Екатеринбург", "Свердловская область"),
        ("Нижний Новгород", "Нижегородская область"), ("Самара", "Самарская область"), ("Краснодар", "Краснодарский край"), ("Пермь", "Пермский край"),
        ("Тула", "Тульская область"), ("Воронеж", "Воронежская область"), ("Уфа", "Республика Башкортостан"), ("Калуга", "Калужская область"),
    ];

    private static readonly (int Rating, string Text)[] Opinions =
    [
        (5, "Отличное качество за свои деньги, беру второй раз."), (5, "Пришло быстро, упаковано надёжно."), (5, "Всё как на фото. Спасибо!"),
        (5, "Подарок маме, она в восторге."), (5, "Пользуемся месяц, нареканий нет."), (4, "Хорошо, но коробка была помята."),
        (4, "Цвет чуть темнее, чем на фото, в остальном всё хорошо."), (4, "Качество хорошее, но ждать пришлось дольше обещанного."), (3, "Нормально, но за эту цену хотелось бы лучше."),
        (2, "Пришлось менять, первый был с дефектом."), (5, "Продавец ответил за час, помог разобраться."), (5, ""), (4, ""), (5, ""),
    ];

    /// <summary>Adds everything to the context.</summary>
    /// <returns>The last id that was given out.</returns>
    public long Write(SandboxDb db, DateTime now)
    {
        var chance = new Random(options.Seed);
        var products = SeedTexts.Products();
        var chats = SeedTexts.Chats();
        var skus = products.Select((p, i) => (p.Article, Sku: 1_904_686_181 + (i * 1_371L))).ToDictionary(p => p.Article, p => p.Sku);
        foreach (var (clientId, name, legal, inn, subscription) in Sellers)
        {
            db.Accounts.Add(new SellerAccount
            {
                ClientId = clientId,
                Name = name,
                LegalName = legal,
                Inn = inn,
                Subscription = subscription,
                Keys = [.. Keys(clientId, now)],
            });
        }
        db.Products.AddRange(products.Select(p => new Product
        {
            Sku = skus[p.Article],
            ClientId = p.ClientId,
            OfferId = p.Article,
            Name = p.Name,
            Category = p.Category,
            Description = p.Description,
            Price = p.Price * 100L,
            OldPrice = p.OldPrice * 100L,
            Colour = p.Colour,
        }));
        var buyers = Buyers(chats);
        db.Buyers.AddRange(buyers);
        var postings = new PostingSeed(chance, now);
        var chatSeed = new ChatSeed(db, chance, now, products, skus, buyers.ToDictionary(b => b.Name), postings);
        var asked = chatSeed.WriteOrders(chats);
        var orders = asked.Concat(OtherOrders(chance, products, skus, buyers, postings, asked)).OrderBy(p => p.InProcessAt).ToList();
        db.Postings.AddRange(orders);
        db.CancellationRequests.AddRange(CancellationSeed.For(orders, now));
        WriteReviews(db, chance, orders);
        new ReturnSeed(db, new Random(options.Seed), now, products, skus, buyers, orders).Write();
        ComplaintSeed.Write(db, orders, now);
        return chatSeed.WriteChats(chats, FirstMessageId);
    }

    private static IEnumerable<SellerKey> Keys(long clientId, DateTime now)
    {
        yield return Key("", "Admin", 80);

        // Real keys look like this one, and some clients refuse what does not.
        yield return new SellerKey { ClientId = clientId, Key = $"5a4db0c5-0000-4000-8000-{clientId:D12}", RoleNames = "Admin", ExpiresAt = now.AddDays(80) };
        if (clientId != 1000001)
            yield break;
        yield return Key("-readonly", "Posting FBS,Rating", 60);
        yield return Key("-expiring", "Admin", 5);

        SellerKey Key(string suffix, string roles, int days) => new()
        {
            ClientId = clientId,
            Key = $"sandbox-key-{clientId}{suffix}",
            RoleNames = roles,
            ExpiresAt = now.AddDays(days),
        };
    }

    private static List<Buyer> Buyers(List<SeedChat> chats) =>
        [.. chats.Where(c => c.Person.Length > 0).Select(c => c.Person).Concat(MoreBuyers).Distinct().Select((name, i) => new Buyer
        {
            Id = 115_568 + (i * 37L),
            Name = name,
            City = Places[i % Places.Length].City,
            Region = Places[i % Places.Length].Region,
        })];

    private static readonly string[] MoreBuyers =
    [
        "Вадим Поляков", "Кира Степанова", "Руслана Ким", "Евгений Прошин", "Алина Сафонова", "Даниил Ветров", "София Лебедева", "Герман Ильин",
        "Мария Костина", "Пётр Авдеев", "Эльвира Хакимова", "Степан Громов", "Арина Белкина", "Захар Мишин", "Лидия Пахомова", "Юрий Тарасов",
    ];

    private static IEnumerable<Posting> OtherOrders(
        Random chance, List<SeedProduct> products, Dictionary<string, long> skus, List<Buyer> buyers, PostingSeed seed, List<Posting> asked)
    {
        (long ClientId, (string, int)[] Plan)[] plans =
            [(1000001, PostingSeed.FullShop), (1000002, PostingSeed.SmallShop), (1000003, [("awaiting_packaging", 1), ("delivered", 2)])];
        foreach (var (clientId, plan) in plans)
        {
            var own = products.Where(p => p.ClientId == clientId).ToList();
            foreach (var (status, count) in plan)
            {
                var have = asked.Count(p => p.ClientId == clientId && p.Status == status && !p.IsFbo);
                for (var i = have; i < count; i++)
                    yield return Draw(own, status, chance.Next(5) == 0 ? "RFBS" : "FBS");
            }
            for (var i = 0; clientId == 1000001 && i < FboOrders; i++)
                yield return Draw(own, "delivered", "FBO");
        }

        Posting Draw(List<SeedProduct> own, string status, string scheme)
        {
            var product = own[chance.Next(own.Count)];
            var other = own[chance.Next(own.Count)];
            var second = chance.Next(8) == 0 && other != product ? PostingSeed.Item(other, skus[other.Article], 1) : null;
            return seed.Make(product, skus[product.Article], buyers[chance.Next(buyers.Count)], status, scheme, null, second: second);
        }
    }

    private static void WriteReviews(SandboxDb db, Random chance, List<Posting> orders)
    {
        foreach (var posting in orders.Where(p => p.DeliveredAt is not null && chance.Next(10) < 6))
        {
            var (rating, text) = Opinions[chance.Next(Opinions.Length)];
            db.Reviews.Add(new Review
            {
                ClientId = posting.ClientId,
                Sku = posting.Items[0].Sku,
                PostingNumber = posting.PostingNumber,
                BuyerId = posting.BuyerId,
                Rating = rating,
                Text = text,
                WrittenAt = posting.DeliveredAt!.Value.AddMinutes(chance.Next(30, 200)),
            });
        }
    }
}

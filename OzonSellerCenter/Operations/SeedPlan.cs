using System.Globalization;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Operations;

/// <summary>Makes conversations as a shop has them: most answered and old, one in ten waiting since up to 25 h, every second about an order.
/// The clocks are reckoned by the code that reckons them in daily work. The same start gives the same data.</summary>
internal sealed class SeedPlan(int storeId, StoreRules rules, DateTime now, SeedIds ids)
{
    private const double WaitingShare = 0.1;
    private const long FirstSku = 900_000_000;
    private readonly Random _chance = new((int)(2026 + ids.Conversation));
    private readonly AlertPlan _alerts = AlertPlan.Of(rules, now);

    public List<Posting> Postings { get; } = [];
    public List<PostingItem> Items { get; } = [];
    public List<Conversation> Conversations { get; } = [];
    public List<Message> Messages { get; } = [];
    public List<Deadline> Deadlines { get; } = [];

    /// <summary>How many rows are ready to be written.</summary>
    public int Rows => Postings.Count + Items.Count + Conversations.Count + Messages.Count + Deadlines.Count;

    /// <summary>Adds a conversation with so many messages.</summary>
    public void Add(int messages)
    {
        var waits = _chance.NextDouble() < WaitingShare;

        // Squared chance: what is young is frequent.
        var age = Math.Pow(_chance.NextDouble(), 2) * (waits ? TimeSpan.FromHours(25) : TimeSpan.FromDays(365));
        var times = Times(now - age, messages, waits);
        var posting = ids.Conversation % 2 == 0 ? AddPosting(times[0]) : null;
        var conversation = NewConversation(times[0], posting);
        for (var i = 0; i < messages; i++) AddMessage(conversation, times[i], IsBuyers(i, messages, waits), last: i == messages - 1 && waits);
        Reckon(conversation, Messages.GetRange(Messages.Count - messages, messages), posting);
        Conversations.Add(conversation);
    }

    public void Clear()
    {
        Postings.Clear();
        Items.Clear();
        Conversations.Clear();
        Messages.Clear();
        Deadlines.Clear();
    }

    // Both speak in turn; who speaks last decides whether somebody waits.
    private static bool IsBuyers(int index, int count, bool waits) => (count - 1 - index) % 2 == 0 == waits;

    /// <summary>Backwards from the last message: sellers answer within hours, buyers come back within days.</summary>
    private List<DateTime> Times(DateTime last, int count, bool waits)
    {
        var times = new List<DateTime>(count) { last };
        for (var i = count - 1; i > 0; i--)
        {
            var gap = IsBuyers(i, count, waits) ? TimeSpan.FromHours(48) : TimeSpan.FromHours(10);
            times.Add(times[^1] - TimeSpan.FromMinutes(1) - Math.Pow(_chance.NextDouble(), 3) * gap);
        }

        times.Reverse();
        return [.. times.Select(t => new DateTime(t.Ticks - t.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc))];
    }

    private Posting AddPosting(DateTime around)
    {
        var id = ++ids.Posting;
        var order = string.Create(CultureInfo.InvariantCulture, $"{80_000_000 + id}-{id % 10_000:0000}");
        var status = around < now.AddDays(-6) ? "delivered" : around < now.AddDays(-2) ? "delivering" : around < now.AddDays(-1) ? "awaiting_deliver" : "awaiting_packaging";
        var (delivered, left) = (status == "delivered", status is "delivered" or "delivering");
        var price = _chance.Next(200, 9000) * 100L;
        var posting = new Posting
        {
            Id = id,
            StoreId = storeId,
            PostingNumber = order + "-1",
            OrderNumber = order,
            OrderId = 600_000_000 + id,
            Scheme = _chance.Next(3) switch { 0 => Scheme.Fbo, 1 => Scheme.Fbs, _ => Scheme.Rfbs },
            Status = status,
            InProcessAt = around.AddDays(-2),
            ShipBy = left ? around.AddDays(-1) : around.AddDays(1),
            DeliveringAt = left ? around.AddDays(-1) : null,
            MovedAt = around,
            LateAt = status == "delivering" ? around.AddDays(4) : null,
            WantsRefund = !delivered && id % 101 == 0,
            DeliveredAt = delivered ? around.AddDays(4) : null,
            City = SeedTexts.Cities[_chance.Next(SeedTexts.Cities.Length)],
            BuyerName = SeedTexts.BuyerNames[_chance.Next(SeedTexts.BuyerNames.Length)],
            BuyerId = BuyerOf(id),
            Total = price,
            StateAt = around,
        };

        // In turn, so that each product asked about has been sold as well and has its name from there.
        var product = (int)(id % SeedTexts.Products.Length);
        Items.Add(new PostingItem
        {
            Id = ++ids.Item,
            StoreId = storeId,
            PostingId = id,
            Sku = FirstSku + product,
            OfferId = string.Create(CultureInfo.InvariantCulture, $"SEED-{product}"),
            Name = SeedTexts.Products[product],
            Quantity = 1,
            Price = price,
        });
        Postings.Add(posting);
        return posting;
    }

    private Conversation NewConversation(DateTime startedAt, Posting? posting)
    {
        var id = ++ids.Conversation;
        return new Conversation
        {
            Id = id,
            StoreId = storeId,
            OzonChatId = string.Create(CultureInfo.InvariantCulture, $"5eed0000-0000-4000-8000-{id:x12}"),
            Kind = ConversationKind.Buyer,
            OzonChatType = "BUYER_SELLER",
            StartedAt = startedAt,
            OrderNumber = posting?.OrderNumber,
            PostingNumber = posting?.PostingNumber,
            Sku = posting is null ? FirstSku + _chance.Next(SeedTexts.Products.Length) : null,
            BuyerId = posting?.BuyerId ?? BuyerOf(id),
            BuyerName = posting?.BuyerName ?? SeedTexts.BuyerNames[_chance.Next(SeedTexts.BuyerNames.Length)],
        };
    }

    private void AddMessage(Conversation conversation, DateTime at, bool isBuyers, bool last)
    {
        var message = new Message
        {
            Id = ++ids.Message,
            StoreId = storeId,
            ConversationId = conversation.Id,
            OzonMessageId = 3_000_000_000_000_000_000 + ids.Message,
            Author = isBuyers ? MessageAuthor.Buyer : MessageAuthor.Seller,
            OzonAuthorType = isBuyers ? "Customer" : "Seller",
            Text = SeedTexts.Say(isBuyers, _chance),
            SentAt = at,
            ReadAt = last ? null : at.AddMinutes(1),
            State = isBuyers ? MessageState.Received : MessageState.Read,
        };
        Messages.Add(message);
        conversation.Show(message);
        conversation.SyncedMessageId = message.OzonMessageId.Value;
        conversation.Unread = last ? 1 : 0;
    }

    private void Reckon(Conversation conversation, List<Message> messages, Posting? posting)
    {
        var facts = new ConversationFacts(
            conversation.Kind,
            conversation.IsClosed,
            [.. messages.Select(m => new MessageFact(m.Author, m.State, m.SentAt))],
            posting is null ? [] : [new PostingFact(posting.Scheme, posting.InProcessAt, posting.DeliveredAt, posting.CancelledAt)]);
        var result = ConversationReckoning.Of(facts, rules, now);
        conversation.WaitingSince = result.WaitingSince;
        conversation.LastBuyerAt = result.LastBuyerAt;
        conversation.WindowClosesAt = result.Window.ClosesAt;
        conversation.DueAt = result.NextDue?.DueAt;
        conversation.DueKind = (int?)result.NextDue?.Kind;
        conversation.DueStartedAt = result.NextDue?.StartedAt;
        conversation.DueRuleMinutes = result.NextDue?.Rule.ToMinutes();
        foreach (var clock in result.Clocks)
        {
            var deadline = new Deadline
            {
                Id = ++ids.Deadline,
                StoreId = storeId,
                Subject = ConversationClocks.SubjectOf(conversation.Id),
                Kind = clock.Kind,
                StartedAt = clock.StartedAt,
                RuleKey = clock.Rule.Key,
            };
            deadline.Follow(clock, $"{conversation.BuyerName} · {conversation.PostingNumber ?? SeedTexts.Products[(int)(conversation.Sku!.Value - FirstSku)]}", _alerts);
            Deadlines.Add(deadline);
        }
    }

    // About one buyer in three has written before.
    private static string BuyerOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{700_000_000 + id - (id % 3 == 0 ? 1 : 0)}");
}

/// <summary>The last key given out in each table.</summary>
internal sealed class SeedIds
{
    public long Conversation { get; set; }
    public long Message { get; set; }
    public long Posting { get; set; }
    public long Item { get; set; }
    public long Deadline { get; set; }
}

using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Seed;

/// <summary>Turns the conversations of <c>chats.txt</c> into rows, and makes the orders they are about.</summary>
internal sealed class ChatSeed(
    SandboxDb db, Random chance, DateTime now,
    List<SeedProduct> products, Dictionary<string, long> skus, Dictionary<string, Buyer> buyers, PostingSeed postings)
{
    private readonly Dictionary<SeedChat, Posting> _orders = [];

    /// <summary>The orders somebody has written about.</summary>
    public List<Posting> WriteOrders(List<SeedChat> chats)
    {
        foreach (var chat in chats.Where(c => c.Kind == "order"))
        {
            var product = products.Single(p => p.Article == chat.Article && p.ClientId == chat.ClientId);
            _orders[chat] = postings.Make(
                product, skus[product.Article], buyers[chat.Person], chat.Words[1], chat.Words[2],
                SeedTexts.Span(chat.Words[3]), since: now - chat.Lines[0].Ago, quantity: chat.Quantity);
        }
        return [.. _orders.Values];
    }

    /// <summary>Chats and messages; ids grow in the order of time over all shops.</summary>
    /// <returns>The last id given out.</returns>
    public long WriteChats(List<SeedChat> chats, long lastId)
    {
        var rows = chats.ToDictionary(c => c, NewChat);
        var lines = chats.SelectMany(c => c.Lines.Select(l => (Chat: c, Line: l))).OrderByDescending(l => l.Line.Ago);
        foreach (var (seed, line) in lines)
        {
            lastId += 1 + chance.Next(9);
            Write(rows[seed], line, lastId);
            if (seed.Words[^1] == "read")
                rows[seed].SellerReadThrough = lastId;
        }
        db.Chats.AddRange(rows.Values);
        return lastId;
    }

    private Chat NewChat(SeedChat seed)
    {
        var id = new byte[16];
        chance.NextBytes(id);
        var order = _orders.GetValueOrDefault(seed);
        return new Chat
        {
            Id = new Guid(id).ToString(),
            ClientId = seed.ClientId,
            Type = seed.Kind switch { "support" => "SELLER_SUPPORT", "notice" => seed.Words[0], _ => "BUYER_SELLER" },
            Status = seed.Kind == "support" ? seed.Words[0] : "OPENED",
            CreatedAt = now - seed.Lines[0].Ago,
            BuyerId = buyers.GetValueOrDefault(seed.Person)?.Id,
            PostingNumber = order?.PostingNumber,
            Sku = seed.Kind is "order" or "product" ? skus[seed.Article] : null,
        };
    }

    private void Write(Chat chat, SeedLine line, long id)
    {
        var author = line.Who switch { 'b' => Author.Buyer, 's' => Author.Seller, 'o' => Author.Support, _ => Author.Ozon };
        var photo = line.Photo;
        var content = photo is null ? [] : SeedTexts.Photo(photo);
        var message = new ChatMessage
        {
            Id = id,
            ChatId = chat.Id,
            Author = author,
            AuthorId = author == Author.Seller ? chat.ClientId : chat.BuyerId ?? 0,
            CreatedAt = now - line.Ago,
            Text = photo is null ? line.Text : "",
            FilePath = photo is null ? null : $"{id:x}.jpg",
            FileName = photo,
            FileSize = content.Length,
            IsImage = photo is not null,
            Moderation = photo is null ? "" : "SUCCESS",
        };
        db.Messages.Add(message);
        if (photo is not null)
            db.Files.Add(new ChatFile { Path = message.FilePath!, ChatId = chat.Id, Name = photo, ContentType = "image/jpeg", Content = content });
        chat.LastMessageId = chat.SortId = id;
        // Everybody has read what he answered to; buyers read at once, but for a question that still waits.
        if (author == Author.Seller)
        {
            chat.SellerWroteAt = message.CreatedAt;
            chat.SellerReadThrough = id;
        }
        else
        {
            chat.BuyerWroteAt = message.CreatedAt;
        }
        chat.BuyerReadThrough = id;
    }
}

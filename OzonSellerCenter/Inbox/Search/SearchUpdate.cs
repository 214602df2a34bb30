using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Data.Search;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox.Search;

/// <summary>Brings the index up to date with what was just saved, in the transaction of it.</summary>
internal static class SearchUpdate
{
    public static async Task WriteAsync(SellerCenterDb db, Touched touched, CancellationToken cancellation)
    {
        var retold = touched.Retold.Select(c => c.Id).Concat(await AboutOrdersAsync(db, touched, cancellation)).ToHashSet();
        var numbered = retold.Concat(touched.Begun.Select(c => c.Id)).ToList();
        var messages = touched.Messages.Select(m => m.Message).Where(m => !retold.Contains(m.ConversationId))
            .Where(m => m.State != MessageState.TakenBack && db.Entry(m).State != EntityState.Detached)
            .Select(m => new MessageFound(m.Id, m.ConversationId, m.Author, m.SentAt, m.Text))
            .ToList();
        if (retold.Count > 0) messages.AddRange(await MessageFound.Of(db.Messages.Where(m => retold.Contains(m.ConversationId))).ToListAsync(cancellation));

        var abouts = await SearchedAbout.OfAsync(db, [.. messages.Select(m => m.ConversationId).Concat(numbered).Distinct()], cancellation);
        var texts = messages.ConvertAll(m => m.DocumentIn(abouts));
        var keys = texts.Select(t => t.Key).ToHashSet();
        await SearchIndex.Texts.RemoveAsync(db, [.. touched.Messages.Select(m => m.FormerKey).OfType<long>().Where(k => !keys.Contains(k))], cancellation);
        await WriteTextsAsync(db, texts, cancellation);
        await WriteNumbersAsync(db, numbered.ConvertAll(id => abouts[id]), cancellation);
        var postings = touched.Sought.Select(s => s.Posting.Id).Concat(touched.Items.Select(i => i.PostingId)).ToHashSet();
        await OrderSearch.WriteAsync(db, postings, [.. touched.Sought.Select(s => s.FormerKey)], cancellation);
    }

    public static async Task WriteTextsAsync(SellerCenterDb db, List<SearchDocument> texts, CancellationToken cancellation)
    {
        await SearchIndex.Texts.WriteAsync(db, texts, cancellation);
        await SearchVocabulary.LearnAsync(db, texts.SelectMany(t => t.Parts).SelectMany(p => p), cancellation);
    }

    public static async Task WriteNumbersAsync(SellerCenterDb db, List<SearchedAbout> abouts, CancellationToken cancellation)
    {
        var documents = abouts.ConvertAll(a => a.NumbersDocument());
        await SearchIndex.Numbers.RemoveAsync(db, [.. abouts.Where((_, i) => documents[i] is null).Select(a => a.ConversationId)], cancellation);
        await SearchIndex.Numbers.WriteAsync(db, [.. documents.OfType<SearchDocument>()], cancellation);
    }

    /// <summary>Conversations about the orders that were saved, and questions about products of which these orders tell the name first.</summary>
    private static async Task<List<long>> AboutOrdersAsync(SellerCenterDb db, Touched touched, CancellationToken cancellation)
    {
        var about = new List<long>();
        var ids = touched.Postings.Select(p => p.Id).Concat(touched.Items.Select(i => i.PostingId)).ToHashSet();
        if (ids.Count == 0) return about;
        var orders = await db.Postings.Where(p => ids.Contains(p.Id)).Select(p => new { p.StoreId, p.OrderNumber }).ToListAsync(cancellation);
        foreach (var store in orders.GroupBy(o => o.StoreId, o => o.OrderNumber))
        {
            var numbers = store.Where(n => n.Length > 0).Distinct().ToList();
            about.AddRange(await db.Conversations.Where(c => c.StoreId == store.Key && numbers.Contains(c.OrderNumber!)).Select(c => c.Id).ToListAsync(cancellation));
        }

        foreach (var (storeId, sku) in touched.NewItems.Select(i => (i.StoreId, i.Sku)).Distinct())
        {
            if (await db.PostingItems.Where(i => i.StoreId == storeId && i.Sku == sku).OrderBy(i => i.Sku).Take(2).CountAsync(cancellation) > 1) continue;
            about.AddRange(await db.Conversations.Where(c => c.StoreId == storeId && c.Sku == sku).Select(c => c.Id).ToListAsync(cancellation));
        }

        return about;
    }
}

/// <summary>What the index takes of a message.</summary>
internal sealed record MessageFound(long Id, long ConversationId, MessageAuthor Author, DateTime SentAt, string Text)
{
    /// <summary>Those that can be found: what was taken back never left.</summary>
    public static IQueryable<MessageFound> Of(IQueryable<Message> messages) => messages
        .Where(m => m.State != MessageState.TakenBack)
        .OrderBy(m => m.Id)
        .Select(m => new MessageFound(m.Id, m.ConversationId, m.Author, m.SentAt, m.Text));

    public SearchDocument DocumentIn(IReadOnlyDictionary<long, SearchedAbout> abouts) => abouts[ConversationId].TextOf(Id, Author, SentAt, Text);
}

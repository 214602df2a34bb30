using System.Globalization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Transcripts;

namespace OzonSellerCenter.Disputes.Evidence.Freezing;

/// <summary>A copy that is to go into a case; its bytes are in <see cref="ContentFiles"/>.</summary>
internal sealed record FrozenCopy(
    EvidenceKind Kind, EvidenceSide Side, string Sha256, long Size, string ContentType, string Name, string Caption, DateTime AsOf);

/// <summary>What was gathered for a case.</summary>
/// <param name="Copies">In the order in which they go into the case, each content once.</param>
/// <param name="Missing">What could not be had: resource keys of the texts of evidence.</param>
internal sealed record Gathered(IReadOnlyList<FrozenCopy> Copies, IReadOnlyList<string> Missing);

/// <summary>Makes copies of what the record tells of a case. The bytes are kept at once; whoever is cut off leaves files that nobody speaks of.</summary>
public sealed class FrozenCopies(FrozenOrder orders, FrozenTalk talks, Transcript transcripts, ContentFiles files)
{
    private const string Text = "text/plain";
    private const long MaxTextBytes = 200_000_000;

    internal async Task<Gathered> GatherAsync(CurrentUser user, CaseRecord record, CancellationToken cancellation)
    {
        // The copies are in Russian whoever asks; what an async method sets here does not reach its caller.
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ru-RU");
        var (copies, missing) = (new List<FrozenCopy>(), new List<string>());
        await OrderAsync(record, copies, missing, cancellation);
        await TalksAsync(user, record, copies, missing, cancellation);
        await ListingAsync(record, copies, missing, cancellation);
        await PicturesAsync(record, copies, missing, cancellation);
        return new Gathered([.. copies.DistinctBy(c => c.Sha256)], [.. missing.Distinct()]);
    }

    private async Task OrderAsync(CaseRecord record, List<FrozenCopy> copies, List<string> missing, CancellationToken cancellation)
    {
        if (record.Posting is not { } posting)
        {
            missing.AddRange(["Frozen_NoOrder", "Frozen_NoTracking"]);
            return;
        }

        copies.Add(await TextAsync(EvidenceKind.OrderRecord, orders.Order(record, posting), $"Заказ {posting.PostingNumber}", "Запись о заказе", record.ReadAt, cancellation));
        if (orders.Tracking(record, posting) is { } way) copies.Add(await TextAsync(EvidenceKind.Tracking, way, $"Отслеживание {posting.PostingNumber}", "Путь отправления", record.ReadAt, cancellation));
        else missing.Add("Frozen_NoTracking");
    }

    private async Task TalksAsync(CurrentUser user, CaseRecord record, List<FrozenCopy> copies, List<string> missing, CancellationToken cancellation)
    {
        if (record.Conversations.Count == 0) missing.Add("Frozen_NoConversation");
        foreach (var id in record.Conversations)
        {
            if (await transcripts.RecordAsync(user, id, cancellation) is not { } talk) continue;
            copies.Add(await TextAsync(EvidenceKind.Transcript, talks.Of(talk), $"Переписка {id}", "Переписка с покупателем", record.ReadAt, cancellation));
        }
    }

    // The order keeps name and price of the sale; what Ozon says of the product is known as of the last time it was asked only.
    private async Task ListingAsync(CaseRecord record, List<FrozenCopy> copies, List<string> missing, CancellationToken cancellation)
    {
        var facts = record.Products.ToDictionary(f => f.Sku);
        var items = record.Items.DistinctBy(i => i.Sku).ToDictionary(i => i.Sku);
        foreach (var sku in facts.Keys.Union(items.Keys).Order())
        {
            var (fact, item) = (facts.GetValueOrDefault(sku), items.GetValueOrDefault(sku));
            var caption = fact is null ? "Карточка товара: только сведения из заказа" : "Карточка товара по данным Ozon; описание неизвестно";
            copies.Add(await TextAsync(EvidenceKind.ListingText, FrozenOrder.Listing(record, fact, item), $"Карточка товара {sku}", caption, fact?.FetchedAt ?? record.ReadAt, cancellation));
        }

        if (facts.Count == 0) missing.Add("Frozen_NoListing");
        var pictures = record.Products.Where(f => f.PictureSha256 is not null).ToList();
        if (pictures.Count == 0) missing.Add("Frozen_NoListingPhoto");
        foreach (var fact in pictures) await PictureAsync(EvidenceKind.ListingPhoto, EvidenceSide.Record, fact.PictureSha256!, $"Фото из карточки {fact.Sku}", "Главное фото карточки товара", fact.FetchedAt, copies, missing, cancellation);
    }

    private async Task PicturesAsync(CaseRecord record, List<FrozenCopy> copies, List<string> missing, CancellationToken cancellation)
    {
        var photos = record.Returns.SelectMany(r => r.Photos.OrderBy(p => p.Id).Select((p, i) => (p.Sha256, Name: $"Фото покупателя {r.Number}-{i + 1}", Caption: $"Фото к заявке {r.Number}", At: r.DetailsAt ?? r.AskedAt)))
            .Concat(record.SentPictures.Select((p, i) => (p.Sha256, Name: $"Фото покупателя из чата {i + 1}", Caption: "Фото из переписки", At: p.SentAt))).ToList();
        if (photos.Count == 0) missing.Add("Frozen_NoBuyerPhotos");
        foreach (var (hash, name, caption, at) in photos)
        {
            if (hash is null) missing.Add("Frozen_PhotosComing");
            else await PictureAsync(EvidenceKind.BuyerPhoto, EvidenceSide.Buyer, hash, name, caption, at, copies, missing, cancellation);
        }

        foreach (var (inspection, photo, n) in record.Inspections.SelectMany(i => i.Photos.OrderBy(p => p.Id).Select((p, n) => (i, p, n + 1))))
        {
            await PictureAsync(EvidenceKind.InspectionPhoto, EvidenceSide.Seller, photo.Sha256, $"Фото осмотра {inspection.Id}-{n}", "Фото осмотра возвращённого товара", inspection.At, copies, missing, cancellation);
        }
    }

    private async Task<FrozenCopy> TextAsync(EvidenceKind kind, byte[] text, string name, string caption, DateTime asOf, CancellationToken cancellation)
    {
        using var content = new MemoryStream(text);
        var kept = (await files.SaveAsync(content, MaxTextBytes, cancellation))!;
        return new FrozenCopy(kind, EvidenceSide.Record, kept.Sha256, kept.Size, Text, NameOf(name, ".txt"), caption, asOf);
    }

    private async Task PictureAsync(
        EvidenceKind kind, EvidenceSide side, string sha256, string name, string caption, DateTime asOf, List<FrozenCopy> copies, List<string> missing, CancellationToken cancellation)
    {
        await using var content = files.Open(sha256);
        if (content is null)
        {
            missing.Add("Frozen_FileGone");
            return;
        }

        var head = new byte[FileKind.Head];
        var what = FileKind.Of(head.AsSpan(0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation)));
        copies.Add(new FrozenCopy(kind, side, sha256, content.Length, what.ContentType, NameOf(name, what.Extensions.Count > 0 ? what.Extensions[0] : ""), caption, asOf));
    }

    private static string NameOf(string name, string extension) => FileNames.Clean(name + extension);
}

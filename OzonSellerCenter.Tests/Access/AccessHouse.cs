using System.Net;
using System.Text.RegularExpressions;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Disputes.Packs;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Orders.Labels;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Returns.Inspections;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Access;

/// <summary>The whole app with two stores, the people of the table, each signed in with a browser of his own, and things to look for.</summary>
public sealed partial class AccessHouse : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private readonly Dictionary<Who, Visitor> _visitors = [];
    private readonly Dictionary<Who, CurrentUser> _people = [];
    private Dictionary<string, long> _ids = [];

    public WebApp App { get; } = new();

    public int StoreId { get; private set; }

    public int OtherStoreId { get; private set; }

    public Visitor this[Who who] => _visitors[who];

    public CurrentUser PersonOf(Who who) => _people[who];

    public async ValueTask InitializeAsync()
    {
        StoreId = await App.AddStoreAsync("1000001");
        OtherStoreId = await App.AddStoreAsync("1000002");
        _visitors[Who.Anonymous] = App.Visit();
        foreach (var (who, store, role) in new[]
        {
            (Who.Owner, StoreId, StoreRole.Owner), (Who.Agent, StoreId, StoreRole.Agent), (Who.Support, StoreId, StoreRole.Support), (Who.Other, OtherStoreId, StoreRole.Owner),
        })
        {
            var email = $"{who}@shop.test".ToLowerInvariant();
            _people[who] = await App.AddPersonAsync(email, store, role);
            _visitors[who] = App.Visit();
            Assert.Equal("/", (await _visitors[who].SignInAsync(email)).Location);
        }

        _ids = await FurnishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors.Values) visitor.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>The address with ids put in; with <paramref name="missing"/>, ids that never were.</summary>
    internal string PathOf(AccessRule access, bool missing = false) =>
        Named().Replace(access.Path, name => $"{(missing ? _ids[name.Groups[1].Value] + 1_000_000 : _ids[name.Groups[1].Value])}");

    /// <param name="accept">What the caller wants: a browser that opens an address, or a program.</param>
    internal Task<Page> AskAsync(AccessRule access, Who who, bool missing = false, string accept = "text/html") =>
        this[who].SendAsync(new HttpMethod(access.Route.Split(' ')[0]), PathOf(access, missing), null, ("Accept", accept));

    /// <summary>What differs from answer to answer for everybody: nonces of the circuit, times, and the id that was asked for.</summary>
    internal string Comparable(Page page) =>
        $"{(int)page.Status} {page.Location}\n{string.Join('\n', page.Headers.Where(h => h.Key is not "Date").OrderBy(h => h.Key).Select(h => $"{h.Key}: {h.Value}"))}\n"
        + Nonces().Replace(page.Body, "").Replace(page.Path, "(path)", StringComparison.Ordinal).Replace(WebUtility.UrlEncode(page.Path), "(path)", StringComparison.Ordinal);

    private async Task<Dictionary<string, long>> FurnishAsync()
    {
        var stored = await App.Get<AttachmentFiles>().SaveAsync(new MemoryStream(Png), 1000, CancellationToken.None);
        var paper = await App.Get<AttachmentFiles>().SaveAsync(new MemoryStream("%PDF-1.4"u8.ToArray()), 1000, CancellationToken.None);
        await using var db = await App.Databases.ForSystemAsync(CancellationToken.None);
        var conversation = new Conversation { StoreId = StoreId, OzonChatId = "chat-1", Kind = ConversationKind.Buyer, BuyerName = "Дмитрий Л." };
        db.Conversations.Add(conversation);
        db.Postings.Add(new Posting { StoreId = StoreId, PostingNumber = "1", Status = "delivered" });
        await db.CommitAsync(CancellationToken.None);
        var message = new Message
        {
            StoreId = StoreId,
            ConversationId = conversation.Id,
            Author = MessageAuthor.Buyer,
            Text = "Где заказ?",
            SentAt = App.Wall.GetUtcNow().UtcDateTime,
            OzonMessageId = 1,
            State = MessageState.Received,
        };
        db.Messages.Add(message);
        await db.CommitAsync(CancellationToken.None);
        var file = new Attachment { StoreId = StoreId, ConversationId = conversation.Id, MessageId = message.Id, Name = "фото.png", IsImage = true, Sha256 = stored!.Sha256 };
        var draft = new Attachment { StoreId = StoreId, ConversationId = conversation.Id, DraftOf = _people[Who.Agent].Id, Name = "черновик.png", IsImage = true, Sha256 = stored.Sha256 };
        var pdf = new Attachment { StoreId = StoreId, ConversationId = conversation.Id, MessageId = message.Id, Name = "чек.pdf", Sha256 = paper!.Sha256 };
        db.Attachments.AddRange(file, draft, pdf);
        var labels = new LabelJob { StoreId = StoreId, Key = "1", CreatedBy = _people[Who.Agent].Id };
        labels.Finish([new LabelFile(1, "big_label", paper.Sha256, paper.Size, Printed: 1)], App.Wall.GetUtcNow().UtcDateTime, null);
        db.LabelJobs.Add(labels);
        var product = new ProductFact { StoreId = StoreId, Sku = 1, Name = "Лампа", PictureSha256 = stored.Sha256, PictureType = "image/png" };
        db.ProductFacts.Add(product);
        var request = new ReturnRequest { StoreId = StoreId, Source = ReturnSource.Rfbs, ReturnId = 1, Number = "1-R1", AskedAt = App.Wall.GetUtcNow().UtcDateTime };
        var photo = new ReturnPhoto { StoreId = StoreId, OzonUrl = "https://cdn.example/1.png", Sha256 = stored.Sha256 };
        request.Photos.Add(photo);
        db.ReturnRequests.Add(request);
        await db.CommitAsync(CancellationToken.None);
        var seen = new InspectionPhoto { StoreId = StoreId, Sha256 = stored.Sha256, Name = "1.png", ContentType = "image/png" };
        db.Inspections.Add(new Inspection { StoreId = StoreId, ReturnRequestId = request.Id, At = App.Wall.GetUtcNow().UtcDateTime, By = _people[Who.Agent].Id, Photos = { seen } });
        var dispute = new Dispute { StoreId = StoreId, Key = "1", Kind = DisputeKind.Complaint, OpenedAt = App.Wall.GetUtcNow().UtcDateTime };
        db.Disputes.Add(dispute);
        await db.CommitAsync(CancellationToken.None);
        var pack = new EvidencePack { StoreId = StoreId, DisputeId = dispute.Id, AskedBy = _people[Who.Agent].Id, Language = "ru", State = PackState.Ready, PdfSha256 = paper.Sha256, ZipSha256 = paper.Sha256 };
        db.EvidencePacks.Add(pack);
        var evidence = new EvidenceItem { StoreId = StoreId, DisputeId = dispute.Id, Kind = EvidenceKind.File, Side = EvidenceSide.Seller, Sha256 = stored.Sha256, ViewSha256 = stored.Sha256, ThumbSha256 = stored.Sha256, ContentType = "image/png", Name = "1.png" };
        db.EvidenceItems.Add(evidence);
        await db.CommitAsync(CancellationToken.None);
        return new()
        {
            ["case"] = dispute.Id,
            ["evidence"] = evidence.Id,
            ["conversation"] = conversation.Id,
            ["attachment"] = file.Id,
            ["draft"] = draft.Id,
            ["pdf"] = pdf.Id,
            ["posting"] = 1,
            ["labels"] = labels.Id,
            ["product"] = product.Id,
            ["return"] = request.Id,
            ["photo"] = photo.Id,
            ["inspected"] = seen.Id,
            ["pack"] = pack.Id,
        };
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Named();

    [GeneratedRegex("""<!--Blazor.*?-->|data-server-now="\d+"|<input type="hidden" name="__RequestVerificationToken"[^>]*>""", RegexOptions.Singleline)]
    private static partial Regex Nonces();
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;
using SkiaSharp;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>The PDF of a pack: title, contents, account, history, list of the evidence, and each piece of it. Everything is drawn as text and pictures by
/// calls; nothing in it is ever read as markup, and nothing is fetched.</summary>
public sealed class PackPdf(IStringLocalizer<PackTexts> texts, IStringLocalizer<DisputeTexts> questions, ContentFiles files)
{
    private const float Labels = 130;
    private static readonly PackInk Title = new(20, SKColors.Black);

    // The accent of the screens instead of a bold font, which would be one more file.
    private static readonly PackInk Head = new(13, new SKColor(0x0B, 0x5F, 0x6B));
    private static readonly PackInk Body = new(9.5f, SKColors.Black);
    private static readonly PackInk Meta = new(8, SKColors.DimGray);
    private static readonly PackInk Hash = new(7.5f, SKColors.DimGray);

    /// <summary>Draws it in the language that is spoken when this is called.</summary>
    /// <param name="onPiece">Called after each piece; throws to stop.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal async Task DrawAsync(PackContent content, Stream file, Func<Task> onPiece, CancellationToken cancellation)
    {
        var head = texts["PageHead", content.Dispute.Number, content.Store].Value;
        using var counted = new PackSheets(null, head, 0);
        var pages = await WriteAsync(counted, content, null, () => Task.CompletedTask, cancellation);
        using var output = new PackStream(file);
        using var document = SKDocument.CreatePdf(output, new SKDocumentPdfMetadata
        {
            Title = texts["Title", content.Dispute.Number],
            Author = content.Store,
            Creator = PackManifest.Program,
            Creation = content.MadeAt,
            EncodingQuality = 101,
            RasterDpi = SKDocument.DefaultRasterDpi,
        });
        using var sheets = new PackSheets(document, head, counted.Page);
        await WriteAsync(sheets, content, pages, onPiece, cancellation);
        sheets.Close();
        document.Close();
        output.ThrowIfBroken();
    }

    /// <param name="pages">Of each entry of the contents; null while they are being counted.</param>
    /// <returns>The same, as it came out.</returns>
    private async Task<Dictionary<string, int>> WriteAsync(PackSheets sheets, PackContent content, Dictionary<string, int>? pages, Func<Task> onPiece, CancellationToken cancellation)
    {
        var (paper, found) = (new PackPaper(texts, content, sheets), new Dictionary<string, int>());
        TitlePage(sheets, paper, content);
        sheets.Turn();
        Contents(sheets, paper, content, pages ?? []);
        sheets.Turn();
        Section("Account");
        Account(sheets, content);
        Section("Timeline");
        foreach (var step in content.Steps) paper.Step(step);
        Section("Evidence");
        sheets.Write(content.Pieces.Count == 0 ? texts["NoEvidence"] : texts["HashesWhy", PackManifest.Name], Meta);
        foreach (var piece in content.Pieces) paper.Line(piece);
        foreach (var piece in content.Pieces)
        {
            cancellation.ThrowIfCancellationRequested();
            sheets.Turn();
            Mark(PackPaper.AnchorOf(piece));
            paper.Head(piece);
            await BodyAsync(sheets, paper, piece, cancellation);
            await onPiece();
        }

        return found;

        void Section(string key)
        {
            sheets.Gap(16);
            sheets.Keep(60);
            Mark(key);
            sheets.Write(texts[key], Head);
            sheets.Gap(4);
        }

        void Mark(string anchor)
        {
            found[anchor] = sheets.Page;
            sheets.Anchor(anchor);
        }
    }

    private void TitlePage(PackSheets sheets, PackPaper paper, PackContent content)
    {
        var dispute = content.Dispute;
        sheets.Turn();
        sheets.Gap(40);
        sheets.Write(texts["Title", dispute.Number], Title);
        sheets.Gap(18);
        Fact("Kind", texts[$"Kind_{dispute.Kind}"]);
        Fact("Topic", texts[$"Topic_{dispute.Topic}"]);
        Fact("State", texts[$"State_{dispute.State}"]);
        Fact("Outcome", dispute.Outcome == DisputeOutcome.None ? texts["NotDecided"] : texts[$"Outcome_{dispute.Outcome}"]);
        if (dispute.Awarded > 0) Fact("Awarded", new Money(dispute.Awarded, dispute.Currency).ToString());
        Fact("Store", content.Store);
        Fact("Posting", dispute.PostingNumber);
        Fact("Order", dispute.OrderNumber);
        Fact("Product", dispute.Sku > 0 ? string.Create(CultureInfo.InvariantCulture, $"{dispute.ProductName} (SKU {dispute.Sku})") : dispute.ProductName);
        Fact("Claim", dispute.Claim);
        Fact("ClaimAmount", new Money(dispute.ClaimAmount, dispute.Currency).ToString());
        Fact("OpenedAt", paper.At(dispute.OpenedAt));
        if (dispute.DecidedAt is { } decided) Fact("DecidedAt", paper.At(decided));
        if (dispute.Reasons.Length > 0) Fact("Reasons", dispute.Reasons);
        sheets.Gap(14);
        Fact("MadeAt", paper.At(content.MadeAt));
        Fact("MadeBy", content.MadeBy);
        Fact("Program", PackManifest.Program);
        Fact("Times", texts["Zone", content.TimeZone]);
        sheets.Gap(14);
        sheets.Write(texts["Enclosed", content.Enclosed.Count(), content.Pieces.Count - content.Enclosed.Count()], Body);
        sheets.Write(texts["Verify", PackManifest.Sums], Meta);

        void Fact(string key, string value)
        {
            sheets.Pair(texts[key], value, Meta, Body, Labels);
            sheets.Gap(3);
        }
    }

    private void Contents(PackSheets sheets, PackPaper paper, PackContent content, Dictionary<string, int> pages)
    {
        sheets.Write(texts["Contents"], Head);
        sheets.Gap(6);
        foreach (var key in new[] { "Account", "Timeline", "Evidence" }) sheets.Entry(texts[key], pages.GetValueOrDefault(key), key, Body, 0);
        foreach (var piece in content.Pieces) sheets.Entry(paper.TitleOf(piece), pages.GetValueOrDefault(PackPaper.AnchorOf(piece)), PackPaper.AnchorOf(piece), Body, 14);
    }

    private void Account(PackSheets sheets, PackContent content)
    {
        var dispute = content.Dispute;
        sheets.Write(dispute.Account.Length > 0 ? dispute.Account : texts["NoAccount"], Body);
        foreach (var answer in dispute.Answers)
        {
            sheets.Gap(6);
            sheets.Keep(30);
            sheets.Write(QuestionOf(answer.Key), Meta);
            sheets.Write(answer.Text, Body);
        }
    }

    // A question that is not asked any more has no words left; its key says what it was about.
    private string QuestionOf(string key) => questions[$"Ask_{key}"] is { ResourceNotFound: false } asked ? asked.Value : key;

    private async Task BodyAsync(PackSheets sheets, PackPaper paper, PackPiece piece, CancellationToken cancellation)
    {
        if (piece.Path is null) return;
        sheets.Gap(8);
        if (piece.IsText && await paper.TextAsync(files, piece, cancellation) is { } text) sheets.Write(text, Body);
        else if (piece.IsPicture && PackPictures.Measure(files.PathOf(piece.Drawn), piece.Item.ViewSha256 is not null) is { } picture) sheets.Picture(picture, () => PackPictures.Draw(picture), texts["PictureBroken"]);
        else sheets.Write(texts["SeeFile", piece.Path], Body);
    }
}

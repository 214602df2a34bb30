using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;
using SkiaSharp;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Steps and pieces of a case as words on paper.</summary>
internal sealed class PackPaper(IStringLocalizer<PackTexts> texts, PackContent content, PackSheets sheets)
{
    /// <summary>Characters of a text that are printed; the whole is enclosed.</summary>
    private const int MaxPrinted = 200_000;

    private const float Indent = 24;
    private static readonly PackInk Accent = new(12, new SKColor(0x0B, 0x5F, 0x6B));
    private static readonly PackInk Body = new(9.5f, SKColors.Black);
    private static readonly PackInk Meta = new(8, SKColors.DimGray);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.TryFindSystemTimeZoneById(content.TimeZone, out var found) ? found : TimeZoneInfo.Utc;

    public static string AnchorOf(PackPiece piece) => string.Create(CultureInfo.InvariantCulture, $"piece-{piece.Number}");

    /// <summary>Such as <c>2026-11-24 15:00:00 +03:00</c>, alike in every language.</summary>
    public string At(DateTime utc) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), _zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    public string TitleOf(PackPiece piece) => $"{piece.Number}. {(piece.Path is null ? $"{texts["Withdrawn"]}: " : "")}{piece.Item.Name}";

    /// <summary>A step of the history: when, what, who, and what was said.</summary>
    public void Step(DisputeStep step)
    {
        sheets.Gap(5);
        sheets.Keep(28);
        var what = texts[$"Event_{step.Event}"].Value;
        if (step.Outcome != DisputeOutcome.None) what += $": {texts[$"Outcome_{step.Outcome}"]}";
        if (step.Amount > 0) what += $", {new Money(step.Amount, content.Dispute.Currency)}";
        sheets.Write($"{At(step.At)}  {what}", Body);
        sheets.Write(texts["StepBy", content.NameOf(step.By) ?? texts["Outside"], step.Instance], Meta, Indent);
        if (step.Words.Length > 0) sheets.Write(step.Words, Body, Indent);
    }

    /// <summary>A piece in the list of the evidence.</summary>
    public void Line(PackPiece piece)
    {
        sheets.Gap(5);
        sheets.Keep(40);
        Facts(piece, TitleOf(piece), Body, Indent);
    }

    /// <summary>What stands above a piece on its own page.</summary>
    public void Head(PackPiece piece)
    {
        Facts(piece, TitleOf(piece), Accent, 0);
        sheets.Gap(4);
        sheets.Rule();
    }

    /// <summary>What a text copy says, as far as it is printed; null when the file is not here.</summary>
    public async Task<string?> TextAsync(ContentFiles files, PackPiece piece, CancellationToken cancellation)
    {
        await using var file = files.Open(piece.Item.Sha256);
        if (file is null) return null;
        using var reader = new StreamReader(file, Encoding.UTF8);
        var buffer = new char[(int)Math.Min(MaxPrinted + 1, piece.Item.Size + 1)];
        var read = await reader.ReadBlockAsync(buffer, cancellation);
        var shown = new string(buffer, 0, Math.Min(read, MaxPrinted));
        return read > MaxPrinted ? $"{shown}\n{texts["RestInFile", piece.Path!]}" : shown;
    }

    private void Facts(PackPiece piece, string title, PackInk ink, float indent)
    {
        var item = piece.Item;
        sheets.Write(title, ink);
        if (item.Caption.Length > 0) sheets.Write(item.Caption, Body, indent);
        var kind = texts[$"Evidence_{item.Kind}"].Value;
        if (item.Role != Evidence.EvidenceRole.None) kind += $" ({texts[$"Role_{item.Role}"]})";
        sheets.Write($"{kind} · {texts[$"Side_{item.Side}"]} · {item.ContentType} · {FileSizes.Of(item.Size)} · {Plural.Format(CultureInfo.CurrentUICulture, texts["Bytes"], item.Size)}", Meta, indent);
        sheets.Write(texts["Added", At(item.AddedAt), content.NameOf(item.AddedBy) ?? texts["Outside"]] + (item.AsOf is { } asOf ? $" · {texts["AsOf", At(asOf)]}" : ""), Meta, indent);
        sheets.Write($"SHA-256 {item.Sha256}", Meta, indent);
        if (item.WithdrawnAt is { } at) sheets.Write(texts["WithdrawnBy", At(at), content.NameOf(item.WithdrawnBy) ?? texts["Outside"], item.WithdrawnWhy ?? "—"], Body, indent);
        else sheets.Write(texts["File", piece.Path!], Meta, indent);
    }
}

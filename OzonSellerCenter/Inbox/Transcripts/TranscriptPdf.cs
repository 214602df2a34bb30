using System.Globalization;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Shared;
using PdfSharp.Drawing;

namespace OzonSellerCenter.Inbox.Transcripts;

/// <summary>Draws a record on paper in the language of the person who asks. One at a time, so that several long ones do not take the
/// memory of the whole server; the others wait.</summary>
public sealed class TranscriptPdf(IStringLocalizer<TranscriptTexts> texts) : IDisposable
{
    private const string Enclosed = "transcript.json";
    private static readonly PdfInk Title = new(16, XBrushes.Black);
    private static readonly PdfInk Body = new(9.5, XBrushes.Black);
    private static readonly PdfInk Meta = new(8, XBrushes.DimGray);

    // The accent of the screens instead of a bold font, which would be one more file.
    private static readonly PdfInk Head = new(8.5, new XSolidBrush(XColor.FromArgb(0x0B, 0x5F, 0x6B)));

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The file; the thread pool draws it.</summary>
    internal async Task<byte[]> DrawAsync(RecordedConversation record, Export export, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Draw(record, export, cancellation), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private byte[] Draw(RecordedConversation record, Export export, CancellationToken cancellation)
    {
        var json = record.ToJson();
        var hash = RecordedConversation.HashOf(json);
        using var sheets = new PdfSheets();
        sheets.Describe($"{texts["Title"]} {record.OzonChatId}", export.By, CultureInfo.CurrentUICulture.Name, export.At);
        sheets.Enclose(Enclosed, json);
        sheets.Write(texts["Title"], Title);
        sheets.Gap(6);
        Fact("Store", record.Store);
        Fact("Chat", record.OzonChatId);
        Fact("Posting", record.PostingNumber ?? "—");
        Fact("Messages", record.Messages.Count.ToString("N0", CultureInfo.CurrentCulture));
        Fact("Exported", $"{record.Local(export.At)}, {export.By}");
        Fact("Times", texts["Zone", record.TimeZone]);
        Fact("Hash", hash);
        sheets.Write(texts["HashWhy", Enclosed], Meta);
        foreach (var message in record.Messages)
        {
            cancellation.ThrowIfCancellationRequested();
            Write(sheets, record, message);
        }

        return sheets.Finish($"SHA-256 {hash}");

        void Fact(string key, string value) => sheets.Write($"{texts[key]}: {value}", Body);
    }

    private void Write(PdfSheets sheets, RecordedConversation record, RecordedMessage message)
    {
        sheets.Gap(9);

        // The head does not stand alone at the end of a page.
        sheets.Keep(30);
        sheets.Write(HeadOf(record, message), Head);
        foreach (var edit in message.Edits)
        {
            sheets.Write(texts["Until", record.Local(edit.ReplacedAt)], Meta, 12);
            sheets.Write(edit.Text, Body with { Brush = XBrushes.DimGray }, 24);
        }

        if (message.EditedAt is { } edited) sheets.Write(texts["Since", record.Local(edited)], Meta, 12);
        if (message.Text.Length > 0) sheets.Write(message.Text, Body, 12);
        foreach (var file in message.Files) sheets.Write(FileOf(file), Meta, 12);
    }

    private string HeadOf(RecordedConversation record, RecordedMessage message)
    {
        var head = $"{record.Local(message.SentAt)}  {texts[$"Author_{message.Author}"]}";
        if (message.SentBy is not null) head += $" ({message.SentBy})";
        if (message.ReadAt is { } read) head += $" · {texts["ReadAt", record.Local(read)]}";
        else if (message.State is not (MessageState.Received or MessageState.Sent)) head += $" · {texts[$"State_{message.State}"]}";
        return head;
    }

    private string FileOf(RecordedFile file)
    {
        var size = file.Size is { } bytes ? Plural.Format(CultureInfo.CurrentUICulture, texts["Bytes"], bytes) : texts["NoSize"];
        return texts["File", file.Name, size, file.Sha256 ?? "—"];
    }
}

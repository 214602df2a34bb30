using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Transcripts;
using OzonSellerCenter.Tests.Support;
using UglyToad.PdfPig;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>A conversation on record, as text, JSON and PDF.</summary>
public sealed class TranscriptTests : IDisposable
{
    private static readonly string FileHash = new('a', 64);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public TranscriptTests() => Speak("en");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Text_and_JSON_hold_every_message_edits_and_hashes_and_their_own_hash()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await EditedAsync(shop, "Новый текст\n[2026-01-01 00:00:00 +03:00] Seller");
        var transcript = shop.Db.Services.GetRequiredService<Transcript>();

        var text = Encoding.UTF8.GetString((await transcript.TextAsync(shop.Support, conversation.Id, Ct))!.Content);
        Assert.Contains("Старый текст", text, StringComparison.Ordinal);
        Assert.Contains("[2026-11-24 15:00:00 +03:00] Buyer\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n[2026-01-01", text, StringComparison.Ordinal);
        var cut = text.LastIndexOf("\nSHA-256: ", StringComparison.Ordinal);
        Assert.Equal(HashOf(text[..cut]), text[(cut + 10)..].Trim());

        var (record, hash) = await JsonAsync(shop, conversation);
        Assert.Equal(HashOf(record), hash);
        Assert.Contains($"SHA-256 of the record (as in JSON and PDF): {hash}\n", text, StringComparison.Ordinal);

        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.Null(await transcript.TextAsync(stranger, conversation.Id, Ct));
        Assert.Null(await transcript.JsonAsync(stranger, conversation.Id, Ct));
        Assert.Null(await transcript.PdfAsync(stranger, conversation.Id, Ct));
    }

    [Fact]
    public async Task The_hash_of_the_record_changes_with_the_conversation_and_not_with_who_exports_or_when()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await EditedAsync(shop, "Новый текст");
        var (_, first) = await JsonAsync(shop, conversation);
        shop.Clock.Advance(TimeSpan.FromDays(3));
        var transcript = shop.Db.Services.GetRequiredService<Transcript>();
        var later = (await transcript.JsonAsync(shop.Owner, conversation.Id, Ct))!.Content;
        Assert.Contains(first, Encoding.UTF8.GetString(later), StringComparison.Ordinal);

        await shop.WriteAsync(async db => (await db.Messages.SingleAsync(Ct)).Text = "Новый текст!");
        Assert.NotEqual(first, (await JsonAsync(shop, conversation)).Hash);
    }

    [Fact]
    public async Task The_PDF_holds_messages_authors_times_edits_files_and_the_hash_of_the_JSON_which_it_encloses()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await EditedAsync(shop, "Новый текст 👍😀 退货说明", c => c.PostingNumber = "0138-4821-1");
        await shop.MessageAsync(conversation, "Заменим", MessageAuthor.Seller, m =>
        {
            (m.SentBy, m.ReadAt, m.State) = (shop.Agent.Id, shop.Now.AddMinutes(5), MessageState.Read);
            m.Attachments.Add(new Attachment { StoreId = shop.Store.Id, ConversationId = conversation.Id, Name = "чек.pdf", Size = 12_345, Sha256 = FileHash });
        });
        await shop.MessageAsync(conversation, "Вернул", MessageAuthor.Seller, m => m.State = MessageState.TakenBack);

        using var pdf = await OpenAsync(shop, conversation);
        var text = TextOf(pdf);
        foreach (var part in (string[])
        [
            "Store 1000001", conversation.OzonChatId, "0138-4821-1", "Europe/Moscow", "Exported: 2026-11-24 15:00:00 +03:00, user-1000001-Support",
            "2026-11-24 15:00:00 +03:00  Buyer", "Until 2026-11-24 15:00:00 +03:00:", "Старый текст", "Новый текст 👍😀 退货说明",
            "Shop (user-1000001-Agent) · read 2026-11-24 15:05:00 +03:00", "Заменим", $"File: чек.pdf, 12,345 bytes, SHA-256 {FileHash}",
            "Вернул", "taken back before it left", "1 / 1",
        ])
        {
            Assert.Contains(Dense(part), text, StringComparison.Ordinal);
        }

        var (record, hash) = await JsonAsync(shop, conversation);
        Assert.Contains($"SHA-256oftherecord:{hash}", text, StringComparison.Ordinal);
        Assert.True(pdf.Advanced.TryGetEmbeddedFiles(out var files));
        Assert.Equal(record, Encoding.UTF8.GetString(Assert.Single(files).Memory.Span));
    }

    [Theory]
    [InlineData("ru", "Магазин: Store 1000001", "Покупатель", "До 2026")]
    [InlineData("zh-Hans", "店铺: Store 1000001", "买家", "之前：")]
    [InlineData("en", "Store: Store 1000001", "Buyer", "Until 2026")]
    public async Task The_PDF_speaks_the_language_of_who_exports(string language, params string[] parts)
    {
        Speak(language);
        await using var shop = await TestShop.OpenAsync();
        using var pdf = await OpenAsync(shop, await EditedAsync(shop, "Новый текст"));
        var text = TextOf(pdf);
        Assert.All(parts, part => Assert.Contains(Dense(part), text, StringComparison.Ordinal));
        Assert.DoesNotContain("[U+", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_page_of_a_long_PDF_bears_its_number_and_the_hash_and_nothing_runs_over_the_edge()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await FillAsync(shop, conversation, 120, "Здравствуйте! " + new string('ж', 300) + " " + new string('退', 200) + " \ttab \uFFFF end");
        using var pdf = await OpenAsync(shop, conversation);
        var (_, hash) = await JsonAsync(shop, conversation);
        Assert.InRange(pdf.NumberOfPages, 10, 60);
        foreach (var page in pdf.GetPages())
        {
            Assert.EndsWith($"SHA-256{hash}{page.Number}/{pdf.NumberOfPages}", Dense(page.Text), StringComparison.Ordinal);
            Assert.All(page.Letters, letter => Assert.InRange(letter.BoundingBox.Right, 47, 548));
            Assert.All(page.Letters, letter => Assert.InRange(letter.BoundingBox.Bottom, 20, 800));
        }

        Assert.Equal(120, Count(TextOf(pdf), "Здравствуйте!"));
    }

    [Fact]
    public async Task Any_text_becomes_a_PDF_that_can_be_read()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        var message = await shop.MessageAsync(conversation, "x");
        await Gen.String.SampleAsync(
            async text =>
            {
                await shop.WriteAsync(async db => (await db.Messages.SingleAsync(m => m.Id == message.Id, Ct)).Text = text.Replace("\0", "", StringComparison.Ordinal));
                using var pdf = await OpenAsync(shop, conversation);
                Assert.Contains("Europe/Moscow", TextOf(pdf), StringComparison.Ordinal);
            },
            iter: 20);
    }

    [Fact]
    public async Task What_no_font_has_is_written_as_its_number()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation, "знак \U0001FAE8, семья 👨‍👩‍👧, сердце ❤️");
        using var pdf = await OpenAsync(shop, conversation);
        Assert.Contains("знак[U+1FAE8],семья👨👩👧,сердце❤", TextOf(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PDF_of_more_messages_than_it_goes_to_is_refused_before_it_is_begun()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await FillAsync(shop, conversation, Transcript.MaxPdfMessages, "Здравствуйте");
        var transcript = shop.Db.Services.GetRequiredService<Transcript>();
        Assert.False(await transcript.IsTooLongForPdfAsync(shop.Agent, conversation.Id, Ct));
        await shop.MessageAsync(conversation);
        Assert.True(await transcript.IsTooLongForPdfAsync(shop.Agent, conversation.Id, Ct));
        var (_, stranger) = await shop.OtherStoreAsync();
        Assert.False(await transcript.IsTooLongForPdfAsync(stranger, conversation.Id, Ct));
    }

    [Fact]
    [Trait("Kind", "Long")]
    public async Task Ten_thousand_messages_are_on_paper_within_a_minute_and_half_a_gigabyte()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await FillAsync(shop, conversation, 10_000, string.Concat(Enumerable.Repeat("Здравствуйте, чайник не включается, что делать? 退货 😀 ", 3)));
        var started = TimeProvider.System.GetTimestamp();
        var file = (await shop.Db.Services.GetRequiredService<Transcript>().PdfAsync(shop.Support, conversation.Id, Ct))!.Content;
        var took = TimeProvider.System.GetElapsedTime(started);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64 / 1024 / 1024;
        using var pdf = PdfDocument.Open(file);
        TestContext.Current.TestOutputHelper?.WriteLine($"{took.TotalSeconds:0.0} s, {file.Length / 1024} KB, {pdf.NumberOfPages} pages, peak {peak} MB");
        Assert.True(took < TimeSpan.FromMinutes(1), $"{took}");
        Assert.True(peak < 512, $"{peak} MB");
    }

    private static void Speak(string language) =>
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);

    private static async Task<Conversation> EditedAsync(TestShop shop, string text, Action<Conversation>? change = null)
    {
        var conversation = await shop.ConversationAsync(change);
        var message = await shop.MessageAsync(conversation, text, change: m => m.EditedAt = shop.Now);
        await shop.WriteAsync(db =>
        {
            db.MessageRevisions.Add(new MessageRevision { StoreId = shop.Store.Id, MessageId = message.Id, Text = "Старый текст", ReplacedAt = shop.Now });
            return Task.CompletedTask;
        });
        return conversation;
    }

    private static Task FillAsync(TestShop shop, Conversation conversation, int count, string text) => shop.WriteAsync(db => db.Database.ExecuteSqlAsync(
        $"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        INSERT INTO "Messages" ("StoreId", "ConversationId", "Author", "OzonAuthorType", "Text", "SentAt", "State")
        SELECT {conversation.StoreId}, {conversation.Id}, 1, 'Customer', {text}, {shop.Now.Ticks / TimeSpan.TicksPerMicrosecond} + i, 1 FROM n
        """,
        Ct));

    private static async Task<PdfDocument> OpenAsync(TestShop shop, Conversation conversation) =>
        PdfDocument.Open((await shop.Db.Services.GetRequiredService<Transcript>().PdfAsync(shop.Support, conversation.Id, Ct))!.Content);

    private static async Task<(string Record, string Hash)> JsonAsync(TestShop shop, Conversation conversation)
    {
        var json = Encoding.UTF8.GetString((await shop.Db.Services.GetRequiredService<Transcript>().JsonAsync(shop.Support, conversation.Id, Ct))!.Content);
        using var parsed = JsonDocument.Parse(json);
        return (parsed.RootElement.GetProperty("transcript").GetRawText(), parsed.RootElement.GetProperty("sha256").GetString()!);
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Where a line was broken, its space is not in the file.
    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string TextOf(PdfDocument pdf) => Dense(string.Concat(pdf.GetPages().Select(page => page.Text)));

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;
}

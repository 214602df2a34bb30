using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Transcripts;
using OzonSellerCenter.Tests.Background;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox;

/// <summary>Notes of colleagues beside a conversation.</summary>
public sealed class NoteTests
{
    private static readonly string[] Parts = ["@", "Анна", "Олег", " ", "x", "\n", "Анна Смирнова"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory]
    [InlineData("@Анна, посмотри", "Анна")]
    [InlineData("Это к @анна", "Анна")]
    [InlineData("@Анна Смирнова и @Олег", "Анна Смирнова,Олег")]
    [InlineData("@Анна @Анна", "Анна")]
    [InlineData("почта anna@Анна.ру", "")]
    [InlineData("@Аннабель", "")]
    [InlineData("@@Олег", "Олег")]
    [InlineData("@", "")]
    [InlineData("@王芳请看", "王芳")]
    [InlineData("@王芳 请看", "王芳")]
    [InlineData("", "")]
    public void A_mention_is_an_at_and_a_whole_name(string text, string names) =>
        Assert.Equal(names, string.Join(',', MentionText.In(text, ["Олег", "Анна", "Анна Смирнова", "王芳", ""])));

    [Fact]
    public void The_pieces_of_a_text_put_together_are_the_text() => Gen.Int[0, Parts.Length - 1].Array[0, 12].Sample(chosen =>
    {
        var text = string.Concat(chosen.Select(i => Parts[i]));
        Assert.Equal(text, string.Concat(MentionText.Pieces(text, ["Анна", "Олег", "Анна Смирнова"]).Select(p => p.Text)));
    });

    [Theory, MemberData(nameof(Providers))]
    public async Task A_note_stands_among_the_messages_in_time_order_and_calls_whom_it_names(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        var conversation = await shop.ConversationAsync(c => (c.BuyerName, c.PostingNumber) = ("Ирина К.", "0138-4821-1"));
        await shop.MessageAsync(conversation);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        var outcome = await Notes(shop).AddAsync(shop.Agent, conversation.Id, Guid.NewGuid(), $"  @{shop.Owner.Name} и @{shop.Support.Name}, налёт. @{stranger.Name} @{shop.Agent.Name} ", Ct);

        Assert.True(outcome.IsDone);
        var (_, page, _) = (await shop.Conversations.OpenAsync(shop.Support, conversation.Id, Ct))!.Value;
        var note = Assert.Single(page.Asides.Notes);
        Assert.Equal((shop.Now, shop.Agent.Id, shop.Agent.Name), (note.At, note.AuthorId, note.AuthorName));
        Assert.Equal($"@{shop.Owner.Name} и @{shop.Support.Name}, налёт. @{stranger.Name} @{shop.Agent.Name}", note.Text);
        Assert.Equal([shop.Owner.Name, shop.Support.Name, shop.Agent.Name], note.Mentioned);

        var mentions = await shop.ReadAsync(db => db.Mentions.OrderBy(m => m.UserId).ToListAsync(Ct));
        Assert.Equal([shop.Owner.Id, shop.Support.Id], mentions.Select(m => m.UserId));
        Assert.All(mentions, m => Assert.Equal(($"conversation:{conversation.Id}", "Ирина К. · 0138-4821-1", shop.Agent.Name), (m.Subject, m.Title, m.By)));
        var audit = await shop.ReadAsync(db => db.AuditEntries.SingleAsync(Ct));
        Assert.Equal(("note.add", "mentions 2"), (audit.Action, audit.Details));
        Assert.DoesNotContain("налёт", audit.Details, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_mention_counts_in_the_bell_until_it_is_seen_and_only_for_who_is_meant_and_still_a_member(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await Notes(shop).AddAsync(shop.Agent, conversation.Id, Guid.NewGuid(), $"@{shop.Owner.Name} раз", Ct);
        await Notes(shop).AddAsync(shop.Agent, conversation.Id, Guid.NewGuid(), $"@{shop.Owner.Name} два", Ct);
        var (queries, actions) = (shop.Db.Services.GetRequiredService<MentionQueries>(), shop.Db.Services.GetRequiredService<MentionActions>());
        Assert.Equal((2, 0), (await queries.UnreadAsync(shop.Owner, Ct), await queries.UnreadAsync(shop.Agent, Ct)));

        await actions.SeenAsync(shop.Agent, $"conversation:{conversation.Id}", Ct);
        Assert.Equal(2, await queries.UnreadAsync(shop.Owner, Ct));
        await actions.SeenAsync(shop.Owner, $"conversation:{conversation.Id}", Ct);
        Assert.Equal(0, await queries.UnreadAsync(shop.Owner, Ct));
        Assert.Empty(await queries.NewestAsync(shop.Owner, unreadOnly: true, 10, Ct));
        Assert.Equal(2, (await queries.NewestAsync(shop.Owner, unreadOnly: false, 10, Ct)).Count);

        await shop.WriteAsync(async db => db.Memberships.Remove(await db.Memberships.SingleAsync(m => m.UserId == shop.Owner.Id, Ct)));
        Assert.Empty(await queries.NewestAsync(shop.Owner, unreadOnly: false, 10, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_note_sent_again_is_taken_once_and_empties_its_own_draft_alone(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var conversation = await shop.ConversationAsync();
        await shop.Drafts.SaveAsync(shop.Agent, conversation.Id, "Ответ", Ct);
        await shop.Drafts.SaveNoteAsync(shop.Agent, conversation.Id, "Заметка", Ct);
        Assert.Equal("Заметка", (await shop.Conversations.NoteDraftAsync(shop.Agent, conversation.Id, Ct)).Text);
        var key = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Notes(shop).AddAsync(shop.Agent, conversation.Id, key, "Заметка", Ct), Ct)));
        Assert.Equal(1, await shop.ReadAsync(db => db.Notes.CountAsync(Ct)));
        Assert.Equal("", (await shop.Conversations.NoteDraftAsync(shop.Agent, conversation.Id, Ct)).Text);
        Assert.Equal("Ответ", (await shop.Conversations.DraftAsync(shop.Agent, conversation.Id, Ct)).Text);
    }

    [Fact]
    public async Task Empty_and_endless_notes_those_of_the_support_desk_and_of_strangers_are_refused()
    {
        await using var shop = await TestShop.OpenAsync();
        var (_, stranger) = await shop.OtherStoreAsync();
        var conversation = await shop.ConversationAsync();
        Assert.Equal("NoteEmpty", (await AddAsync(shop, shop.Agent, conversation.Id, " \n ")).Refusal?.Key);
        Assert.Equal("NoteTooLong", (await AddAsync(shop, shop.Agent, conversation.Id, new string('я', Note.MaxText + 1))).Refusal?.Key);
        Assert.True((await AddAsync(shop, shop.Agent, conversation.Id, new string('я', Note.MaxText))).IsDone);
        Assert.Equal("SupportReadsOnly", (await AddAsync(shop, shop.Support, conversation.Id, "Я")).Refusal?.Key);
        Assert.Equal("NotFound", (await AddAsync(shop, stranger, conversation.Id, "Я")).Refusal?.Key);
        Assert.Null(await shop.Conversations.OpenAsync(stranger, conversation.Id, Ct));
    }

    [Fact]
    public async Task Nothing_of_a_note_reaches_Ozon_or_the_transcript()
    {
        const string Secret = "Покупатель скандальный, не уступать";
        await using var test = await BackgroundTest.CreateAsync();
        var id = await test.ChatAsync();
        var notes = new NoteActions(test.Databases, test.Time);
        Assert.True((await notes.AddAsync(test.Owner, id, Guid.NewGuid(), Secret, Ct)).IsDone);
        await test.ReplyAsync(id, "Да, есть.");
        await test.DispatchAllAsync();
        await test.PollAsync();

        Assert.Equal(["Да, есть."], test.Ozon.SentTo("chat-1"));
        Assert.DoesNotContain(test.Ozon.Calls, c => c.Body.ToString().Contains("скандальный", StringComparison.Ordinal));
        Assert.Equal(0, await test.ReadAsync(db => db.Messages.CountAsync(m => m.Text == Secret, Ct)));
        Assert.Equal(1, await test.ReadAsync(db => db.OutboundCommands.CountAsync(c => c.Kind == CommandKind.SendMessage, Ct)));
        foreach (var download in new[] { await test.Get<Transcript>().TextAsync(test.Owner, id, Ct), await test.Get<Transcript>().JsonAsync(test.Owner, id, Ct) })
        {
            Assert.DoesNotContain("скандальный", System.Text.Encoding.UTF8.GetString(download!.Content), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_page_of_the_log_brings_the_notes_of_its_time_and_none_is_lost_or_comes_twice()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await AddAsync(shop, shop.Agent, conversation.Id, "Раньше всех");
        for (var i = 0; i < 120; i++)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await shop.MessageAsync(conversation, $"{i}");
            if (i % 20 == 0) await AddAsync(shop, shop.Agent, conversation.Id, $"Заметка {i}");
        }

        var pages = new List<MessagePage> { (await shop.Conversations.OpenAsync(shop.Agent, conversation.Id, Ct))!.Value.Messages };
        while (pages[^1].HasOlder) pages.Add(await shop.Conversations.OlderAsync(shop.Agent, conversation.Id, pages[^1].Messages[0], Ct));
        Assert.Equal(3, pages.Count);
        Assert.Equal(6 + 1, pages.Sum(p => p.Asides.Notes.Count));
        Assert.Equal(7, pages.SelectMany(p => p.Asides.Notes).Select(n => n.Id).Distinct().Count());
    }

    private static NoteActions Notes(TestShop shop) => shop.Db.Services.GetRequiredService<NoteActions>();

    private static Task<OzonSellerCenter.Shared.Outcome> AddAsync(TestShop shop, CurrentUser user, long id, string text) =>
        Notes(shop).AddAsync(user, id, Guid.NewGuid(), text, Ct);
}

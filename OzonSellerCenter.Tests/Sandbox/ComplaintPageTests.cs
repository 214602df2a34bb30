using System.Net;
using System.Text.RegularExpressions;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The buyer complains and contests with a browser that runs no scripts.</summary>
public sealed class ComplaintPageTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static (string, string)[] Form(string topic = "quality", string words = "Сломалось", string amount = "") => [("topic", topic), ("words", words), ("amount", amount)];

    private static string State(string page) => Regex.Match(page, "data-testid=\"complaint-state\">([^<]*)<").Groups[1].Value;

    private async Task<string> ComplainedAsync(Posting posting, string amount = "")
    {
        var sent = await _host.FillInAsync($"/orders/{posting.PostingNumber}/complain", Form(amount: amount));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.StartsWith("/sandbox/shop/complaints/", sent.Location, StringComparison.Ordinal);
        return sent.Location["/sandbox/shop".Length..];
    }

    private static long IdOf(string path) => long.Parse(path.Split('/')[^1], null);

    [Fact]
    public async Task What_is_on_its_way_or_there_can_be_complained_of_and_the_same_form_twice_is_one_complaint()
    {
        var waiting = await _host.NewAsync();
        Assert.DoesNotContain("data-testid=\"complain\"", (await _host.OpenAsync("/orders/" + waiting.PostingNumber)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync($"/orders/{waiting.PostingNumber}/complain", Form())).Status);
        foreach (var posting in (Posting[])[await _host.NewAsync(status: "delivering"), await _host.GotAsync()])
        {
            Assert.Contains("data-testid=\"complain\"", (await _host.OpenAsync("/orders/" + posting.PostingNumber)).Text, StringComparison.Ordinal);
            var page = await ComplainedAsync(posting);
            Assert.Equal(page, await ComplainedAsync(posting));
            var order = (await _host.OpenAsync("/orders/" + posting.PostingNumber)).Text;
            Assert.Contains("/sandbox/shop" + page, order, StringComparison.Ordinal);
            Assert.DoesNotContain("data-testid=\"complain\"", order, StringComparison.Ordinal);
            Assert.Equal("Рассматривается", State((await _host.OpenAsync(page)).Text));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await _host.FillInAsync("/orders/none/complain", Form())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.OpenAsync("/complaints/999")).Status);
    }

    [Theory]
    [InlineData("none", "Сломалось", ""), InlineData("quality", "  ", ""), InlineData("quality", "Сломалось", "много"), InlineData("quality", "Сломалось", "0"), InlineData("quality", "Сломалось", "999999")]
    public async Task A_form_with_a_mistake_comes_back_open_with_what_was_typed(string topic, string words, string amount)
    {
        var posting = await _host.GotAsync();
        var answer = await _host.FillInAsync($"/orders/{posting.PostingNumber}/complain", Form(topic, words, amount));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("<details open>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains(words.Trim(), answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _host.ReadAsync(db => db.Complaints.Count(c => c.PostingNumber == posting.PostingNumber)));
    }

    [Fact]
    public async Task The_buyer_answers_reads_the_decision_and_appeals()
    {
        var page = await ComplainedAsync(await _host.GotAsync(), "700,50");
        var id = IdOf(page);
        Assert.Equal(70_050, (await _host.ComplaintAsync(id)).Amount);
        await _host.AskAsync(id, "Покажите <шов>", "q1");
        var asked = (await _host.OpenAsync(page)).Text;
        Assert.Equal("Ждёт вашего ответа", State(asked));
        Assert.Contains("data-testid=\"complaint-answer\"", asked, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", (await _host.FillInAsync(page + "/answer", ("words", " "))).Text, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync(page + "/answer", ("words", "Вот он"))).Status);
        await _host.JudgeAsync(id, "split", "300", reasons: "Шов разошёлся не сразу");
        var decided = (await _host.OpenAsync(page)).Text;
        Assert.Contains("300\u00a0₽", State(decided), StringComparison.Ordinal);
        Assert.Contains("Шов разошёлся не сразу", decided, StringComparison.Ordinal);
        Assert.DoesNotContain("complaint-withdraw", decided, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync(page + "/appeal", ("words", "Мало"))).Status);
        Assert.Equal("Рассматривается", State((await _host.OpenAsync(page)).Text));
        await _host.JudgeAsync(id, "seller", reference: "d2", instance: 2);
        Assert.DoesNotContain("complaint-appeal", (await _host.OpenAsync(page)).Text, StringComparison.Ordinal);
        Assert.Equal(["question", "answer", "decision", "appeal", "decision"], (await _host.ComplaintAsync(id)).Entries.Select(e => e.Type));
    }

    [Fact]
    public async Task A_complaint_is_taken_back_and_a_second_click_is_no_fault()
    {
        var page = await ComplainedAsync(await _host.GotAsync());
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Redirect, (await _host.FillInAsync(page + "/withdraw")).Status);
        Assert.Equal("Отозвана", State((await _host.OpenAsync(page)).Text));
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync(page + "/answer", ("words", "Ещё"))).Status);
    }

    [Fact]
    public async Task A_refusal_is_contested_within_five_days_and_the_return_is_disputed()
    {
        var posting = await _host.GotAsync();
        var id = await _host.RefusedAsync(posting);
        Assert.Contains("contest-return", (await _host.OpenAsync("/returns/" + id)).Text, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", (await _host.FillInAsync($"/returns/{id}/contest", ("words", ""))).Text, StringComparison.Ordinal);
        var first = await _host.FillInAsync($"/returns/{id}/contest", ("words", "Следов нет"));
        Assert.Equal((HttpStatusCode.Redirect, first.Location), (first.Status, (await _host.FillInAsync($"/returns/{id}/contest", ("words", "Следов нет"))).Location));
        var page = (await _host.OpenAsync("/returns/" + id)).Text;
        Assert.Contains("Открыт спор", page, StringComparison.Ordinal);
        Assert.Contains(first.Location, page, StringComparison.Ordinal);
        Assert.DoesNotContain("contest-return", page, StringComparison.Ordinal);
        var late = await _host.RefusedAsync(await _host.GotAsync());
        await _host.AdvanceAsync("P5D");
        Assert.DoesNotContain("contest-return", (await _host.OpenAsync("/returns/" + late)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.FillInAsync($"/returns/{late}/contest", ("words", "Поздно"))).Status);
    }

    [Fact]
    public async Task Who_calls_Ozon_in_has_a_complaint_there_with_the_support_chat()
    {
        var posting = await _host.GotAsync();
        for (var i = 0; i < 2; i++)
            await _host.FillInAsync($"/orders/{posting.PostingNumber}/support", ("words", "Продавец молчит"));
        var told = Assert.Single(await _host.ComplaintsAsync(posting: posting.PostingNumber));
        Assert.Equal(("other", "Продавец молчит"), ((string)told["topic"]!, (string)told["words"]!));
        Assert.NotNull(told["ozon_called_at"]);
        Assert.Equal("ozon_called", (string)Assert.Single(told["entries"]!.AsArray())!["type"]!);
        Assert.Equal(1, await _host.ReadAsync(db => db.SupportCalls.Count(c => c.PostingNumber == posting.PostingNumber)));

        // A complaint that is open is the same matter; from the chat as well.
        var second = await _host.GotAsync();
        var page = await ComplainedAsync(second);
        var chat = await _host.BuyerAsksAsync("Где ответ?", second.PostingNumber);
        await _host.FillInAsync($"/chats/{chat}/support", ("words", "Помогите"));
        Assert.NotNull((await _host.ComplaintAsync(IdOf(page))).OzonCalledAt);
        Assert.Single(await _host.ComplaintsAsync(posting: second.PostingNumber));
    }
}

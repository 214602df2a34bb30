using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonMessageContentTests
{
    private const string Files = "https://api-seller.ozon.ru/v2/chat/file/";

    [Fact]
    public void Plain_text_stays_as_it_is()
    {
        var content = OzonMessageContent.Parse(["Здравствуйте! [сегодня] (в 10) — см. https://example.com/a"]);

        Assert.Equal("Здравствуйте! [сегодня] (в 10) — см. https://example.com/a", content.Text);
        Assert.Empty(content.Attachments);
    }

    [Fact]
    public void An_image_and_a_file_are_taken_out_of_the_text()
    {
        var content = OzonMessageContent.Parse([$"Вот фото ![]({Files}ab/photo%201.jpg) и акт [акт [1] (2).pdf (12,5 KB)]({Files}ab/act(2).pdf)"]);

        Assert.Equal("Вот фото  и акт", content.Text);
        Assert.Equal(
            [
                new OzonAttachment("photo 1.jpg", Files + "ab/photo%201.jpg", true, null),
                new OzonAttachment("акт [1] (2).pdf", Files + "ab/act(2).pdf", false, 12_800),
            ],
            content.Attachments);
    }

    [Theory]
    [InlineData("errorText", "Отправили вчера", "Отправили вчера")]
    [InlineData("Раз", "два", "Раз\nдва")]
    public void The_label_before_a_sellers_text_is_dropped(string first, string second, string expected) =>
        Assert.Equal(expected, OzonMessageContent.Parse([first, second]).Text);

    [Fact]
    public void The_word_of_the_label_alone_is_a_text() => Assert.Equal("errorText", OzonMessageContent.Parse(["errorText"]).Text);

    [Theory]
    [InlineData("[правила](https://seller.ozon.ru/rules)")]
    [InlineData("![](javascript:alert(1))")]
    [InlineData("[x.pdf (1 KB)](file:///etc/passwd)")]
    public void Other_links_stay_text(string text)
    {
        var content = OzonMessageContent.Parse([text]);

        Assert.Equal(text, content.Text);
        Assert.Empty(content.Attachments);
    }

    [Fact]
    public void Brackets_before_a_file_do_not_swallow_the_text()
    {
        var content = OzonMessageContent.Parse([$"см. [1] и [б.pdf (1 MB)]({Files}b.pdf)"]);

        Assert.Equal("см. [1] и", content.Text);
        Assert.Equal(1024 * 1024, Assert.Single(content.Attachments).SizeBytes);
    }

    [Fact]
    public void A_hostile_text_costs_no_time()
    {
        var content = OzonMessageContent.Parse([string.Concat(Enumerable.Repeat("![[](", 4000)), new string('[', 20_000)]);

        Assert.Empty(content.Attachments);
    }
}

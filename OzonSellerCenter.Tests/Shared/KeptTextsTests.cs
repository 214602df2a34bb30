using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Shared;

public sealed class KeptTextsTests
{
    private static readonly IStringLocalizer<InboxTexts> Texts =
        new ServiceCollection().AddLogging().AddTexts().BuildServiceProvider().GetRequiredService<IStringLocalizer<InboxTexts>>();

    [Fact]
    public void Each_language_has_its_own_texts_whichever_asked_first()
    {
        Assert.IsType<KeptTexts<InboxTexts>>(Texts);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("Inbox", In("en", () => Texts["Inbox"].Value));
            Assert.Equal("Входящие", In("ru", () => Texts["Inbox"].Value));
            Assert.NotEqual(In("en", () => Texts["Inbox"].Value), In("zh-Hans", () => Texts["Inbox"].Value));
        }
    }

    [Fact]
    public void Values_are_put_in_each_time()
    {
        Assert.Contains("Anna", In("en", () => Texts["AssignedTo", "Anna"].Value), StringComparison.Ordinal);
        Assert.Contains("Boris", In("en", () => Texts["AssignedTo", "Boris"].Value), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_text_is_told_as_such()
    {
        Assert.True(Texts["NoSuchText"].ResourceNotFound);
        Assert.Equal("NoSuchText", Texts["NoSuchText"].Value);
    }

    private static string In(string culture, Func<string> read)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(culture);
        try
        {
            return read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

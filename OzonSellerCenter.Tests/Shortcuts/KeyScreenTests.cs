using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Shortcuts;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Shortcuts;

/// <summary>The settings page of the keys, and the list that the browser reads them from.</summary>
public sealed class KeyScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureOf _culture = new("en-GB", "en");

    [Fact]
    public async Task A_new_key_is_kept_at_once_and_the_list_in_the_other_window_shows_it()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop);
        await using var other = WindowOf(shop);
        var list = other.Render<KeyList>();
        list.WaitForState(() => list.FindAll("#keys").Count == 1, Limit);
        Assert.Equal("KeyR", On(list, "reply"));

        var form = Form(window);
        await RecordAsync(form, "reply", "KeyQ", "й");
        form.WaitForState(() => Row(form, "reply").QuerySelector("kbd")?.TextContent == "Q", Limit);
        Assert.Equal("Saved: Reply to the buyer", form.Find("[data-testid=keys-saved]").TextContent);
        list.WaitForState(() => On(list, "reply") == "KeyQ", Limit);
    }

    [Fact]
    public async Task A_taken_key_is_refused_in_words_and_can_be_swapped()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop);
        var form = Form(window);
        await RecordAsync(form, "reply", "KeyN", "n");
        form.WaitForState(() => form.FindAll("[data-testid=key-refused]").Count == 1, Limit);
        var refused = form.Find("[data-testid=key-refused]");
        Assert.Equal("alert", refused.GetAttribute("role"));
        Assert.Contains("N already does “Write a note for colleagues”. Nothing was changed.", refused.TextContent, StringComparison.Ordinal);
        Assert.Equal("R", Row(form, "reply").QuerySelector("kbd")!.TextContent);

        await form.Find("[data-testid=key-swap]").ClickAsync();
        form.WaitForState(() => Row(form, "reply").QuerySelector("kbd")?.TextContent == "N", Limit);
        Assert.Equal("R", Row(form, "note").QuerySelector("kbd")!.TextContent);
        Assert.Empty(form.FindAll("[data-testid=key-refused]"));

        await form.Find("[data-testid=keys-reset]").ClickAsync();
        form.WaitForState(() => Row(form, "reply").QuerySelector("kbd")?.TextContent == "R", Limit);
        Assert.Equal("N", Row(form, "note").QuerySelector("kbd")!.TextContent);
    }

    [Theory]
    [InlineData("Enter", "Enter keeps what it is for")]
    [InlineData("Escape", null)]
    [InlineData("Tab", null)]
    public async Task Escape_and_Tab_leave_the_key_as_it_is_and_what_the_browser_needs_is_refused(string code, string? words)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop);
        var form = Form(window);
        await RecordAsync(form, "reply", code, code);
        form.WaitForState(() => Row(form, "reply").QuerySelector("[data-recording]") is null, Limit);
        Assert.Equal("R", Row(form, "reply").QuerySelector("kbd")!.TextContent);
        if (words is null) Assert.Empty(form.FindAll("[data-testid=key-refused]"));
        else Assert.Contains(words, form.Find("[data-testid=key-refused]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_can_be_taken_away_and_be_as_usual_again()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop);
        var form = Form(window);
        await Row(form, "snooze").QuerySelector("[data-testid=key-remove]")!.ClickAsync();
        form.WaitForState(() => Row(form, "snooze").TextContent.Contains("no key", StringComparison.Ordinal), Limit);
        await Row(form, "snooze").QuerySelector("[data-testid=key-usual]")!.ClickAsync();
        form.WaitForState(() => Row(form, "snooze").QuerySelector("kbd")?.TextContent == "Z", Limit);
        Assert.Null(Row(form, "snooze").QuerySelector("[data-testid=key-usual]"));
    }

    [Fact]
    public async Task Single_keys_switched_off_are_shown_and_do_nothing_while_those_with_Ctrl_work()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop);
        var list = window.Render<KeyList>();
        var form = Form(window);
        form.Find("[data-testid=singles]").Change(false);
        list.WaitForState(() => list.FindAll("[data-testid=singles-off]").Count == 1, Limit);
        Assert.Null(On(list, "reply"));
        Assert.Equal("Mod+KeyK", On(list, "palette"));
        Assert.Equal("R", list.Find("[data-does=reply] kbd").TextContent);
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("zh-Hans")]
    [InlineData("en")]
    public async Task Every_command_has_words_in_every_language(string language)
    {
        using var culture = new CultureOf(language);
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop);
        var list = window.Render<KeyList>();
        list.WaitForState(() => list.FindAll("#keys dt").Count > 0, Limit);
        Assert.Equal(KeyCommand.All.Count, list.FindAll("[data-does]").Count);
        Assert.DoesNotContain(list.FindAll("#keys dt, #keys h3"), word => word.TextContent.Contains('_', StringComparison.Ordinal));
    }

    public void Dispose() => _culture.Dispose();

    private static BunitContext WindowOf(TestShop shop)
    {
        var window = shop.WindowOf(shop.Agent);
        window.Services.AddSingleton(new KeyQueries(shop.Db.Databases)).AddSingleton(new KeyActions(shop.Db.Databases));
        return window;
    }

    private static IRenderedComponent<KeySettingsForm> Form(BunitContext window)
    {
        var form = window.Render<KeySettingsForm>();
        form.WaitForState(() => form.FindAll("[data-testid=key-row]").Count == KeyCommand.All.Count, Limit);
        return form;
    }

    private static IElement Row(IRenderedComponent<KeySettingsForm> form, string command) => form.Find($"[data-testid=key-row][data-name={command}]");

    private static string? On(IRenderedComponent<KeyList> list, string command) => list.Find($"[data-does={command}]").GetAttribute("data-on");

    private static async Task RecordAsync(IRenderedComponent<KeySettingsForm> form, string command, string code, string sign)
    {
        await Row(form, command).QuerySelector("[data-testid=key-change]")!.ClickAsync();
        form.WaitForState(() => Row(form, command).QuerySelector("[data-recording]") is not null, Limit);
        await Row(form, command).QuerySelector("[data-testid=key-change]")!.KeyDownAsync(new KeyboardEventArgs { Code = code, Key = sign });
    }
}

using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shell;
using OzonSellerCenter.Shortcuts;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Shell;

/// <summary>What stands in the command palette, for whom.</summary>
public sealed class PaletteTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureOf _culture = new("en-GB", "en");

    [Theory]
    [InlineData(StoreRole.Owner, true, true)]
    [InlineData(StoreRole.Agent, true, false)]
    [InlineData(StoreRole.Support, false, false)]
    public async Task It_offers_what_the_person_may_go_to_and_do(StoreRole role, bool writes, bool owns)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop, role switch { StoreRole.Owner => shop.Owner, StoreRole.Agent => shop.Agent, _ => shop.Support });
        var palette = await ShowAsync(window);
        Assert.Equal(writes, palette.FindAll("[data-runs=reply], [data-runs=note], [data-runs=snooze]").Count == 3);
        Assert.Equal(owns, palette.FindAll("#palette-hours, #palette-invite").Count == 2);
        Assert.Equal(
            ["/inbox", "/due", "/orders", "/returns", "/disputes", "/settings/store", "/settings/team", "/settings/alerts", "/settings/keys", "/settings/profile"],
            palette.FindAll("[role=group]:first-child a").Select(a => a.GetAttribute("href")).Distinct());
        Assert.NotNull(palette.Find("[data-runs=keys]"));
    }

    [Fact]
    public async Task Who_belongs_to_no_store_is_offered_no_settings_of_one()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop, new CurrentUser("nobody", "Nobody"));
        var palette = await ShowAsync(window);
        Assert.Empty(palette.FindAll("[href='/settings/store'], [href='/settings/team'], [data-runs=reply]"));
        Assert.NotNull(palette.Find("[href='/settings/profile']"));
    }

    [Fact]
    public async Task A_right_that_is_taken_away_is_felt_at_once_and_what_was_found_is_gone()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync(c => c.BuyerName = "Марина Соколова");
        await shop.MessageAsync(conversation);
        await using var window = WindowOf(shop, shop.Agent);
        var palette = await ShowAsync(window);
        await FindAsync(palette, "Соколова");
        Assert.Single(palette.FindAll("[data-testid=palette-conversation]"));
        await shop.WriteAsync(db =>
        {
            db.Memberships.Remove(db.Memberships.Single(m => m.UserId == shop.Agent.Id));
            db.Announce(shop.Store.Id, EventKind.Membership, shop.Agent.Id);
            return Task.CompletedTask;
        });
        palette.WaitForState(() => palette.FindAll("[data-runs=reply]").Count == 0, Limit);
        Assert.Empty(palette.FindAll("[data-testid=palette-conversation]"));
    }

    [Fact]
    public async Task Conversations_are_found_by_name_in_either_layout_five_at_most_newest_first()
    {
        await using var shop = await TestShop.OpenAsync();
        for (var i = 0; i < 7; i++)
        {
            var conversation = await shop.ConversationAsync(c => c.BuyerName = $"Марина {i}");
            await shop.MessageAsync(conversation);
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using var window = WindowOf(shop, shop.Agent);
        var palette = await ShowAsync(window);
        await FindAsync(palette, "vfhbyf");
        Assert.Equal(
            ["Марина 6", "Марина 5", "Марина 4", "Марина 3", "Марина 2"],
            palette.FindAll("[data-testid=palette-conversation] b").Select(b => b.TextContent));
        Assert.Empty(palette.FindAll("[data-testid=palette-order]"));
        await FindAsync(palette, "");
        Assert.Empty(palette.FindAll("[data-testid=palette-conversation]"));
    }

    [Fact]
    public async Task A_fragment_of_a_number_finds_the_order_and_leads_to_its_conversation()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("0138-4821-1");
        var conversation = await shop.ConversationAsync(c => (c.PostingNumber, c.BuyerName) = ("0138-4821-1", "Марина"));
        await shop.MessageAsync(conversation);
        await shop.MessageAsync(await shop.ConversationAsync(c => c.PostingNumber = "0777-1111-1"), "О 4821 рублях");
        await using var window = WindowOf(shop, shop.Agent);
        var palette = await ShowAsync(window);
        await FindAsync(palette, "8-4821");
        var order = Assert.Single(palette.FindAll("[data-testid=palette-order]"));
        Assert.Equal($"/inbox/{conversation.Id}", order.GetAttribute("href"));
        Assert.Contains("Delivered", order.TextContent, StringComparison.Ordinal);
        Assert.Equal("8-4821", order.QuerySelector("mark")!.TextContent);

        // It stands once, not among the conversations as well; a text with the number in it stands there.
        await FindAsync(palette, "4821");
        Assert.Single(palette.FindAll("[data-testid=palette-order]"));
        Assert.Contains("О 4821 рублях", Assert.Single(palette.FindAll("[data-testid=palette-conversation]")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_another_store_is_found()
    {
        await using var shop = await TestShop.OpenAsync();
        var (store, stranger) = await shop.OtherStoreAsync();
        await shop.MessageAsync(await shop.ConversationAsync(c => (c.BuyerName, c.PostingNumber) = ("Марина", "0138-4821-1")));
        await shop.MessageAsync(await shop.ConversationAsync(c => c.BuyerName = "Марина чужая", store));
        await using var window = WindowOf(shop, stranger);
        var palette = await ShowAsync(window);
        await FindAsync(palette, "Марина");
        Assert.Contains("чужая", Assert.Single(palette.FindAll("[data-testid=palette-conversation]")).TextContent, StringComparison.Ordinal);
        await FindAsync(palette, "0138-4821");
        Assert.Empty(palette.FindAll("[data-testid=palette-order], [data-testid=palette-conversation]"));
    }

    [Theory]
    [InlineData("order:\"")]
    [InlineData("\0")]
    [InlineData("((((")]
    [InlineData("12345678901234567890123456789012345678901234567890")]
    [InlineData("a b c d e f g h i j k l m n o p q r s")]
    public async Task Whatever_is_typed_is_a_question_with_an_answer(string text)
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop, shop.Agent);
        var palette = await ShowAsync(window);
        await FindAsync(palette, text);
        Assert.Equal("", palette.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task It_shows_the_persons_own_keys()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop, shop.Agent);
        var keys = KeyMap.Usual.With(KeyCommand.Find("reply")!, "KeyQ");
        var palette = window.Render<Palette>(p => p.AddCascadingValue(keys));
        await OpenAsync(palette);
        Assert.Equal("Q", palette.Find("[data-runs=reply] kbd").TextContent);

        var off = window.Render<Palette>(p => p.AddCascadingValue(keys.WithSingles(on: false)));
        await OpenAsync(off);
        Assert.Empty(off.FindAll("[data-runs=reply] kbd"));
    }

    [Fact]
    public async Task The_field_and_the_list_are_tied_as_screen_readers_expect()
    {
        await using var shop = await TestShop.OpenAsync();
        await using var window = WindowOf(shop, shop.Owner);
        var palette = await ShowAsync(window);
        var field = palette.Find("input[role=combobox]");
        Assert.NotNull(palette.Find($"#{field.GetAttribute("aria-controls")}[role=listbox]"));
        var options = palette.FindAll("[role=option]");
        Assert.Equal(options.Count, options.Select(o => o.Id).Distinct().Count());
        Assert.All(options, o => Assert.Equal("-1", o.GetAttribute("tabindex")));
    }

    public void Dispose() => _culture.Dispose();

    private static BunitContext WindowOf(TestShop shop, CurrentUser user)
    {
        var window = shop.WindowOf(user);
        window.Services.AddSingleton(new StoreQueries(shop.Db.Databases, null!));
        return window;
    }

    private static async Task<IRenderedComponent<Palette>> ShowAsync(BunitContext window)
    {
        var palette = window.Render<Palette>();
        await OpenAsync(palette);
        return palette;
    }

    private static async Task OpenAsync(IRenderedComponent<Palette> palette)
    {
        await palette.InvokeAsync(palette.Instance.OpenAsync);
        await palette.WaitForStateAsync(() => palette.FindAll("[data-runs=keys]").Count == 1, Limit);
    }

    private static Task FindAsync(IRenderedComponent<Palette> palette, string text) => palette.InvokeAsync(() => palette.Instance.FindAsync(text));
}

using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>Single keys, their list, other keys for them, and the command palette, in a real browser.</summary>
[Trait("Needs", "Browser")]
public sealed class KeysTests(Browser browser, SellerApp app) : IClassFixture<SellerApp>
{
    private const int MaxTabs = 60;

    [Fact]
    public async Task From_the_sign_in_to_a_sent_reply_with_the_keyboard_alone_on_the_Russian_layout()
    {
        await using var agent = await browser.OpenAsync(app);
        var asked = await app.Sandbox.BuyerWritesAsync("Шнур у лампы длинный?");
        var keys = await RussianKeyboard.OfAsync(agent);
        await agent.Page.GotoAsync("/sign-in");

        // Address and password are Latin; then one switches.
        await TabToAsync(agent, "sign-in-email");
        await agent.Page.Keyboard.TypeAsync("agent@demo.test");
        await TabToAsync(agent, "sign-in-password");
        await agent.Page.Keyboard.TypeAsync("Demo-Pass-2026");
        await keys.EnterAsync();
        await agent.Page.WaitForURLAsync("**/inbox");
        await agent.BecomesLiveAsync();
        var row = agent.Find("conversation-row").Filter(new() { HasText = "Шнур у лампы" });
        await Assertions.Expect(agent.Find("conversation-row").First).ToBeVisibleAsync();

        // It stands behind what is due sooner; only the rows near the window are in the page.
        for (var i = 0; i < 40 && !(await row.CountAsync() > 0 && await IsFocusedAsync(row)); i++) await keys.PressAsync('j');
        await Assertions.Expect(row).ToBeFocusedAsync();
        await keys.PressAsync('k');
        Assert.False(await IsFocusedAsync(row), "k does not go back");
        await keys.PressAsync('j');
        await keys.EnterAsync();
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "Шнур у лампы" })).ToBeVisibleAsync();
        await Assertions.Expect(agent.Find("send")).ToBeEnabledAsync();
        await keys.PressAsync('r');
        await Assertions.Expect(agent.Find("composer")).ToBeFocusedAsync();
        await keys.TypeAsync("шнур два метра");
        await Assertions.Expect(agent.Find("composer")).ToHaveValueAsync("шнур два метра");
        await keys.EnterAsync(ctrl: true);
        await Assertions.Expect(agent.Find("message").Filter(new() { HasText = "шнур два метра" })).ToBeVisibleAsync();

        // Out of the field, to the list; and the answer reaches the buyer.
        await keys.EscapeAsync();
        await keys.EscapeAsync();
        await Assertions.Expect(agent.Page.Locator("[data-testid=conversation-row]:focus")).ToBeVisibleAsync();
        await app.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(1));
        await Assertions.Expect(agent.Page.Locator("[data-testid=message][data-state=sent]").Filter(new() { HasText = "шнур два метра" })).ToBeVisibleAsync();
        Assert.Contains(await app.Sandbox.ChatAsync(asked.ChatId), m => m.Text == "шнур два метра");
        agent.AssertClean();
    }

    [Fact]
    public async Task A_single_key_opens_its_menu_with_the_focus_in_it_and_Escape_gives_the_focus_back()
    {
        await using var agent = await browser.OpenAsync(app);
        var keys = await OpenConversationAsync(agent);
        var row = agent.Page.Locator("[data-testid=conversation-row][aria-current=true]");
        await row.FocusAsync();
        foreach (var (key, menu) in new[] { ('a', "#conversation-assign"), ('z', "#conversation-snooze"), ('m', "#conversation-more") })
        {
            await keys.PressAsync(key);
            await Assertions.Expect(agent.Page.Locator($"{menu} :is(a, button)").First).ToBeFocusedAsync();
            await agent.Page.Keyboard.PressAsync("ArrowDown");
            await Assertions.Expect(agent.Page.Locator($"{menu} :is(a, button)").Nth(1)).ToBeFocusedAsync();

            // A menu is open: keys are not commands.
            await keys.PressAsync('r');
            await Assertions.Expect(agent.Page.Locator(menu)).ToBeVisibleAsync();
            await keys.EscapeAsync();
            await Assertions.Expect(agent.Page.Locator(menu)).ToBeHiddenAsync();
            await Assertions.Expect(row).ToBeFocusedAsync();
        }

        await keys.PressAsync('t');
        await Assertions.Expect(agent.Find("tag-input")).ToBeFocusedAsync();
        await keys.EscapeAsync();
        await keys.PressAsync('n');
        await Assertions.Expect(agent.Find("note-box")).ToBeFocusedAsync();
        agent.AssertClean();
    }

    [Fact]
    public async Task Where_the_tags_lie_in_a_drawer_the_key_opens_it_and_Escape_closes_it()
    {
        await using var agent = await browser.OpenAsync(app, width: 1100);
        var keys = await OpenConversationAsync(agent);
        await keys.PressAsync('t');
        await Assertions.Expect(agent.Find("tag-input")).ToBeFocusedAsync();
        await keys.EscapeAsync();
        await keys.EscapeAsync();
        await Assertions.Expect(agent.Find("tag-input")).ToBeHiddenAsync();
        agent.AssertClean();
    }

    [Fact]
    public async Task Keys_are_letters_while_one_types_and_nothing_while_an_input_method_composes()
    {
        await using var agent = await browser.OpenAsync(app);
        var keys = await OpenConversationAsync(agent);
        var address = agent.Page.Url;
        await keys.ComposeAsync('r');
        await keys.ComposeAsync('a');
        await Assertions.Expect(agent.Find("composer")).Not.ToBeFocusedAsync();
        await Assertions.Expect(agent.Page.Locator("#conversation-assign")).ToBeHiddenAsync();

        await keys.PressAsync('r');
        await Assertions.Expect(agent.Find("composer")).ToBeFocusedAsync();
        await agent.Page.Keyboard.TypeAsync("jknrateziuwm/?[]gi");
        await Assertions.Expect(agent.Find("composer")).ToHaveValueAsync("jknrateziuwm/?[]gi");
        await Assertions.Expect(agent.Find("composer")).ToBeFocusedAsync();
        Assert.Equal(0, await agent.Page.Locator(":popover-open, dialog[open]").CountAsync());
        Assert.Equal(address, agent.Page.Url);

        // While the input method has the text, Enter and Ctrl+Enter are its own.
        var session = await agent.Page.Context.NewCDPSessionAsync(agent.Page);
        await session.SendAsync("Input.imeSetComposition", new() { ["text"] = "ni", ["selectionStart"] = 2, ["selectionEnd"] = 2 });
        await keys.ComposeAsync('k');
        await Assertions.Expect(agent.Find("composer")).ToBeFocusedAsync();
        await agent.Find("composer").FillAsync("");
        agent.AssertClean();
    }

    [Fact]
    public async Task The_list_of_keys_comes_by_key_and_by_mouse_and_no_key_acts_under_it()
    {
        await using var agent = await browser.OpenAsync(app);
        var keys = await OpenConversationAsync(agent);
        await agent.Page.Keyboard.PressAsync("Shift+Slash");
        await Assertions.Expect(agent.Find("key-list")).ToBeVisibleAsync();
        await keys.PressAsync('r');
        await agent.Page.Keyboard.PressAsync("F6");
        await Assertions.Expect(agent.Find("key-list")).ToBeVisibleAsync();
        Assert.True(await agent.Page.EvaluateAsync<bool>("document.getElementById('keys').contains(document.activeElement)"));
        await keys.EscapeAsync();
        await Assertions.Expect(agent.Find("key-list")).ToBeHiddenAsync();

        await agent.Page.Locator(".me-button").ClickAsync();
        await agent.Page.Locator("[data-opens=keys]").ClickAsync();
        await Assertions.Expect(agent.Find("key-list").GetByText("Следующий разговор")).ToBeVisibleAsync();
        await agent.Page.Mouse.ClickAsync(5, 400);
        await Assertions.Expect(agent.Find("key-list")).ToBeHiddenAsync();
        await Assertions.Expect(agent.Page.Locator(".me-button")).ToBeFocusedAsync();
        agent.AssertClean();
    }

    [Fact]
    public async Task Another_key_works_the_former_one_does_not_and_single_keys_can_be_off()
    {
        await using var owner = await browser.OpenAsync(app);
        await owner.SignInAsync("owner@demo.test", "/settings/keys");
        var keys = await RussianKeyboard.OfAsync(owner);
        var reply = owner.Page.Locator("[data-testid=key-row][data-name=reply]");
        await reply.GetByTestId("key-change").PressAsync("Enter");
        await Assertions.Expect(reply.Locator("[data-recording]")).ToBeFocusedAsync();
        await keys.PressAsync('q');
        await Assertions.Expect(reply.Locator("kbd")).ToHaveTextAsync("Q");

        await owner.Page.Keyboard.PressAsync("g");
        await owner.Page.Keyboard.PressAsync("i");
        await owner.Page.WaitForURLAsync("**/inbox");
        await owner.Find("conversation-row").First.ClickAsync();
        await Assertions.Expect(owner.Find("send")).ToBeEnabledAsync();
        await keys.PressAsync('r');
        await Assertions.Expect(owner.Find("composer")).Not.ToBeFocusedAsync();
        await keys.PressAsync('q');
        await Assertions.Expect(owner.Find("composer")).ToBeFocusedAsync();

        await owner.GoAsync("/settings/keys");
        await owner.Find("singles").UncheckAsync();
        await Assertions.Expect(owner.Page.Locator("#keys [data-does=reply]")).Not.ToHaveAttributeAsync("data-on", "KeyQ");
        await owner.GoAsync("/inbox");
        await owner.Find("conversation-row").First.ClickAsync();
        await Assertions.Expect(owner.Find("send")).ToBeEnabledAsync();
        await keys.PressAsync('q');
        await keys.PressAsync('/');
        await Assertions.Expect(owner.Find("composer")).Not.ToBeFocusedAsync();
        await Assertions.Expect(owner.Find("search-box")).Not.ToBeFocusedAsync();
        await keys.ControlAsync('k');
        await Assertions.Expect(owner.Find("palette")).ToBeVisibleAsync();
        owner.AssertClean();
    }

    [Fact]
    public async Task The_palette_opens_without_asking_the_server_and_asks_once_for_what_was_typed_in_one_go()
    {
        await using var agent = await browser.OpenAsync(app);
        var asked = 0;
        agent.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            if (System.Text.Encoding.Latin1.GetString(frame.Binary ?? []).Contains("FindAsync", StringComparison.Ordinal)) Interlocked.Increment(ref asked);
        };
        await agent.SignInAsync();
        await Assertions.Expect(agent.Find("palette")).ToBeAttachedAsync();
        Assert.True(await agent.Page.EvaluateAsync<bool>(
            """
            () => { document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyK', key: 'л', ctrlKey: true, bubbles: true, cancelable: true }));
              return document.getElementById('palette').open && document.activeElement.getAttribute('role') === 'combobox'; }
            """));
        await agent.Page.EvaluateAsync(
            """
            () => { const field = document.activeElement;
              for (const letter of 'Сроки и звезда') { field.value += letter; field.dispatchEvent(new Event('input', { bubbles: true })); } }
            """);
        await agent.Find("palette-field").FillAsync("Сокол");
        await Assertions.Expect(agent.Find("palette-conversation").First).ToBeVisibleAsync();
        Assert.Equal(1, asked);
        agent.AssertClean();
    }

    [Fact]
    public async Task The_palette_goes_does_and_finds_with_the_keyboard_alone_also_in_the_wrong_layout()
    {
        await using var agent = await browser.OpenAsync(app);
        await app.Sandbox.BuyerWritesAsync("Пришлите фотографию абажура");
        var keys = await OpenConversationAsync(agent);

        // A command of the open conversation, typed in Latin by mistake: what its key does.
        await keys.ControlAsync('k');
        await agent.Page.Keyboard.TypeAsync("jnkj;bnm");
        await Assertions.Expect(agent.Page.Locator("#palette-snooze")).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(agent.Find("palette-field")).ToHaveAttributeAsync("aria-activedescendant", "palette-snooze");
        await keys.EnterAsync();
        await Assertions.Expect(agent.Page.Locator("#conversation-snooze :is(a, button)").First).ToBeFocusedAsync();
        await keys.EscapeAsync();

        // A page; Home and End go to the ends.
        await keys.ControlAsync('k');
        await Assertions.Expect(agent.Find("palette-field")).ToHaveValueAsync("");
        await agent.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(agent.Page.Locator("#palette-out")).ToHaveAttributeAsync("aria-selected", "true");
        await agent.Page.Keyboard.PressAsync("Home");
        await agent.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(agent.Page.Locator("#palette-due")).ToHaveAttributeAsync("aria-selected", "true");
        await keys.EnterAsync();
        await agent.Page.WaitForURLAsync("**/due");
        await Assertions.Expect(agent.Find("palette")).ToBeHiddenAsync();

        // No conversation is open here: what is done with one is not offered.
        await keys.ControlAsync('k');
        await Assertions.Expect(agent.Page.Locator("#palette-reply")).ToBeHiddenAsync();
        await keys.TypeAsync("абажур");
        await Assertions.Expect(agent.Find("palette-conversation")).ToContainTextAsync("фотографию абажура");
        await agent.Page.Keyboard.PressAsync("ArrowUp");
        await agent.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(agent.Find("palette-conversation")).ToHaveAttributeAsync("aria-selected", "true");
        await keys.EnterAsync();
        await Assertions.Expect(agent.Page.Locator(".msg.found")).ToContainTextAsync("фотографию абажура");

        // Look and language.
        await keys.ControlAsync('k');
        await keys.TypeAsync("темно");
        await keys.EnterAsync();
        await Assertions.Expect(agent.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await keys.ControlAsync('k');
        await agent.Page.Keyboard.TypeAsync("english");
        await keys.EnterAsync();
        await Assertions.Expect(agent.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await agent.BecomesLiveAsync();
        await agent.Page.Keyboard.PressAsync("Control+k");
        await agent.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(agent.Find("palette")).ToBeHiddenAsync();
        agent.AssertClean();
    }

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task The_palette_and_the_list_have_no_serious_barrier_and_fit_the_screen(bool dark, int width)
    {
        await using var agent = await browser.OpenAsync(app, width: width, dark: dark);
        await OpenConversationAsync(agent);
        foreach (var dialog in new[] { "palette", "keys" })
        {
            await agent.Page.EvaluateAsync("id => window.q.keys.open(id)", dialog);
            await agent.ShootAsync($"{dialog}-{(dark ? "dark" : "light")}-{width}");
            var barriers = (await agent.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n => $"{dialog}: {v.Id} {n.Html}"));
            Assert.Empty(barriers);
            Assert.True(await agent.Page.EvaluateAsync<bool>(
                "id => { const d = document.getElementById(id), b = d.getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth && b.bottom <= innerHeight && d.scrollWidth <= d.clientWidth; }", dialog));
            await agent.Page.EvaluateAsync("id => document.getElementById(id).close()", dialog);
        }

        agent.AssertClean();
    }

    /// <summary>Signed in as the agent, with the first buyer's conversation open and the focus in no field.</summary>
    private static async Task<RussianKeyboard> OpenConversationAsync(Window agent)
    {
        await agent.SignInAsync();
        await agent.Find("conversation-row").First.ClickAsync();
        await Assertions.Expect(agent.Find("send")).ToBeEnabledAsync();
        return await RussianKeyboard.OfAsync(agent);
    }

    private static Task<bool> IsFocusedAsync(ILocator element) => element.EvaluateAsync<bool>("e => e === document.activeElement");

    private static async Task TabToAsync(Window window, string testId)
    {
        for (var i = 0; i < MaxTabs; i++)
        {
            if (await window.Page.EvaluateAsync<bool>("id => !!document.activeElement?.closest(`[data-testid=${id}]`)", testId)) return;
            await window.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{testId} is not reached within {MaxTabs} presses of Tab");
    }
}

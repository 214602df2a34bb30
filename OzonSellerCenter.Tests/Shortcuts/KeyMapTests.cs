using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Web;
using OzonSellerCenter.Shortcuts;
using OzonSellerCenter.Tests.Architecture;

namespace OzonSellerCenter.Tests.Shortcuts;

/// <summary>Which key may do what.</summary>
public sealed partial class KeyMapTests
{
    private static readonly KeyCommand Reply = KeyCommand.Find("reply")!;
    private static readonly KeyCommand Note = KeyCommand.Find("note")!;
    private static readonly KeyCommand Inbox = KeyCommand.Find("go-inbox")!;
    private static readonly KeyCommand Palette = KeyCommand.Find("palette")!;

    [Fact]
    public void The_usual_keys_do_not_get_in_each_others_way() =>
        Assert.All(KeyCommand.All, command => Assert.Null(KeyMap.Usual.WhyNot(command, command.Usual)));

    [Fact]
    public void The_keys_that_were_promised_are_there() => Assert.Equal(
        ["KeyJ", "KeyK", "KeyR", "KeyN", "KeyA", "KeyT", "KeyE", "KeyZ", "Slash", "Shift+Slash", "Mod+KeyK"],
        new[] { "next", "previous", "reply", "note", "assign", "tags", "done", "snooze", "search", "keys", "palette" }.Select(name => KeyCommand.Find(name)!.Usual));

    [Fact]
    public void Another_key_holds_and_the_former_one_is_free()
    {
        var keys = KeyMap.Usual.With(Reply, "KeyQ");
        Assert.Equal(("KeyQ", true), (keys[Reply], keys.IsOwn(Reply)));
        Assert.Null(keys.WhyNot(Note, "KeyR"));
        Assert.Equal(KeyMap.Usual[Reply], keys.With(Reply, Reply.Usual)[Reply]);
        Assert.False(keys.With(Reply, Reply.Usual).IsChanged);
    }

    [Fact]
    public void A_command_can_do_without_a_key()
    {
        var keys = KeyMap.Usual.With(Reply, null);
        Assert.Null(keys[Reply]);
        Assert.Null(keys.WhyNot(Note, "KeyR"));
        Assert.Null(KeyMap.Read(keys.Write(), false)[Reply]);
    }

    [Theory]
    [InlineData("reply", "KeyN", "KeyTaken")]
    [InlineData("reply", "KeyG", "KeyTaken")]
    [InlineData("reply", "Enter", "KeyNotFree")]
    [InlineData("reply", "Escape", "KeyNotFree")]
    [InlineData("reply", "Space", "KeyNotFree")]
    [InlineData("reply", "ArrowDown", "KeyNotFree")]
    [InlineData("reply", "F6", "KeyNotFree")]
    [InlineData("reply", "Alt+KeyQ", "KeyNotFree")]
    [InlineData("reply", "Numpad1", "KeyNotFree")]
    [InlineData("reply", "Mod+KeyJ", "KeyWithCtrl")]
    [InlineData("palette", "KeyQ", "KeyNeedsCtrl")]
    [InlineData("palette", "Mod+KeyC", "KeyNotFree")]
    [InlineData("palette", "Mod+KeyJ", null)]
    [InlineData("reply", "Shift+KeyR", null)]
    [InlineData("reply", "Digit1", null)]
    [InlineData("reply", "Quote", null)]
    [InlineData("go-inbox", "KeyI", "KeyTaken")]
    public void A_key_that_is_taken_or_wanted_elsewhere_is_refused(string command, string key, string? refusal) =>
        Assert.Equal(refusal, KeyMap.Usual.WhyNot(KeyCommand.Find(command)!, key)?.Key);

    [Fact]
    public void A_taken_key_names_who_has_it() => Assert.Equal(["N", "note"], KeyMap.Usual.WhyNot(Reply, "KeyN")!.Args);

    [Fact]
    public void Two_commands_swap_their_keys()
    {
        var keys = KeyMap.Usual.Swapped(Reply, "KeyN")!;
        Assert.Equal(("KeyN", "KeyR"), (keys[Reply], keys[Note]));
        Assert.False(keys.Swapped(Reply, "KeyR")!.IsChanged);
    }

    [Fact]
    public void A_swap_that_leaves_two_commands_on_one_key_is_not_offered()
    {
        // G begins two ways: whoever takes it, one of them is left with it.
        Assert.Null(KeyMap.Usual.Swapped(Reply, "KeyG"));
        Assert.Null(KeyMap.Usual.Swapped(Inbox, "KeyG"));
        Assert.Null(KeyMap.Usual.Swapped(Reply, "KeyQ"));
    }

    [Fact]
    public void Single_keys_can_be_off_and_the_others_still_work()
    {
        var keys = KeyMap.Usual.WithSingles(on: false);
        Assert.Null(keys.Working(Reply));
        Assert.Equal("KeyR", keys[Reply]);
        Assert.Equal("Mod+KeyK", keys.Working(Palette));
        Assert.Equal("KeyR", keys.WithSingles(on: true).Working(Reply));
    }

    [Fact]
    public void What_was_kept_is_read_again_and_what_is_not_known_any_more_left_out()
    {
        var keys = KeyMap.Usual.With(Reply, "KeyQ").With(Note, null).With(Inbox, "Shift+Digit1");
        Assert.Equal("go-inbox=Shift+Digit1;note=;reply=KeyQ", keys.Write());
        var read = KeyMap.Read(keys.Write() + ";gone=KeyX", singlesOff: false);
        Assert.Equal(keys.Write(), read.Write());
        Assert.All(KeyCommand.All, command => Assert.Equal(keys[command], read[command]));
    }

    [Fact]
    public void A_key_given_to_a_command_stays_with_it_when_another_would_usually_have_it()
    {
        // As it is read after an update that gave a new command the key.
        var keys = KeyMap.Read("reply=KeyN", singlesOff: false);
        Assert.Equal("KeyN", keys[Reply]);
        Assert.Null(keys[Note]);
    }

    [Fact]
    public void Every_command_changed_to_the_longest_key_fits_into_its_column()
    {
        var longest = string.Join(';', KeyCommand.All.Select(c => $"{c.Name}=Mod+Shift+IntlBackslash"));
        Assert.InRange(longest.Length, 1, PersonalKeys.MaxChanges);
    }

    [Theory]
    [InlineData("KeyR", "R")]
    [InlineData("Digit1", "1")]
    [InlineData("Shift+Slash", "?")]
    [InlineData("Slash", "/")]
    [InlineData("Shift+KeyR", "Shift+R")]
    [InlineData("Mod+KeyK", "Ctrl+K")]
    [InlineData("KeyG KeyI", "G I")]
    public void A_key_is_shown_as_it_is_printed_on_the_caps(string key, string words) => Assert.Equal(words, KeyPress.Words(key));

    [Theory]
    [InlineData("KeyR", "к", false, "KeyR")]
    [InlineData("KeyZ", "Process", false, null)]
    [InlineData("ShiftLeft", "Shift", true, null)]
    [InlineData("Slash", ",", true, "Shift+Slash")]
    [InlineData("", "Unidentified", false, null)]
    public void A_new_key_is_taken_by_its_place(string code, string sign, bool shift, string? key) =>
        Assert.Equal(key, KeyPress.Of(new KeyboardEventArgs { Code = code, Key = sign, ShiftKey = shift }));

    /// <summary>A name in the markup that is no command would be a control that no key reaches, and nobody would notice.</summary>
    [Fact]
    public void Every_control_that_names_a_command_names_one_that_exists()
    {
        var markup = string.Join('\n', Sources.Files(".razor").Select(f => f.Text));
        var named = CommandInMarkup().Matches(markup).SelectMany(m => Word().Matches(m.Groups["value"].Value)).Select(m => m.Value).Concat(Place().Matches(markup).Select(m => m.Groups[1].Value)).ToHashSet();
        Assert.Empty(named.Except(KeyCommand.All.Select(c => c.Name)));
        Assert.DoesNotContain("data-key=", markup, StringComparison.Ordinal);

        // These js/keys.js does itself.
        var script = Sources.Files("/keys.js").Single(f => f.Name.StartsWith("wwwroot-assets/", StringComparison.Ordinal)).Text;
        Assert.All(KeyCommand.All.Select(c => c.Name).Except(named), own => Assert.Matches($"""(?m)^  '?{own}'?: \(\) =>""", script));
    }

    [GeneratedRegex("""data-(?:command|leads)="(?<value>@\((?:[^()]|\([^()]*\))*\)|[a-z-]+)""")]
    private static partial Regex CommandInMarkup();

    [GeneratedRegex("""(?<=^|")[a-z-]+(?="|$)""")]
    private static partial Regex Word();

    [GeneratedRegex("""<NavPlace .* Command="([a-z-]+)""")]
    private static partial Regex Place();
}

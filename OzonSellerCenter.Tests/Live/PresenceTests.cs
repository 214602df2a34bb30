using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Data;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Tests.Live;

/// <summary>Who is at what.</summary>
public sealed class PresenceTests
{
    private const string Subject = "conversation:42";
    private static readonly CurrentUser Anna = new("a", "Анна");
    private static readonly CurrentUser Oleg = new("o", "Олег");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly Presence _presence;

    public PresenceTests() => _presence = new Presence(_time);

    [Fact]
    public void Everybody_sees_the_others_and_never_himself()
    {
        using var anna = _presence.Enter(Subject, Anna);
        using var oleg = _presence.Enter(Subject, Oleg);
        using var elsewhere = _presence.Enter("conversation:43", new CurrentUser("x", "Икс"));
        Assert.Equal([new Present("o", "Олег", true, false, false)], _presence.At(Subject, Anna.Id));
        Assert.Equal([new Present("a", "Анна", true, false, false)], _presence.At(Subject, Oleg.Id));
        Assert.Empty(_presence.At("conversation:44", Anna.Id));
    }

    [Fact]
    public void Typing_ends_by_itself_is_prolonged_by_keys_and_told_only_when_it_begins_and_ends()
    {
        using var oleg = _presence.Enter(Subject, Oleg);
        var before = _presence.Changes;
        for (var i = 0; i < 10; i++)
        {
            oleg.Type();
            Assert.True(Assert.Single(_presence.At(Subject, Anna.Id)).IsTyping);
            _time.Advance(TimeSpan.FromSeconds(2.5));
        }

        Assert.Equal(1, _presence.Changes - before);
        _time.Advance(Presence.TypingFor);
        Assert.False(Assert.Single(_presence.At(Subject, Anna.Id)).IsTyping);
        Assert.Equal(2, _presence.Changes - before);
        oleg.Type();
        oleg.StopTyping();
        Assert.Equal(4, _presence.Changes - before);
    }

    [Fact]
    public void Unsent_text_shows_also_while_the_tab_is_in_the_background_and_a_mere_tab_there_does_not()
    {
        using var oleg = _presence.Enter(Subject, Oleg);
        oleg.Look(false);
        Assert.Empty(_presence.At(Subject, Anna.Id));
        oleg.Keep(true);
        Assert.Equal(new Present("o", "Олег", false, false, true), Assert.Single(_presence.At(Subject, Anna.Id)));
        oleg.Keep(false);
        Assert.Empty(_presence.At(Subject, Anna.Id));
    }

    [Fact]
    public void Several_tabs_are_one_person_who_stays_until_the_last_is_closed()
    {
        var one = _presence.Enter(Subject, Oleg);
        using var two = _presence.Enter(Subject, Oleg);
        one.Type();
        Assert.Equal(new Present("o", "Олег", true, true, false), Assert.Single(_presence.At(Subject, Anna.Id)));
        one.Dispose();
        one.Dispose();
        Assert.Equal(new Present("o", "Олег", true, false, false), Assert.Single(_presence.At(Subject, Anna.Id)));
        two.Dispose();
        Assert.Empty(_presence.At(Subject, Anna.Id));
        two.Type();
        Assert.Empty(_presence.At(Subject, Anna.Id));
    }

    [Fact]
    public async Task When_the_connection_goes_the_person_is_gone_at_once_and_comes_back_with_it()
    {
        var circuit = new CircuitPresence(_presence);
        var seat = circuit.Enter(Subject, Oleg);
        seat.Keep(true);
        seat.Type();
        await circuit.OnConnectionDownAsync(null!, TestContext.Current.CancellationToken);
        Assert.Empty(_presence.At(Subject, Anna.Id));
        seat.Keep(false);
        seat.Keep(true);
        Assert.Empty(_presence.At(Subject, Anna.Id));
        await circuit.OnConnectionUpAsync(null!, TestContext.Current.CancellationToken);
        Assert.Equal(new Present("o", "Олег", true, false, true), Assert.Single(_presence.At(Subject, Anna.Id)));
        await circuit.OnCircuitClosedAsync(null!, TestContext.Current.CancellationToken);
        Assert.Empty(_presence.At(Subject, Anna.Id));
    }

    [Fact]
    public void Two_nodes_that_exchange_their_marks_see_the_same()
    {
        var other = new Presence(_time);
        _presence.Marked += other.Take;
        using (var oleg = _presence.Enter(Subject, Oleg))
        {
            oleg.Type();
            _time.Advance(TimeSpan.FromSeconds(3));
            oleg.Type();
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.True(Assert.Single(other.At(Subject, Anna.Id)).IsTyping);
        }

        Assert.Empty(other.At(Subject, Anna.Id));
    }

    [Fact]
    public async Task Many_who_come_and_go_at_once_leave_nobody_behind()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            for (var n = 0; n < 500; n++)
            {
                using var seat = _presence.Enter(Subject, new CurrentUser($"u{i}", $"u{i}"));
                seat.Type();
                seat.Keep(n % 2 == 0);
            }
        })));
        Assert.Empty(_presence.At(Subject, "nobody"));
    }
}

using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Tests.Shared;

public sealed class LookTests : BunitContext
{
    private static readonly DateTime Now = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    public LookTests()
    {
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(Now)));
    }

    [Fact]
    public void A_chip_carries_instants_and_words_and_draws_nothing_itself()
    {
        using var _ = new CultureOf("ru-RU", "ru");
        var chip = Render<DueChip>(p => p.Add(c => c.Due, Now.AddHours(1)).Add(c => c.Start, Now).Add(c => c.Kind, "первый ответ, цель")).Find("due-chip");
        Assert.Equal("1795438800000", chip.GetAttribute("due"));
        Assert.Equal("1795435200000", chip.GetAttribute("start"));
        Assert.Equal("running", chip.GetAttribute("state"));
        Assert.Equal("первый ответ, цель, срок 16:00", chip.GetAttribute("about"));
        Assert.Equal("countdown", chip.GetAttribute("data-testid"));
        Assert.Empty(chip.Children);
    }

    [Theory]
    [InlineData(ClockState.Met, "met")]
    [InlineData(ClockState.Late, "late")]
    [InlineData(ClockState.Paused, "paused")]
    [InlineData(ClockState.Closed, "closed")]
    public void A_clock_that_does_not_run_says_so(ClockState state, string word) =>
        Assert.Equal(word, Render<DueChip>(p => p.Add(c => c.Due, Now).Add(c => c.State, state)).Find("due-chip").GetAttribute("state"));

    [Fact]
    public void A_segment_of_the_track_names_its_owner()
    {
        using var _ = new CultureOf("ru-RU", "ru");
        var segment = Render<TrackSegment>(p => p.Add(s => s.Owner, ClockOwner.House).Add(s => s.Name, "4 ч").Add(s => s.Due, Now).Add(s => s.Start, Now));
        Assert.Equal("Цель", segment.Find(".who.house").TextContent);
        Assert.NotNull(segment.Find("due-bar"));
        Assert.Null(segment.Find("due-chip").GetAttribute("data-testid"));
    }

    [Fact]
    public void An_error_says_what_happened_what_was_kept_and_what_comes_next()
    {
        var box = Render<ErrorBox>(p => p.Add(e => e.What, "Ozon is not answering.").Add(e => e.Kept, "Your reply is saved.").Add(e => e.Next, "Nothing to do."));
        Assert.Equal("alert", box.Find(".box").GetAttribute("role"));
        Assert.Equal("Ozon is not answering.", box.Find("b").TextContent);
        Assert.Contains("Your reply is saved. Nothing to do.", box.Find(".box").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_shows_one_of_failed_loading_empty_and_content()
    {
        var page = Render<PageState>(p => p.Add(s => s.Loading, true).Add(s => s.Rows, 3).AddChildContent("<i>rows</i>"));
        Assert.Equal(3, page.FindAll(".sk-row").Count);
        Assert.Empty(page.FindAll("i"));

        page.Render(p => p.Add(s => s.Loading, false));
        Assert.NotNull(page.Find("i"));

        page.Render(p => p.Add(s => s.Empty, "Nobody waits."));
        Assert.Equal("Nobody waits.", page.Find(".state").TextContent);

        var again = 0;
        page.Render(p => p.Add(s => s.Failed, "It failed.").Add(s => s.OnRetry, () => again++));
        page.Find("button").Click();
        Assert.Equal(1, again);
    }

    [Fact]
    public void A_time_is_machine_readable_and_shows_the_shop_s_clock()
    {
        using var _ = new CultureOf("ru-RU", "ru");
        var time = Render<LocalTime>(p => p.Add(t => t.At, Now)).Find("time");
        Assert.Equal("2026-11-23T12:00:00Z", time.GetAttribute("datetime"));
        Assert.Equal("15:00", time.TextContent);
    }

    [Theory]
    [InlineData("Анна Кузнецова", "АК")]
    [InlineData("олег", "ОЛ")]
    [InlineData("王小明", "王小")]
    [InlineData("agent@demo.test", "AD")]
    [InlineData("", "?")]
    public void Initials_come_from_the_first_two_words(string name, string initials) => Assert.Equal(initials, Avatar.Initials(name));

    [Fact]
    public void A_span_is_said_in_the_language_of_the_person()
    {
        var span = TimeSpan.FromMinutes(125);
        using (new CultureOf("ru-RU", "ru")) Assert.Equal("2 часа 5 минут", DurationText.Text(span));
        using (new CultureOf("en-GB", "en")) Assert.Equal("2 hours 5 minutes", DurationText.Text(span));
        using (new CultureOf("zh-CN", "zh-Hans")) Assert.Equal("2 小时 5 分", DurationText.Text(span));
    }
}

using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Live;
using OzonSellerCenter.Shell;
using OzonSellerCenter.Shortcuts;
using OzonSellerCenter.Tests.Shared;

namespace OzonSellerCenter.Tests.Shell;

public sealed class MainLayoutTests : BunitContext
{
    private bool _broken = true;

    public MainLayoutTests()
    {
        Services.AddLocalization();
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<ClockJumps>();
        Services.AddScoped<Session>();
        AddAuthorization().SetAuthorized("Анна Кузнецова");
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", true));
        ComponentFactories.AddStub<NavRail>();
        ComponentFactories.AddStub<TopBar>();
        ComponentFactories.AddStub<AlertToasts>();
        ComponentFactories.AddStub<DesktopAlerts>();
        ComponentFactories.AddStub<Palette>();
        ComponentFactories.AddStub<KeyList>();
    }

    [Fact]
    public void A_page_that_fails_leaves_the_frame_standing_and_can_be_shown_again()
    {
        using var _ = new CultureOf("ru-RU", "ru");
        var layout = Show();
        Assert.Contains("Черновики и всё отправленное сохранены.", layout.Find("main [role=alert]").TextContent, StringComparison.Ordinal);

        _broken = false;
        layout.Find("main button").Click();
        Assert.Equal("Здесь", layout.Find("main p").TextContent);
    }

    [Fact]
    public void Keyboards_can_skip_to_the_content()
    {
        _broken = false;
        var layout = Show();
        Assert.EndsWith("#main", layout.Find("a.skip").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("-1", layout.Find("main#main").GetAttribute("tabindex"));
    }

    private IRenderedComponent<MainLayout> Show() => Render<MainLayout>(p => p.Add(l => l.Body, builder =>
    {
        if (_broken) throw new InvalidOperationException("A fault of one page.");
        builder.AddMarkupContent(0, "<p>Здесь</p>");
    }));
}

using System.Globalization;
using OzonSellerCenter.Operations;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace OzonSellerCenter.Tests.Operations;

public sealed class DiscretionTests
{
    [Fact]
    public void A_secret_is_never_written_down() =>
        Assert.DoesNotContain("s3cr3t", Logged(log => log.Debug("Key {ApiKey}, {@Store}", "s3cr3t", new { Name = "Shop", Password = "s3cr3t" })), StringComparison.Ordinal);

    [Theory, InlineData("/ozon/push/abcdef"), InlineData("/invite/abcdef"), InlineData("/reset/abcdef")]
    public void An_address_that_ends_in_a_secret_is_cut(string path) =>
        Assert.DoesNotContain("abcdef", Logged(log => log.Information("{RequestPath} answered {StatusCode}", path, 200)), StringComparison.Ordinal);

    [Fact]
    public void What_people_write_is_written_down_at_Debug_at_most()
    {
        Assert.DoesNotContain("Здравствуйте", Logged(log => log.Information("Came: {Text}", "Здравствуйте")), StringComparison.Ordinal);
        Assert.Contains("Здравствуйте", Logged(log => log.Debug("Came: {Text}", "Здравствуйте")), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_words_stay() =>
        Assert.Contains("/inbox/42", Logged(log => log.Information("{RequestPath} answered", "/inbox/42")), StringComparison.Ordinal);

    private static string Logged(Action<ILogger> write)
    {
        var lines = new Lines();
        using var log = new LoggerConfiguration().MinimumLevel.Debug().Enrich.With<Discretion>().WriteTo.Sink(lines).CreateLogger();
        write(log);
        return lines.Text;
    }

    private sealed class Lines : ILogEventSink
    {
        public string Text { get; private set; } = "";

        public void Emit(LogEvent logEvent) => Text += logEvent.RenderMessage(CultureInfo.InvariantCulture) + "\n";
    }
}

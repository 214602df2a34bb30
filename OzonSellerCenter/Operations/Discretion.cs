using Serilog.Core;
using Serilog.Events;

namespace OzonSellerCenter.Operations;

/// <summary>Keeps secrets out of every log line, and what buyers and sellers write out of all lines above Debug.</summary>
internal sealed class Discretion : ILogEventEnricher
{
    private const string Masked = "***";

    private static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "ApiKey", "Api-Key", "Authorization", "ConnectionString", "Cookie", "MasterKey", "Password", "PushSecret", "RecoveryCode", "Secret", "Token",
    };

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "Body", "Draft", "MessageText", "Preview", "Text" };

    /// <summary>Paths whose last part is a secret.</summary>
    private static readonly string[] SecretPaths = ["/ozon/push/", "/invite/", "/reset/"];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToArray())
        {
            var discreet = Discreet(name, value, logEvent.Level);
            if (!ReferenceEquals(discreet, value)) logEvent.AddOrUpdateProperty(new LogEventProperty(name, discreet));
        }
    }

    /// <summary>The path as it may be written down.</summary>
    public static string SafePath(string? path)
    {
        var hit = Array.Find(SecretPaths, start => path?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true);
        return hit is null ? path ?? "" : hit + Masked;
    }

    private static LogEventPropertyValue Discreet(string name, LogEventPropertyValue value, LogEventLevel level) => value switch
    {
        _ when Secrets.Contains(name) => new ScalarValue(Masked),
        _ when level > LogEventLevel.Debug && Words.Contains(name) => new ScalarValue(Masked),
        ScalarValue { Value: string path } when SafePath(path) is var safe && safe != path => new ScalarValue(safe),
        StructureValue structure => new StructureValue(
            structure.Properties.Select(p => new LogEventProperty(p.Name, Discreet(p.Name, p.Value, level))), structure.TypeTag),
        DictionaryValue dictionary => new DictionaryValue(dictionary.Elements.Select(e =>
            KeyValuePair.Create(e.Key, Discreet(e.Key.Value as string ?? "", e.Value, level)))),
        _ => value,
    };
}

using System.Reflection;

namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>The stock of sentences of the simulated buyers, by the moment they fit (<c>buyers.txt</c>).</summary>
internal sealed class BuyerTalk
{
    private readonly Dictionary<string, List<string>> _sections = [];

    public BuyerTalk()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("OzonSellerCenter.Sandbox.Buyers.buyers.txt")!);
        var section = new List<string>();
        while (reader.ReadLine()?.Trim() is { } line)
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
                _sections[line[3..]] = section = [];
            else if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
                section.Add(line);
        }
    }

    public string Draw(string moment, Random chance) => _sections[moment][chance.Next(_sections[moment].Count)];

    /// <summary>What somebody asks about an order in that status.</summary>
    public static string MomentOf(string status) => status switch
    {
        "delivered" or "client_arbitration" => "got",
        "cancelled" => "gone",
        "delivering" or "driver_pickup" or "not_accepted" or "arbitration" or "sent_by_seller" => "way",
        _ => "open",
    };
}

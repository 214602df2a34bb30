using System.Reflection;

namespace OzonSellerCenter.Sandbox.Buyers;

/// <summary>The stock of sentences of the simulated buyers, by the moment they fit (<c>buyers.txt</c>).</summary>
internal sealed class BuyerTalk
{
    private readonly List<(string[] Heading, List<string> Lines)> _sections = [];

    public BuyerTalk()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("OzonSellerCenter.Sandbox.Buyers.buyers.txt")!);
        while (reader.ReadLine()?.Trim() is { } line)
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
                _sections.Add((line[3..].Split(' '), []));
            else if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
                _sections[^1].Lines.Add(line);
        }
    }

    /// <summary>A sentence for the moment that fits the product, if one is talked about.</summary>
    public string Draw(string moment, Random chance, string category = "")
    {
        var fitting = _sections.Where(s => s.Heading[0] == moment && (s.Heading.Length == 1 || s.Heading.Contains(category)))
            .SelectMany(s => s.Lines).ToList();
        return fitting[chance.Next(fitting.Count)];
    }

    /// <summary>What somebody asks about an order in that status.</summary>
    public static string MomentOf(string status) => status switch
    {
        "delivered" or "client_arbitration" => "got",
        "cancelled" => "gone",
        "delivering" or "driver_pickup" or "not_accepted" or "arbitration" or "sent_by_seller" => "way",
        _ => "open",
    };
}

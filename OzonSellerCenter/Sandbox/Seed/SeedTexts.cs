using System.Globalization;
using System.Reflection;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Seed;

/// <summary>A product line of <c>products.txt</c>; prices in roubles.</summary>
internal sealed record SeedProduct(
    long ClientId, string Article, string Category, string Name, string Colour, int Price, int OldPrice, string Description)
{
    /// <summary>The line a product was made from.</summary>
    public static SeedProduct Of(Product product) => new(
        product.ClientId, product.OfferId, product.Category, product.Name, product.Colour, (int)(product.Price / 100), (int)(product.OldPrice / 100), product.Description);
}

/// <summary>
/// A conversation of <c>chats.txt</c>: its kind is order, product, support or notice, and the words are what follows (article,
/// status, scheme and age; or the state or type of a chat with Ozon).
/// </summary>
internal sealed record SeedChat(long ClientId, string Kind, string[] Words, string Person, List<SeedLine> Lines)
{
    /// <summary>Of the product that an order or a question is about.</summary>
    public string Article => Words[0].Split('x')[0];

    /// <summary>Pieces ordered; one each in nearly every order.</summary>
    public int Quantity => Words[0].Split('x') is [_, var pieces] ? int.Parse(pieces, CultureInfo.InvariantCulture) : 1;
}

/// <summary>One message: who (b, s, o, n), how long ago, and what.</summary>
internal sealed record SeedLine(char Who, TimeSpan Ago, string Text)
{
    /// <summary>Name of the picture, when the message is one.</summary>
    public string? Photo => Text.StartsWith("[photo ", StringComparison.Ordinal) ? Text[7..^1] : null;
}

/// <summary>Reads the texts the demo shops are made of.</summary>
internal static class SeedTexts
{
    public static List<SeedProduct> Products()
    {
        List<SeedProduct> products = [];
        long clientId = 0;
        foreach (var line in Lines("products.txt"))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                clientId = long.Parse(line[3..], CultureInfo.InvariantCulture);
                continue;
            }
            if (line.Split('|', StringSplitOptions.TrimEntries) is not [var article, var category, var name, var colour, var price, var before, var description])
                throw new InvalidDataException("products.txt: " + line);
            products.Add(new SeedProduct(clientId, article, category, name, colour, Roubles(price), Roubles(before), description));
        }
        return products;
    }

    public static List<SeedChat> Chats()
    {
        List<SeedChat> chats = [];
        long clientId = 0;
        foreach (var line in Lines("chats.txt"))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                clientId = long.Parse(line[3..], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                var halves = line[2..].Split('|', StringSplitOptions.TrimEntries);
                var words = halves[0].Split(' ');
                chats.Add(new SeedChat(clientId, words[0], words[1..], halves.Length > 1 ? halves[1] : "", []));
            }
            else
            {
                var ago = line[2..line.IndexOf(' ', 2)];
                chats[^1].Lines.Add(new SeedLine(line[0], Span(ago), line[(3 + ago.Length)..]));
            }
        }
        return chats;
    }

    /// <summary>3d, 4h42m, 12m.</summary>
    public static TimeSpan Span(string text)
    {
        var span = TimeSpan.Zero;
        var number = 0;
        foreach (var sign in text)
        {
            if (char.IsAsciiDigit(sign))
            {
                number = (number * 10) + (sign - '0');
                continue;
            }
            span += sign switch
            {
                'd' => TimeSpan.FromDays(number),
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                _ => throw new InvalidDataException("Not a span: " + text),
            };
            number = 0;
        }
        return span;
    }

    public static byte[] Photo(string name)
    {
        using var stream = Open("photos." + name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static int Roubles(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("//", StringComparison.Ordinal))];
    }

    private static Stream Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream("OzonSellerCenter.Sandbox.Seed." + name)
        ?? throw new InvalidOperationException("The build left out the embedded file " + name);
}

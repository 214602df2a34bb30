using System.Collections.Concurrent;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws a product: a shape for its kind, tints by its number. Nobody's photographs are needed.</summary>
internal static class ShopPictures
{
    private static readonly (string Ground, string Body, string Line)[] Tints =
    [
        ("#e9efe9", "#7c9a82", "#3f5a46"), ("#eceaf3", "#8f86ad", "#504873"), ("#f4ebe1", "#c59b6d", "#7a5630"),
        ("#e4eef0", "#6fa3ad", "#2f5f69"), ("#f3e6e4", "#c08479", "#7b4238"), ("#eeeee8", "#a3a08c", "#5d5a47"),
    ];

    // In a square of 200 by 200: what is filled, then what is drawn over it.
    private static readonly Dictionary<string, (string Body, string Lines)> Shapes = new()
    {
        ["kettle"] = ("M70 70h60l14 88H56z", "M70 70q30-34 60 0M144 92q34 6 20 40M56 104l-24-22M92 48h16"),
        ["kitchen"] = ("M48 84h96v40q0 34-34 34H82q-34 0-34-34z", "M144 96h14q14 0 14 16t-14 16h-14M76 66q-6-12 4-20M100 66q-6-12 4-20M124 66q-6-12 4-20"),
        ["pan"] = ("M36 96h92l-10 44H46z", "M128 100h50M36 96h92M62 74q-6-10 4-18M84 74q-6-10 4-18"),
        ["pot"] = ("M50 84h100v62q0 12-12 12H62q-12 0-12-12z", "M42 84h116M50 104H36v16h14M150 104h14v16h-14M60 84q40-40 80 0M100 58v-8"),
        ["knives"] = ("M66 96h68v68H66z", "M78 96V56M100 96V44M122 96V56M74 56h8M96 44h8M118 56h8M66 120h68"),
        ["board"] = ("M52 60h96q10 0 10 10v84q0 10-10 10H52q-10 0-10-10V70q0-10 10-10z", "M100 60V44M90 44h20M62 140h76M62 88q38 14 76 0M62 112q38 14 76 0"),
        ["flask"] = ("M74 66h52v96q0 6-6 6H80q-6 0-6-6z", "M80 66V46h40v20M74 92h52M74 140h52M126 84h14v40h-14"),
        ["jar"] = ("M64 70h72v84q0 12-12 12H76q-12 0-12-12z", "M60 70h80V54H60zM76 104h48v36H76zM90 122h20"),
        ["scales"] = ("M42 108h116v44q0 8-8 8H50q-8 0-8-8z", "M42 108h116M64 96h72M100 96v12M80 124h40v18H80z"),
        ["vacuum"] = ("M76 44h28v66H76zM52 150h92v16H52z", "M90 110v40M104 52h22v30h-22M84 60h12M84 74h12"),
        ["iron"] = ("M36 150q4-58 84-58h30l16 58z", "M72 92q0-34 40-34h38v34M36 150h130M84 120h2M104 120h2M124 120h2"),
        ["mist"] = ("M62 92h76l8 74H54z", "M100 92V78M86 78h28M84 60q-8-10 2-20M100 60q-8-10 2-20M116 60q-8-10 2-20M86 130h28"),
        ["appliance"] = ("M62 44h76v72H62zM78 116h44v44H78z", "M84 62h32M84 78h32M100 92v10M92 160v12h16v-12"),
        ["light"] = ("M64 108l20-52h32l20 52z", "M100 108v52M72 164h56M100 56V36M88 120l-6 14M112 120l6 14"),
        ["decor"] = ("M62 92h26v70H62zM112 112h26v50h-26z", "M75 92V78M75 74q-8-10 0-20 8 10 0 20M125 112v-12M125 96q-8-10 0-20 8 10 0 20"),
        ["textile"] = ("M44 62h112v30H44zM44 98h112v24H44zM44 128h112v32H44z", "M60 62v30M60 98v24M60 128v32M140 62v30M140 98v24M140 128v32"),
        ["storage"] = ("M46 74h108l-10 86H56z", "M46 74h108M66 74q34-44 68 0M74 96v46M100 96v46M126 96v46"),
        ["furniture"] = ("M52 44h96v16H52zM52 88h96v14H52zM52 132h96v14H52z", "M56 40v128M144 40v128M76 88V68h14v20M112 132v-22h18v22"),
        ["clothes"] = ("M74 46l26 14 26-14 32 26-16 22-12-8v76H70V86l-12 8-16-22z", "M100 60v102M82 112h10M108 112h10"),
        ["toy"] = ("M48 112h44v48H48zM98 112h54v48H98zM74 64h52v42H74z", "M74 64l26-24 26 24M62 160v-20h16v20M118 130h14"),
    };

    /// <summary>The sign of the storefront in the browser's tab.</summary>
    public static Html Icon => Html.Of($"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2f4fb5"/>
        <path d="M8 12h16l-2 12H10zM12 12q4-10 8 0" fill="none" stroke="#fff" stroke-width="2.5" stroke-linejoin="round"/></svg>
        """);

    private const int Side = 200;

    // The same kind in the same tint looks the same, so there are few.
    private static readonly ConcurrentDictionary<(string Category, int Tint), byte[]> Drawn = new();

    public static Html Svg(Product product)
    {
        var (ground, body, line) = Tints[TintOf(product)];
        var shape = Shapes.GetValueOrDefault(product.Category, Shapes["kitchen"]);
        return Html.Of($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" role="img" aria-label="{product.Name}">
            <rect width="200" height="200" fill="{ground}"/>
            <ellipse cx="100" cy="168" rx="62" ry="8" fill="{line}" opacity=".16"/>
            <path d="{shape.Body}" fill="{body}" stroke="{line}" stroke-width="4" stroke-linejoin="round"/>
            <path d="{shape.Lines}" fill="none" stroke="{line}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>
            </svg>
            """);
    }

    /// <summary>The same picture as a file, for the API: Ozon's pictures are no SVG, and a shop's programs may refuse that.</summary>
    public static byte[] Png(Product product) => Drawn.GetOrAdd((product.Category, TintOf(product)), key => Draw(key.Category, Tints[key.Tint]));

    private static int TintOf(Product product) => (int)(product.Sku / 1371 % Tints.Length);

    private static byte[] Draw(string category, (string Ground, string Body, string Line) tints)
    {
        var (bodyPath, linesPath) = Shapes.GetValueOrDefault(category, Shapes["kitchen"]);
        var (shape, lines) = (new PathShape(bodyPath), new PathShape(linesPath));
        var (ground, body, line) = (Colour(tints.Ground), Colour(tints.Body), Colour(tints.Line));
        var rgb = new byte[Side * Side * 3];
        for (var at = 0; at < Side * Side; at++)
        {
            var (x, y) = ((at % Side) + 0.5, (at / Side) + 0.5);
            var shadow = Math.Pow((x - 100) / 62, 2) + Math.Pow((y - 168) / 8, 2) <= 1 ? 0.16 : 0;
            var edge = shape.Distance(x, y);

            // Both lines are four wide; within half a pixel of their rim they fade.
            var ink = Math.Clamp(2.5 - Math.Min(edge, lines.Distance(x, y)), 0, 1);
            var filled = shape.Holds(x, y) ? 1.0 : 0;
            for (var c = 0; c < 3; c++)
                rgb[(at * 3) + c] = (byte)Mix(Mix(Mix(ground[c], line[c], shadow), body[c], filled), line[c], ink);
        }
        return PngFile.Of(rgb, Side, Side);
    }

    private static double Mix(double under, double over, double share) => under + ((over - under) * share);

    private static byte[] Colour(string hex) => Convert.FromHexString(hex.AsSpan(1));
}

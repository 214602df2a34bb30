using System.Net;
using System.Text.RegularExpressions;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>A page or a redirect of the storefront.</summary>
internal sealed record ShopAnswer(HttpStatusCode Status, string Location, string Text);

/// <summary>What a buyer does on the storefront with a browser that runs no scripts.</summary>
internal static class Shopping
{
    public const long Kettle = 1904686181;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ShopAnswer> OpenAsync(this SandboxHost host, string path)
    {
        using var response = await host.Http.GetAsync(new Uri("/sandbox/shop" + path, UriKind.Relative), Stop);
        return new ShopAnswer(response.StatusCode, response.Headers.Location?.ToString() ?? "", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Stop)));
    }

    public static async Task<ShopAnswer> FillInAsync(this SandboxHost host, string path, params (string Field, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Field, f.Value)));
        using var response = await host.Http.PostAsync(new Uri("/sandbox/shop" + path, UriKind.Relative), form, Stop);
        return new ShopAnswer(response.StatusCode, response.Headers.Location?.ToString() ?? "", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Stop)));
    }

    public static Task<ShopAnswer> AddAsync(this SandboxHost host, long sku = Kettle) =>
        host.FillInAsync("/cart/add", ("sku", sku.ToString(null as IFormatProvider)));

    /// <summary>The form of the checkout as it comes, with what the test types into it.</summary>
    public static async Task<(string Field, string Value)[]> CheckoutAsync(this SandboxHost host, params (string Field, string Value)[] typed)
    {
        var page = (await host.OpenAsync("/checkout")).Text;
        Dictionary<string, string> fields = new() { ["key"] = Hidden(page, "key"), ["address"] = "ул. Садовая, д. 1", ["carrier"] = "FBS", ["delivery"] = "standard", ["payment"] = "card" };
        foreach (var (field, value) in typed)
            fields[field] = value;
        var sum = await host.FillInAsync("/checkout", [.. fields.Select(f => (f.Key, f.Value)), ("step", "sum")]);
        fields.TryAdd("total", Hidden(sum.Text, "total"));
        return [.. fields.Select(f => (f.Key, f.Value))];
    }

    /// <summary>Buys one kettle; gives the order's number.</summary>
    public static async Task<string> BuyAsync(this SandboxHost host, params (string Field, string Value)[] typed)
    {
        await host.AddAsync();
        var bought = await host.FillInAsync("/checkout", await host.CheckoutAsync(typed));
        Assert.Equal(HttpStatusCode.Redirect, bought.Status);
        return bought.Location.Split('/')[^1];
    }

    public static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    public static async Task<T> ReadAsync<T>(this SandboxHost host, Func<SandboxDb, T> read)
    {
        await using var db = await host.Get<SandboxData>().OpenAsync(Stop);
        return read(db);
    }

    public static Task<ShopOrder> OrderAsync(this SandboxHost host, string number) => host.ReadAsync(db => db.ShopOrders.Single(o => o.OrderNumber == number));

    /// <summary>A posting of account 1000001 that the buyer has received.</summary>
    public static async Task<Posting> ReceivedAsync(this SandboxHost host)
    {
        var posting = await host.NewAsync(status: "delivering");
        Assert.Equal(HttpStatusCode.Redirect, (await host.FillInAsync($"/orders/{posting.PostingNumber}/receive")).Status);
        return posting;
    }
}

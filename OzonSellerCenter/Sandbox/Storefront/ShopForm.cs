using System.Globalization;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>
/// What was typed into a form, and what is wrong with it. A form that is refused is shown again as it was sent, with the reason beside the
/// field. A page may have several; each has a name, and what was sent to one says nothing about the others.
/// </summary>
internal sealed class ShopForm
{
    private readonly IFormCollection _typed;
    private readonly Dictionary<string, string> _problems = [];

    private ShopForm(string name, IFormCollection typed)
    {
        Name = name;
        _typed = typed;
    }

    public string Name { get; }

    public bool IsFine => _problems.Count == 0;

    public IFormFileCollection Files => _typed.Files;

    public static ShopForm Blank(string name) => new(name, FormCollection.Empty);

    public static async Task<ShopForm> ReadAsync(HttpContext http, string name) =>
        new(name, http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty);

    /// <summary>The form of that name as it was sent, or an empty one if another was.</summary>
    public static ShopForm Of(ShopForm? sent, string name) => sent?.Name == name ? sent : Blank(name);

    /// <summary>What was typed, without blanks around it; <paramref name="ifMissing"/> when the field was not sent.</summary>
    public string Text(string field, string ifMissing = "") =>
        _typed.TryGetValue(field, out var value) ? value.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim() : ifMissing;

    /// <summary>A text of that many characters, else the problem is noted.</summary>
    public string Text(string field, int shortest, int longest, string problem)
    {
        var text = Text(field);
        if (text.Length < shortest || text.Length > longest)
            Reject(field, problem);
        return text;
    }

    /// <summary>A whole number between the bounds, else the problem is noted and zero is given. Nothing typed is zero.</summary>
    public long Number(string field, long least, long most, string problem)
    {
        var text = Text(field);
        if (text.Length == 0 && least <= 0)
            return 0;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Reject(field, problem);
        return 0;
    }

    /// <summary>One of those, else the problem is noted.</summary>
    public string Choice(string field, IEnumerable<string> allowed, string problem)
    {
        var text = Text(field);
        if (!allowed.Contains(text))
            Reject(field, problem);
        return text;
    }

    /// <summary>Notes what is wrong with a field; the first thing stays.</summary>
    public void Reject(string field, string problem) => _problems.TryAdd(field, problem);

    public string Id(string field) => $"{Name}-{field}";

    /// <summary>Name and id of the field, and where its problem is told.</summary>
    public Html Field(string field) => Html.Of($"id=\"{Id(field)}\" name=\"{field}\" {Problematic(field)}");

    /// <summary>One choice of several under the same name.</summary>
    public Html Radio(string field, string value, string text, string ifMissing = "") => Html.Of(
        $"""<label class="choice"><input type="radio" name="{field}" value="{value}" {Problematic(field)} {(Text(field, ifMissing) == value ? Html.Of($"checked") : Html.Empty)}><span>{text}</span></label>""");

    /// <summary>What is wrong with the field, to be put below it.</summary>
    public Html Problem(string field) => _problems.TryGetValue(field, out var problem)
        ? Html.Of($"""<p class="problem" id="{Id(field)}-problem" role="alert">{problem}</p>""")
        : Html.Empty;

    private Html Problematic(string field) =>
        _problems.ContainsKey(field) ? Html.Of($"aria-invalid=\"true\" aria-describedby=\"{Id(field)}-problem\"") : Html.Empty;
}

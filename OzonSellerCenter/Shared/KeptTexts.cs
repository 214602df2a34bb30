using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;

namespace OzonSellerCenter.Shared;

/// <summary>The texts of a folder as they were found first, by culture: looking one up anew walks the resource files under a lock, and a page
/// asks for hundreds, in hundreds of circuits at a time.</summary>
/// <typeparam name="T">The mark of the folder, such as <see cref="SharedTexts"/>.</typeparam>
public sealed class KeptTexts<T>(IStringLocalizerFactory factory) : IStringLocalizer<T>
{
    private readonly IStringLocalizer _texts = factory.Create(typeof(T));
    private readonly ConcurrentDictionary<(string Culture, string Name), LocalizedString> _kept = new();

    public LocalizedString this[string name] =>
        _kept.TryGetValue((CultureInfo.CurrentUICulture.Name, name), out var kept) ? kept : Keep(name);

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var text = this[name];
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, text.Value, arguments), text.ResourceNotFound, text.SearchedLocation);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => _texts.GetAllStrings(includeParentCultures);

    // A name nobody wrote a text for may come from outside and is not kept: the number of kept ones has an end.
    private LocalizedString Keep(string name)
    {
        var text = _texts[name];
        return text.ResourceNotFound ? text : _kept.GetOrAdd((CultureInfo.CurrentUICulture.Name, name), text);
    }
}

public static class TextsSetup
{
    /// <summary>Adds the texts; may be called by each feature that needs them.</summary>
    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.TryAddSingleton(typeof(IStringLocalizer<>), typeof(KeptTexts<>));
        return services.AddLocalization();
    }
}

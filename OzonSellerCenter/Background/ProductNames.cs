using System.Collections.Concurrent;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Names of the categories and types that products were met in, out of Ozon's tree. The tree is megabytes long, so it is fetched only when
/// one is met whose name is not known, and nothing else of it is kept.</summary>
internal sealed class ProductNames(OzonApi ozon)
{
    private readonly ConcurrentDictionary<(long Category, long Type), string?> _names = new();

    /// <summary>Learns the names these products need; does nothing when all are known.</summary>
    /// <returns>What stood in the way; null when nothing did.</returns>
    public async Task<OzonError?> LearnAsync(OzonAccount account, IReadOnlyList<OzonProduct> products, CancellationToken cancellation)
    {
        var wanted = products.Where(p => p.DescriptionCategoryId != 0).Select(p => (p.DescriptionCategoryId, p.TypeId)).Where(n => !_names.ContainsKey(n)).ToHashSet();
        if (wanted.Count == 0) return null;
        var answer = await ozon.CategoryTreeAsync(account, new CategoryTreeRequest(), cancellation);
        if (!answer.IsOk) return answer.Error;
        var told = answer.Value.Result.SelectMany(root => In(root, 0, "")).ToLookup(n => (n.Category, n.Type), n => n.Name);
        foreach (var name in wanted) _names[name] = told[name].FirstOrDefault() ?? told[(name.DescriptionCategoryId, 0)].FirstOrDefault();
        return null;
    }

    /// <summary>Category and type, such as "Чайники · Чайник электрический"; null when the tree does not have them.</summary>
    public string? Of(OzonProduct product) => _names.GetValueOrDefault((product.DescriptionCategoryId, product.TypeId));

    private static IEnumerable<(long Category, long Type, string Name)> In(OzonCategory node, long parent, string parentName)
    {
        if (node.TypeId != 0) return [(parent, node.TypeId, parentName == node.TypeName ? parentName : $"{parentName} · {node.TypeName}")];
        return node.Children.SelectMany(child => In(child, node.DescriptionCategoryId, node.CategoryName)).Prepend((node.DescriptionCategoryId, 0, node.CategoryName));
    }
}

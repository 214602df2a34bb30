namespace OzonSellerCenter.Sandbox.Api;

/// <summary>A kind of goods in Ozon's tree. The numbers are the sandbox's own, of the size of Ozon's.</summary>
internal sealed record ShopCategory(string Root, long RootId, string Name, long Id, string Type, long TypeId);

/// <summary>Where the storefront's goods stand in a tree of categories and types, as Ozon has one.</summary>
internal static class ShopCategories
{
    private static readonly (string Kind, string Root, string Name, string Type)[] Told =
    [
        ("kettle", "Дом и сад", "Чайники", "Чайник"),
        ("kitchen", "Дом и сад", "Посуда", "Кружка"),
        ("pan", "Дом и сад", "Посуда для приготовления", "Сковорода"),
        ("pot", "Дом и сад", "Посуда для приготовления", "Кастрюля"),
        ("knives", "Дом и сад", "Кухонные инструменты", "Набор ножей"),
        ("board", "Дом и сад", "Кухонные инструменты", "Разделочная доска"),
        ("flask", "Дом и сад", "Термосы и термокружки", "Термос"),
        ("jar", "Продукты питания", "Мёд", "Мёд натуральный"),
        ("scales", "Бытовая техника", "Весы", "Кухонные весы"),
        ("vacuum", "Бытовая техника", "Техника для уборки", "Пылесос"),
        ("iron", "Бытовая техника", "Техника для ухода за одеждой", "Утюг"),
        ("mist", "Бытовая техника", "Климатическая техника", "Увлажнитель воздуха"),
        ("appliance", "Бытовая техника", "Техника для кухни", "Блендер"),
        ("light", "Дом и сад", "Освещение", "Светильник"),
        ("decor", "Дом и сад", "Декор", "Свеча ароматическая"),
        ("textile", "Дом и сад", "Домашний текстиль", "Текстиль"),
        ("storage", "Дом и сад", "Хранение вещей", "Органайзер"),
        ("furniture", "Мебель", "Мебель для дома", "Стеллаж"),
        ("clothes", "Детские товары", "Одежда для малышей", "Комплект одежды"),
        ("toy", "Детские товары", "Игрушки", "Игрушка"),
    ];

    private static readonly Dictionary<string, ShopCategory> Known = Number();

    /// <summary>All of them, in the order of the tree.</summary>
    public static IEnumerable<ShopCategory> All => Known.Values;

    /// <summary>Where the storefront's kind stands; what it has no place for stands among crockery.</summary>
    public static ShopCategory Of(string kind) => Known.GetValueOrDefault(kind, Known["kitchen"]);

    private static Dictionary<string, ShopCategory> Number()
    {
        var roots = Told.Select(t => t.Root).Distinct().ToList();
        var names = Told.Select(t => (t.Root, t.Name)).Distinct().ToList();
        return Told.Select((t, i) => (t.Kind, Category: new ShopCategory(
            t.Root, 17_027_000 + roots.IndexOf(t.Root), t.Name, 17_028_600 + names.IndexOf((t.Root, t.Name)), t.Type, 91_400 + i))).ToDictionary(t => t.Kind, t => t.Category);
    }
}

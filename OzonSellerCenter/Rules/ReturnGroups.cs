using System.Text.RegularExpressions;

namespace OzonSellerCenter.Rules;

/// <summary>Kinds of goods that Ozon gives return periods of their own (docs.ozon.com, returns-3pl).</summary>
public enum ReturnGroup
{
    /// <summary>Everything else.</summary>
    Other = 0,

    /// <summary>Food and pet food.</summary>
    Food = 1,

    /// <summary>Digital goods, and goods made for one buyer.</summary>
    Digital = 2,

    /// <summary>Books and periodicals.</summary>
    Books = 3,

    /// <summary>Personal hygiene.</summary>
    Hygiene = 4,

    /// <summary>Christmas and New Year goods.</summary>
    Christmas = 5,

    /// <summary>Hosiery and underwear.</summary>
    Hosiery = 6,

    /// <summary>Medical devices.</summary>
    Medical = 7,

    /// <summary>Technically complex goods: Ozon's own warranty holds where the seller gives none.</summary>
    Technical = 8,
}

/// <summary>Which group a product belongs to, guessed by words from the name of its category. Ozon's API does not tell the group, so a person can
/// set another one.</summary>
public static partial class ReturnGroups
{
    // The first that fits counts: e-readers before books.
    private static readonly (ReturnGroup Group, Regex Words)[] Known =
    [
        (ReturnGroup.Technical, Technical()),
        (ReturnGroup.Digital, Digital()),
        (ReturnGroup.Christmas, Christmas()),
        (ReturnGroup.Medical, Medical()),
        (ReturnGroup.Hygiene, Hygiene()),
        (ReturnGroup.Hosiery, Hosiery()),
        (ReturnGroup.Books, Books()),
        (ReturnGroup.Food, Food()),
    ];

    /// <summary>All groups, the one for everything else last.</summary>
    public static IReadOnlyList<ReturnGroup> All { get; } = [.. Enum.GetValues<ReturnGroup>().OrderBy(g => g == ReturnGroup.Other)];

    /// <summary>The group a category's name speaks of; <see cref="ReturnGroup.Other"/> when it speaks of none.</summary>
    /// <param name="category">As Ozon names it in Russian; null while it is not known.</param>
    public static ReturnGroup Of(string? category) =>
        category is null ? ReturnGroup.Other : Array.Find(Known, k => k.Words.IsMatch(category)).Group;

    // What something is for is not what it is: a case for phones is no phone, a jar for honey is no food.
    private const string NotFor = @"(?<!\b(?:для|под|из|от)\s(?:\w+\s)?)\b";

    [GeneratedRegex(
        NotFor + @"(?:смартфон\w*|телефоны?\b|ноутбук\w*|компьютеры?\b|планшеты?\b|телевизор\w*|монитор\w*|холодильник\w*|стиральн\w+ машин|посудомоечн\w+ машин|"
        + @"кофемашин\w*|кондиционер\w*|фотоаппарат\w*|видеокамер\w*|игров\w+ (?:приставк|консол)|электронн\w+ книг|умн\w+ час|робот\w*-пылесос|сложн\w+ техник)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Technical();

    [GeneratedRegex(
        NotFor + @"(?:цифров\w+ (?:товар|контент|код|книг|аудио)|программн\w+ обеспечен|подписк|электронн\w+ (?:ключ|сертификат)|на заказ|индивидуальн)", RegexOptions.IgnoreCase)]
    private static partial Regex Digital();

    [GeneratedRegex(NotFor + @"(?:новогодн|рождествен|[её]лочн|искусственн\w+ [её]л)", RegexOptions.IgnoreCase)]
    private static partial Regex Christmas();

    [GeneratedRegex(NotFor + @"(?:медицин|тонометр|глюкометр|ингалятор|небулайзер|слухов\w+ аппарат)", RegexOptions.IgnoreCase)]
    private static partial Regex Medical();

    [GeneratedRegex(NotFor + @"(?:гигиен|зубн\w+ (?:щ[её]тк|паст|нит)|бритв|мочалк|расч[её]ск|подгузник)|\b(?:товары|средства) для (?:личной )?гигиены", RegexOptions.IgnoreCase)]
    private static partial Regex Hygiene();

    [GeneratedRegex(NotFor + @"(?:(?<!(?:постельн|столов)\w+ )бель[её]\b|чулк|чулоч|носки\b|носков\b|колгот|трусы|бюстгальтер)", RegexOptions.IgnoreCase)]
    private static partial Regex Hosiery();

    [GeneratedRegex(NotFor + @"(?:книги\b|книга\b|журнал\w*|газет\w*|комикс\w*|печатн\w+ издан|периодик)", RegexOptions.IgnoreCase)]
    private static partial Regex Books();

    [GeneratedRegex(
        NotFor + @"(?:продукты\b|корм\b|корма\b|лакомств|бакалея|сладости|шоколад\w*|конфеты|чай\b|кофе\b|м[её]д\b|крупы|консервы|снеки|напитки)", RegexOptions.IgnoreCase)]
    private static partial Regex Food();
}

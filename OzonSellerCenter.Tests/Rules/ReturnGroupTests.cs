using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Tests.Rules;

public sealed class ReturnGroupTests
{
    [Theory]
    [InlineData("Книги", ReturnGroup.Books)]
    [InlineData("Художественные книги и журналы", ReturnGroup.Books)]
    [InlineData("Электронные книги", ReturnGroup.Technical)]
    [InlineData("Цифровые книги", ReturnGroup.Digital)]
    [InlineData("Подставки для книг", ReturnGroup.Other)]
    [InlineData("Записные книжки", ReturnGroup.Other)]
    [InlineData("Средства личной гигиены", ReturnGroup.Hygiene)]
    [InlineData("Товары для гигиены", ReturnGroup.Hygiene)]
    [InlineData("Зубные щётки", ReturnGroup.Hygiene)]
    [InlineData("Нижнее бельё", ReturnGroup.Hosiery)]
    [InlineData("Женское белье", ReturnGroup.Hosiery)]
    [InlineData("Носки и колготки", ReturnGroup.Hosiery)]
    [InlineData("Постельное бельё", ReturnGroup.Other)]
    [InlineData("Корзины для белья", ReturnGroup.Other)]
    [InlineData("Новогодний декор", ReturnGroup.Christmas)]
    [InlineData("Ёлочные игрушки", ReturnGroup.Christmas)]
    [InlineData("Медицинские приборы", ReturnGroup.Medical)]
    [InlineData("Тонометры", ReturnGroup.Medical)]
    [InlineData("Продукты питания", ReturnGroup.Food)]
    [InlineData("Корм для собак", ReturnGroup.Food)]
    [InlineData("Мёд", ReturnGroup.Food)]
    [InlineData("Миски для корма", ReturnGroup.Other)]
    [InlineData("Контейнеры для продуктов", ReturnGroup.Other)]
    [InlineData("Кормушки", ReturnGroup.Other)]
    [InlineData("Чайники", ReturnGroup.Other)]
    [InlineData("Смартфоны", ReturnGroup.Technical)]
    [InlineData("Чехлы для смартфонов", ReturnGroup.Other)]
    [InlineData("Сумки для детских ноутбуков", ReturnGroup.Other)]
    [InlineData("Программное обеспечение", ReturnGroup.Digital)]
    [InlineData("Посуда", ReturnGroup.Other)]
    [InlineData("", ReturnGroup.Other)]
    [InlineData(null, ReturnGroup.Other)]
    public void A_category_tells_the_group_by_what_it_is_and_not_by_what_it_is_for(string? category, ReturnGroup group)
    {
        Assert.Equal(group, ReturnGroups.Of(category));
        Assert.Equal(group, ReturnGroups.Of(category?.ToUpperInvariant()));
    }

    [Fact]
    public void Every_group_has_both_periods_in_days_and_the_rest_comes_last()
    {
        Assert.Equal(9, ReturnGroups.All.Count);
        Assert.Equal(ReturnGroup.Other, ReturnGroups.All[^1]);
        var rules = new StoreRules([], sandbox: false);
        var now = RuleDefaults.Beginning;
        Assert.All(ReturnGroups.All, g =>
        {
            foreach (var proper in new[] { true, false }) Assert.Equal(RuleUnits.Days, rules.At(RuleKeys.ReturnPeriod(g, proper), now).Unit);
        });
        Assert.Equal(TimeSpan.FromDays(365), rules.SpanAt(RuleKeys.ReturnPeriod(ReturnGroup.Technical, isProper: false), now));
        Assert.Equal("return.period.food.improper", RuleKeys.ReturnPeriod(ReturnGroup.Food, isProper: false));
    }
}

using System.Collections;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Contract;

/// <summary>Wire records with every property set, so that every name and type of theirs meets the schema.</summary>
internal static class Filled
{
    /// <summary>Properties whose values Ozon enumerates.</summary>
    private static readonly Dictionary<string, string> Enumerated = new(StringComparer.Ordinal)
    {
        ["ChatListFilter.ChatStatus"] = "OPENED",
        ["PostingListRequest.SortDir"] = "ASC",
        ["UnfulfilledListRequest.SortDir"] = "DESC",
        ["OzonChat.ChatStatus"] = "CLOSED",
        ["OzonChat.ChatType"] = "BUYER_SELLER",
        ["OzonMessage.ModerateImageStatus"] = "SUCCESS",
        ["SellerCompany.TaxSystem"] = "USN",
        ["SellerSubscription.Type"] = "PREMIUM_PLUS",
        ["CancellationFilters.CancellationInitiator"] = "CLIENT",
        ["CancellationFilters.State"] = "ALL",
        ["OzonCancellationRequest.CancellationInitiator"] = "CLIENT",
        ["OzonCancellationState.State"] = "REJECTED",
        ["SellerRating.Status"] = "OK",
        ["SellerRating.ValueType"] = "RATIO",
    };

    public static T Of<T>() => (T)Make(typeof(T));

    private static object Make(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(OzonMoney))
            return new OzonMoney(1530.5m, "RUB");
        if (type == typeof(string))
            return "Ёж";
        if (type == typeof(DateTime))
            return new DateTime(2026, 9, 30, 9, 0, 0, 120, DateTimeKind.Utc);
        if (type == typeof(bool))
            return true;
        if (type.IsPrimitive || type == typeof(decimal))
            return Convert.ChangeType(100, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var item = type.GetGenericArguments()[0];
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            list.Add(Make(item));
            return list;
        }

        var record = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            object? value = Enumerated.GetValueOrDefault($"{type.Name}.{property.Name}");
            property.SetValue(record, value is string one && property.PropertyType != typeof(string) ? (string[])[one] : value ?? Make(property.PropertyType));
        }
        return record;
    }
}

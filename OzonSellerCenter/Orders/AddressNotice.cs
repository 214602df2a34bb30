using System.Globalization;

namespace OzonSellerCenter.Orders;

/// <summary>What the buyer is told once the address of his posting was changed.</summary>
public static class AddressNotice
{
    private const string Prefix = "address:";
    private const string Chat = ":chat";

    /// <summary>Key of the command that sends the message: one for each deed.</summary>
    public static string MessageKeyOf(long deedId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{deedId}:message");

    /// <summary>Key of the command that opens a chat for it, where there is none.</summary>
    public static string ChatKeyOf(long deedId) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{deedId}{Chat}");

    /// <summary>The deed for which a command opens a chat; null for commands that open one for another reason.</summary>
    public static long? DeedOfChat(string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.EndsWith(Chat, StringComparison.Ordinal)
        && long.TryParse(key.AsSpan(Prefix.Length, key.Length - Prefix.Length - Chat.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var deed)
            ? deed
            : null;

    /// <summary>The message, in Russian as everything a buyer reads.</summary>
    public static string TextOf(string postingNumber, string address) =>
        $"Здравствуйте! Мы изменили адрес доставки отправления {postingNumber}. Новый адрес: {address}. Изменить его ещё раз нельзя, поэтому проверьте, "
        + "пожалуйста, всё ли верно. Если есть ошибка, напишите нам в этот чат, пока посылка не отправлена.";
}

/// <summary>Whether the buyer knows of something that was done.</summary>
public enum BuyerTold
{
    /// <summary>It could not be written to him.</summary>
    No,

    /// <summary>It is on its way.</summary>
    UnderWay,

    Yes,
}

/// <summary>That the address of a posting was changed from here.</summary>
/// <param name="Address">The new one.</param>
/// <param name="At">When Ozon took it: labels made before hold no longer.</param>
/// <param name="Told">Whether the buyer knows.</param>
public sealed record Readdressed(string Address, DateTime At, BuyerTold Told);

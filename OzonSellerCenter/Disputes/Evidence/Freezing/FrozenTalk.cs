using System.Globalization;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Transcripts;

namespace OzonSellerCenter.Disputes.Evidence.Freezing;

/// <summary>A conversation as a readable copy, in Russian as it goes to Ozon.</summary>
public sealed class FrozenTalk(IStringLocalizer<TranscriptTexts> texts)
{
    internal byte[] Of(RecordedConversation record)
    {
        var text = new FrozenText(record.TimeZone).Line("ПЕРЕПИСКА С ПОКУПАТЕЛЕМ").Line("Время: по часовому поясу магазина, рядом UTC")
            .Fact("Магазин", record.Store).Fact("Чат Ozon", record.OzonChatId).Fact("Отправление", record.PostingNumber)
            .Fact("Сообщений", record.Messages.Count.ToString(CultureInfo.InvariantCulture)).Fact("SHA-256 записи (JSON)", RecordedConversation.HashOf(record.ToJson()));
        foreach (var message in record.Messages)
        {
            text.Head($"[{text.At(message.SentAt)}] {texts[$"Author_{message.Author}"]}{(message.SentBy is { } by ? $" ({by})" : "")}{StateOf(message)}");
            foreach (var edit in message.Edits) text.Line($"  до {text.At(edit.ReplacedAt)}: {edit.Text}");
            if (message.EditedAt is { } edited) text.Line($"  изменено {text.At(edited)}");
            if (message.Text.Length > 0) text.Line($"  {message.Text}");
            foreach (var file in message.Files) text.Line($"  файл: {file.Name}, {(file.Size is { } size ? $"{size} байт" : "размер неизвестен")}, SHA-256 {file.Sha256 ?? "нет копии"}");
        }

        return text.ToUtf8();
    }

    private string StateOf(RecordedMessage message) => message.State switch
    {
        MessageState.Received or MessageState.Sent or MessageState.Read => "",
        _ => $" [{texts[$"State_{message.State}"]}]",
    };
}

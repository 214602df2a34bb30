using System.Text;
using System.Text.Json;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonPushTests
{
    private static OzonPush? Parse(string json) => OzonPushes.Parse(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData("\"7\"")]
    [InlineData("7")]
    public void A_new_message_is_read_with_the_seller_as_text_or_number(string seller)
    {
        var push = Assert.IsType<PushNewMessage>(Parse($$"""
            {"message_type":"TYPE_NEW_MESSAGE","chat_id":"0b1c6f1e-0001-4a6d-9a77-5c2f6d0a1101","chat_type":"Buyer_Seller",
             "message_id":"3000000000817031950","created_at":"2026-09-30T09:00:00.120Z","user":{"id":"115568","type":"Сustomer"},
             "data":["Здравствуйте! Когда приедет заказ?"],"seller_id":{{seller}}}
            """));

        Assert.Equal(7, push.SellerId);
        Assert.Equal(3000000000817031950, push.MessageId);
        Assert.Equal(AuthorKind.Buyer, AuthorKinds.Of(push.User.Type));
        Assert.Equal(ChatKind.Buyer, ChatKinds.Of(push.ChatType));
    }

    [Fact]
    public void Every_type_acted_on_survives_writing_and_reading()
    {
        var at = new DateTime(2026, 9, 30, 9, 0, 0, DateTimeKind.Utc);
        OzonPush[] pushes =
        [
            new PushPing { Time = at },
            new PushNewMessage { SellerId = 7, ChatId = "c", MessageId = 5, CreatedAt = at },
            new PushUpdateMessage { SellerId = 7, ChatId = "c", MessageId = 5, UpdatedAt = at },
            new PushMessageRead { SellerId = 7, ChatId = "c", LastReadMessageId = 6 },
            new PushChatClosed { SellerId = 7, ChatId = "c" },
            new PushNewPosting { SellerId = 7, PostingNumber = "1-1", WarehouseId = 4, ShipmentDate = at },
            new PushPostingCancelled { SellerId = 7, PostingNumber = "1-1", Reason = new PushReason { Id = 352, Message = "нет" } },
            new PushStateChanged { SellerId = 7, PostingNumber = "1-1", NewState = "posting_in_carriage" },
            new PushCutoffDateChanged { SellerId = 7, PostingNumber = "1-1", NewCutoffDate = at },
            new PushDeliveryDateChanged { SellerId = 7, PostingNumber = "1-1", NewDeliveryDateEnd = at },
        ];

        foreach (var push in pushes)
        {
            var again = Parse(push.ToJson());

            Assert.Equal(push.GetType(), again?.GetType());
            Assert.Equal(push.ToJson(), again!.ToJson());
        }
    }

    [Fact]
    public void Chat_pushes_write_ids_as_text_and_posting_pushes_as_numbers()
    {
        Assert.Equal(
            """{"chat_id":"c","chat_type":"Buyer_Seller","user":{"id":"1","type":"Customer"},"message_type":"TYPE_CHAT_CLOSED","seller_id":"7"}""",
            new PushChatClosed { SellerId = 7, ChatId = "c", ChatType = "Buyer_Seller", User = new ChatUser { Id = "1", Type = "Customer" } }
                .ToJson());
        Assert.Contains("\"seller_id\":7", new PushStateChanged { SellerId = 7 }.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TYPE_STOCKS_CHANGED")]
    [InlineData("TYPE_INVENTED_TOMORROW")]
    public void A_type_not_acted_on_is_named_and_tolerated(string type)
    {
        var push = Assert.IsType<PushUnknown>(Parse($$"""{"message_type":"{{type}}","seller_id":7,"items":[{"x":1}]}"""));

        Assert.Equal(type, push.MessageType);
        Assert.Equal(7, push.SellerId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("hello")]
    [InlineData("""{"message_type":{}}""")]
    [InlineData("""{"message_type":"TYPE_NEW_MESSAGE","chat_id":""}""")]
    [InlineData("""{"message_type":"TYPE_NEW_MESSAGE","chat_id":"c","message_id":"abc"}""")]
    [InlineData("""{"message_type":"TYPE_NEW_MESSAGE","chat_id":"c","data":{"a":1}}""")]
    [InlineData("""{"message_type":"TYPE_NEW_POSTING"}""")]
    [InlineData("""{"message_type":"TYPE_STATE_CHANGED","posting_number":"1-1","seller_id":99999999999999999999}""")]
    public void What_is_not_a_push_is_no_push(string body) => Assert.Null(Parse(body));

    [Fact]
    public void A_body_nested_too_deep_is_no_push() =>
        Assert.Null(Parse("{\"message_type\":\"TYPE_PING\",\"x\":" + new string('[', 5000) + new string(']', 5000) + "}"));

    [Fact]
    public void An_empty_cutoff_date_means_none()
    {
        var push = Assert.IsType<PushCutoffDateChanged>(
            Parse("""{"message_type":"TYPE_CUTOFF_DATE_CHANGED","posting_number":"1-1","new_cutoff_date":"","seller_id":7}"""));

        Assert.Null(push.NewCutoffDate);
    }

    [Fact]
    public void The_answers_have_the_form_that_Ozon_checks()
    {
        var time = new DateTime(2026, 10, 1, 10, 0, 0, 120, DateTimeKind.Utc);

        Assert.Equal(
            """{"version":"1.0","name":"shop-desk","time":"2026-10-01T10:00:00.12Z"}""",
            JsonSerializer.Serialize(new PushPingAnswer { Name = "shop-desk", Time = time }, OzonJson.Options));
        Assert.Equal("""{"result":true}""", JsonSerializer.Serialize(new PushAccepted(), OzonJson.Options));
        Assert.Equal(
            """{"error":{"code":"ERROR_UNKNOWN","message":"no","details":null}}""",
            JsonSerializer.Serialize(PushRefused.Because(PushRefusal.Unknown, "no"), OzonJson.Options));
    }
}

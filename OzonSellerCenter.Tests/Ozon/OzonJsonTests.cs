using System.Globalization;
using System.Text.Json;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Ozon;

public sealed class OzonJsonTests
{
    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, OzonJson.Options)!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, OzonJson.Options);

    [Theory]
    [InlineData("3000000000817031942")]
    [InlineData("\"3000000000817031942\"")]
    public void A_message_id_is_read_exactly_whether_number_or_string(string id)
    {
        var message = Read<OzonMessage>($$"""{"message_id":{{id}},"created_at":"2026-09-30T09:00:00.120Z"}""");

        Assert.Equal(3000000000817031942, message.MessageId);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    [InlineData("1", true)]
    public void A_boolean_may_come_as_text(string written, bool expected) =>
        Assert.Equal(expected, Read<ChatListResponse>($$"""{"has_next":{{written}}}""").HasNext);

    [Fact]
    public void Null_lists_objects_texts_and_numbers_leave_the_defaults()
    {
        var list = Read<ChatListResponse>("""{"chats":null,"cursor":null,"total_unread_count":null,"has_next":null}""");
        var message = Read<OzonMessage>("""{"user":null,"data":null,"context":null,"moderate_image_status":null}""");

        Assert.Empty(list.Chats);
        Assert.Equal("", list.Cursor);
        Assert.Equal(0, list.TotalUnreadCount);
        Assert.Equal("", message.User.Type);
        Assert.Empty(message.Data);
        Assert.Null(message.Context);
    }

    [Fact]
    public void A_number_is_taken_where_text_belongs()
    {
        var message = Read<OzonMessage>("""{"context":{"sku":1904686181},"user":{"id":115568}}""");

        Assert.Equal("1904686181", message.Context!.Sku);
        Assert.Equal("115568", message.User.Id);
    }

    [Fact]
    public void Field_names_in_another_case_and_unknown_fields_are_taken()
    {
        var chat = Read<OzonChat>("""{"Chat_Id":"a","CHAT_TYPE":"BRAND_NEW","colour":{"of":[1]}}""");

        Assert.Equal("a", chat.ChatId);
        Assert.Equal(ChatKind.Unknown, ChatKinds.Of(chat.ChatType));
    }

    [Theory]
    [InlineData("\"2026-09-30T12:00:00+03:00\"", "2026-09-30T09:00:00Z")]
    [InlineData("\"2026-09-30T09:00:00\"", "2026-09-30T09:00:00Z")]
    [InlineData("\"\"", null)]
    [InlineData("\"0001-01-01T00:00:00Z\"", null)]
    [InlineData("null", null)]
    public void An_instant_is_kept_in_utc_and_may_be_absent(string written, string? expected)
    {
        var posting = Read<OzonPosting>($$"""{"shipment_date":{{written}}}""");

        Assert.Equal(expected, posting.ShipmentDate?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Assert.True(posting.ShipmentDate is null or { Kind: DateTimeKind.Utc });
    }

    [Theory]
    [InlineData("""{"amount":"1530.00","currency":"RUB"}""", "RUB")]
    [InlineData("""{"currency":"RUB","amount":1530,"more":{"x":[1]}}""", "RUB")]
    [InlineData("\"1530.0000\"", "")]
    [InlineData("1530", "")]
    public void Money_is_read_from_object_text_or_number(string written, string currency)
    {
        var product = Read<OzonPostingProduct>($$"""{"price":{{written}},"currency_code":"RUB"}""");

        Assert.Equal(currency, product.Price!.Currency);
        Assert.Equal(153_000, product.Price.MinorUnits);
        Assert.Equal("RUB", product.FullPrice!.Currency);
    }

    [Theory]
    [InlineData("ru-RU")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void What_is_written_does_not_depend_on_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);

            var json = Write(new OzonPostingProduct
            {
                Name = "Чайник",
                Sku = 1904686181,
                Price = OzonMoney.OfMinorUnits(153_050, "RUB"),
                Weight = 1.25,
            });

            Assert.Equal(
                """{"name":"Чайник","offer_id":"","sku":1904686181,"quantity":0,"price":{"amount":"1530.50","currency":"RUB"},"weight":1.25}""",
                json);
            Assert.Equal("\"1530.5000\"", Write(OzonMoney.OfMinorUnits(153_050)));
            Assert.Equal("""{"from":"2026-09-30T09:00:00Z","to":"2026-09-30T09:00:00.12Z"}""", Write(new InstantRange
            {
                From = new DateTime(2026, 9, 30, 9, 0, 0, DateTimeKind.Utc),
                To = new DateTime(2026, 9, 30, 9, 0, 0, 120, DateTimeKind.Utc),
            }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Ids_can_be_written_as_strings()
    {
        var message = new OzonMessage { MessageId = 3000000000817031942, CreatedAt = new DateTime(2026, 9, 30, 9, 0, 0, DateTimeKind.Utc) };

        Assert.Contains("\"message_id\":3000000000817031942,", Write(message), StringComparison.Ordinal);
        Assert.Contains(
            "\"message_id\":\"3000000000817031942\"", JsonSerializer.Serialize(message, OzonJson.IdsAsStrings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Customer", AuthorKind.Buyer)]
    [InlineData("\u0421ustomer", AuthorKind.Buyer)]
    [InlineData("customer", AuthorKind.Buyer)]
    [InlineData("SELLER", AuthorKind.Seller)]
    [InlineData("NotificationUser", AuthorKind.System)]
    [InlineData("ChatBot", AuthorKind.System)]
    [InlineData("Crm", AuthorKind.System)]
    [InlineData("Courier", AuthorKind.Courier)]
    [InlineData("Martian", AuthorKind.Unknown)]
    [InlineData(null, AuthorKind.Unknown)]
    public void The_author_is_known_in_every_spelling(string? type, AuthorKind expected) => Assert.Equal(expected, AuthorKinds.Of(type));

    [Theory]
    [InlineData("BUYER_SELLER", ChatKind.Buyer)]
    [InlineData("Buyer_Seller", ChatKind.Buyer)]
    [InlineData("Seller_Support", ChatKind.Support)]
    [InlineData("SELLER_PERSONAL_MANAGER_UNITY_CRM", ChatKind.Support)]
    [InlineData("Seller_Notification", ChatKind.Notice)]
    [InlineData("SELLER_NOTIFICATION_LOGISTICS", ChatKind.Notice)]
    [InlineData("Seller_API_Updates", ChatKind.Notice)]
    [InlineData("UNSPECIFIED", ChatKind.Unknown)]
    public void The_kind_of_chat_is_known_in_both_spellings(string type, ChatKind expected) => Assert.Equal(expected, ChatKinds.Of(type));
}

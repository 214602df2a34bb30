using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>The parts of a posting that the caller wants beside the plain fields.</summary>
internal sealed record PostingParts(bool Analytics, bool Barcodes, bool Financial, bool Legal)
{
    public static PostingParts Read(RequestBody with) =>
        new(with.Flag("analytics_data"), with.Flag("barcodes"), with.Flag("financial_data"), with.Flag("legal_info"));
}

/// <summary>
/// Writes a posting in the forms of v4 (list), v3 (list) and v3 (get). They differ in money (an object in v4, a string with four
/// decimals in v3) and in what the detail adds. Parts that were not asked for are null.
/// </summary>
internal static class PostingJson
{
    public static JsonObject V4(Posting posting, Buyer buyer, PostingParts parts, DateTime now)
    {
        var json = Common(posting, buyer, now);
        json["delivery_schema"] = posting.Scheme == "RFBS" ? "SDS" : posting.Scheme;
        json["is_click_and_collect"] = false;
        json["scanit"] = "";
        json["volume_weight"] = 0.4;
        json["addressee"] = new JsonObject { ["name"] = buyer.Name };
        json["products"] = new JsonArray([.. posting.Items.Select(item =>
        {
            var product = Product(item);
            product["price"] = new JsonObject { ["amount"] = Wire.Money(item.Price), ["currency"] = "RUB" };
            product["product_color"] = item.Colour;
            product["weight"] = 0.4;
            product["imei"] = new JsonArray();
            return product;
        })]);
        json["analytics_data"] = parts.Analytics ? Analytics(posting, buyer) : null;
        json["barcodes"] = parts.Barcodes ? Barcodes(posting) : null;
        json["financial_data"] = parts.Financial ? Financial(posting, v4: true) : null;
        json["legal_info"] = parts.Legal ? Legal() : null;
        return json;
    }

    public static JsonObject V3(Posting posting, Buyer buyer, PostingParts parts, DateTime now)
    {
        var json = Common(posting, buyer, now);
        json["addressee"] = new JsonObject { ["name"] = buyer.Name, ["phone"] = "" };
        json["products"] = new JsonArray([.. posting.Items.Select(V3Product)]);
        json["analytics_data"] = parts.Analytics ? Analytics(posting, buyer) : null;
        json["barcodes"] = parts.Barcodes ? Barcodes(posting) : null;
        json["financial_data"] = parts.Financial ? Financial(posting, v4: false) : null;
        json["legal_info"] = parts.Legal ? Legal() : null;
        return json;
    }

    public static JsonObject Detail(Posting posting, Buyer buyer, PostingParts parts, bool exemplars, IReadOnlyList<string>? related, DateTime now)
    {
        var json = V3(posting, buyer, parts, now);
        json["addressee"] = new JsonObject { ["name"] = buyer.Name, ["phone"] = "+7(800)234-41-55", ["pin"] = "" };
        json["prr_option"] = null;
        json["products"] = new JsonArray([.. posting.Items.Select(item =>
        {
            var product = V3Product(item);
            product["dimensions"] = new JsonObject { ["height"] = "120.00", ["length"] = "240.00", ["weight"] = "400", ["width"] = "180.00" };
            return product;
        })]);
        json["additional_data"] = new JsonArray();
        json["courier"] = null;
        json["delivery_price"] = "";
        json["fact_delivery_date"] = Wire.Time(posting.DeliveredAt);
        json["previous_substatus"] = posting.PreviousSubstatus;
        json["provider_status"] = "";
        json["product_exemplars"] = exemplars ? Exemplars(posting) : null;
        json["related_postings"] = related is null
            ? null
            : new JsonObject { ["related_posting_numbers"] = new JsonArray([.. related.Select(n => JsonValue.Create(n))]) };
        json["related_weight_postings"] = new JsonArray();
        return json;
    }

    /// <summary>Delivered and cancelled ones are done; /v4/posting/fbs/unfulfilled/list leaves them out.</summary>
    public static readonly string[] Done = ["delivered", "cancelled"];

    private static JsonObject Common(Posting posting, Buyer buyer, DateTime now) => new()
    {
        ["posting_number"] = posting.PostingNumber,
        ["order_id"] = posting.OrderId,
        ["order_number"] = posting.OrderNumber,
        ["parent_posting_number"] = posting.ParentPostingNumber,
        ["status"] = posting.Status,
        ["substatus"] = posting.Substatus,
        ["in_process_at"] = Wire.Time(posting.InProcessAt),
        ["shipment_date"] = Wire.Time(posting.ShipBy),
        ["shipment_date_without_delay"] = Wire.Time(posting.ShipBy),
        ["delivering_date"] = Wire.Time(posting.HandedOverAt),
        ["integration_type_flow"] = Wire.Integration(posting),
        ["tpl_integration_type"] = Wire.Integration(posting),
        ["tracking_number"] = posting.TrackingNumber,
        ["available_actions"] = new JsonArray([.. PostingActions.Of(posting, now).Select(a => JsonValue.Create(a))]),
        ["is_express"] = posting.IsExpress,
        ["is_multibox"] = false,
        ["multi_box_qty"] = 0,
        ["customer"] = posting.Scheme == "RFBS" ? Customer(posting, buyer) : null,
        ["delivery_method"] = new JsonObject
        {
            ["id"] = Wire.WarehouseId(posting) + 10,
            ["name"] = posting.Scheme == "RFBS" ? "Доставка продавца" : "Доставка Ozon самостоятельно, Москва",
            ["warehouse_id"] = Wire.WarehouseId(posting),
            ["warehouse"] = posting.Scheme == "RFBS" ? "Москва, rFBS" : "Москва, FBS",
            ["tpl_provider_id"] = posting.Scheme == "RFBS" ? 65 : 24,
            ["tpl_provider"] = posting.Scheme == "RFBS" ? "СДЭК" : "Доставка Ozon",
        },
        ["cancellation"] = new JsonObject
        {
            ["cancel_reason_id"] = posting.CancelReasonId,
            ["cancel_reason"] = posting.CancelReason,
            ["cancellation_type"] = posting.CancelledBy,
            ["cancelled_after_ship"] = posting is { CancelledAt: not null, HandedOverAt: not null },
            ["affect_cancellation_rating"] = posting.CancelledBy == "seller",
            ["cancellation_initiator"] = posting.CancelledBy switch { "client" => "Клиент", "seller" => "Продавец", "ozon" => "Ozon", "delivery" => "Служба доставки", _ => "" },
        },
        ["requirements"] = new JsonObject
        {
            ["products_requiring_gtd"] = new JsonArray(),
            ["products_requiring_country"] = new JsonArray(),
            ["products_requiring_mandatory_mark"] = new JsonArray(),
        },
        ["optional"] = new JsonObject { ["products_with_possible_mandatory_mark"] = new JsonArray() },
        ["tariffication_steps"] = new JsonArray(),
    };

    private static JsonObject Product(PostingItem item) => new()
    {
        ["name"] = item.Name,
        ["offer_id"] = item.OfferId,
        ["sku"] = item.Sku,
        ["quantity"] = item.Quantity,
        ["is_blr_traceable"] = false,
        ["is_marketplace_buyout"] = false,
    };

    private static JsonObject V3Product(PostingItem item)
    {
        var product = Product(item);
        product["price"] = Wire.Money(item.Price, places: 4);
        product["currency_code"] = "RUB";
        return product;
    }

    private static JsonObject Customer(Posting posting, Buyer buyer) => new()
    {
        ["customer_id"] = buyer.Id,
        ["name"] = buyer.Name,
        ["phone"] = "",
        ["address"] = new JsonObject
        {
            ["address_tail"] = posting.Address,
            ["city"] = buyer.City,
            ["comment"] = "",
            ["country"] = "Россия",
            ["district"] = "",
            ["region"] = buyer.Region,
            ["zip_code"] = "",
        },
    };

    private static JsonObject Analytics(Posting posting, Buyer buyer) => new()
    {
        ["region"] = posting.Scheme == "RFBS" ? buyer.Region : "",
        ["city"] = posting.Scheme == "RFBS" ? buyer.City : "",
        ["delivery_type"] = posting.Scheme == "RFBS" ? "Courier" : "PVZ",
        ["is_premium"] = posting.Id % 4 == 0,
        ["is_legal"] = false,
        ["payment_type_group_name"] = "Карты оплаты",
        ["warehouse_id"] = Wire.WarehouseId(posting),
        ["warehouse"] = posting.Scheme == "RFBS" ? "Москва, rFBS" : "Москва, FBS",
        ["tpl_provider_id"] = posting.Scheme == "RFBS" ? 65 : 24,
        ["tpl_provider"] = posting.Scheme == "RFBS" ? "СДЭК" : "Доставка Ozon",
        ["delivery_date_begin"] = Wire.Time(posting.DeliveryFrom),
        ["delivery_date_end"] = Wire.Time(posting.DeliveryTo),
        ["client_delivery_date_begin"] = Wire.Time(posting.DeliveryFrom),
        ["client_delivery_date_end"] = Wire.Time(posting.DeliveryTo),
    };

    private static JsonObject Barcodes(Posting posting) => new()
    {
        ["upper_barcode"] = $"%101%{posting.OrderId}",
        ["lower_barcode"] = LowerBarcode(posting),
    };

    /// <summary>The one that names the posting itself.</summary>
    public static string LowerBarcode(Posting posting) => $"{posting.OrderId}{posting.Id % 1000:000}";

    private static JsonObject Legal() => new() { ["company_name"] = "", ["inn"] = "", ["kpp"] = "" };

    /// <summary>Ozon takes by category; here one rate stands for all.</summary>
    private const int CommissionPercent = 12;

    private static JsonObject Financial(Posting posting, bool v4) => new()
    {
        ["cluster_from"] = "Москва, МО и Дальние регионы",
        ["cluster_to"] = "Москва, МО и Дальние регионы",
        ["products"] = new JsonArray([.. posting.Items.Select(item => FinancialProduct(item, posting.Status == "delivered", v4))]),
    };

    // The commission is known with the sale, the payout once the buyer has the goods.
    private static JsonObject FinancialProduct(PostingItem item, bool delivered, bool v4)
    {
        var price = (double)item.Price / 100;
        var commission = item.Price * CommissionPercent / 100;
        var json = new JsonObject
        {
            ["product_id"] = item.Sku,
            ["quantity"] = item.Quantity,
            ["price"] = price,
            ["old_price"] = price,
            ["payout"] = delivered ? (double)(item.Price - commission) / 100 : 0,
            ["total_discount_value"] = 0,
            ["total_discount_percent"] = 0,
            ["actions"] = new JsonArray(),
        };
        if (v4)
        {
            json["customer_price"] = new JsonObject { ["amount"] = Wire.Money(item.Price), ["currency"] = "RUB" };
            json["commission"] = new JsonObject { ["amount"] = (double)commission / 100, ["percent"] = CommissionPercent, ["currency"] = "RUB" };
            return json;
        }
        json["currency_code"] = "RUB";
        json["customer_price"] = price;
        json["customer_currency_code"] = "RUB";
        json["commission_amount"] = (double)commission / 100;
        json["commission_percent"] = CommissionPercent;
        json["commissions_currency_code"] = "RUB";
        return json;
    }

    private static JsonObject Exemplars(Posting posting) => new()
    {
        ["products"] = new JsonArray([.. posting.Items.Select(item => new JsonObject { ["sku"] = item.Sku, ["exemplars"] = new JsonArray() })]),
    };
}

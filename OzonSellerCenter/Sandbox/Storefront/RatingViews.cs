using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>Draws what was said of an order that has arrived, and the forms for what was not said yet.</summary>
internal static class RatingViews
{
    public const string ServiceForm = "service";

    public static readonly (string Field, string Text)[] ServiceFields = [("speed", "Скорость"), ("packing", "Упаковка"), ("service", "Обслуживание")];

    public static string FormOf(long sku) => $"rate-{sku}";

    public static Html Ratings(ShownOrder shown, ShopForm? sent) => Html.Of($"""
        <section aria-labelledby="ratings"><h2 id="ratings">Ваши оценки</h2>
        <ul class="rows">{shown.Posting.Items.Select(i => Html.Of($"""
            <li>{(shown.Reviews.FirstOrDefault(r => r.Sku == i.Sku) is { } review ? Said(i, review) : Product(shown.Posting, i, ShopForm.Of(sent, FormOf(i.Sku))))}</li>
            """))}<li>{(shown.Service is { } service ? Said(service) : Service(shown.Posting, ShopForm.Of(sent, ServiceForm)))}</li></ul></section>
        """);

    private static Html Said(PostingItem item, Review review) =>
        Html.Of($"""<p data-testid="rated-product">{ShopViews.Stars(review.Rating)} {item.Name}</p><p class="said">{review.Text}</p>""");

    private static Html Said(ServiceReview review) => Html.Of(
        $"""<p data-testid="rated-service">Скорость {review.Speed}, упаковка {review.Packing}, обслуживание {review.Service} из 5</p>""");

    private static Html Product(Posting posting, PostingItem item, ShopForm form) => Html.Of($"""
        <form method="post" action="/sandbox/shop/orders/{posting.PostingNumber}/rate/{item.Sku}" enctype="multipart/form-data" data-testid="rate-product">
          <fieldset><legend>Как вам товар: {item.Name}</legend><div class="marks">{Marks(form, "rating", "★")}</div>{form.Problem("rating")}</fieldset>
          <div class="field"><label for="{form.Id("text")}">Отзыв (не обязательно)</label>
            <textarea {form.Field("text")} rows="3" maxlength="{RatingPages.LongestText}">{form.Text("text")}</textarea>{form.Problem("text")}</div>
          <div class="field"><label for="{form.Id("photos")}">Фото (до {RatingPages.MostPhotos})</label><input type="file" {form.Field("photos")} accept="image/*" multiple>{form.Problem("photos")}</div>
          <button class="button">Оценить товар</button>
        </form>
        """);

    private static Html Service(Posting posting, ShopForm form) => Html.Of($"""
        <form method="post" action="/sandbox/shop/orders/{posting.PostingNumber}/rate-service" data-testid="rate-service">
          {ServiceFields.Select(f => Html.Of($"""<fieldset><legend>{f.Text}</legend><div class="marks">{Marks(form, f.Field, "")}</div>{form.Problem(f.Field)}</fieldset>"""))}
          <button class="button">Оценить продавца</button>
        </form>
        """);

    private static IEnumerable<Html> Marks(ShopForm form, string field, string sign) => ((string[])["1", "2", "3", "4", "5"]).Select(mark => form.Radio(field, mark, mark + sign));
}

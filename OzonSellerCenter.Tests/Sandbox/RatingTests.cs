using System.Net;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Stars, words and pictures of buyers.</summary>
public sealed class RatingTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SandboxHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<(HttpStatusCode Status, string Text)> RateAsync(Posting posting, string rating, string text, params (string Name, byte[] Content)[] photos)
    {
        using var form = new MultipartFormDataContent { { new StringContent(rating), "rating" }, { new StringContent(text), "text" } };
        foreach (var (name, content) in photos)
            form.Add(new ByteArrayContent(content), "photos", name);
        using var answer = await _host.Http.PostAsync(
            new Uri($"/sandbox/shop/orders/{posting.PostingNumber}/rate/{posting.Items[0].Sku}", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private Task<ShopAnswer> RateServiceAsync(string number, string speed = "5", string packing = "4", string service = "3") =>
        _host.FillInAsync($"/orders/{number}/rate-service", ("speed", speed), ("packing", packing), ("service", service));

    [Fact]
    public async Task A_review_with_pictures_is_on_the_products_page()
    {
        var posting = await _host.ReceivedAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await RateAsync(posting, "4", "Хороший <чайник>", ("1.png", [1, 2, 3]), ("2.jpg", [4]))).Status);
        var page = await _host.Http.GetStringAsync(new Uri($"/sandbox/shop/products/{posting.Items[0].Sku}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("Хороший &lt;чайник&gt;", page, StringComparison.Ordinal);
        var paths = await _host.ReadAsync(db => db.ReviewPhotos.Select(p => p.Path).ToList());
        Assert.Equal(2, paths.Count);
        Assert.All(paths, path => Assert.Contains("/sandbox/shop/photos/" + path, page, StringComparison.Ordinal));
        using var photo = await _host.Http.GetAsync(new Uri("/sandbox/shop/photos/" + paths.Single(p => p.EndsWith(".png", StringComparison.Ordinal)), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(("image/png", "nosniff"), (photo.Content.Headers.ContentType!.MediaType, photo.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal([1, 2, 3], await photo.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Each_product_is_rated_once_and_only_when_it_has_come()
    {
        var waiting = await _host.NewAsync(status: "delivering");
        Assert.Equal(HttpStatusCode.Conflict, (await RateAsync(waiting, "5", "")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await RateServiceAsync(waiting.PostingNumber)).Status);
        var posting = await _host.ReceivedAsync();
        await RateAsync(posting, "5", "Первый");
        Assert.Equal(HttpStatusCode.Redirect, (await RateAsync(posting, "1", "Второй")).Status);
        var review = Assert.Single(await _host.ReadAsync(db => db.Reviews.Where(r => r.PostingNumber == posting.PostingNumber).ToList()));
        Assert.Equal((5, "Первый", posting.Items[0].Sku), (review.Rating, review.Text, review.Sku));
        var page = (await _host.OpenAsync("/orders/" + posting.PostingNumber)).Text;
        Assert.Contains("rated-product", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rate-product\"", page, StringComparison.Ordinal);
        posting.Items.Clear();
        posting.Items.Add(new PostingItem { Sku = 1, OfferId = "", Name = "", Colour = "" });
        Assert.Equal(HttpStatusCode.NotFound, (await RateAsync(posting, "5", "")).Status);
    }

    [Fact]
    public async Task The_sellers_work_is_rated_once_in_three_marks()
    {
        var number = (await _host.ReceivedAsync()).PostingNumber;
        var refused = await RateServiceAsync(number, packing: "6", service: "");
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("service-packing-problem", refused.Text, StringComparison.Ordinal);
        Assert.Contains("service-service-problem", refused.Text, StringComparison.Ordinal);
        Assert.Matches("name=\"speed\" value=\"5\"[^>]*checked", refused.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await RateServiceAsync(number)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await RateServiceAsync(number, "1", "1", "1")).Status);
        var review = Assert.Single(await _host.ReadAsync(db => db.ServiceReviews.ToList()));
        Assert.Equal((5, 4, 3, number), (review.Speed, review.Packing, review.Service, review.PostingNumber));
        Assert.Contains("Скорость 5, упаковка 4, обслуживание 3", (await _host.OpenAsync("/orders/" + number)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_star_no_picture_or_too_much_is_refused_and_the_text_stays()
    {
        var posting = await _host.ReceivedAsync();
        (string Rating, string Text, (string, byte[])[] Photos, string Field)[] wrong =
        [
            ("", "Мой отзыв", [], "rating"),
            ("6", "Мой отзыв", [], "rating"),
            ("5", new string('я', 1001), [], "text"),
            ("5", "Мой отзыв", [("a.exe", [1])], "photos"),
            ("5", "Мой отзыв", [.. Enumerable.Range(0, 6).Select(i => ($"{i}.png", new byte[] { 1 }))], "photos"),
        ];
        foreach (var (rating, text, photos, field) in wrong)
        {
            var page = await RateAsync(posting, rating, text, photos);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains($"rate-{posting.Items[0].Sku}-{field}-problem", page.Text, StringComparison.Ordinal);
            Assert.Contains($">{text}</textarea>", page.Text, StringComparison.Ordinal);
        }
        Assert.Empty(await _host.ReadAsync(db => db.Reviews.Where(r => r.PostingNumber == posting.PostingNumber).ToList()));
    }
}

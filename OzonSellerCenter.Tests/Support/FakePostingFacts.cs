using OzonSellerCenter.Orders.Acting;

namespace OzonSellerCenter.Tests.Support;

/// <summary>What an Ozon would let one choose from.</summary>
public sealed class FakePostingFacts : IPostingFacts
{
    public PostingChoices Choices { get; set; } = new([new CancelChoice(352, "Товар закончился", true), new CancelChoice(666, "Нет доставки в регион", false)]);

    public PostingAddress Address { get; set; } = new("ул. Садовая, д. 1", 1);

    public Task<PostingChoices> ReasonsAsync(int storeId, string postingNumber, CancellationToken cancellation) => Task.FromResult(Choices);

    public Task<PostingChoices> DatesAsync(int storeId, string postingNumber, CancellationToken cancellation) => Task.FromResult(Choices);

    public Task<PostingAddress> AddressAsync(int storeId, string postingNumber, CancellationToken cancellation) => Task.FromResult(Address);
}

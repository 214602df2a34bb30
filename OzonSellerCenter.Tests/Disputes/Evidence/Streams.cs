namespace OzonSellerCenter.Tests.Disputes.Evidence;

/// <summary>A line that breaks once everything was read.</summary>
internal sealed class BrokenStream(byte[] content) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The line broke.");
}

/// <summary>A line on which nothing comes until it is told to go on.</summary>
internal sealed class SlowStream(byte[] content) : MemoryStream(content)
{
    private readonly TaskCompletionSource _began = new();
    private readonly TaskCompletionSource _goOn = new();

    public Task Began => _began.Task;

    public void GoOn() => _goOn.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _began.TrySetResult();
        await _goOn.Task.WaitAsync(cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>Takes what the PDF writer gives. The writer is not ours to throw through: a full disk is remembered and told afterwards.</summary>
internal sealed class PackStream(Stream file) : Stream
{
    private IOException? _fault;
    private long _written;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => _written;

    /// <summary>The writer counts on it: a PDF knows by it where its parts lie.</summary>
    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Not everything got to the disk.</exception>
    public void ThrowIfBroken()
    {
        if (_fault is not null) throw _fault;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _written += count;
        if (_fault is not null) return;
        try
        {
            file.Write(buffer, offset, count);
        }
        catch (IOException fault)
        {
            _fault = fault;
        }
    }

    public override void Flush()
    {
        // The file is flushed by its owner, where a fault can be thrown.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

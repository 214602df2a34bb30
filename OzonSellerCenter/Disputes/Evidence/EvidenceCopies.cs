using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence.Checks;
using SkiaSharp;

namespace OzonSellerCenter.Disputes.Evidence;

/// <summary>Copies of a picture.</summary>
/// <param name="IsDamaged">It could not be decoded: it is no evidence.</param>
/// <param name="View">SHA-256 of the copy for viewing; null when there is none.</param>
/// <param name="Thumb">SHA-256 of the small copy; null when there is none.</param>
public sealed record PictureCopies(bool IsDamaged, string? View, string? Thumb)
{
    public static readonly PictureCopies None = new(IsDamaged: false, null, null);
    public static readonly PictureCopies Damaged = new(IsDamaged: true, null, null);
}

/// <summary>Makes copies of pictures for viewing: turned upright, of a moderate size, encoded anew, so that nothing of what cameras or strangers
/// wrote into the file is in them.</summary>
public sealed class EvidenceCopies(ContentFiles files) : IDisposable
{
    private const int Quality = 86;
    private const long MaxCopy = 32 * EvidenceLimits.Megabyte;

    // One after the other: a decoded picture takes four bytes a pixel, however small its file is.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Makes and keeps them.</summary>
    /// <param name="content">The original; can be jumped in.</param>
    public async Task<PictureCopies> MakeAsync(Stream content, CheckedFile file, CancellationToken cancellation)
    {
        if (!file.Type.IsDrawn || (file.IsHeldWhole && file.Width * file.Height > EvidenceLimits.MaxHeldPixels)) return PictureCopies.None;
        (MemoryStream View, MemoryStream Thumb)? made;
        await _turn.WaitAsync(cancellation);
        try
        {
            content.Position = 0;
            made = Draw(content);
        }
        finally
        {
            _turn.Release();
        }

        if (made is not { } copies) return PictureCopies.Damaged;
        var view = await files.SaveAsync(copies.View, MaxCopy, cancellation);
        var thumb = await files.SaveAsync(copies.Thumb, MaxCopy, cancellation);
        return new PictureCopies(IsDamaged: false, view?.Sha256, thumb?.Sha256);
    }

    public void Dispose() => _turn.Dispose();

    private static (MemoryStream View, MemoryStream Thumb)? Draw(Stream content)
    {
        using var source = new SKManagedStream(content, disposeManagedStream: false);
        using var codec = SKCodec.Create(source);
        if (codec is null) return null;
        using var decoded = Decode(codec);
        if (decoded is null) return null;
        using var picture = SKImage.FromBitmap(decoded);
        using var view = Upright(picture, codec.EncodedOrigin, EvidenceLimits.ViewSide);
        using var viewed = SKImage.FromBitmap(view);
        using var thumb = Upright(viewed, SKEncodedOrigin.TopLeft, EvidenceLimits.ThumbSide);
        return (Encode(view), Encode(thumb));
    }

    // JPEG and WebP are decoded small at once; the size taken is the next one that is not too small.
    private static SKBitmap? Decode(SKCodec codec)
    {
        var wanted = Math.Min(1f, EvidenceLimits.ViewSide / (float)Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(wanted);
        for (var scale = wanted; Math.Max(size.Width, size.Height) < EvidenceLimits.ViewSide * 0.98f && scale < 1f;) size = codec.GetScaledDimensions(scale = Math.Min(1f, scale + 0.125f));
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success) return bitmap;
        bitmap.Dispose();
        return null;
    }

    private static SKBitmap Upright(SKImage picture, SKEncodedOrigin origin, int side)
    {
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = isTurned ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var scale = Math.Min(1f, side / (float)Math.Max(width, height));
        var info = new SKImageInfo(Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)), SKColorType.Rgba8888, picture.AlphaType, SKColorSpace.CreateSrgb());
        var drawn = new SKBitmap(info);
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(info.Width / (float)width, info.Height / (float)height);
        canvas.Concat(Turn(origin, picture.Width, picture.Height));
        canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return drawn;
    }

    // How the pixels lie in the file, from the orientation that the camera wrote (EXIF 2.3, tag 0x0112).
    private static SKMatrix Turn(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static MemoryStream Encode(SKBitmap picture)
    {
        var kept = new MemoryStream();
        picture.Encode(kept, picture.AlphaType == SKAlphaType.Opaque ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Webp, Quality);
        kept.Position = 0;
        return kept;
    }
}

using SkiaSharp;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>A picture as it will stand upright on paper, in pixels.</summary>
/// <param name="IsCopy">It was encoded anew when it was taken in, and holds nothing of what cameras write.</param>
internal sealed record PackPicture(string Place, int Width, int Height, bool IsCopy);

/// <summary>Pictures for the PDF: small enough for paper, and without what cameras write into them. The originals are in the ZIP.</summary>
internal static class PackPictures
{
    /// <summary>Longest side on paper, in pixels: some 200 dots per inch. Up to half as much more is not worth the time to make it smaller.</summary>
    private const int MaxSide = 1400;
    private const int LargestSide = MaxSide * 3 / 2;

    /// <summary>More are not decoded at once: 64 MB.</summary>
    private const long MaxPixels = 16_000_000;

    private const int Quality = 82;

    /// <summary>How large a picture is; null when it is none that can be drawn here. Only its first bytes are read.</summary>
    public static PackPicture? Measure(string place, bool isCopy)
    {
        using var codec = SKCodec.Create(place);
        if (codec is null || codec.Info.Width < 1 || codec.Info.Height < 1 || Decoded(codec) is var size && (long)size.Width * size.Height > MaxPixels) return null;
        var (width, height) = IsTurned(codec.EncodedOrigin) ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
        return new PackPicture(place, width, height, isCopy);
    }

    /// <summary>The picture as a JPEG for paper; null when its bytes are broken.</summary>
    public static SKData? Draw(PackPicture picture)
    {
        using var codec = SKCodec.Create(picture.Place);
        if (codec is null) return null;
        if (picture.IsCopy && codec.EncodedFormat == SKEncodedImageFormat.Jpeg && Math.Max(picture.Width, picture.Height) <= LargestSide) return SKData.Create(picture.Place);
        var size = Decoded(codec);
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKImageInfo.PlatformColorType, SKAlphaType.Premul));

        // Of one that ends too early there is the upper part, which is better than nothing; the original is enclosed as it is.
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput)) return null;
        var longest = Math.Max(size.Width, size.Height);
        var scale = longest > LargestSide ? (float)MaxSide / longest : 1;
        var (drawnWidth, drawnHeight) = (Math.Max(1, (int)(size.Width * scale)), Math.Max(1, (int)(size.Height * scale)));
        var (width, height) = IsTurned(codec.EncodedOrigin) ? (drawnHeight, drawnWidth) : (drawnWidth, drawnHeight);
        using var paper = SKSurface.Create(new SKImageInfo(width, height, SKImageInfo.PlatformColorType, SKAlphaType.Opaque));
        var canvas = paper.Canvas;
        canvas.Clear(SKColors.White);
        Turn(canvas, codec.EncodedOrigin, width, height);
        using var image = SKImage.FromPixels(bitmap.PeekPixels());
        canvas.DrawImage(image, new SKRect(0, 0, drawnWidth, drawnHeight), new SKSamplingOptions(SKFilterMode.Linear, scale < 0.5f ? SKMipmapMode.Linear : SKMipmapMode.None));
        using var drawn = paper.Snapshot();
        return drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
    }

    /// <summary>A JPEG can be decoded smaller than it is.</summary>
    private static SKSizeI Decoded(SKCodec codec) =>
        codec.GetScaledDimensions(Math.Min(1f, (float)MaxSide / Math.Max(codec.Info.Width, codec.Info.Height)));

    // Cameras lie on their side and say so in the file (EXIF 2.3, tag 274).
    private static bool IsTurned(SKEncodedOrigin origin) => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    private static void Turn(SKCanvas canvas, SKEncodedOrigin origin, int width, int height)
    {
        var (degrees, mirrored) = origin switch
        {
            SKEncodedOrigin.TopRight => (0, true),
            SKEncodedOrigin.BottomRight => (180, false),
            SKEncodedOrigin.BottomLeft => (180, true),
            SKEncodedOrigin.LeftTop => (90, true),
            SKEncodedOrigin.RightTop => (90, false),
            SKEncodedOrigin.RightBottom => (270, true),
            SKEncodedOrigin.LeftBottom => (270, false),
            _ => (0, false),
        };
        if (mirrored)
        {
            canvas.Translate(width, 0);
            canvas.Scale(-1, 1);
        }

        canvas.Translate(degrees is 90 or 180 ? width : 0, degrees is 180 or 270 ? height : 0);
        canvas.RotateDegrees(degrees);
    }
}

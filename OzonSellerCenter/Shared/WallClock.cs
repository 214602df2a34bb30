namespace OzonSellerCenter.Shared;

/// <summary>The real time, for whatever guards access: sessions, pauses after wrong passwords, one-time codes and links.
/// With the sandbox on, the app's <see cref="TimeProvider"/> is an adjustable clock; moving it ahead by two days must not sign people out.</summary>
public sealed class WallClock(TimeProvider time)
{
    /// <summary>The clock behind it, for options that want one.</summary>
    public TimeProvider Time { get; } = time;

    public DateTime UtcNow => Time.GetUtcNow().UtcDateTime;
}

namespace OzonSellerCenter.Shared;

/// <summary>How instants and states are written for the browser's clocks.</summary>
internal static class ClockInstants
{
    /// <summary>Milliseconds since 1970 in UTC.</summary>
    public static long? Milliseconds(DateTime? utc) =>
        utc is { } instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)).ToUnixTimeMilliseconds() : null;

    /// <summary>Stretches of time: <c>from-until from-until</c>; null when there are none.</summary>
    public static string? Spans(IReadOnlyCollection<(DateTime From, DateTime Until)> spans) =>
        spans.Count == 0 ? null : string.Join(' ', spans.Select(s => $"{Milliseconds(s.From)}-{Milliseconds(s.Until)}"));

    public static string Word(ClockState state) => state switch
    {
        ClockState.Met => "met",
        ClockState.Late => "late",
        ClockState.Paused => "paused",
        ClockState.Closed => "closed",
        ClockState.Off => "off",
        _ => "running",
    };
}

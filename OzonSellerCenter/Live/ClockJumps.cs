namespace OzonSellerCenter.Live;

/// <summary>Tells that the application's clock was moved by hand. Countdowns tick in the browser from the server's time, so open pages
/// have to be told the new one. Only an adjustable clock ever raises it; <c>Program.cs</c> connects the two.</summary>
public sealed class ClockJumps
{
    /// <summary>Raised on any thread, after the clock shows its new time.</summary>
    public event Action? Jumped;

    public void Tell() => Jumped?.Invoke();
}

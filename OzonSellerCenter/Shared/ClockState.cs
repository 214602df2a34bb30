namespace OzonSellerCenter.Shared;

/// <summary>What a countdown shows. How near the end is (calm, soon, urgent, overdue) the browser works out from the instants.</summary>
public enum ClockState
{
    Running,

    /// <summary>The obligation was met in time.</summary>
    Met,

    /// <summary>It was met too late.</summary>
    Late,

    /// <summary>Our own clock stands still (night, absence). Ozon's never does.</summary>
    Paused,

    /// <summary>Nothing can be done any more, or nothing is to be done.</summary>
    Closed,

    /// <summary>The shop decided that nothing has to be done.</summary>
    Off,
}

/// <summary>Who set a clock: Ozon's have consequences, the house's are our own targets.</summary>
public enum ClockOwner
{
    Ozon,
    House,
}

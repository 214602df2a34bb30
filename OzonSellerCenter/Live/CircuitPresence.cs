using Microsoft.AspNetCore.Components.Server.Circuits;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Live;

/// <summary>The seats of one browser tab. A circuit outlives its connection by minutes, so that a person can come back to it; for the others he is
/// gone as soon as the connection is.</summary>
public sealed class CircuitPresence(Presence presence) : CircuitHandler
{
    private readonly List<Seat> _seats = [];

    /// <summary>A person takes a seat at a subject he may see. Dispose when he leaves; the server does it should the tab vanish.</summary>
    public Seat Enter(string subject, CurrentUser user)
    {
        var seat = presence.Enter(subject, user);
        lock (_seats)
        {
            _seats.RemoveAll(s => s.IsDisposed);
            _seats.Add(seat);
        }

        return seat;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => EachAsync(seat => seat.Connect(false));

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => EachAsync(seat => seat.Connect(true));

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => EachAsync(seat => seat.Dispose());

    private Task EachAsync(Action<Seat> deed)
    {
        Seat[] seats;
        lock (_seats) seats = [.. _seats];
        foreach (var seat in seats) deed(seat);
        return Task.CompletedTask;
    }
}

using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Bulk;

/// <summary>How far Ozon is with something that was wanted of a posting.</summary>
/// <param name="State">Of the command.</param>
/// <param name="Error">Resource key of its last failure.</param>
/// <param name="Detail">What Ozon said.</param>
public sealed record AskedState(CommandState State, string? Error, string? Detail)
{
    /// <summary>Nothing more happens by itself.</summary>
    public bool IsOver => State is CommandState.Done or CommandState.Failed or CommandState.Cancelled;
}

/// <summary>Reads what became of wishes by the keys under which they were asked.</summary>
public sealed class AskedQueries(Databases databases)
{
    private const int ChunkSize = 1_000;

    /// <summary>Those that were taken; a key of others is like one that never was.</summary>
    public async Task<IReadOnlyDictionary<Guid, AskedState>> StatesAsync(CurrentUser user, IEnumerable<Guid> keys, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var states = new Dictionary<Guid, AskedState>();
        foreach (var chunk in keys.Chunk(ChunkSize))
        {
            var byKey = chunk.ToDictionary(ShippingActions.CommandKeyOf);
            var names = byKey.Keys.ToList();
            var found = await db.OutboundCommands.Where(c => names.Contains(c.Key)).Select(c => new { c.Key, c.State, c.Error, c.ErrorDetail }).ToListAsync(cancellation);
            foreach (var command in found) states[byKey[command.Key]] = new AskedState(command.State, command.Error, command.ErrorDetail);
        }

        return states;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace OzonSellerCenter.Sandbox.Storefront;

/// <summary>The line of an SVG path as points, for drawing it without a browser. It knows the commands the storefront's pictures use:
/// M, m, H, h, V, v, L, l, Q, q, t, Z, z; curves become short straight pieces.</summary>
internal sealed partial class PathShape
{
    private const int PiecesOfACurve = 12;
    private readonly List<List<(double X, double Y)>> _lines = [];
    private (double X, double Y) _at;
    private (double X, double Y) _bend;

    public PathShape(string path)
    {
        foreach (Match step in Steps().Matches(path))
        {
            var command = step.Groups[1].Value[0];
            var numbers = Numbers().Matches(step.Groups[2].Value).Select(n => double.Parse(n.Value, CultureInfo.InvariantCulture)).ToArray();
            if (char.ToLowerInvariant(command) == 'z') _lines[^1].Add(_lines[^1][0]);
            for (var i = 0; i < numbers.Length; i += CountOf(command)) Take(command, numbers.AsSpan(i, CountOf(command)), isFirst: i == 0);
        }
    }

    /// <summary>Whether a point lies inside, by the even-odd rule.</summary>
    public bool Holds(double x, double y)
    {
        var inside = false;
        foreach (var line in _lines)
        {
            for (int i = 0, last = line.Count - 1; i < line.Count; last = i++)
            {
                var (a, b) = (line[i], line[last]);
                if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X) inside = !inside;
            }
        }
        return inside;
    }

    /// <summary>How far a point is from the line.</summary>
    public double Distance(double x, double y)
    {
        var least = double.MaxValue;
        foreach (var line in _lines)
        {
            for (var i = 1; i < line.Count; i++)
            {
                var (a, b) = (line[i - 1], line[i]);
                var (dx, dy) = (b.X - a.X, b.Y - a.Y);
                var length = (dx * dx) + (dy * dy);
                var along = length == 0 ? 0 : Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / length, 0, 1);
                least = Math.Min(least, Math.Sqrt(Math.Pow(x - a.X - (along * dx), 2) + Math.Pow(y - a.Y - (along * dy), 2)));
            }
        }
        return least;
    }

    private static int CountOf(char command) => char.ToLowerInvariant(command) switch
    {
        'h' or 'v' => 1,
        'q' => 4,
        _ => 2,
    };

    private void Take(char command, ReadOnlySpan<double> n, bool isFirst)
    {
        var from = char.IsLower(command) ? _at : (X: 0, Y: 0);
        var kind = char.ToLowerInvariant(command);
        if (kind == 'm' && isFirst)
        {
            _at = (from.X + n[0], from.Y + n[1]);
            _lines.Add([_at]);
            return;
        }
        if (kind is 'q' or 't')
        {
            var bend = kind == 'q' ? (from.X + n[0], from.Y + n[1]) : ((2 * _at.X) - _bend.X, (2 * _at.Y) - _bend.Y);
            Curve(bend, (from.X + n[^2], from.Y + n[^1]));
            return;
        }
        LineTo(kind switch
        {
            'h' => (from.X + n[0], _at.Y),
            'v' => (_at.X, from.Y + n[0]),
            _ => (from.X + n[0], from.Y + n[1]),
        });
    }

    private void Curve((double X, double Y) bend, (double X, double Y) end)
    {
        var start = _at;
        for (var i = 1; i <= PiecesOfACurve; i++)
        {
            var t = i / (double)PiecesOfACurve;
            LineTo((
                ((1 - t) * (1 - t) * start.X) + (2 * t * (1 - t) * bend.X) + (t * t * end.X),
                ((1 - t) * (1 - t) * start.Y) + (2 * t * (1 - t) * bend.Y) + (t * t * end.Y)));
        }
        _bend = bend;
    }

    private void LineTo((double X, double Y) point)
    {
        _lines[^1].Add(point);
        _at = point;
    }

    [GeneratedRegex("([MmHhVvLlQqtZz])([^MmHhVvLlQqtZz]*)")]
    private static partial Regex Steps();

    [GeneratedRegex(@"-?(?:\d+\.?\d*|\.\d+)")]
    private static partial Regex Numbers();
}

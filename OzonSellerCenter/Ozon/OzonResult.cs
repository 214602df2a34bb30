using System.Diagnostics.CodeAnalysis;

namespace OzonSellerCenter.Ozon;

/// <summary>What a call gave: a value or a named error. Calls throw for bugs and for the caller's own cancellation only.</summary>
public sealed record OzonResult<T>
    where T : class
{
    private OzonResult(T? value, OzonError? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public OzonError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    public static implicit operator OzonResult<T>(T value) => new(value, null);

    public static implicit operator OzonResult<T>(OzonError error) => new(null, error);
}

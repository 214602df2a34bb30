namespace OzonSellerCenter.Shared;

/// <summary>What is wrong with the fields of a form, in the order of the form: the first one gets the focus.</summary>
public sealed class FormErrors
{
    private readonly List<(string Field, Reason Reason)> _found = [];

    public bool Any => _found.Count > 0;

    /// <summary>What is wrong with the first field that is wrong; null when nothing is.</summary>
    public Reason? First => Any ? _found[0].Reason : null;

    /// <summary>The reason for a field; null when it is in order.</summary>
    public Reason? this[string field] => _found.Find(f => f.Field == field).Reason;

    /// <summary>True for the first field that is wrong.</summary>
    public bool IsFirst(string field) => Any && _found[0].Field == field;

    public FormErrors Add(string field, string key, params object[] args)
    {
        if (this[field] is null) _found.Add((field, new Reason(key, args)));
        return this;
    }

    /// <summary>Adds it unless the condition holds.</summary>
    public FormErrors Require(bool holds, string field, string key, params object[] args) => holds ? this : Add(field, key, args);
}

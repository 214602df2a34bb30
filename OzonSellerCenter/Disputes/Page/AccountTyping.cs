using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Disputes.Page;

/// <summary>What a person has typed into the account of a case, right or wrong, as he typed it.</summary>
public sealed class AccountTyping
{
    private readonly Dictionary<string, string> _answers = [];
    private readonly HashSet<string> _answered = [];
    private OpenDispute _open;

    public AccountTyping(OpenDispute open)
    {
        _open = open;
        var dispute = open.Dispute;
        (Topic, Account, Offer) = (dispute.Topic, dispute.Account, dispute.Offer > 0 ? AmountText.Show(dispute.Offer) : "");
        foreach (var answer in dispute.Answers) Answer(answer.Key, answer.Text);
        Prefill();
    }

    public DisputeTopic Topic { get; private set; }
    public string Account { get; set; }

    /// <summary>As an amount is typed; empty for none.</summary>
    public string Offer { get; set; }

    /// <summary>What stood in the account before it was built anew; null when nothing was put away.</summary>
    public string? Before { get; private set; }

    public IReadOnlyDictionary<string, string> Answers => _answers;

    public IReadOnlyList<string> Questions => AccountQuestions.Of(_open.Dispute.Kind, Topic);

    public int Length => Account.Trim().Length;

    private Money Most => new(_open.Dispute.ClaimAmount, _open.Dispute.Currency);

    public void Take(DisputeTopic topic)
    {
        Topic = topic;
        Prefill();
    }

    /// <summary>The case was read again: what the record knows now stands in the questions that nobody has answered.</summary>
    public void See(OpenDispute open)
    {
        _open = open;
        Prefill();
    }

    public void Answer(string key, string text)
    {
        _answers[key] = text;
        _answered.Add(key);
    }

    /// <summary>Makes the account of the answers. What stood there can be brought back: no text is lost by a press.</summary>
    public void Build()
    {
        var built = AccountText.Build(_open.Dispute, Topic, _answers);
        if (Length > 0 && Account != built) Before = Account;
        Account = built;
    }

    public void BringBack() => (Account, Before) = (Before ?? Account, Account);

    /// <summary>What is to be kept. An amount that cannot be taken waits for its correction; the words do not.</summary>
    /// <param name="offer">The last one that was right, minor units.</param>
    public AccountDraft Draft(long offer) => new(
        Topic, Account, [.. _answers.Where(a => _answered.Contains(a.Key) && a.Value.Length > 0).Select(a => new AccountAnswer(a.Key, a.Value))],
        ReadOffer(out var minor).IsDone && minor <= Most.Minor ? minor : offer);

    /// <summary>What is wrong with it, beside the field that it is wrong with.</summary>
    public FormErrors Check(int leastWords)
    {
        var errors = new FormErrors().Require(Length >= leastWords, "Account", "AccountShort", leastWords);
        if (ReadOffer(out var minor).Refusal is { } wrong) errors.Add("Offer", wrong.Key, Most.Currency);
        return errors.Require(minor <= Most.Minor, "Offer", "OfferWrong", Most);
    }

    /// <summary>What the record knows stands in the questions that nobody has answered yet.</summary>
    private void Prefill()
    {
        foreach (var key in Questions.Where(key => !_answered.Contains(key)))
            _answers[key] = AccountText.Prefill(key, _open.Dispute, _open.Record, _open.Items, ShopTime.In(_open.TimeZone));
    }

    private Outcome ReadOffer(out long minor)
    {
        minor = 0;
        return Offer.Trim().Length == 0 ? Outcome.Done : AmountText.Read(Offer, Most.Currency, out minor);
    }
}

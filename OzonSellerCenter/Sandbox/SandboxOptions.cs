namespace OzonSellerCenter.Sandbox;

/// <summary>Settings of the bundled Ozon, section <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    /// <summary>Serves the sandbox at all. True only in Development by default: it opens a shop and a control API to everyone on this machine.</summary>
    public bool Enabled { get; set; }

    /// <summary>Where the pushes of account 1000001 go; empty = nowhere until the control API or the app names an address.</summary>
    public string PushUrl { get; set; } = "";

    /// <summary>How many things the simulated buyers do in an hour of sandbox time; 0 turns them off.</summary>
    public double BuyersPerHour { get; set; } = 20;

    /// <summary>Start of all chance: the same number gives the same shop, the same buyers and the same faults.</summary>
    public int Seed { get; set; } = 2026;

    /// <summary>Calls a second that one Client-Id may make (Ozon: 50, over all methods).</summary>
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>Seconds of sandbox time until a picture in a chat is moderated.</summary>
    public double ModerationSeconds { get; set; } = 20;

    /// <summary>The oddities of the real answers, each of which a client has to bear.</summary>
    public SandboxQuirks Quirks { get; set; } = new();
}

/// <summary>Oddities of Ozon's answers; the defaults are what its documents and live reports show.</summary>
public sealed class SandboxQuirks
{
    /// <summary>The buyer's type is spelt with a Cyrillic С (U+0421): <c>Сustomer</c>, as in every official sample.</summary>
    public bool CyrillicCustomer { get; set; } = true;

    /// <summary><c>message_id</c> of /v3/chat/history is a JSON string although it is typed uint64.</summary>
    public bool HistoryIdsAsStrings { get; set; } = true;

    /// <summary>Message ids of /v3/chat/list are JSON strings; reported live as numbers.</summary>
    public bool ListIdsAsStrings { get; set; }

    /// <summary>All 64-bit numbers of /v1/returns/list are JSON strings, as in the official sample, although they are typed int64.</summary>
    public bool ReturnIdsAsStrings { get; set; } = true;

    /// <summary>A seller's message comes back as <c>["errorText","…"]</c>; reported by one client.</summary>
    public bool ErrorTextPrefix { get; set; }

    /// <summary><c>has_next</c> is the string "true" or "false", as in some official samples.</summary>
    public bool HasNextAsString { get; set; }

    /// <summary>The last page says that another one follows, and that one is empty.</summary>
    public bool HasNextOnLastPage { get; set; }

    /// <summary>The first assembly of a posting is answered with success and leaves it unassembled, substatus <c>ship_failed</c>.</summary>
    public bool ShipFailsOnce { get; set; }

    /// <summary>The seller may write one message only until the buyer answers; reported by one client.</summary>
    public bool OneMessageUntilReply { get; set; }
}

using NetArchTest.Rules;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Tests.Architecture;

/// <summary>The dependencies between folders. A folder that is not in the table may not exist, so that nobody forgets to think about it.</summary>
public sealed class WhoKnowsWhomTests
{
    private const string App = "OzonSellerCenter";

    /// <summary>Whom each folder may know besides itself. A screen asks <c>Accounts</c> only who is signed in.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Shared"] = [],
        ["Data"] = ["Shared"],
        ["Ozon"] = [],
        ["Rules"] = ["Shared", "Data"],
        ["Live"] = ["Shared", "Data", "Rules", "Accounts", "Deadlines"],
        ["Deadlines"] = ["Shared", "Data", "Rules", "Live", "Accounts"],
        ["Accounts"] = ["Shared", "Data", "Rules", "Live", "Stores"],
        ["Stores"] = ["Shared", "Data", "Rules", "Live", "Accounts"],
        ["Shortcuts"] = ["Shared", "Data", "Live", "Accounts"],
        ["Views"] = ["Shared", "Data", "Live", "Accounts"],
        ["Orders"] = ["Shared", "Data", "Rules", "Deadlines", "Live", "Accounts", "Views"],
        ["Returns"] = ["Shared", "Data", "Rules", "Deadlines", "Live", "Accounts", "Orders", "Views"],
        ["Inbox"] = ["Shared", "Data", "Rules", "Deadlines", "Live", "Accounts", "Orders", "Views"],
        ["Disputes"] = ["Shared", "Data", "Rules", "Deadlines", "Live", "Accounts", "Orders", "Returns", "Inbox", "Views"],
        ["Insights"] = ["Shared", "Data", "Live", "Accounts", "Orders", "Returns"],
        ["Background"] = ["Shared", "Data", "Rules", "Deadlines", "Live", "Accounts", "Stores", "Orders", "Returns", "Inbox", "Disputes", "Ozon"],
        ["Sandbox"] = ["Ozon"],

        // Of Ozon only its settings: doctor says whether the address answers.
        ["Operations"] = ["Shared", "Data", "Rules", "Deadlines", "Live", "Accounts", "Stores", "Orders", "Returns", "Inbox", "Disputes", "Background", "Ozon"],
        ["Shell"] = ["Shared", "Data", "Rules", "Deadlines", "Live", "Accounts", "Stores", "Orders", "Returns", "Inbox", "Disputes", "Shortcuts"],
    };

    public static TheoryData<string> Folders => [.. MayKnow.Keys];

    [Theory, MemberData(nameof(Folders))]
    public void A_folder_knows_only_whom_it_may_know(string folder)
    {
        var forbidden = MayKnow.Keys.Except([folder, .. MayKnow[folder]]).Select(other => $"{App}.{other}").ToArray();
        var result = Types.InAssembly(typeof(SellerCenterDb).Assembly)
            .That().ResideInNamespaceMatching($@"^{App}\.{folder}(\.|$)")
            .ShouldNot().HaveDependencyOnAny(forbidden)
            .GetResult();
        Assert.True(result.IsSuccessful, $"{folder} may not know all of what these use: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_table()
    {
        var folders = typeof(SellerCenterDb).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(App + ".", StringComparison.Ordinal) == true)
            .Select(type => type.Namespace!.Split('.')[1])
            .Distinct();
        Assert.Empty(folders.Except(MayKnow.Keys));
    }
}

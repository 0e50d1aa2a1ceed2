using System.Reflection;
using Xunit;

namespace Receivables.Sdk.Tests.Architecture;

public class RoomsTests
{
    private static readonly Rooms Table = Rooms.FromDocument("Receivables.Sdk", Repository.Lines("docs/architecture.md"));

    private static readonly Lazy<(IReadOnlyCollection<Use> Uses, IReadOnlyList<string> BadStatics, IReadOnlyCollection<string> Namespaces)> Sdk =
        new(() => AssemblyScan.Of(typeof(Money).Assembly.Location, "Receivables.Sdk"));

    [Fact]
    public void Every_namespace_is_a_room_and_every_arrow_is_in_the_table() =>
        Assert.Empty(Table.Violations(Sdk.Value.Uses, Sdk.Value.Namespaces).Distinct().Order());

    [Fact]
    public void There_is_no_circle_in_the_table_nor_in_the_arrows()
    {
        Assert.Null(Rooms.Circle(Table.MayUse));
        Assert.Null(Rooms.Circle(Table.Arrows(Sdk.Value.Uses)));
    }

    [Fact]
    public void No_room_touches_clocks_culture_chance_files_or_the_environment() =>
        Assert.Empty(BannedMembers.In(Sdk.Value.Uses).Distinct().Order());

    [Fact]
    public void No_room_keeps_mutable_statics_or_static_arrays() => Assert.Empty(Sdk.Value.BadStatics);

    [Fact]
    public void Only_validation_names_FluentValidation() =>
        Assert.Empty(Sdk.Value.Uses.Where(u => u.ToNamespace.StartsWith("FluentValidation", StringComparison.Ordinal) && Table.RoomOf(u.FromNamespace) != "Validation"));

    [Fact]
    public void The_package_depends_on_NodaTime_and_FluentValidation_and_nothing_else() =>
        Assert.Empty(typeof(Money).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal) && n is not ("NodaTime" or "FluentValidation" or "netstandard")));

    [Fact]
    public void A_planted_violation_is_found()
    {
        var (uses, statics, namespaces) = AssemblyScan.Of(Assembly.GetExecutingAssembly().Location, "Planted");
        var rooms = Rooms.FromDocument("Planted", ["| room | holds | may use |", "|---|---|---|", "| Lower | | |", "| Upper | | Lower |"]);

        Assert.Contains(rooms.Violations(uses, namespaces), v => v.StartsWith("Lower uses Upper", StringComparison.Ordinal));
        Assert.Contains("Planted.Nowhere is no room of the table", rooms.Violations(uses, namespaces.Append("Planted.Nowhere")));
        Assert.Equal(["Offender.Counter is a mutable static field", "Offender.Table is a static array"], statics.Order());
        var banned = BannedMembers.In(uses).ToList();
        Assert.Contains(banned, b => b.Contains("System.DateTime.get_UtcNow", StringComparison.Ordinal));
        Assert.Contains(banned, b => b.Contains("System.String.ToUpper/0", StringComparison.Ordinal));
        Assert.Contains(banned, b => b.Contains("System.Decimal.ToString/0", StringComparison.Ordinal));
        Assert.Contains(banned, b => b.Contains("System.Environment", StringComparison.Ordinal));
        var circle = new Dictionary<string, IReadOnlySet<string>> { ["A"] = new HashSet<string> { "B" }, ["B"] = new HashSet<string> { "A" } };
        Assert.Equal("A -> B -> A", Rooms.Circle(circle));
    }
}

namespace Receivables.Sdk.Reminders;

/// <summary>The codes of what can be wrong with a policy.</summary>
internal static class PolicyCodes
{
    internal const string NotJson = "POL001";
    internal const string UnknownField = "POL002";
    internal const string DuplicateField = "POL003";
    internal const string Missing = "POL004";
    internal const string WrongType = "POL005";
    internal const string OutOfRange = "POL006";
    internal const string UnknownWord = "POL007";
    internal const string UnknownVersion = "POL008";
    internal const string LevelNumbers = "POL009";
    internal const string Extends = "POL010";
    internal const string FeeAboveCap = "POL011";
    internal const string LanguageMissing = "POL012";
    internal const string Contradiction = "POL013";
    internal const string Placeholder = "POL014";
}

namespace Receivables.Sdk.References;

/// <summary>A reference found in a text.</summary>
/// <param name="Start">The index of its first character, wrapping included.</param>
/// <param name="Length">How many characters of the text it takes, separators and wrapping included.</param>
/// <param name="Reference">The reference.</param>
public readonly record struct ReferenceMatch(int Start, int Length, PaymentReference Reference);

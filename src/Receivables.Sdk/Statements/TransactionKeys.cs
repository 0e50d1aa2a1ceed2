namespace Receivables.Sdk.Statements;

/// <summary>The import keys of a transaction under one scheme: see <see cref="ImportKeyScope.Compute"/>.</summary>
/// <param name="Scheme">The number of the scheme, which the id and the keys begin with.</param>
/// <param name="Id">The id.</param>
/// <param name="Keys">The further keys.</param>
public sealed record TransactionKeys(int Scheme, TransactionId Id, IReadOnlyList<ImportKey> Keys);

using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Receivables.Sdk.Statements;

/// <summary>What a transaction needs to know to write its import keys when they are asked for: its account, a hash and two counts.</summary>
/// <remarks>The hash is kept as two words: as one of 128 bits it would take 16 bytes more of every transaction.</remarks>
internal readonly record struct ImportIdentity
{
    private readonly ulong _high;
    private readonly ulong _low;

    internal ImportIdentity(string? accountKey, UInt128 fingerprint, int ordinal, int commonOrdinal)
    {
        (AccountKey, Ordinal, CommonOrdinal) = (accountKey, ordinal, commonOrdinal);
        (_high, _low) = ((ulong)(fingerprint >> 64), (ulong)fingerprint);
    }

    internal string? AccountKey { get; }

    internal int Ordinal { get; }

    internal int CommonOrdinal { get; }

    internal UInt128 Fingerprint => new(_high, _low);

    internal bool IsAssigned => AccountKey is not null;

    internal TransactionId ToTransactionId() =>
        new(string.Create(CultureInfo.InvariantCulture, $"{ImportKeyScope.SchemeNumber}-{Fingerprint:x32}-{Ordinal}"));

    internal IReadOnlyList<ImportKey> ToKeys(BankTransaction transaction)
    {
        var common = new ImportKey(ImportKeyKind.FormatIndependent, string.Create(CultureInfo.InvariantCulture,
            $"{ImportKeyScope.SchemeNumber}f-{AccountKey}-{Date(transaction)}-{transaction.Amount.ToAmountString()}-{transaction.Amount.Currency}-{CommonOrdinal}"));
        return ImportKeyScope.BankKey(AccountKey!, transaction) is { } bank ? [bank, common] : [common];
    }

    private static string Date(BankTransaction transaction) =>
        (transaction.BookingDate ?? transaction.ValueDate) is { } date ? LocalDatePattern.Iso.Format(date) : "";
}

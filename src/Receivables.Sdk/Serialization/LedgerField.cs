namespace Receivables.Sdk.Serialization;

/// <summary>The field names of the ledger file.</summary>
internal enum LedgerField
{
    None = -1,
    Record,
    Version,
    Currency,
    Name,
    Accounts,
    Country,
    Id,
    Aliases,
    Kind,
    Language,
    Profile,
    Group,
    Parent,
    Ibans,
    BankAccounts,
    CreditLimit,
    Email,
    Phone,
    Customer,
    Number,
    Issued,
    Due,
    Amount,
    Reference,
    OrderNumber,
    ContractNumber,
    OtherNumbers,
    CashDiscount,
    Instalments,
    Invoice,
    Received,
    Transaction,
    Method,
    From,
    To,
    On,
    Paid,
    Rate,
    By,
    Reason,
    Allocation,
    Payment,
    Opened,
    Resolved,
    Made,
    Until,
    Agreed,
    CollectOn,
    Account,
    Instalment,
    Level,
    Sent,
    Channel,
    Action,
    At,
    Text,
    Recorded,
    Percent,
    Outcome,
    Accepted,
    Limit,
    Insured,
    Entity,
    Allocations,
    Contacts,
    Role,
    Purposes,
}

/// <summary>Field names as they stand in the file.</summary>
internal static class LedgerFieldNames
{
    /// <summary>How many there are; a <see cref="LedgerFieldSet"/> holds them all.</summary>
    internal const int Count = (int)LedgerField.Purposes + 1;

    /// <summary>The name of a field.</summary>
    internal static string Of(LedgerField field)
    {
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The field of a name without escapes.</summary>
    internal static LedgerField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Either(name, "id"u8, LedgerField.Id, "to"u8, LedgerField.To, "on"u8, LedgerField.On, "by"u8, LedgerField.By, "at"u8, LedgerField.At),
        3 => name.SequenceEqual("due"u8) ? LedgerField.Due : LedgerField.None,
        4 => Four(name),
        5 => Five(name),
        6 => Six(name),
        7 => Seven(name),
        8 => Eight(name),
        9 => Either(name, "reference"u8, LedgerField.Reference, "collectOn"u8, LedgerField.CollectOn),
        10 => Either(name, "instalment"u8, LedgerField.Instalment, "allocation"u8, LedgerField.Allocation),
        11 => Either(
            name,
            "transaction"u8,
            LedgerField.Transaction,
            "orderNumber"u8,
            LedgerField.OrderNumber,
            "instalments"u8,
            LedgerField.Instalments,
            "creditLimit"u8,
            LedgerField.CreditLimit,
            "allocations"u8,
            LedgerField.Allocations),
        12 => Either(name, "cashDiscount"u8, LedgerField.CashDiscount, "bankAccounts"u8, LedgerField.BankAccounts, "otherNumbers"u8, LedgerField.OtherNumbers),
        14 => name.SequenceEqual("contractNumber"u8) ? LedgerField.ContractNumber : LedgerField.None,
        _ => LedgerField.None,
    };

    private static LedgerField Four(ReadOnlySpan<byte> name) => name[0] switch
    {
        (byte)'k' => Either(name, "kind"u8, LedgerField.Kind),
        (byte)'f' => Either(name, "from"u8, LedgerField.From),
        (byte)'n' => Either(name, "name"u8, LedgerField.Name),
        (byte)'p' => Either(name, "paid"u8, LedgerField.Paid),
        (byte)'r' => Either(name, "rate"u8, LedgerField.Rate, "role"u8, LedgerField.Role),
        (byte)'s' => Either(name, "sent"u8, LedgerField.Sent),
        (byte)'m' => Either(name, "made"u8, LedgerField.Made),
        (byte)'t' => Either(name, "text"u8, LedgerField.Text),
        _ => LedgerField.None,
    };

    private static LedgerField Five(ReadOnlySpan<byte> name) =>
        Either(name, "group"u8, LedgerField.Group, "email"u8, LedgerField.Email, "phone"u8, LedgerField.Phone, "ibans"u8, LedgerField.Ibans, "until"u8, LedgerField.Until) is var found and not LedgerField.None
            ? found
            : Either(name, "level"u8, LedgerField.Level, "limit"u8, LedgerField.Limit);

    private static LedgerField Six(ReadOnlySpan<byte> name) => name[0] switch
    {
        (byte)'a' => Either(name, "amount"u8, LedgerField.Amount, "action"u8, LedgerField.Action, "agreed"u8, LedgerField.Agreed),
        (byte)'r' => Either(name, "record"u8, LedgerField.Record, "reason"u8, LedgerField.Reason),
        (byte)'i' => Either(name, "issued"u8, LedgerField.Issued),
        (byte)'e' => Either(name, "entity"u8, LedgerField.Entity),
        (byte)'n' => Either(name, "number"u8, LedgerField.Number),
        (byte)'p' => Either(name, "parent"u8, LedgerField.Parent),
        (byte)'m' => Either(name, "method"u8, LedgerField.Method),
        _ => Either(name, "opened"u8, LedgerField.Opened),
    };

    private static LedgerField Seven(ReadOnlySpan<byte> name) => name[0] switch
    {
        (byte)'a' => Either(name, "aliases"u8, LedgerField.Aliases, "account"u8, LedgerField.Account),
        (byte)'c' => Either(name, "country"u8, LedgerField.Country, "channel"u8, LedgerField.Channel),
        (byte)'o' => Either(name, "outcome"u8, LedgerField.Outcome),
        (byte)'p' => Either(name, "payment"u8, LedgerField.Payment, "profile"u8, LedgerField.Profile, "percent"u8, LedgerField.Percent),
        (byte)'i' => Either(name, "invoice"u8, LedgerField.Invoice, "insured"u8, LedgerField.Insured),
        _ => Either(name, "version"u8, LedgerField.Version),
    };

    private static LedgerField Eight(ReadOnlySpan<byte> name) => name[0] switch
    {
        (byte)'c' => Either(name, "customer"u8, LedgerField.Customer, "currency"u8, LedgerField.Currency, "contacts"u8, LedgerField.Contacts),
        (byte)'r' => Either(name, "received"u8, LedgerField.Received, "recorded"u8, LedgerField.Recorded, "resolved"u8, LedgerField.Resolved),
        (byte)'a' => Either(name, "accounts"u8, LedgerField.Accounts, "accepted"u8, LedgerField.Accepted),
        (byte)'p' => Either(name, "purposes"u8, LedgerField.Purposes),
        _ => Either(name, "language"u8, LedgerField.Language),
    };

    private static LedgerField Either(
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> a,
        LedgerField fieldA,
        ReadOnlySpan<byte> b = default,
        LedgerField fieldB = LedgerField.None,
        ReadOnlySpan<byte> c = default,
        LedgerField fieldC = LedgerField.None,
        ReadOnlySpan<byte> d = default,
        LedgerField fieldD = LedgerField.None,
        ReadOnlySpan<byte> e = default,
        LedgerField fieldE = LedgerField.None) =>
        name.SequenceEqual(a) ? fieldA
        : name.SequenceEqual(b) ? fieldB
        : name.SequenceEqual(c) ? fieldC
        : name.SequenceEqual(d) ? fieldD
        : name.SequenceEqual(e) ? fieldE
        : LedgerField.None;
}

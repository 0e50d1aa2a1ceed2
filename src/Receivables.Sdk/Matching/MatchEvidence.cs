namespace Receivables.Sdk.Matching;

/// <summary>One reason for or against an answer. Codes never change their meaning; see <c>docs/matching.md</c>.</summary>
public enum EvidenceCode
{
    /// <summary>A structured payment reference equals the document's.</summary>
    StructuredReference,

    /// <summary>The text names the document's number.</summary>
    Number,

    /// <summary>The text names the end of the document's number.</summary>
    NumberTail,

    /// <summary>The text names the document's number but for one error.</summary>
    NumberTypo,

    /// <summary>The number lies in a range or short list that the text names.</summary>
    NumberRange,

    /// <summary>The text names the order's number.</summary>
    OrderNumber,

    /// <summary>The text names the contract's number.</summary>
    ContractNumber,

    /// <summary>The text names another number of the document.</summary>
    OtherNumber,

    /// <summary>The text names the customer's id.</summary>
    CustomerNumber,

    /// <summary>The payer's account is the customer's.</summary>
    Account,

    /// <summary>The payer's account is another customer's.</summary>
    AccountElsewhere,

    /// <summary>The payer's name is like the customer's.</summary>
    Name,

    /// <summary>The text names the customer.</summary>
    NameInText,

    /// <summary>The payer's name is not like the customer's.</summary>
    NameDiffers,

    /// <summary>The payer is the parent of the customer, or the other way round.</summary>
    Parent,

    /// <summary>A person confirmed earlier that this payer is this customer.</summary>
    Learned,

    /// <summary>The amount is what is open.</summary>
    Amount,

    /// <summary>The amount is what is open less the cash discount in time.</summary>
    Discount,

    /// <summary>The amount is what is open less a cash discount that had ended.</summary>
    LateDiscount,

    /// <summary>The amount is what is open less a charge within tolerance.</summary>
    Fee,

    /// <summary>The amount is what is open but for a rounding within tolerance.</summary>
    Rounding,

    /// <summary>The amount is that of one or several instalments.</summary>
    Instalment,

    /// <summary>The amount is not all that is open; the detail is what they are apart.</summary>
    PartialAmount,

    /// <summary>The amount is more than what is open.</summary>
    ExcessAmount,

    /// <summary>Another document of the customer has just this amount open.</summary>
    AmountElsewhere,

    /// <summary>The amount is the sum of several documents.</summary>
    Sum,

    /// <summary>The amount is everything that the customer has open.</summary>
    WholeAccount,

    /// <summary>The amount is everything due at the date.</summary>
    AllDue,

    /// <summary>The amount is everything issued in one month.</summary>
    StatementMonth,

    /// <summary>The amount is the sum of the oldest documents.</summary>
    OldestFirst,

    /// <summary>Credit notes were netted in.</summary>
    CreditNetted,

    /// <summary>The amount instructed in another currency is what is open.</summary>
    OriginalAmount,

    /// <summary>Other sums of documents fit the amount as well.</summary>
    OtherSums,

    /// <summary>The text names numbers that are not the answer's.</summary>
    NumbersElsewhere,

    /// <summary>The document is disputed.</summary>
    Disputed,

    /// <summary>The document was issued after the booking date.</summary>
    IssuedLater,

    /// <summary>The document is already settled.</summary>
    Settled,

    /// <summary>The ledger recorded a payment of this amount that no transaction has cleared.</summary>
    RecordedPayment,

    /// <summary>A payment of the ledger carries this transaction.</summary>
    TransactionKnown,

    /// <summary>Another payment of the run claims the same document.</summary>
    CompetingPayment,

    /// <summary>The bank says why the payment came back.</summary>
    ReturnReason,

    /// <summary>The other account is the seller's own.</summary>
    OwnAccount,

    /// <summary>The bank's code or text says that it is no customer's payment.</summary>
    NotACustomer,

    /// <summary>The text speaks of money in advance, which pays no document yet.</summary>
    Advance,

    /// <summary>The transaction is not booked.</summary>
    NotBooked,

    /// <summary>How likely such an answer is before anything was read.</summary>
    Prior,

    /// <summary>A host's own evidence.</summary>
    Signal,

    /// <summary>The text, or what was held back, asks for a person: a deduction or complaint, what may be a charge, another company of the seller, a cheque that is not good on the day, another month or customer, money for another purpose. The detail is the text, what was held back, or the other customer.</summary>
    Reservation,

    /// <summary>People confirmed that this account or name pays for the customer.</summary>
    LearnedPayer,

    /// <summary>People confirmed that this payer pays for the customer, whose account or name it is not.</summary>
    LearnedPaysFor,

    /// <summary>People confirmed that this customer leaves the start of our numbers out, or takes discounts late.</summary>
    LearnedHabit,

    /// <summary>A person confirmed something else for this transaction, or turned this customer down for this payer.</summary>
    ConfirmedOtherwise,

    /// <summary>Another open document of the customer, the detail, has the number but for one error, and the amount does not say which was meant.</summary>
    SimilarNumber,

    /// <summary>The payer's account is nobody's that is known, although accounts of the customer are known.</summary>
    AccountNew,

    /// <summary>The payer's name has another legal form than the customer's, and no account says that it is the customer.</summary>
    OtherLegalForm,

    /// <summary>Another payment of the run showed that the account is the customer's: it named a document, to the minor unit and under the customer's name. The detail is that payment's id.</summary>
    AccountInRun,
}

/// <summary>Which text of a transaction a piece of evidence came from.</summary>
public enum TextField
{
    /// <summary>None: the evidence is not a text.</summary>
    None,

    /// <summary><see cref="Statements.BankTransaction.Remittance"/>.</summary>
    Remittance,

    /// <summary><see cref="Statements.BankTransaction.StructuredReference"/>, or a structured document of the remittance.</summary>
    StructuredReference,

    /// <summary><see cref="Statements.BankTransaction.EndToEndId"/>.</summary>
    EndToEndId,

    /// <summary><see cref="Statements.BankTransaction.CustomerReference"/>.</summary>
    CustomerReference,

    /// <summary><see cref="Statements.Counterparty.Name"/> or <see cref="Statements.Counterparty.UltimateName"/>.</summary>
    CounterpartyName,

    /// <summary><see cref="Statements.Counterparty.AccountText"/>.</summary>
    CounterpartyAccount,

    /// <summary><see cref="Statements.TransactionDetails.BookingText"/>.</summary>
    BookingText,
}

/// <summary>A reason for or against an answer, with its weight and where it was read.</summary>
/// <remarks>A value: the text of <see cref="Detail"/> is cut out, or an amount written, when it is read. Immutable and safe to share between threads.</remarks>
public readonly record struct MatchEvidence
{
    private readonly string? _text;

    // Where in the text, and how much of it; or the amount.
    private readonly long _place;
    private readonly Currency _currency;
    private readonly byte _code;
    private readonly byte _field;
    private readonly Source _source;

    internal MatchEvidence(EvidenceCode code, int units, string? text, TextField field = TextField.None, int start = 0, int length = -1, bool isCut = false)
    {
        _source = isCut ? Source.CutText : Source.Text;
        (_code, _field, Units, _text) = ((byte)code, (byte)field, units, text);
        _place = ((long)start << 32) | (uint)(length < 0 ? (text?.Length ?? 0) - start : length);
    }

    internal MatchEvidence(EvidenceCode code, int units, long amount, Currency currency) => (_code, Units, _place, _currency, _source) = ((byte)code, units, amount, currency, Source.Amount);

    /// <summary>What speaks.</summary>
    public EvidenceCode Code => (EvidenceCode)_code;

    /// <summary>The weight in 1/1024 of a bit: the base-2 logarithm of how much likelier the evidence is when the answer is right.</summary>
    public int Units { get; }

    /// <summary>The weight in bits, to two decimals.</summary>
    public decimal Weight => decimal.Round(Units / 1024m, 2);

    /// <summary>Which text of the transaction it was read in.</summary>
    public TextField Field => (TextField)_field;

    /// <summary>Where in that text, from 0; meaningless where <see cref="Field"/> is <see cref="TextField.None"/>.</summary>
    public int Start => _source == Source.Amount ? 0 : (int)(_place >> 32);

    /// <summary>How many characters of that text; meaningless where <see cref="Field"/> is <see cref="TextField.None"/>.</summary>
    public int Length => _source == Source.Amount ? 0 : (int)_place;

    /// <summary>How many digits were read.</summary>
    internal int Digits
    {
        get
        {
            var count = 0;
            foreach (var c in _source == Source.CutText ? _text : _text.AsSpan(Start, Length))
            {
                count += char.IsDigit(c) ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>What it says, in English words for the person who checks it; written when it is read. Programs go by <see cref="Code"/> and <see cref="Detail"/>.</summary>
    public string Text => EvidenceText.Of(Code, Detail);

    /// <summary>What was read, for a person.</summary>
    public string Detail => _source switch
    {
        Source.Amount => Amounts.ToMoney(_place, _currency).ToString(),
        Source.Text when _text is not null => _text.Substring(Start, Length),
        _ => _text ?? "",
    };

    // What the detail is taken from; a text that is cut out already has its place in another.
    private enum Source : byte
    {
        Text,
        CutText,
        Amount,
    }
}

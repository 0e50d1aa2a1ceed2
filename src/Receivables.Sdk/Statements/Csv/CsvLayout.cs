using System.Collections.Immutable;

namespace Receivables.Sdk.Statements.Csv;

/// <summary>Which column of a file holds what.</summary>
internal sealed class CsvLayout
{
    private CsvSignModel _sign;

    private CsvLayout()
    {
    }

    internal required CsvProfile Profile { get; init; }

    internal required byte Delimiter { get; init; }

    internal byte Quote => (byte)(Profile.Quote ?? '\0');

    /// <summary>How many records stand before the first one of data; the last of them is the header.</summary>
    internal required int FirstDataRow { get; init; }

    /// <summary>The header.</summary>
    internal required IReadOnlyList<string> Names { get; init; }

    /// <summary>How many columns the header has.</summary>
    internal required int ColumnCount { get; init; }

    /// <summary>How amounts get their sign: the profile's model, or the one that the columns are of.</summary>
    internal required CsvSignModel Sign
    {
        get => _sign;
        init => _sign = value;
    }

    /// <summary>The currency that the header names.</summary>
    internal Currency? HeaderCurrency { get; init; }

    internal int BookingDate { get; private set; } = -1;

    internal int ValueDate { get; private set; } = -1;

    internal int Amount { get; private set; } = -1;

    /// <summary>The column of the amount in another currency; -1 where there is none.</summary>
    internal int OtherAmount { get; private set; } = -1;

    /// <summary>Its currency.</summary>
    internal Currency? OtherAmountCurrency { get; private set; }

    internal int Debit { get; private set; } = -1;

    internal int Credit { get; private set; } = -1;

    internal int Mark { get; private set; } = -1;

    /// <summary>Whether a mark says which of debit and credit an amount is.</summary>
    internal bool HasMarks => Mark >= 0 && Sign is (CsvSignModel.Mark or CsvSignModel.Inverted);

    /// <summary>Whether both sides stand in each row, what went out of one and what came into another balance, and a mark says which of them is the account's.</summary>
    internal bool IsChosenByMark => Mark >= 0 && Profile.Sign == CsvSignModel.TwoColumns;

    internal int Balance { get; private set; } = -1;

    internal int Currency { get; private set; } = -1;

    /// <summary>The column of the currency where the first one is empty: that of credits, beside that of debits.</summary>
    internal int OtherCurrency { get; private set; } = -1;

    internal int Account { get; private set; } = -1;

    internal int Status { get; private set; } = -1;

    internal int Charges { get; private set; } = -1;

    /// <summary>The columns that are texts.</summary>
    internal ImmutableArray<CsvTextColumn> Texts { get; private set; } = [];

    /// <summary>Whether whole rows are quoted, with the quotes within them doubled: a program took each for one text.</summary>
    internal bool IsRowQuoted { get; set; }

    /// <summary>The last column that says what is moved: amount, sign, charges, currency, status.</summary>
    internal int LastOfMoney => ((ReadOnlySpan<int>)[Amount, OtherAmount, Debit, Credit, Mark, Charges, Status, Currency, OtherCurrency]).ToArray().Max();

    /// <summary>How many columns of the file the profile knows.</summary>
    internal int Known { get; private set; }

    /// <summary>How many it does not know.</summary>
    internal int Unknown { get; private set; }

    internal static CsvLayout Create(
        CsvProfile profile, CsvSignModel sign, byte delimiter, int firstDataRow, IReadOnlyList<(CsvColumnRole Role, int Index)> known, IReadOnlyList<(string Name, int Index)> unknown, IReadOnlyList<string> names, Currency? headerCurrency)
    {
        var layout = new CsvLayout
        {
            Profile = profile,
            Sign = sign,
            Delimiter = delimiter,
            FirstDataRow = firstDataRow,
            Names = names,
            ColumnCount = names.Count,
            HeaderCurrency = headerCurrency,
            Known = known.Count,
            Unknown = unknown.Count,
        };
        var texts = new List<CsvTextColumn>();
        foreach (var (role, index) in known)
        {
            layout.Place(role, index, index < names.Count ? names[index] : "", texts);
        }

        texts.AddRange(unknown.Select(u => new CsvTextColumn(CsvColumnRole.Other, u.Index, u.Name)));
        layout.Texts = [.. texts];
        return layout;
    }

    /// <summary>The layout with a column of marks beside its amount, which was found by what stands in it.</summary>
    internal CsvLayout WithMark(int column)
    {
        var layout = (CsvLayout)MemberwiseClone();
        (layout.Mark, layout._sign) = (column, CsvSignModel.Mark);
        return layout;
    }

    /// <summary>The layout with its column of value dates holding currencies instead: some languages have one word for both.</summary>
    internal CsvLayout WithCurrencyForValueDate()
    {
        var layout = (CsvLayout)MemberwiseClone();
        (layout.Currency, layout.ValueDate) = (ValueDate, -1);
        return layout;
    }

    /// <summary>The layout with its column of accounts holding those of the other sides.</summary>
    internal CsvLayout WithAccountsOfOthers()
    {
        var layout = (CsvLayout)MemberwiseClone();
        layout.Texts = [.. Texts, new CsvTextColumn(CsvColumnRole.CounterpartyAccount, Account, Names[Account])];
        layout.Account = -1;
        return layout;
    }

    private void Place(CsvColumnRole role, int index, string name, List<CsvTextColumn> texts)
    {
        switch (role)
        {
            case CsvColumnRole.Ignored:
                break;
            case CsvColumnRole.BookingDate:
                BookingDate = index;
                break;
            case CsvColumnRole.ValueDate:
                ValueDate = index;
                break;
            case CsvColumnRole.Amount:
                Amount = index;
                break;
            case CsvColumnRole.OtherAmount:
                OtherAmount = index;
                OtherAmountCurrency = name.Length >= 3 && Sdk.Currency.TryParse(name[..3], out var currency) ? currency : null;
                break;
            case CsvColumnRole.Debit:
                Debit = index;
                break;
            case CsvColumnRole.Credit:
                Credit = index;
                break;
            case CsvColumnRole.Mark:
                Mark = index;
                break;
            case CsvColumnRole.Balance:
                Balance = index;
                break;
            case CsvColumnRole.Currency when Currency < 0:
                Currency = index;
                break;
            case CsvColumnRole.Currency when OtherCurrency < 0:
                OtherCurrency = index;
                break;
            case CsvColumnRole.Account:
                Account = index;
                break;
            case CsvColumnRole.Status:
                Status = index;
                break;
            case CsvColumnRole.Charges:
                Charges = index;
                break;
            default:
                texts.Add(new CsvTextColumn(role, index, name));
                break;
        }
    }
}

/// <summary>A column that is a text.</summary>
/// <param name="Role">What it holds.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Name">Its header.</param>
internal readonly record struct CsvTextColumn(CsvColumnRole Role, int Index, string Name);

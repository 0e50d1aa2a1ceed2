using System.Diagnostics.CodeAnalysis;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Matching;

/// <summary>The ledger as matching sees it at one version: the items of the store that stood then. Never changes; read by any number of threads.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "One face for all that is asked of the index.")]
internal sealed class LedgerIndex(ItemStore store, int count, int version, int debits, bool isUntouched, ulong[] shapes)
{
    internal LedgerSnapshot Snapshot => store.Snapshot;

    internal SellerName Seller => store.Seller;

    internal CustomerDirectory Directory => store.Directory;

    internal PaymentIndex Payments => store.Payments;

    /// <summary>How many items there are, with those that are gone.</summary>
    internal int Count => count;

    /// <summary>How many documents can be paid.</summary>
    internal int DebitCount => debits;

    /// <summary>Lends what a thread works with; to be taken back when it is done.</summary>
    internal MatchingWorkspace Lend()
    {
        if (store.Workspaces.TryPop(out var workspace))
        {
            workspace.Reader.Use(this);
            return workspace;
        }

        return new MatchingWorkspace(this);
    }

    internal void TakeBack(MatchingWorkspace workspace)
    {
        workspace.Hypotheses.TakeAllBack();
        workspace.Claims.Clear();
        store.Workspaces.Push(workspace);
    }

    /// <summary>Whether an account is the seller's own.</summary>
    internal bool IsOwnAccount(string account) => store.OwnAccounts.Count > 0 && store.OwnAccounts.Contains(CustomerDirectory.AccountKey(account));

    internal OpenItem Item(int index) => store.Items[index];

    internal long Open(int index) => store.Cells[index].Open;

    internal ItemRole Role(int index) => store.Cells[index].Role;

    internal ref readonly ItemCell Cell(int index) => ref store.Cells[index];

    /// <summary>Orders items by due date, then by date of issue, then by id.</summary>
    internal int CompareDue(int a, int b)
    {
        ref readonly var x = ref Cell(a);
        ref readonly var y = ref Cell(b);
        return x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Issued != y.Issued ? x.Issued.CompareTo(y.Issued) : Item(a).Id.CompareTo(Item(b).Id);
    }

    /// <summary>Writes the digits of an item's number; how many, or a negative number where it has no number.</summary>
    internal int Digits(int index, Span<char> digits)
    {
        ref readonly var number = ref Cell(index).Number;
        if (!number.IsTooLong)
        {
            return number.CopyTo(digits);
        }

        Span<char> full = stackalloc char[NumberKeys.MaxLength];
        return NumberKeys.Split(Item(index).Number, full, digits).Digits;
    }

    /// <summary>Whether the number of one item is that of another but for one error.</summary>
    internal bool IsOneApart(int a, int b)
    {
        ref readonly var mine = ref Cell(a).Number;
        ref readonly var theirs = ref Cell(b).Number;
        return !mine.IsEmpty && !theirs.IsEmpty && (mine.IsTooLong || theirs.IsTooLong ? AreTextsOneApart(a, b) : mine.IsOneAway(theirs));
    }

    private bool AreTextsOneApart(int a, int b)
    {
        Span<char> mine = stackalloc char[NumberKeys.MaxLength];
        Span<char> theirs = stackalloc char[NumberKeys.MaxLength];
        return NumberErrors.IsOneAway(mine[..Digits(a, mine)], theirs[..Digits(b, theirs)]);
    }

    /// <summary>Sorts items by due date, then by date of issue, then by id.</summary>
    internal void SortByDue(List<int> items)
    {
        if (items.Count > 32)
        {
            items.Sort(CompareDue);
            return;
        }

        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items);
        for (var i = 1; i < span.Length; i++)
        {
            var item = span[i];
            var at = i;
            for (; at > 0 && CompareDue(span[at - 1], item) > 0; at--)
            {
                span[at] = span[at - 1];
            }

            span[at] = item;
        }
    }

    internal int CustomerOf(int index) => store.Cells[index].Customer;

    /// <summary>The top of the family that an item belongs to; negative for nobody's.</summary>
    internal int RootOf(int index) => Directory.Root(CustomerOf(index));

    /// <summary>Whether some number of the ledger has this length and these first two digits.</summary>
    internal bool FitsMask(ReadOnlySpan<char> digits) => NumberShapes.Fits(shapes, digits);

    /// <summary>Whether very many numbers of the ledger end in these four digits.</summary>
    internal bool IsCommonEnding(ReadOnlySpan<char> digits) => NumberShapes.IsCommonEnding(shapes, digits);

    internal int Find(DocumentId id)
    {
        foreach (var posting in Postings(KeyHash.Of(KeyForm.Document, id.Value)))
        {
            if (Item(posting.Item).Id == id)
            {
                return posting.Item;
            }
        }

        return -1;
    }

    /// <summary>Whether some item may have a key of this form made of this text.</summary>
    internal bool MayHave(KeyForm form, ReadOnlySpan<char> text) => store.Sketch.MayHave(form, text);

    /// <summary>What has a key, in no order.</summary>
    internal PostingList Postings(ulong key) => store.Keys is var keys ? new(this, keys, keys.First(key)) : default;

    /// <summary>Brings what has a key nearer while other work is done.</summary>
    internal void Prefetch(ulong key) => store.Keys.Prefetch(key);

    /// <summary>How many postings a key has, counted up to a limit.</summary>
    internal int CountPostings(ulong key, int limit)
    {
        var found = 0;
        foreach (var _ in Postings(key))
        {
            if (++found >= limit)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The items of a customer, in no order.</summary>
    internal CustomerItems ItemsOf(int customer) => new(this, store.FirstOfCustomer(customer));

    /// <summary>Whether a customer is the ledger's own or has an item.</summary>
    internal bool IsKnown(int customer) => Directory.Customer(customer) is not null || ItemsOf(customer).GetEnumerator().MoveNext() || Payments.Has(customer);

    // Where nothing was removed there is nothing to look up.
    private bool IsVisible(int item) => item < count && (isUntouched || store.Cells[item].RemovedAt > version);

    /// <summary>A posting: an item and the field by which it has the key.</summary>
    internal readonly record struct Posting(int Item, KeyField Field);

    /// <summary>The postings of a key.</summary>
    internal struct PostingList(LedgerIndex index, KeyTable keys, int first)
    {
        private int _next = first;

        public Posting Current { get; private set; }

        public readonly bool IsEmpty
        {
            get
            {
                var copy = this;
                return !copy.MoveNext();
            }
        }

        public readonly PostingList GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next != KeyTable.Nothing)
            {
                var at = _next;
                _next = keys.Next(at);
                if (keys.Item(at) is var item && index.IsVisible(item))
                {
                    Current = new Posting(item, (KeyField)keys.Field(at));
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The items of a customer.</summary>
    internal struct CustomerItems(LedgerIndex index, int first)
    {
        private int _next = first;

        public int Current { get; private set; }

        public readonly CustomerItems GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_next >= 0)
            {
                Current = _next;
                _next = index.Cells[Current].NextOfCustomer;
                if (index.IsVisible(Current))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private ItemCell[] Cells => store.Cells;
}

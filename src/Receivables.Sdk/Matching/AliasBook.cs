using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Matching.Similarity;

namespace Receivables.Sdk.Matching;

/// <summary>Derives aliases from what was said: one pass over the log, nothing else.</summary>
internal sealed class AliasBook
{
    // Worth less than half a fresh confirmation, it sleeps.
    private const int LeastStrength = 500;

    private readonly LearningOptions _options;
    private readonly SortedDictionary<string, Candidate> _candidates = new(StringComparer.Ordinal);

    internal AliasBook(IReadOnlyList<LearningEvent> events, LearningOptions options)
    {
        _options = options;
        var last = LastWords(events);
        for (var i = 0; i < events.Count; i++)
        {
            switch (events[i])
            {
                case MatchConfirmed confirmed when last.TryGetValue(confirmed.Transaction, out var word) && word == i:
                    Confirm(confirmed);
                    break;
                case MatchRejected rejected when IsAgainstPayer(rejected, events, last):
                    Reject(rejected);
                    break;
                case AliasRevoked revoked when _candidates.TryGetValue(revoked.Alias, out var candidate):
                    candidate.Said.Clear();
                    break;
            }
        }
    }

    /// <summary>For each transaction the last confirmation that was not turned down after it.</summary>
    internal static Dictionary<TransactionId, int> LastWords(IReadOnlyList<LearningEvent> events)
    {
        var last = new Dictionary<TransactionId, int>();
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is MatchConfirmed confirmed)
            {
                last[confirmed.Transaction] = i;
            }
            else if (events[i] is MatchRejected rejected && last.TryGetValue(rejected.Transaction, out var word) && ((MatchConfirmed)events[word]).Answer.Equals(rejected.Answer))
            {
                last.Remove(rejected.Transaction);
            }
        }

        return last;
    }

    internal static string AccountKey(string account)
    {
        Span<char> key = account.Length <= 128 ? stackalloc char[account.Length] : new char[account.Length];
        var n = 0;
        foreach (var c in account)
        {
            if (char.IsLetterOrDigit(c))
            {
                key[n++] = char.ToUpperInvariant(c);
            }
        }

        return key[..n].ToString();
    }

    internal static string NameKey(string name)
    {
        var buffer = new char[(name.Length * 2) + 2];
        return new string(buffer, 0, CharacterFolding.FoldName(name, buffer));
    }

    internal ImmutableArray<LearnedAlias> At(LocalDate asOf) => [.. _candidates.Values.Where(c => c.Said.Count > 0).Select(c => At(c, asOf)).OrderBy(a => a.Kind).ThenBy(a => a.Key, StringComparer.Ordinal).ThenBy(a => a.Customer)];

    private LearnedAlias At(Candidate candidate, LocalDate asOf)
    {
        var known = candidate.Said.Where(s => s.On <= asOf).ToList();
        var strength = (int)Math.Round(1000.0 * known.Sum(s => (s.IsFor ? 1.0 : -2.0) * Math.Pow(0.5, (double)Period.DaysBetween(s.On, asOf) / _options.HalfLifeDays)));
        return new LearnedAlias
        {
            Id = candidate.Id,
            Kind = candidate.Kind,
            Key = candidate.Key,
            Text = candidate.Text,
            Customer = candidate.Customer,
            Evidence = [.. candidate.Said],
            Days = candidate.Days,
            Strength = strength,
            // In a row, whatever day is asked for: what was said after that day is not known yet.
            IsActive = Row(known) >= _options.Confirmations && strength >= LeastStrength,
        };
    }

    private static int Row(List<AliasEvidence> said) => said.AsEnumerable().Reverse().TakeWhile(s => s.IsFor).Select(s => s.Transaction).Distinct().Count();

    private void Confirm(MatchConfirmed confirmed)
    {
        if (confirmed.Answer.Customer is not { } customer)
        {
            return;
        }

        if (confirmed.Account is { } account && AccountKey(account) is { Length: > 4 } accountKey)
        {
            For(AliasKind.Account, accountKey, account, customer, confirmed, isOnlyOne: true);
        }

        if (confirmed.Name is { } name && NameKey(name) is { Length: > 0 } nameKey)
        {
            For(AliasKind.Name, nameKey, name, customer, confirmed, isOnlyOne: true);
        }

        if (confirmed.Payer is { } payer && payer != customer)
        {
            For(AliasKind.PaysFor, payer.Value, payer.Value, customer, confirmed, isOnlyOne: false);
        }

        if (confirmed.DroppedPrefix is { Length: > 0 } prefix)
        {
            For(AliasKind.Prefix, prefix, prefix, customer, confirmed, isOnlyOne: false);
        }

        if (confirmed.DiscountDaysLate is { } days and > 0)
        {
            var habit = For(AliasKind.Discount, "", "", customer, confirmed, isOnlyOne: false);
            habit.Days = Math.Max(habit.Days, days);
        }
    }

    private Candidate For(AliasKind kind, string key, string text, CustomerId customer, MatchConfirmed confirmed, bool isOnlyOne)
    {
        var id = IdOf(kind, key, customer);
        if (isOnlyOne)
        {
            // An account or name that now pays for another is no longer sure to pay for the first: the row is broken.
            foreach (var other in _candidates.Values.Where(c => c.Kind == kind && c.Key == key && c.Customer != customer))
            {
                other.Said.Clear();
            }
        }

        if (!_candidates.TryGetValue(id, out var candidate))
        {
            _candidates.Add(id, candidate = new Candidate(id, kind, key, customer));
        }

        candidate.Text = text;
        candidate.Said.Add(new AliasEvidence(confirmed.Transaction, confirmed.On, confirmed.By, true));
        return candidate;
    }

    private void Reject(MatchRejected rejected)
    {
        if (rejected.Answer.Customer is not { } customer)
        {
            return;
        }

        if (rejected.Account is { } account)
        {
            Against(IdOf(AliasKind.Account, AccountKey(account), customer), rejected);
        }

        if (rejected.Name is { } name)
        {
            Against(IdOf(AliasKind.Name, NameKey(name), customer), rejected);
        }
    }

    private void Against(string id, MatchRejected rejected)
    {
        if (_candidates.TryGetValue(id, out var candidate))
        {
            candidate.Said.Add(new AliasEvidence(rejected.Transaction, rejected.On, rejected.By, false));
        }
    }

    // Who turns an answer down and confirms another one of the same customer has nothing against the payer.
    private static bool IsAgainstPayer(MatchRejected rejected, IReadOnlyList<LearningEvent> events, Dictionary<TransactionId, int> last) =>
        !last.TryGetValue(rejected.Transaction, out var word) || ((MatchConfirmed)events[word]).Answer.Customer != rejected.Answer.Customer;

    private static string IdOf(AliasKind kind, string key, CustomerId customer) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{MatchCodes.Of(kind)} {key.Length}:{key} > {customer.Value}");

    private sealed class Candidate(string id, AliasKind kind, string key, CustomerId customer)
    {
        internal string Id { get; } = id;

        internal AliasKind Kind { get; } = kind;

        internal string Key { get; } = key;

        internal CustomerId Customer { get; } = customer;

        internal string Text { get; set; } = key;

        internal int Days { get; set; }

        internal List<AliasEvidence> Said { get; } = [];
    }
}

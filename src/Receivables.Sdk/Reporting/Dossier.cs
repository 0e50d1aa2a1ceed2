using System.Collections.Immutable;
using NodaTime;
using Receivables.Sdk.Ledger;

namespace Receivables.Sdk.Reporting;

/// <summary>What an entry of a dossier is.</summary>
public enum DossierKind
{
    /// <summary>The document was issued.</summary>
    Issued,

    /// <summary>Something closed a part of it.</summary>
    Closed,

    /// <summary>What had closed a part of it was undone: reversed, or taken back by the bank.</summary>
    Reopened,

    /// <summary>A dispute was opened.</summary>
    DisputeOpened,

    /// <summary>A dispute was resolved, or a part of it accepted.</summary>
    DisputeResolved,

    /// <summary>A promise was made.</summary>
    Promise,

    /// <summary>A promise was kept, broken or taken back.</summary>
    PromiseEnded,

    /// <summary>A payment plan was agreed.</summary>
    Plan,

    /// <summary>A payment plan was completed, breached or taken back.</summary>
    PlanEnded,

    /// <summary>It was sent, arrived or came back.</summary>
    Delivery,

    /// <summary>A reminder was sent.</summary>
    Reminder,

    /// <summary>It was handed over.</summary>
    Handover,

    /// <summary>A note of a colleague.</summary>
    Note,

    /// <summary>A mail from the customer.</summary>
    MailIn,

    /// <summary>A mail to the customer.</summary>
    MailOut,

    /// <summary>A call.</summary>
    Call,

    /// <summary>An attachment, by reference.</summary>
    Attachment,
}

/// <summary>An entry of a dossier.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record DossierEntry
{
    /// <summary>The day.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The instant, where one is known; days of UTC.</summary>
    public Instant? At { get; init; }

    /// <summary>What it is.</summary>
    public required DossierKind Kind { get; init; }

    /// <summary>How much it is about.</summary>
    public Money? Amount { get; init; }

    /// <summary>Who.</summary>
    public string? By { get; init; }

    /// <summary>What.</summary>
    public string? Text { get; init; }

    /// <summary>The message id of a mail, the reference of an attachment: the same one is kept once.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether only colleagues may read it. Notes, calls and hand-overs are.</summary>
    public bool IsInternal { get; init; }
}

/// <summary>Everything about one invoice in order of time, for a colleague to read before picking up the telephone.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
/// <param name="Document">The document.</param>
/// <param name="Entries">In order of time.</param>
public sealed record Dossier(DocumentId Document, ImmutableArray<DossierEntry> Entries)
{
    /// <summary>What the customer may see.</summary>
    public Dossier ForCustomer() => this with { Entries = [.. Entries.Where(e => !e.IsInternal)] };

    /// <summary>Makes the dossier of a document.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="document">The document.</param>
    /// <param name="others">Further entries of this document that a host keeps itself, beside the notes of the ledger. Of several with one reference the earliest is kept.</param>
    public static Dossier Create(LedgerSnapshot snapshot, DocumentId document, IEnumerable<DossierEntry>? others = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var entries = FromLedger(snapshot, document).Concat(others ?? []).OrderBy(e => e.Date).ThenBy(e => e.At).ThenBy(e => e.Kind).ThenBy(e => e.Text, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return new Dossier(document, [.. entries.Where(e => e.Reference is null || seen.Add(Bare(e.Reference)))]);
    }

    private static IEnumerable<DossierEntry> FromLedger(LedgerSnapshot snapshot, DocumentId id)
    {
        foreach (var item in snapshot.OpenItems.Concat(snapshot.SettledItems).Where(i => i.Id == id).Take(1))
        {
            yield return new DossierEntry { Date = item.Issued, Kind = DossierKind.Issued, Amount = item.Amount, Text = item.Number };
        }

        foreach (var a in snapshot.Allocations.Concat(snapshot.UndoneAllocations.Select(u => u.Allocation)).Where(a => a.To == id))
        {
            yield return new DossierEntry { Date = a.On, Kind = DossierKind.Closed, Amount = a.Amount, By = a.By, Text = a.Kind.ToString(), IsInternal = a.Kind == AllocationKind.WriteOff };
        }

        foreach (var u in snapshot.UndoneAllocations.Where(u => u.Allocation.To == id))
        {
            yield return new DossierEntry { Date = u.On, Kind = DossierKind.Reopened, Amount = u.Allocation.Amount, Text = u.Reason, IsInternal = u.Allocation.Kind == AllocationKind.WriteOff };
        }

        foreach (var d in snapshot.Disputes.Where(d => d.Invoice == id))
        {
            var stated = d.Amount is { } left && d.Accepted is { } part ? left + part : d.Amount;
            yield return new DossierEntry { Date = d.Opened, Kind = DossierKind.DisputeOpened, Amount = stated, Text = d.Reason };
            if (d.Resolved is { } resolved && resolved <= snapshot.AsOf)
            {
                yield return new DossierEntry { Date = resolved, Kind = DossierKind.DisputeResolved, Amount = d.Accepted, Text = d.Decision };
            }
        }

        foreach (var p in snapshot.Promises.Concat(snapshot.EndedPromises.Select(e => e.Promise)).Where(p => p.Invoice == id))
        {
            yield return new DossierEntry { Date = p.Made, Kind = DossierKind.Promise, Amount = p.Amount, Text = NodaTime.Text.LocalDatePattern.Iso.Format(p.Until) };
        }

        foreach (var e in snapshot.EndedPromises.Where(e => e.Promise.Invoice == id))
        {
            yield return new DossierEntry { Date = e.On, Kind = DossierKind.PromiseEnded, Amount = e.Promise.Amount, Text = e.Outcome.ToString() };
        }

        foreach (var p in snapshot.Plans.Concat(snapshot.EndedPlans.Select(e => e.Plan)).Where(p => p.Invoice == id))
        {
            yield return new DossierEntry { Date = p.Agreed, Kind = DossierKind.Plan };
        }

        foreach (var e in snapshot.EndedPlans.Where(e => e.Plan.Invoice == id))
        {
            yield return new DossierEntry { Date = e.On, Kind = DossierKind.PlanEnded, Text = e.Outcome.ToString() };
        }

        foreach (var d in snapshot.Deliveries.Where(d => d.Invoice == id))
        {
            yield return new DossierEntry { Date = d.On, Kind = DossierKind.Delivery, Text = d.Channel is null ? d.Outcome.ToString() : $"{d.Outcome}: {d.Channel}" };
        }

        foreach (var r in snapshot.Reminders.Where(r => r.Invoice == id))
        {
            yield return new DossierEntry { Date = r.Sent, Kind = DossierKind.Reminder, Text = r.Channel };
        }

        foreach (var h in snapshot.Handovers.Where(h => h.Invoice == id))
        {
            yield return new DossierEntry { Date = h.On, Kind = DossierKind.Handover, Text = h.To, IsInternal = true };
        }

        foreach (var n in snapshot.Notes.Where(n => n.Invoice == id))
        {
            yield return new DossierEntry
            {
                Date = n.At.InUtc().Date,
                At = n.At,
                Kind = KindOf(n.Kind),
                By = n.By,
                Text = n.Text,
                Reference = n.Reference,
                IsInternal = n.Kind is NoteKind.Comment or NoteKind.Call,
            };
        }
    }

    private static DossierKind KindOf(NoteKind kind) => kind switch
    {
        NoteKind.Call => DossierKind.Call,
        NoteKind.MailIn => DossierKind.MailIn,
        NoteKind.MailOut => DossierKind.MailOut,
        NoteKind.Attachment => DossierKind.Attachment,
        _ => DossierKind.Note,
    };

    // A message id is written with and without its angle brackets (RFC 5322, 3.6.4).
    private static string Bare(string reference) => reference.Trim().TrimStart('<').TrimEnd('>');
}

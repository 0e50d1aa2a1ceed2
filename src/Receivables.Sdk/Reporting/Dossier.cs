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

    /// <summary>A dispute was opened.</summary>
    DisputeOpened,

    /// <summary>A dispute was resolved.</summary>
    DisputeResolved,

    /// <summary>A promise was made.</summary>
    Promise,

    /// <summary>A payment plan was agreed.</summary>
    Plan,

    /// <summary>A reminder was sent.</summary>
    Reminder,

    /// <summary>It was handed over.</summary>
    Handover,

    /// <summary>A note of a colleague.</summary>
    Note,

    /// <summary>A mail in or out, from the host.</summary>
    Mail,

    /// <summary>A call, from the host.</summary>
    Call,

    /// <summary>An attachment, by reference, from the host.</summary>
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
    /// <param name="others">Mails, calls and attachments of this document that the host keeps. Of several with one reference the earliest is kept.</param>
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

        foreach (var a in snapshot.Allocations.Where(a => a.To == id))
        {
            yield return new DossierEntry { Date = a.On, Kind = DossierKind.Closed, Amount = a.Amount, Text = a.Kind.ToString(), IsInternal = a.Kind == AllocationKind.WriteOff };
        }

        foreach (var d in snapshot.Disputes.Where(d => d.Invoice == id))
        {
            yield return new DossierEntry { Date = d.Opened, Kind = DossierKind.DisputeOpened, Amount = d.Amount, Text = d.Reason };
            if (d.Resolved is { } resolved && resolved <= snapshot.AsOf)
            {
                yield return new DossierEntry { Date = resolved, Kind = DossierKind.DisputeResolved, Amount = d.Amount, Text = d.Reason };
            }
        }

        foreach (var p in snapshot.Promises.Where(p => p.Invoice == id))
        {
            yield return new DossierEntry { Date = p.Made, Kind = DossierKind.Promise, Amount = p.Amount, Text = NodaTime.Text.LocalDatePattern.Iso.Format(p.Until) };
        }

        foreach (var p in snapshot.Plans.Where(p => p.Invoice == id))
        {
            yield return new DossierEntry { Date = p.Agreed, Kind = DossierKind.Plan };
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
            yield return new DossierEntry { Date = n.At.InUtc().Date, At = n.At, Kind = DossierKind.Note, By = n.By, Text = n.Text, IsInternal = true };
        }
    }

    // A message id is written with and without its angle brackets (RFC 5322, 3.6.4).
    private static string Bare(string reference) => reference.Trim().TrimStart('<').TrimEnd('>');
}

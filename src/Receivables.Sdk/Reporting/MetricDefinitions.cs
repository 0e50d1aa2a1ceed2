namespace Receivables.Sdk.Reporting;

/// <summary>The metrics by name. "Receivables" is what is open of documents owed, VAT included, before unapplied credits; "sales" are documents issued, VAT included.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public static class MetricDefinitions
{
    private const string Usual = "usual definition of credit management";

    /// <summary>DSO, simple.</summary>
    public static MetricDefinition DsoSimple => new("dsoSimple", "Days sales outstanding", "receivables at the end ÷ sales × days", MetricUnit.Days, Usual);

    /// <summary>DSO by counting back.</summary>
    public static MetricDefinition DsoCountBack => new("dsoCountBack", "Days sales outstanding, counted back", "months of sales taken off what is open, newest first, the last in part", MetricUnit.Days, "count-back or exhaustion method");

    /// <summary>DSO per invoice.</summary>
    public static MetricDefinition DsoPerInvoice => new("dsoPerInvoice", "Days sales outstanding, by invoice", "sum over open invoices of days since issue × open ÷ sales of the month of issue", MetricUnit.Days, "\"true DSO\" of collection reports");

    /// <summary>Best possible DSO.</summary>
    public static MetricDefinition DsoBestPossible => new("dsoBestPossible", "Best possible days sales outstanding", "receivables not overdue ÷ sales × days", MetricUnit.Days, Usual);

    /// <summary>Average days delinquent, of the book.</summary>
    public static MetricDefinition AverageDaysDelinquent => new("averageDaysDelinquent", "Average days delinquent", "DSO − best possible DSO = overdue ÷ sales × days", MetricUnit.Days, Usual);

    /// <summary>Average lateness of what was paid late; some call this average days delinquent, too.</summary>
    public static MetricDefinition WeightedDaysLate => new("weightedDaysLate", "Days late of late payments, by amount", "sum of late amount × days late ÷ sum of late amounts", MetricUnit.Days, "the other meaning of \"average days delinquent\"");

    /// <summary>Days from invoice to payment.</summary>
    public static MetricDefinition WeightedDaysToPay => new("weightedDaysToPay", "Days to pay, by amount", "sum of paid × days from issue to payment ÷ sum of paid", MetricUnit.Days, Usual);

    /// <summary>Mean of days between due date and payment, early payments negative.</summary>
    public static MetricDefinition AverageDaysLate => new("averageDaysLate", "Mean days between due date and payment", "mean of payment date − due date, early ones negative", MetricUnit.Days, "Dynamics 365 Business Central, receivables KPIs");

    /// <summary>How much was paid late.</summary>
    public static MetricDefinition LatePaymentShare => new("latePaymentShare", "Paid late", "amount paid after its due date ÷ amount paid × 100", MetricUnit.Percent, "Dynamics 365 Business Central, receivables KPIs");

    /// <summary>Days overdue of what is overdue now.</summary>
    public static MetricDefinition DaysBeyondTerms => new("daysBeyondTerms", "Days beyond terms of what is overdue, by amount", "sum of overdue × days overdue ÷ sum of overdue", MetricUnit.Days, Usual);

    /// <summary>Business Central's average collection period.</summary>
    public static MetricDefinition AverageCollectionPeriod => new("averageCollectionPeriod", "Average collection period (Business Central)", "days × net change of receivables ÷ revenue", MetricUnit.Days, "Dynamics 365 Business Central, finance KPIs");

    /// <summary>Collection effectiveness index.</summary>
    public static MetricDefinition CollectionEffectiveness => new("collectionEffectiveness", "Collection effectiveness index", "sum over months of (begin + sales − end) ÷ sum of (begin + sales − end not overdue) × 100", MetricUnit.Percent, "usual definition, computed by month and added up");

    /// <summary>Receivables turnover.</summary>
    public static MetricDefinition Turnover => new("turnover", "Receivables turnover", "sales ÷ ((begin + end) ÷ 2)", MetricUnit.Number, Usual);

    /// <summary>Turnover against a benchmark.</summary>
    public static MetricDefinition TurnoverAgainstBenchmark => new("turnoverAgainstBenchmark", "Turnover against the benchmark", "turnover ÷ the host's benchmark × 100", MetricUnit.Percent, "benchmark given by the host");

    /// <summary>Overdue share.</summary>
    public static MetricDefinition PastDueRatio => new("pastDueRatio", "Past due", "overdue ÷ receivables × 100", MetricUnit.Percent, Usual);

    /// <summary>Promises kept, by number.</summary>
    public static MetricDefinition PromisesKept => new("promisesKept", "Promises kept, by number", "promises paid in full by their day ÷ promises whose day has come × 100", MetricUnit.Percent, Usual);

    /// <summary>Promises kept, by amount.</summary>
    public static MetricDefinition PromisedAmountKept => new("promisedAmountKept", "Promises kept, by amount", "paid by their day, at most what was promised ÷ promised × 100", MetricUnit.Percent, Usual);

    /// <summary>What a reminder brought.</summary>
    /// <param name="level">The level.</param>
    /// <param name="days">Days after it that count.</param>
    public static MetricDefinition ReminderConversion(int level, int days) => new(
        $"reminderConversion{level}", $"Paid after reminder {level}", $"paid within {days} days after the reminder and before the next one ÷ open when it was sent × 100. Natural payment is in it", MetricUnit.Percent, Usual);

    /// <summary>Days from delivery to invoice.</summary>
    public static MetricDefinition InvoicingLatency => new("invoicingLatency", "Days from delivery to invoice", "mean of date of issue − date of delivery", MetricUnit.Days, Usual);

    /// <summary>Days from invoice to its sending.</summary>
    public static MetricDefinition SendingLatency => new("sendingLatency", "Days from invoice to sending", "mean of date of sending − date of issue", MetricUnit.Days, Usual);

    /// <summary>Share of the largest customers.</summary>
    /// <param name="top">How many.</param>
    public static MetricDefinition Concentration(int top) => new($"top{top}Share", $"Share of the {top} largest customers", $"receivables of the {top} largest ÷ receivables × 100", MetricUnit.Percent, Usual);

    /// <summary>Herfindahl-Hirschman index of customers.</summary>
    public static MetricDefinition Herfindahl => new("herfindahl", "Herfindahl-Hirschman index of customers", "sum of squared shares in percent: 10000 is one customer", MetricUnit.Number, "Herfindahl 1950, Hirschman 1945");

    /// <summary>Written off against sales.</summary>
    public static MetricDefinition BadDebtRatio => new("badDebtRatio", "Written off against sales", "written off ÷ sales × 100", MetricUnit.Percent, Usual);

    /// <summary>Exposure against limits.</summary>
    public static MetricDefinition CreditUtilisation => new("creditUtilisation", "Exposure against limits", "receivables of customers with a limit ÷ their limits × 100", MetricUnit.Percent, Usual);
}
